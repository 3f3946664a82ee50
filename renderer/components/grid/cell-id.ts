/** The identity of the cell that is gone to, which the grid names as its active descendant. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}

/** The row and the column of the cell that an event came from; undefined outside the rows. */
export function cellOf(target: EventTarget): { readonly row: number; readonly column: number } | undefined {
  const cell = target instanceof Element ? target.closest('[role="gridcell"]') : null;
  const row = cell?.closest('[role="row"]')?.getAttribute('aria-rowindex');
  const column = cell?.getAttribute('aria-colindex');
  // The headings are the first row, and both begin at one.
  return row == null || column == null ? undefined : { row: Number(row) - 2, column: Number(column) - 1 };
}
