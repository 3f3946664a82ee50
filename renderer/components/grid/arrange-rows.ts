import type { GridFilter, GridFilters, GridSort } from '../../../engine/contract/grid.ts';
import type { CellValue, GridColumn } from './column.ts';

/** Filters and sorts rows that are all here; rows that are equal stay in their order. */
export function arrangeRows<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  by: { readonly sort: readonly GridSort[]; readonly filters: GridFilters },
): Row[] {
  const columnOf = (id: string) => columns.find((column) => column.id === id);
  const tests = Object.entries(by.filters).flatMap(([id, filter]) => {
    const column = columnOf(id);
    return column === undefined ? [] : [(row: Row) => fits(column.value(row), filter)];
  });
  const kept = rows.filter((row) => tests.every((test) => test(row)));
  const orders = by.sort.flatMap(({ column: id, direction }) => {
    const column = columnOf(id);
    if (column === undefined) return [];
    const sign = direction === 'asc' ? 1 : -1;
    return [(one: Row, other: Row) => compareCells(column.value(one), column.value(other), sign)];
  });
  if (orders.length === 0) return kept;
  return kept.sort((one, other) => {
    for (const order of orders) {
      const result = order(one, other);
      if (result !== 0) return result;
    }
    return 0;
  });
}

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Missing values are last, whichever way the column is sorted. */
function compareCells(one: CellValue, other: CellValue, sign: number): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  if (typeof one === 'string' && typeof other === 'string') return sign * collator.compare(one, other);
  return sign * (Number(one) - Number(other));
}

/** Does a value pass a filter? A missing one never does. */
export function fits(value: CellValue, filter: GridFilter): boolean {
  if (value === null) return false;
  switch (filter.kind) {
    case 'text':
      return folded(String(value)).includes(folded(filter.contains));
    case 'number':
      return (
        typeof value === 'number' &&
        (filter.min === undefined || value >= filter.min) &&
        (filter.max === undefined || value <= filter.max)
      );
    case 'day':
      return (
        typeof value === 'string' &&
        (filter.from === undefined || value >= filter.from) &&
        (filter.until === undefined || value <= filter.until)
      );
    case 'set':
      return filter.values.includes(String(value));
  }
}

/** Small letters without accents: what is typed finds what is written. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
