import { categoryAxis, valueAxis } from '../chart-theme.ts';
import type { ChartOption, ChartTheme } from '../chart-theme.ts';

export interface WaterfallStep {
  readonly name: string;
  readonly contribution: number;
  readonly note?: string;
}

export interface WaterfallOptions {
  /** What stands at the beginning, and its name. */
  readonly base: { readonly name: string; readonly value: number };
  readonly steps: readonly WaterfallStep[];
  readonly total: { readonly name: string };
  readonly text: (value: number) => string;
  readonly signed: (value: number) => string;
  readonly axisName: string;
  /** Colours of what adds and of what takes away: home and away by default, as log odds of one against the other. */
  readonly colours?: { readonly up: string; readonly down: string };
}

/** How a figure comes about: from its base, step by step, to its total (SHAP, say). */
export function waterfall(theme: ChartTheme, options: WaterfallOptions): ChartOption {
  const { tokens } = theme;
  const { base, steps, text, signed } = options;
  const colours = options.colours ?? { up: tokens.home, down: tokens.away };
  const bars: {
    name: string;
    from: number;
    until: number;
    words: string;
    note?: string | undefined;
    colour: string;
  }[] = [];
  let at = base.value;
  bars.push({ name: base.name, from: 0, until: at, words: text(at), colour: tokens.edge });
  for (const { name, contribution, note } of steps) {
    const colour = contribution >= 0 ? colours.up : colours.down;
    bars.push({ name, from: at, until: at + contribution, words: signed(contribution), note, colour });
    at += contribution;
  }
  bars.push({ name: options.total.name, from: 0, until: at, words: text(at), colour: tokens.accentFill });
  return {
    grid: { top: 8, right: 16, bottom: 28 },
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const { name, words, note } = bars[dataIndex]!;
        return [name, words, ...(note === undefined ? [] : [note])].join('\n');
      },
    },
    // Room for the figures at the bars' ends, which would lie upon the names.
    xAxis: {
      ...valueAxis(theme, { name: options.axisName, label: text }),
      boundaryGap: ['16%', '16%'],
    },
    yAxis: categoryAxis(
      theme,
      bars.map(({ name }) => name),
      { isInverse: true, width: 200 },
    ),
    series: [
      {
        type: 'custom',
        data: bars.map(({ from, until }, row) => [from, until, row]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (parameters: { dataIndex: number }, api: RenderApi) =>
          stepShape(theme, bars[parameters.dataIndex]!, {
            api,
            row: parameters.dataIndex,
            isLast: parameters.dataIndex === bars.length - 1,
          }),
      },
    ],
  };
}

interface RenderApi {
  coord(point: readonly [number, number]): [number, number];
  size(size: readonly [number, number]): [number, number];
}

interface StepPlace {
  readonly api: RenderApi;
  readonly row: number;
  readonly isLast: boolean;
}

/** The bar, its figure at the end it runs to, and the thin line down to the next one. */
function stepShape(
  { tokens }: ChartTheme,
  bar: { readonly from: number; readonly until: number; readonly words: string; readonly colour: string },
  { api, row, isLast }: StepPlace,
): ChartOption {
  const [start, y] = api.coord([bar.from, row]);
  const [end] = api.coord([bar.until, row]);
  const rowHeight = api.size([0, 1])[1];
  const height = Math.min(18, rowHeight * 0.65);
  const forward = end >= start;
  return {
    type: 'group',
    children: [
      {
        type: 'rect',
        shape: {
          x: Math.min(start, end),
          y: y - height / 2,
          width: Math.max(1, Math.abs(end - start)),
          height,
          r: 2,
        },
        style: { fill: bar.colour },
      },
      {
        type: 'text',
        style: {
          text: bar.words,
          x: end + (forward ? 5 : -5),
          y,
          fill: tokens.text,
          fontSize: 11,
          align: forward ? 'left' : 'right',
          verticalAlign: 'middle',
        },
      },
      ...(isLast
        ? []
        : [
            {
              type: 'line',
              shape: { x1: end, y1: y + height / 2, x2: end, y2: y + rowHeight - height / 2 },
              style: { stroke: tokens.edge, lineWidth: 1, lineDash: [2, 2] },
            },
          ]),
    ],
  };
}
