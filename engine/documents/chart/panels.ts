import { escapeMarkup as e, shorten, singleLine } from '../text.ts';
import { at } from './frame.ts';

/** Small plots of equal size beside each other, in SVG units. */
const width = 1000;
const gap = 52;
const left = 48;
const top = 30;

export interface Panel {
  readonly heading: string;
  readonly note: string;
  /** Horizontal and vertical scale: where each label stands, as a share from the left or the bottom. */
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
  /** Draws into a box of the given size; y counts downwards from the top. */
  draw(box: { readonly width: number; readonly height: number }): string;
}

export interface Tick {
  readonly share: number;
  readonly label: string;
}

/** The SVG element with its panels, `columns` to a line. */
export function drawPanels(
  panels: readonly Panel[],
  of: {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly columns: number;
    readonly height: number;
    readonly acrossLabel: string;
  },
): string {
  const { id, title, description, columns, height } = of;
  const room = (width - left - 24 - (columns - 1) * gap) / columns;
  const drawn = panels.map((panel, index) => {
    const x = left + (index % columns) * (room + gap);
    const y = top + Math.floor(index / columns) * (height + 74);
    const grid = [
      ...panel.up.map(({ share, label }) => {
        const place = at(height * (1 - share));
        return `<line x1="0" x2="${at(room)}" y1="${place}" y2="${place}"/><text class="soft" x="-7" y="${place}" text-anchor="end" dominant-baseline="central">${e(label)}</text>`;
      }),
      ...panel.across.map(({ share, label }) => {
        const place = at(room * share);
        return `<line x1="${place}" x2="${place}" y1="0" y2="${height}"/><text class="soft" x="${place}" y="${height + 16}" text-anchor="middle">${e(label)}</text>`;
      }),
    ];
    const heading = `<text class="panel-heading" x="0" y="-11">${e(shorten(singleLine(panel.heading), 48))}</text><text class="soft" x="${at(room)}" y="-11" text-anchor="end">${e(panel.note)}</text>`;
    return `<g transform="translate(${at(x)} ${y})">${heading}${grid.join('')}${panel.draw({ width: room, height })}<text class="soft" x="${at(room / 2)}" y="${height + 32}" text-anchor="middle">${e(of.acrossLabel)}</text></g>`;
  });
  const lines = Math.ceil(panels.length / columns);
  const total = top + lines * (height + 74) - 34;
  return `<svg viewBox="0 0 ${width} ${total}" role="img" aria-labelledby="${e(id)}-title ${e(id)}-description"><title id="${e(id)}-title">${e(title)}</title><desc id="${e(id)}-description">${e(description)}</desc>${drawn.join('')}</svg>`;
}

/** Points joined by straight lines. */
export const polyline = (points: readonly (readonly [number, number])[], name: string): string =>
  `<polyline class="${name}" fill="none" points="${points.map(([x, y]) => `${at(x)},${at(y)}`).join(' ')}"/>`;

/** The area between two curves over the same places. */
export function band(
  low: readonly (readonly [number, number])[],
  high: readonly (readonly [number, number])[],
): string {
  const around = [...low, ...high.toReversed()];
  return `<polygon class="band" points="${around.map(([x, y]) => `${at(x)},${at(y)}`).join(' ')}"/>`;
}
