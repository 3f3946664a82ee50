import { isNumericKind } from './column.ts';
import type { GridColumn } from './column.ts';
import type { RowSource } from './row-source.ts';
import type { Rectangle } from './selection.ts';

/** What the footer says of the selected numbers. */
export interface SelectionSummary {
  readonly n: number;
  readonly sum: number;
  readonly mean: number;
}

/** Beyond this, adding up would have to fetch too much; the footer then only counts. */
const mostRows = 5000;

/**
 * Sum and mean of the selected numbers. Undefined while a row of them is not here, or where there are fewer than two:
 * a sum of a part would be believed to be that of the whole.
 */
export function summarise<Row>(
  source: Pick<RowSource<Row>, 'at'>,
  columns: readonly GridColumn<Row>[],
  { firstRow, lastRow, firstColumn, lastColumn }: Rectangle,
): SelectionSummary | undefined {
  if (lastRow - firstRow >= mostRows) return undefined;
  const numeric = columns.slice(firstColumn, lastColumn + 1).filter(({ kind }) => isNumericKind(kind));
  if (numeric.length === 0) return undefined;
  let n = 0;
  let sum = 0;
  for (let index = firstRow; index <= lastRow; index++) {
    const row = source.at(index);
    if (row === undefined) return undefined;
    for (const { value } of numeric) {
      const held = value(row);
      if (typeof held !== 'number' || !Number.isFinite(held)) continue;
      n++;
      sum += held;
    }
  }
  return n < 2 ? undefined : { n, sum, mean: sum / n };
}
