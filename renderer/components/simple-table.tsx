import type { ReactNode } from 'react';
import { InfoTip } from './info-tip.tsx';
import classes from './simple-table.module.css';

export interface SimpleColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** What the column shows, in plain words. */
  readonly definition?: ReactNode;
  /** Numbers stand at the end, with digits under digits. */
  readonly align?: 'start' | 'end' | 'center';
  readonly width?: number | string;
  /** The cell that names the row. */
  readonly isRowHead?: boolean;
  readonly cell: (row: Row, at: number) => ReactNode;
}

export interface SimpleTableProps<Row> {
  /** Read out with the table; shown where `isCaptionShown`. */
  readonly caption: string;
  readonly columns: readonly SimpleColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, at: number) => string | number;
  readonly isCaptionShown?: boolean;
  /** Less room between the rows. */
  readonly isDense?: boolean;
  /** Rows that stand out, such as the one that is looked at. */
  readonly isMarked?: (row: Row) => boolean;
  /** What stands in place of the rows when there are none. */
  readonly empty?: ReactNode;
}

/** A table of up to some hundred rows; the grid is for more. It scrolls sideways within itself on narrow screens. */
export function SimpleTable<Row>(props: SimpleTableProps<Row>) {
  const { caption, columns, rows, rowKey, isCaptionShown = false, isDense = false, isMarked, empty } = props;
  return (
    <div className={classes.scroll} role="group" aria-label={caption} tabIndex={0}>
      <table className={isDense ? `${classes.table} ${classes.dense}` : classes.table}>
        <caption className={isCaptionShown ? classes.caption : classes.hidden}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={classes[column.align ?? 'start']}
                style={column.width === undefined ? undefined : { width: column.width }}
              >
                <span className={classes.heading}>
                  {column.title}
                  {column.definition !== undefined && (
                    <InfoTip about={column.title}>{column.definition}</InfoTip>
                  )}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={rowKey(row, at)} className={isMarked?.(row) === true ? classes.marked : undefined}>
              {columns.map((column) => {
                const content = column.cell(row, at);
                const align = classes[column.align ?? 'start'];
                return column.isRowHead === true ? (
                  <th key={column.key} scope="row" className={align}>
                    {content}
                  </th>
                ) : (
                  <td key={column.key} className={align}>
                    {content}
                  </td>
                );
              })}
            </tr>
          ))}
          {rows.length === 0 && empty !== undefined && (
            <tr>
              <td colSpan={columns.length} className={classes.empty}>
                {empty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
