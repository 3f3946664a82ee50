import { memo } from 'react';
import type { Format } from '../format-values.ts';
import { cellId } from './cell-id.ts';
import { classNames } from './class-names.ts';
import { cellText } from './column.ts';
import type { RowColumn } from './row-columns.ts';
import classes from './data-grid.module.css';

export interface GridRowProps<Row> {
  readonly gridId: string;
  /** Undefined while it is on its way. */
  readonly row: Row | undefined;
  readonly index: number;
  readonly height: number;
  readonly columns: readonly RowColumn<Row>[];
  readonly format: Format;
  /** First and last selected column; -1 where none is. */
  readonly selectedFrom: number;
  readonly selectedUntil: number;
  readonly activeColumn: number;
}

function Row<Row>(props: GridRowProps<Row>) {
  const { gridId, row, index, height, columns, format, selectedFrom, selectedUntil, activeColumn } = props;
  const cells = columns.map(({ column, className, style }, at) => {
    const isSelected = at >= selectedFrom && at <= selectedUntil;
    const isActive = activeColumn === at;
    const text = row === undefined || column.cell ? undefined : cellText(column.value(row), column, format);
    return (
      <div
        key={column.id}
        role="gridcell"
        id={isActive ? cellId(gridId, index, at) : undefined}
        aria-colindex={at + 1}
        aria-selected={isSelected}
        className={
          isSelected || isActive
            ? classNames([className, isSelected && classes.selected, isActive && classes.active])
            : className
        }
        style={style}
        title={text !== undefined && text.length > 24 ? text : undefined}
      >
        {row === undefined ? undefined : column.cell ? column.cell(row) : text}
      </div>
    );
  });
  const pinned = columns.filter(({ isPinned }) => isPinned).length;
  return (
    <div
      role="row"
      // The headings are the first row.
      aria-rowindex={index + 2}
      className={row === undefined ? `${classes.row} ${classes.pending}` : classes.row}
      style={{ height, lineHeight: `${height - 1}px`, transform: `translateY(${index * height}px)` }}
    >
      {/* Together, since the browser paints whatever stays in its place upon a layer of its own. */}
      <div role="presentation" className={classes.pins}>
        {cells.slice(0, pinned)}
      </div>
      {cells.slice(pinned)}
    </div>
  );
}

/** Drawn anew only when its own data, place or selection changed. */
export const GridRow = memo(Row) as typeof Row;
