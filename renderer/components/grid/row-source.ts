/** Where a grid has its rows from: held here, or fetched window by window. */
export interface RowSource<Row> {
  /** All rows that the filters let through; undefined until it is known. */
  readonly count: number | undefined;
  /** The row at a place; undefined while it is on its way. */
  readonly at: (index: number) => Row | undefined;
  /** Says which rows are in sight, so that these and their neighbours are fetched. */
  readonly want: (first: number, last: number) => void;
  /** Rows from a place on, fetched where need be: for copies and exports. */
  readonly read: (first: number, count: number, signal: AbortSignal) => Promise<readonly Row[]>;
  /** The rows in sight belong to an earlier question. */
  readonly isOld?: boolean;
  readonly error?: unknown;
  readonly retry?: () => void;
}

/** Rows that are all here. */
export function givenRows<Row>(rows: readonly Row[]): RowSource<Row> {
  return {
    count: rows.length,
    at: (index) => rows[index],
    want: () => {},
    read: (first, count) => Promise.resolve(rows.slice(first, first + count)),
  };
}
