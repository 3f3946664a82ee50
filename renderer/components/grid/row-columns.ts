import type { CSSProperties } from 'react';
import { isEndAligned } from './column.ts';
import type { GridColumn } from './column.ts';
import { classNames } from './class-names.ts';
import { columnWidth } from './grid-places.ts';
import type { LaidColumn } from './use-column-layout.ts';
import classes from './data-grid.module.css';

/** What a row needs to know of a column: all that is the same for every row is made once. */
export interface RowColumn<Row> {
  readonly column: GridColumn<Row>;
  /** Pinned columns are the first ones. */
  readonly isPinned: boolean;
  readonly className: string;
  readonly style: CSSProperties;
}

/** What rows depend on, as a text: which columns are shown in which order; `!` marks a pinned one. */
export function shapeOf(shown: readonly Pick<LaidColumn<never>, 'column' | 'pinnedAt'>[]): string {
  return shown.map(({ column, pinnedAt }) => `${pinnedAt === undefined ? '' : '!'}${column.id}`).join(' ');
}

/** The columns of a row, read back from their shape. */
export function rowColumnsOf<Row>(shape: string, columns: readonly GridColumn<Row>[]): RowColumn<Row>[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const names = shape.split(' ');
  return names.flatMap((name, at) => {
    const isPinned = name.startsWith('!');
    const column = byId.get(isPinned ? name.slice(1) : name);
    if (column === undefined) return [];
    const className = classNames([
      classes.cell,
      isEndAligned(column) && classes.numeric,
      column.cell !== undefined && classes.drawn,
      isPinned && names[at + 1]?.startsWith('!') !== true && classes.lastPinned,
    ]);
    return [{ column, isPinned, className, style: { width: columnWidth(at) } }];
  });
}
