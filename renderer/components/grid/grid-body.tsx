import { memo, useEffect } from 'react';
import type { Format } from '../format-values.ts';
import { classNames } from './class-names.ts';
import { GridRow } from './grid-row.tsx';
import type { RowColumn } from './row-columns.ts';
import type { RowSource } from './row-source.ts';
import { drawnRange, drawnRows } from './rows-in-sight.ts';
import { headRow, rectangleOf } from './selection.ts';
import type { Selection } from './selection.ts';
import { useSight } from './use-sight.ts';
import classes from './data-grid.module.css';

export interface GridBodyProps<Row> {
  readonly gridId: string;
  /** The element that scrolls. */
  readonly place: HTMLElement | null;
  readonly source: RowSource<Row>;
  readonly columns: readonly RowColumn<Row>[];
  readonly rowHeight: number;
  readonly width: number;
  readonly format: Format;
  readonly selection: Selection | undefined;
}

function Body<Row>(props: GridBodyProps<Row>) {
  const { gridId, place, source, columns, rowHeight, width, format, selection } = props;
  const sight = useSight(place, rowHeight);
  const count = source.count ?? 0;
  const [first, last] = drawnRange(sight, count);
  useEffect(() => {
    if (last >= first) source.want(first, last);
  }, [source, first, last]);

  const rectangle = selection === undefined || selection.row === headRow ? undefined : rectangleOf(selection);
  const active = selection?.row ?? headRow;
  const rowAt = (index: number, key: string | number) => {
    const isSelected = rectangle !== undefined && index >= rectangle.firstRow && index <= rectangle.lastRow;
    return (
      <GridRow
        key={key}
        gridId={gridId}
        row={source.at(index)}
        index={index}
        height={rowHeight}
        columns={columns}
        format={format}
        selectedFrom={isSelected ? rectangle.firstColumn : -1}
        selectedUntil={isSelected ? rectangle.lastColumn : -1}
        activeColumn={selection !== undefined && active === index ? selection.column : -1}
      />
    );
  };
  return (
    <div
      role="rowgroup"
      className={classNames([classes.body, source.isOld === true && classes.old])}
      style={{ height: count * rowHeight, width }}
    >
      {drawnRows(sight, count).map(({ index, slot }) => rowAt(index, slot))}
      {/* The grid names the active cell, so it is there even where it was scrolled out of sight. */}
      {active >= 0 && active < count && (active < first || active > last) && rowAt(active, 'active')}
    </div>
  );
}

/** The rows in sight. It follows the scrolling by itself, so that nothing else of the grid is drawn anew meanwhile. */
export const GridBody = memo(Body) as typeof Body;
