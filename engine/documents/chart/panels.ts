import { escapeMarkup as e, shorten, singleLine } from '../text.ts';
import { at } from './frame.ts';

/** Small plots of equal size beside each other, in SVG units. */
const width = 1000;
const gap = 52;
const left = 48;
const top = 30;
/** Between two rows of panels: labels of the one, heading of the next. */
const between = 74;
const noteLine = 17;
/** About how wide a letter of a heading and of a note is. */
const letter = { heading: 7.8, note: 6.6 } as const;

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
  const headings = panels.map(({ heading }) => shorten(singleLine(heading), 48));
  // Where one note has no room beside its heading, all stand below theirs.
  const isTight = panels.some(
    ({ note }, index) => headings[index]!.length * letter.heading + note.length * letter.note > room,
  );
  const line = height + between + (isTight ? noteLine : 0);
  const first = top + (isTight ? noteLine : 0);
  const drawn = panels.map((panel, index) => {
    const x = left + (index % columns) * (room + gap);
    const y = first + Math.floor(index / columns) * line;
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
    const note = isTight
      ? `<text class="soft" x="0" y="-11">${e(panel.note)}</text>`
      : `<text class="soft" x="${at(room)}" y="-11" text-anchor="end">${e(panel.note)}</text>`;
    const heading = `<text class="panel-heading" x="0" y="${-11 - (isTight ? noteLine : 0)}">${e(headings[index]!)}</text>${note}`;
    return `<g transform="translate(${at(x)} ${y})">${heading}${grid.join('')}${panel.draw({ width: room, height })}<text class="soft" x="${at(room / 2)}" y="${height + 32}" text-anchor="middle">${e(of.acrossLabel)}</text></g>`;
  });
  const lines = Math.ceil(panels.length / columns);
  const total = first + lines * line - 34;
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
