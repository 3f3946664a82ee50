import type { CSSProperties } from 'react';
import type { LaidColumn } from './use-column-layout.ts';

/** The line of the headings, which lies over the rows. */
export const headHeight = 36;

type Place = Pick<LaidColumn<never>, 'width' | 'pinnedAt'>;

/** Widths of the columns, as variables that the cells refer to: resizing draws no row anew. */
export function columnVariables(shown: readonly Place[]): CSSProperties {
  return Object.fromEntries(shown.map(({ width }, at) => [`--w${at}`, `${width}px`])) as CSSProperties;
}

/** How a cell refers to its column's width. */
export function columnWidth(at: number): string {
  return `var(--w${at})`;
}

/** Brings a column into sight beside the pinned ones. */
export function scrollToColumn(place: HTMLElement, shown: readonly Place[], target: number): void {
  if (shown[target] === undefined || shown[target].pinnedAt !== undefined) return;
  const pinned = shown.reduce((sum, { width, pinnedAt }) => sum + (pinnedAt === undefined ? 0 : width), 0);
  const start = shown.slice(0, target).reduce((sum, { width }) => sum + width, 0);
  const end = start + shown[target].width;
  if (start - pinned < place.scrollLeft) place.scrollLeft = start - pinned;
  else if (end > place.scrollLeft + place.clientWidth) place.scrollLeft = end - place.clientWidth;
}

/** Brings a row into sight below the headings. */
export function scrollToRow(place: HTMLElement, row: number, rowHeight: number): void {
  const start = row * rowHeight;
  const end = start + rowHeight;
  const room = place.clientHeight - headHeight;
  if (start < place.scrollTop) place.scrollTop = start;
  else if (end > place.scrollTop + room) place.scrollTop = end - room;
}

/** Whole rows between the headings and the lower edge: how far the page keys go. */
export function rowsOfPage(place: HTMLElement | null, rowHeight: number): number {
  return Math.max(1, Math.floor(((place?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
}
