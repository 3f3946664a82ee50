import { chartFont } from './chart-theme.ts';
import type { ChartOption, ChartTheme } from './chart-theme.ts';

export interface PictureText {
  readonly title: string;
  /** Period, source, what is shown. */
  readonly description: string;
  /** Source and time of making. */
  readonly footer: string;
}

const headHeight = 52;
const footHeight = 24;

/** The option of a picture that leaves the product: on paper's ground, with its title above and its source below. */
export function pictureOption(option: ChartOption, { tokens }: ChartTheme, text: PictureText): ChartOption {
  return {
    ...option,
    animation: false,
    backgroundColor: tokens.surface,
    title: {
      text: text.title,
      subtext: text.description,
      left: 12,
      top: 8,
      itemGap: 4,
      textStyle: { fontSize: 14, fontWeight: 600, color: tokens.text, fontFamily: chartFont },
      subtextStyle: { fontSize: 11, color: tokens.muted, fontFamily: chartFont },
    },
    grid: pushed(option.grid),
    legend: pushedTop(option.legend),
    calendar: pushedTop(option.calendar),
    parallel: pushed(option.parallel),
    graphic: [
      {
        type: 'text',
        left: 12,
        bottom: 6,
        style: { text: text.footer, fontSize: 10, fill: tokens.faint, fontFamily: chartFont },
      },
    ],
  };
}

/** How much higher the picture is than the chart upon the screen. */
export const pictureExtraHeight = headHeight + footHeight;

/** A box moved down by the head and up by the foot; numbers alone can be moved. */
function pushed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(pushed);
  if (typeof part !== 'object' || part === null) return part;
  const box = part as ChartOption;
  return { ...(pushedTop(box) as ChartOption), bottom: numberOr(box.bottom, 8) + footHeight };
}

function pushedTop(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(pushedTop);
  if (typeof part !== 'object' || part === null) return part;
  const box = part as ChartOption;
  return { ...box, top: numberOr(box.top, 0) + headHeight };
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
