/** A rectangle of cells: from where it was begun to where it has got. Places are those of visible columns. */
export interface Selection {
  readonly anchorRow: number;
  readonly anchorColumn: number;
  readonly row: number;
  readonly column: number;
}

export interface Rectangle {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export function rectangleOf({ anchorRow, anchorColumn, row, column }: Selection): Rectangle {
  return {
    firstRow: Math.min(anchorRow, row),
    lastRow: Math.max(anchorRow, row),
    firstColumn: Math.min(anchorColumn, column),
    lastColumn: Math.max(anchorColumn, column),
  };
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows in sight: how far the page keys go. */
  readonly page: number;
}

export interface Stroke {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
}

/** The row of the headings, as a place to go to. */
export const headRow = -1;

/**
 * Where a key leads, after the keyboard pattern of grids; undefined for a key that leads nowhere. With Shift the
 * rectangle grows, without it begins anew. Headings are one row above the first.
 */
export function moved(selection: Selection, stroke: Stroke, size: GridSize): Selection | undefined {
  const target = targetOf(selection, stroke, size);
  if (target === undefined) return undefined;
  const row = Math.min(Math.max(target.row, stroke.shift ? 0 : headRow), size.rows - 1);
  const column = Math.min(Math.max(target.column, 0), size.columns - 1);
  return stroke.shift && selection.anchorRow !== headRow
    ? { ...selection, row, column }
    : { anchorRow: row, anchorColumn: column, row, column };
}

function targetOf(
  { row, column }: Selection,
  { key, ctrl }: Stroke,
  { rows, columns, page }: GridSize,
): { readonly row: number; readonly column: number } | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: ctrl ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: ctrl ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: ctrl ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: ctrl ? columns - 1 : column + 1 };
    case 'PageUp':
      return { row: Math.max(0, row - page), column };
    case 'PageDown':
      return { row: row + page, column };
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrl ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}
