import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridFilters, GridSort } from '../../../engine/contract/grid.ts';
import { isEndAligned } from './column.ts';
import { ColumnPanel } from './column-panel.tsx';
import type { ColumnActions } from './column-panel.tsx';
import { cellId } from './cell-id.ts';
import { classNames } from './class-names.ts';
import { columnWidth } from './grid-places.ts';
import { headRow } from './selection.ts';
import { directionOf } from './sort-state.ts';
import type { LaidColumn } from './use-column-layout.ts';
import classes from './data-grid.module.css';

export interface GridHeadProps<Row> {
  readonly gridId: string;
  readonly columns: readonly LaidColumn<Row>[];
  readonly sort: readonly GridSort[];
  readonly filters: GridFilters;
  readonly activeColumn: number;
  /** The column whose menu is open. */
  readonly openColumn: string | undefined;
  readonly onOpenColumn: (id: string | undefined) => void;
  readonly onSort: (id: string, isAdded: boolean) => void;
  /** A heading was dragged onto another one. */
  readonly onDrop: (id: string, target: string) => void;
  readonly onResetWidth: (id: string) => void;
  readonly actionsOf: (id: string) => ColumnActions;
}

/** The headings: a click sorts, dragging moves and resizes, the menu does all of it without a mouse. */
export function GridHead<Row>(props: GridHeadProps<Row>) {
  const { gridId, columns, sort, filters, activeColumn, openColumn } = props;
  const { t } = useTranslation('components');
  const [target, setTarget] = useState<string>();
  const [dragged, setDragged] = useState<string>();
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {columns.map(({ column, pinnedAt, isLastPinned, resize }, at) => {
          const direction = directionOf(sort, column.id);
          const place = sort.findIndex((one) => one.column === column.id) + 1;
          const isSortable = column.isSortable !== false;
          return (
            <div
              key={column.id}
              role="columnheader"
              id={cellId(gridId, headRow, at)}
              aria-colindex={at + 1}
              aria-sort={direction === undefined ? 'none' : direction === 'asc' ? 'ascending' : 'descending'}
              className={classNames([
                classes.headCell,
                isEndAligned(column) && classes.numericHead,
                pinnedAt !== undefined && classes.pinned,
                isLastPinned && classes.lastPinned,
                activeColumn === at && classes.active,
                target === column.id && dragged !== column.id && classes.dropTarget,
              ])}
              style={{ width: columnWidth(at), insetInlineStart: pinnedAt }}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', column.title);
                setDragged(column.id);
              }}
              onDragOver={(event) => {
                if (dragged === undefined) return;
                event.preventDefault();
                setTarget(column.id);
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== undefined && dragged !== column.id) props.onDrop(dragged, column.id);
              }}
              onDragEnd={() => {
                setDragged(undefined);
                setTarget(undefined);
              }}
            >
              <button
                type="button"
                tabIndex={-1}
                className={classes.headButton}
                disabled={!isSortable}
                title={column.definition ?? column.title}
                onClick={(event) => {
                  props.onSort(column.id, event.shiftKey || event.ctrlKey || event.metaKey);
                }}
              >
                <span className={classes.headTitle}>{column.title}</span>
                {direction !== undefined && (
                  <span className={classes.order} aria-hidden>
                    {direction === 'asc' ? '↑' : '↓'}
                    {sort.length > 1 ? place : ''}
                  </span>
                )}
              </button>
              <ColumnPanel
                column={column}
                sort={sort}
                filter={filters[column.id]}
                isPinned={pinnedAt !== undefined}
                isOpen={openColumn === column.id}
                onOpen={(isOpen) => {
                  props.onOpenColumn(isOpen ? column.id : undefined);
                }}
                actions={props.actionsOf(column.id)}
              />
              <div
                className={classes.resizer}
                aria-hidden
                title={t('grid.resize')}
                draggable
                onDragStart={(event) => {
                  // The edge resizes; only the heading itself is dragged to another place.
                  event.preventDefault();
                  event.stopPropagation();
                }}
                onMouseDown={resize}
                onTouchStart={resize}
                onDoubleClick={() => {
                  props.onResetWidth(column.id);
                }}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
