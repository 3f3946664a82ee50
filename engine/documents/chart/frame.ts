import { escapeMarkup as e, shorten, singleLine } from '../text.ts';

/** Measures shared by the charts, in SVG units (CSS pixels at full width). */
const chartWidth = 1000;
const plotLeft = 262;
export const plotWidth = chartWidth - plotLeft - 44;
export const plotTop = 30;

/** More rows than this are drawn thin and unnamed (the names remain as tooltips and in the table). */
const namedRowLimit = 40;
const nameLength = 40;

/** Height of a row and whether it carries its name. */
export function rowLayout(count: number): { readonly height: number; readonly isNamed: boolean } {
  return count <= namedRowLimit ? { height: 22, isNamed: true } : { height: 7, isNamed: false };
}

/** Coordinates with at most one decimal. */
export const at = (value: number): string => String(Math.round(value * 10) / 10);

export const acrossPlot = (share: number): number => plotLeft + share * plotWidth;

const quarters = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, value: share }));

export interface FrameContent {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly plotHeight: number;
  readonly content: string;
  /** Labels along the bottom, of shares at 0, 25, 50, 75 and 100 % or of the values of `ticks`. */
  readonly scale: (value: number) => string;
  readonly ticks?: readonly { readonly share: number; readonly value: number }[];
}

/** The SVG element with its accessible name and description, and the scale behind the content. */
export function frame(of: FrameContent): string {
  const { id, title, description, plotHeight, content, scale, ticks = quarters } = of;
  const bottom = plotTop + plotHeight;
  const height = bottom + 24;
  const lines = ticks.map(({ share, value }) => {
    const x = at(acrossPlot(share));
    return `<line x1="${x}" x2="${x}" y1="${plotTop - 4}" y2="${at(bottom)}"/><text class="soft" x="${x}" y="${at(bottom + 17)}" text-anchor="middle">${e(scale(value))}</text>`;
  });
  return `<svg viewBox="0 0 ${chartWidth} ${at(height)}" role="img" aria-labelledby="${e(id)}-title ${e(id)}-description"><title id="${e(id)}-title">${e(title)}</title><desc id="${e(id)}-description">${e(description)}</desc>${lines.join('')}${content}</svg>`;
}

/** The name of a row, at the left of the plot. */
export function rowName(names: readonly string[], middle: number): string {
  const room = Math.floor(nameLength / Math.max(1, names.length)) - 1;
  const text = names.map((name) => shorten(singleLine(name), Math.max(room, 8))).join(' – ');
  return `<text x="${plotLeft - 10}" y="${at(middle)}" text-anchor="end" dominant-baseline="central" unicode-bidi="isolate">${e(text)}</text>`;
}

/** A key of coloured squares or dots over the plot. */
export function chartKey(entries: readonly { readonly shape: string; readonly label: string }[]): string {
  let x = plotLeft;
  return entries
    .map(({ shape, label }) => {
      const text = shorten(singleLine(label), 48);
      const drawn = `<g transform="translate(${at(x)} 0)">${shape}<text x="16" y="11" dominant-baseline="central">${e(text)}</text></g>`;
      // No text can be measured here; 6.6 units per character leaves room in every common sans-serif face.
      x += 34 + text.length * 6.6;
      return drawn;
    })
    .join('');
}
