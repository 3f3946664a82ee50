import { memo } from 'react';
import type { Format } from '../format-values.ts';
import { cellText, isEndAligned } from './column.ts';
import type { GridColumn } from './column.ts';
import classes from './data-grid.module.css';

/** What a row needs to know of a column; widths come by CSS variables, so that resizing draws no row anew. */
export interface RowColumn<Row> {
  readonly column: GridColumn<Row>;
  readonly isPinned: boolean;
  readonly isLastPinned: boolean;
}

export interface GridRowProps<Row> {
  readonly gridId: string;
  readonly row: Row | undefined;
  readonly index: number;
  readonly height: number;
  readonly columns: readonly RowColumn<Row>[];
  readonly format: Format;
  /** First and last selected column; -1 where none is. */
  readonly selectedFrom: number;
  readonly selectedUntil: number;
  readonly activeColumn: number;
  readonly isEven?: boolean;
}

export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}

export const cellStyle = (at: number, isPinned: boolean) => ({
  width: `var(--w${at})`,
  ...(isPinned ? { insetInlineStart: `var(--p${at})` } : {}),
});

function Row<Row>(props: GridRowProps<Row>) {
  const { gridId, row, index, height, columns, format, selectedFrom, selectedUntil, activeColumn } = props;
  return (
    <div
      role="row"
      // The headings are the first row.
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ height, lineHeight: `${height - 1}px`, transform: `translateY(${index * height}px)` }}
    >
      {columns.map(({ column, isPinned, isLastPinned }, at) => {
        const isSelected = at >= selectedFrom && at <= selectedUntil;
        return (
          <div
            key={column.id}
            role="gridcell"
            id={cellId(gridId, index, at)}
            aria-colindex={at + 1}
            aria-selected={isSelected}
            data-row={index}
            data-column={at}
            className={classNames([
              classes.cell,
              isEndAligned(column) && classes.numeric,
              column.cell !== undefined && row !== undefined && classes.drawn,
              isPinned && classes.pinned,
              isLastPinned && classes.lastPinned,
              isSelected && classes.selected,
              activeColumn === at && classes.active,
            ])}
            style={cellStyle(at, isPinned)}
          >
            {row === undefined ? (
              <span className={classes.pending} aria-hidden />
            ) : column.cell ? (
              column.cell(row)
            ) : (
              <CellText text={cellText(column.value(row), column, format)} />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Texts of others are isolated: one that is written right to left turns nothing else around. */
function CellText({ text }: { readonly text: string }) {
  return <bdi title={text.length > 24 ? text : undefined}>{text}</bdi>;
}

export function classNames(names: readonly (string | false | undefined)[]): string {
  return names.filter((name) => name !== false && name !== undefined).join(' ');
}

/** Drawn anew only when its own data, place or selection changed. */
export const GridRow = memo(Row) as typeof Row;
