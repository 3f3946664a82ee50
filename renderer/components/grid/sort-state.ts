import type { GridSort } from '../../../engine/contract/grid.ts';

/**
 * What a click on a heading does: up, down, not at all. With `isAdded` the other columns keep their part of the order.
 */
export function toggledSort(
  sort: readonly GridSort[],
  column: string,
  isAdded: boolean,
): readonly GridSort[] {
  const present = sort.find((one) => one.column === column);
  const next: readonly GridSort[] =
    present === undefined
      ? [{ column, direction: 'asc' }]
      : present.direction === 'asc'
        ? [{ column, direction: 'desc' }]
        : [];
  if (!isAdded) return next;
  return present === undefined
    ? [...sort, ...next]
    : sort.flatMap((one) => (one.column === column ? next : [one]));
}

/** For `aria-sort` and the arrow. */
export function directionOf(sort: readonly GridSort[], column: string): GridSort['direction'] | undefined {
  return sort.find((one) => one.column === column)?.direction;
}
