import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridFilters, GridSort } from '../../engine/contract/grid.ts';
import { notify } from '../frame/notify.ts';
import { useSetting } from '../frame/settings.ts';
import { useFormat } from './format.ts';
import { FailedState } from './query-state.tsx';
import { cellId, cellOf } from './grid/cell-id.ts';
import { ColumnsMenu } from './grid/columns-menu.tsx';
import type { ColumnActions } from './grid/column-panel.tsx';
import type { GridColumn } from './grid/column.ts';
import type { ColumnState } from './grid/column-state.ts';
import { selectedAsTsv } from './grid/copy-cells.ts';
import { FilterChips } from './grid/filter-chips.tsx';
import { GridBody } from './grid/grid-body.tsx';
import { GridFoot } from './grid/grid-foot.tsx';
import { GridHead } from './grid/grid-head.tsx';
import { columnVariables, rowsOfPage, scrollToColumn, scrollToRow } from './grid/grid-places.ts';
import { headRow, rectangleOf } from './grid/selection.ts';
import type { Selection } from './grid/selection.ts';
import { toggledSort } from './grid/sort-state.ts';
import type { RowSource } from './grid/row-source.ts';
import { useColumnArrangement, withFilter } from './grid/use-column-arrangement.ts';
import { useGridSelection } from './grid/use-grid-selection.ts';
import classes from './grid/data-grid.module.css';

export type { GridColumn } from './grid/column.ts';
export { givenRows } from './grid/row-source.ts';
export { arrangeRows } from './grid/arrange-rows.ts';
export { useWindowedRows } from './grid/windowed-rows.ts';

export interface DataGridProps<Row> {
  /** Stable: the arrangement of the columns is kept by it. */
  readonly name: string;
  /** What the grid holds, for screen readers. */
  readonly label: string;
  /** Keep it stable (`useMemo`). */
  readonly columns: readonly GridColumn<Row>[];
  /** Names of filters that are no column's. */
  readonly filterTitles?: Readonly<Record<string, string>>;
  /** Rows fetched by windows (`useWindowedRows`) or given (`givenRows(arrangeRows(...))`). */
  readonly source: RowSource<Row>;
  readonly sort: readonly GridSort[];
  readonly onSort: (sort: readonly GridSort[]) => void;
  readonly filters: GridFilters;
  readonly onFilters: (filters: GridFilters) => void;
  /** The arrangement where the address holds it (saved views); kept in this browser where it is not given. */
  readonly columnState?: unknown;
  readonly onColumnState?: (state: ColumnState | undefined) => void;
  /** Enter or a double click on a row. */
  readonly onOpen?: (row: Row) => void;
  /** What stands in place of rows when there are none. */
  readonly empty: ReactNode;
  /** More controls in the bar above, before the chips and at its end. */
  readonly lead?: ReactNode;
  readonly tools?: ReactNode;
}

/**
 * A grid of up to a million rows: only what is in sight is drawn and fetched. One stop of the Tab key; arrows move, Shift
 * selects, Ctrl+C copies, Enter opens or sorts, Alt+Down opens a column's menu.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, source, sort, filters } = props;
  const { t } = useTranslation('components');
  const format = useFormat();
  const rowHeight = useSetting('appearance.density') === 'comfortable' ? 40 : 32;
  const gridId = useId();
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const [openColumn, setOpenColumn] = useState<string>();
  const arrangement = useColumnArrangement(columns, {
    name: props.name,
    given: props.columnState,
    onState: props.onColumnState,
  });
  const { shown, shownColumns } = arrangement;
  const count = source.count ?? 0;

  const toggleSort = (id: string, isAdded: boolean) => {
    props.onSort(toggledSort(sort, id, isAdded));
  };
  const copy = async (selection: Selection) => {
    const rectangle = rectangleOf(selection);
    const signal = AbortSignal.timeout(60_000);
    await navigator.clipboard.writeText(await selectedAsTsv(source, shownColumns, { rectangle, signal }));
    const rows = rectangle.lastRow - rectangle.firstRow + 1;
    notify.success(t('grid.copied', { count: rows, n: format.count(rows) }));
  };
  const { selection, clear, handlers } = useGridSelection({
    size: () => ({ rows: count, columns: shown.length, page: rowsOfPage(place, rowHeight) }),
    onGo: ({ row, column }) => {
      if (place === null) return;
      if (row !== headRow) scrollToRow(place, row, rowHeight);
      scrollToColumn(place, shown, column);
    },
    onCopy: (chosen) => {
      copy(chosen).catch(notify.failure);
    },
    onSort: (at, isAdded) => {
      const column = shownColumns[at];
      if (column !== undefined && column.isSortable !== false) toggleSort(column.id, isAdded);
    },
    onMenu: (at) => {
      setOpenColumn(shownColumns[at]?.id);
    },
    onOpen: (index, column) => {
      const cell = document.getElementById(cellId(gridId, index, column));
      const link = cell?.querySelector<HTMLElement>('a, button');
      const row = source.at(index);
      if (link) link.click();
      else if (row !== undefined) props.onOpen?.(row);
    },
  });

  const question = JSON.stringify([sort, filters]);
  const [answered, setAnswered] = useState(question);
  if (question !== answered) {
    setAnswered(question);
    // Rows are others now; who sorts by the keyboard stays on the heading.
    if (selection?.row !== headRow) clear();
  }
  const shownQuestion = useRef(question);
  useEffect(() => {
    if (shownQuestion.current === question) return;
    shownQuestion.current = question;
    place?.scrollTo({ top: 0 });
  }, [place, question]);

  const actionsOf = (id: string): ColumnActions => ({
    ...arrangement.place(id),
    sort: (direction, isAdded) => {
      const others = isAdded ? sort.filter(({ column }) => column !== id) : [];
      props.onSort(direction === undefined ? others : [...others, { column: id, direction }]);
    },
    filter: (next) => {
      props.onFilters(withFilter(filters, id, next));
    },
    hide: () => {
      setOpenColumn(undefined);
      arrangement.place(id).hide();
    },
  });

  return (
    <div className={classes.whole}>
      <div className={classes.bar}>
        {props.lead}
        <FilterChips
          columns={columns}
          filters={filters}
          titles={props.filterTitles ?? {}}
          onEdit={(id) => {
            arrangement.show(id);
            const at = shown.findIndex(({ column }) => column.id === id);
            if (place !== null) scrollToColumn(place, shown, at);
            setOpenColumn(id);
          }}
          onRemove={(id) => {
            props.onFilters(withFilter(filters, id, undefined));
          }}
          onClear={() => {
            props.onFilters({});
          }}
        />
        <span className={classes.spacer} />
        {props.tools}
        <ColumnsMenu
          columns={columns}
          state={arrangement.state}
          onState={arrangement.setState}
          onReset={() => {
            arrangement.setState(undefined);
          }}
        />
      </div>
      <div
        ref={setPlace}
        role="grid"
        data-scroll-place={`grid ${props.name}`}
        className={classes.scroll}
        tabIndex={0}
        aria-label={props.label}
        aria-multiselectable
        aria-rowcount={source.count === undefined ? -1 : count + 1}
        aria-colcount={shown.length}
        aria-busy={source.count === undefined || source.isOld === true}
        aria-activedescendant={
          selection !== undefined && selection.row < count
            ? cellId(gridId, selection.row, selection.column)
            : undefined
        }
        style={columnVariables(shown)}
        {...handlers}
        onDoubleClick={(event) => {
          const cell = cellOf(event.target);
          const row = cell === undefined ? undefined : source.at(cell.row);
          if (row !== undefined) props.onOpen?.(row);
        }}
      >
        <GridHead
          gridId={gridId}
          columns={shown}
          sort={sort}
          filters={filters}
          activeColumn={selection?.row === headRow ? selection.column : -1}
          openColumn={openColumn}
          onOpenColumn={setOpenColumn}
          onSort={toggleSort}
          onDrop={arrangement.drop}
          onResetWidth={arrangement.resetWidth}
          actionsOf={actionsOf}
        />
        <GridBody
          gridId={gridId}
          place={place}
          source={source}
          columns={arrangement.rowColumns}
          rowHeight={rowHeight}
          width={arrangement.width}
          format={format}
          selection={selection}
        />
        {source.count === 0 && <div className={classes.placeholder}>{props.empty}</div>}
        {source.error !== undefined && source.count === undefined && (
          <div className={classes.placeholder}>
            <FailedState
              query={{
                data: undefined,
                error: source.error,
                isFetching: false,
                refetch: () => source.retry?.(),
              }}
            />
          </div>
        )}
      </div>
      <GridFoot source={source} columns={shownColumns} selection={selection} />
    </div>
  );
}
