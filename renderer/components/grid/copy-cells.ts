import { toTsv } from '../delimited.ts';
import type { GridColumn } from './column.ts';
import type { RowSource } from './row-source.ts';
import type { Rectangle } from './selection.ts';

const rowsAtOnce = 5000;

/** Rows of a source from one to another, however many have to be fetched; rows follow their order. */
export async function readRows<Row>(
  source: Pick<RowSource<Row>, 'read'>,
  { first, last }: { readonly first: number; readonly last: number },
  signal: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = first; from <= last; from += rowsAtOnce) {
    signal.throwIfAborted();
    rows.push(...(await source.read(from, Math.min(rowsAtOnce, last + 1 - from), signal)));
  }
  return rows;
}

/** The selected cells as text for a spreadsheet: headings first, values with all their digits. */
export async function selectedAsTsv<Row>(
  source: Pick<RowSource<Row>, 'read'>,
  columns: readonly GridColumn<Row>[],
  selection: { readonly rectangle: Rectangle; readonly signal: AbortSignal },
): Promise<string> {
  const { firstRow, lastRow, firstColumn, lastColumn } = selection.rectangle;
  const chosen = columns.slice(firstColumn, lastColumn + 1);
  const rows = await readRows(source, { first: firstRow, last: lastRow }, selection.signal);
  const values = rows.map((row) => chosen.map((column) => valueForCopy(column, row)));
  // A single cell is copied by itself: its heading would be in the way.
  const isOne = firstRow === lastRow && firstColumn === lastColumn;
  return toTsv(isOne ? values : [chosen.map(({ title }) => title), ...values]);
}

function valueForCopy<Row>({ kind, value }: GridColumn<Row>, row: Row) {
  const held = value(row);
  return kind === 'instant' && typeof held === 'number' ? new Date(held).toISOString() : held;
}
