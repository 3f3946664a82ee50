import { memo } from 'react';
import type { Format } from '../format-values.ts';
import { cellId } from './cell-id.ts';
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
  return (
    <div
      role="row"
      // The headings are the first row.
      aria-rowindex={index + 2}
      className={row === undefined ? `${classes.row} ${classes.pending}` : classes.row}
      style={{ height, lineHeight: `${height - 1}px`, transform: `translateY(${index * height}px)` }}
    >
      {columns.map(({ column, className, style }, at) => {
        const isSelected = at >= selectedFrom && at <= selectedUntil;
        const isActive = activeColumn === at;
        const isDrawn = column.cell !== undefined;
        const text = row === undefined || isDrawn ? undefined : cellText(column.value(row), column, format);
        return (
          <div
            key={column.id}
            role="gridcell"
            id={isActive ? cellId(gridId, index, at) : undefined}
            aria-colindex={at + 1}
            aria-selected={isSelected}
            className={
              isSelected || isActive
                ? `${className} ${isSelected ? classes.selected : ''} ${isActive ? classes.active : ''}`
                : className
            }
            style={style}
            title={text !== undefined && text.length > 24 ? text : undefined}
          >
            {row !== undefined && isDrawn ? column.cell(row) : text}
          </div>
        );
      })}
    </div>
  );
}

/** Drawn anew only when its own data, place or selection changed. */
export const GridRow = memo(Row) as typeof Row;
