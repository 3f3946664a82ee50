import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridFilter, GridFilters, GridSort } from '../../engine/contract/grid.ts';
import { notify } from '../frame/notify.ts';
import { useSetting } from '../frame/settings.ts';
import { useFormat } from './format.ts';
import { FailedState } from './query-state.tsx';
import { ColumnsMenu } from './grid/columns-menu.tsx';
import type { ColumnActions } from './grid/column-panel.tsx';
import type { GridColumn } from './grid/column.ts';
import { movedColumn, withWidth } from './grid/column-edits.ts';
import { fittedState, keepColumns, storedColumns } from './grid/column-state.ts';
import type { ColumnState } from './grid/column-state.ts';
import { selectedAsTsv } from './grid/copy-cells.ts';
import { FilterChips } from './grid/filter-chips.tsx';
import { GridFoot } from './grid/grid-foot.tsx';
import { GridHead } from './grid/grid-head.tsx';
import { cellId, classNames, GridRow } from './grid/grid-row.tsx';
import type { RowColumn } from './grid/grid-row.tsx';
import { headRow, moved, rectangleOf } from './grid/selection.ts';
import type { Selection } from './grid/selection.ts';
import { toggledSort } from './grid/sort-state.ts';
import type { RowSource } from './grid/row-source.ts';
import { useColumnLayout } from './grid/use-column-layout.ts';
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
  const { name, label, columns, source, sort, filters } = props;
  const { t } = useTranslation('components');
  const format = useFormat();
  const rowHeight = useSetting('appearance.density') === 'comfortable' ? 40 : 32;
  const gridId = useId();
  const place = useRef<HTMLDivElement>(null);
  const [selection, setSelection] = useState<Selection>();
  const [openColumn, setOpenColumn] = useState<string>();
  const [kept, setKept] = useState<unknown>(() => storedColumns(name));
  const state = useMemo(
    () => fittedState(props.columnState ?? kept, columns),
    [props.columnState, kept, columns],
  );
  const onColumnState = props.onColumnState;
  const setState = useCallback(
    (next: ColumnState | undefined) => {
      setKept(next);
      keepColumns(name, next);
      onColumnState?.(next);
    },
    [name, onColumnState],
  );
  const { shown, width } = useColumnLayout(columns, state, setState);
  // Widths are variables of the style: rows are drawn anew only when other columns are shown, or pinned.
  const shape = shown
    .map(({ column, pinnedAt }) => `${pinnedAt === undefined ? '' : '!'}${column.id}`)
    .join(' ');
  const rowColumns = useMemo(() => rowColumnsOf(shape, columns), [shape, columns]);
  const shownColumns = useMemo(() => rowColumns.map(({ column }) => column), [rowColumns]);
  const count = source.count ?? 0;

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => place.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: 0,
    scrollPaddingStart: 40,
    scrollPaddingEnd: 8,
  });
  const items = virtualizer.getVirtualItems();
  const firstInSight = items[0]?.index ?? 0;
  const lastInSight = items.at(-1)?.index ?? 0;
  useEffect(() => {
    source.want(firstInSight, lastInSight);
  }, [source, firstInSight, lastInSight]);

  const question = JSON.stringify([sort, filters]);
  const [answered, setAnswered] = useState(question);
  if (question !== answered) {
    setAnswered(question);
    // Rows are others now; who sorts by the keyboard stays on the heading.
    if (selection !== undefined && selection.row !== headRow) setSelection(undefined);
  }
  useEffect(() => {
    place.current?.scrollTo({ top: 0 });
  }, [question]);

  const filter = (id: string, next: GridFilter | undefined) => {
    const { [id]: _, ...others } = filters;
    props.onFilters(next === undefined ? others : { ...others, [id]: next });
  };
  const actionsOf = (id: string): ColumnActions => ({
    sort: (direction, isAdded) => {
      const others = isAdded ? sort.filter(({ column }) => column !== id) : [];
      props.onSort(direction === undefined ? others : [...others, { column: id, direction }]);
    },
    filter: (next) => {
      filter(id, next);
    },
    pin: (isPinned) => {
      const others = state.pinned.filter((one) => one !== id);
      setState({ ...state, pinned: isPinned ? [...others, id] : others });
    },
    move: (by) => {
      setState(movedColumn(state, id, by));
    },
    widen: (by) => {
      const now = shown.find(({ column }) => column.id === id)?.width ?? 100;
      setState(withWidth(state, id, now + by));
    },
    hide: () => {
      setOpenColumn(undefined);
      if (shown.length > 1) setState({ ...state, hidden: [...state.hidden, id] });
    },
  });
  const toggleSort = (id: string, isAdded: boolean) => {
    props.onSort(toggledSort(sort, id, isAdded));
  };

  const copy = async () => {
    if (selection === undefined || selection.row === headRow) return;
    const rectangle = rectangleOf(selection);
    const signal = AbortSignal.timeout(60_000);
    await navigator.clipboard.writeText(await selectedAsTsv(source, shownColumns, { rectangle, signal }));
    const rows = rectangle.lastRow - rectangle.firstRow + 1;
    notify.success(t('grid.copied', { count: rows, n: format.count(rows) }));
  };

  const go = (next: Selection) => {
    setSelection(next);
    if (next.row >= 0) virtualizer.scrollToIndex(next.row);
    scrollToColumn(place.current, shown, next.column);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Keys within a column's menu are its own.
    if (event.target !== event.currentTarget) return;
    const now = selection ?? { anchorRow: headRow, anchorColumn: 0, row: headRow, column: 0 };
    const ctrl = event.ctrlKey || event.metaKey;
    const column = shownColumns[now.column];
    if (ctrl && event.code === 'KeyC') {
      event.preventDefault();
      copy().catch(notify.failure);
    } else if (ctrl && event.code === 'KeyA' && count > 0) {
      event.preventDefault();
      setSelection({ anchorRow: 0, anchorColumn: 0, row: count - 1, column: shown.length - 1 });
    } else if (column && ((event.altKey && event.key === 'ArrowDown') || event.key === 'ContextMenu')) {
      event.preventDefault();
      setOpenColumn(column.id);
    } else if (event.key === 'Enter' && column) {
      event.preventDefault();
      if (now.row === headRow) {
        if (column.isSortable !== false) toggleSort(column.id, event.shiftKey);
      } else open(now.row, now.column);
    } else {
      const size = { rows: count, columns: shown.length, page: Math.max(1, lastInSight - firstInSight - 16) };
      const next = moved(now, { key: event.key, ctrl, shift: event.shiftKey }, size);
      if (next === undefined) return;
      event.preventDefault();
      go(next);
    }
  };

  const open = (index: number, column: number) => {
    const link = document
      .getElementById(cellId(gridId, index, column))
      ?.querySelector<HTMLElement>('a, button');
    const row = source.at(index);
    if (link) link.click();
    else if (row !== undefined) props.onOpen?.(row);
  };

  const onMouse = (event: MouseEvent<HTMLDivElement>, isDrag: boolean) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (cell === null || event.button !== 0) return;
    if (isDrag && (event.buttons !== 1 || selection === undefined)) return;
    const row = Number(cell.dataset.row);
    const column = Number(cell.dataset.column);
    if (isDrag && selection?.row === row && selection.column === column) return;
    const extends_ = (isDrag || event.shiftKey) && selection !== undefined && selection.anchorRow !== headRow;
    setSelection(
      extends_ ? { ...selection, row, column } : { anchorRow: row, anchorColumn: column, row, column },
    );
  };

  const rectangle = selection === undefined || selection.row === headRow ? undefined : rectangleOf(selection);
  const isActiveDrawn =
    selection !== undefined &&
    (selection.row === headRow || (selection.row >= firstInSight && selection.row <= lastInSight));

  return (
    <div className={classes.whole}>
      <div className={classes.bar}>
        {props.lead}
        <FilterChips
          columns={columns}
          filters={filters}
          titles={props.filterTitles ?? {}}
          onEdit={(id) => {
            if (state.hidden.includes(id))
              setState({ ...state, hidden: state.hidden.filter((one) => one !== id) });
            scrollToColumn(
              place.current,
              shown,
              shown.findIndex(({ column }) => column.id === id),
            );
            setOpenColumn(id);
          }}
          onRemove={(id) => {
            filter(id, undefined);
          }}
          onClear={() => {
            props.onFilters({});
          }}
        />
        <span className={classes.spacer} />
        {props.tools}
        <ColumnsMenu
          columns={columns}
          state={state}
          onState={setState}
          onReset={() => {
            setState(undefined);
          }}
        />
      </div>
      <div
        ref={place}
        role="grid"
        className={classes.scroll}
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-rowcount={source.count === undefined ? -1 : count + 1}
        aria-colcount={shown.length}
        aria-busy={source.count === undefined || source.isOld === true}
        aria-activedescendant={isActiveDrawn ? cellId(gridId, selection.row, selection.column) : undefined}
        style={variables(shown)}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.target === event.currentTarget && selection === undefined) {
            setSelection({ anchorRow: headRow, anchorColumn: 0, row: headRow, column: 0 });
          }
        }}
        onMouseDown={(event) => {
          onMouse(event, false);
        }}
        onMouseMove={(event) => {
          onMouse(event, true);
        }}
        onDoubleClick={(event) => {
          const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
          const row = cell === null ? undefined : source.at(Number(cell.dataset.row));
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
          onDrop={(id, target) => {
            setState(movedColumn(state, id, target));
          }}
          onResetWidth={(id) => {
            const { [id]: _, ...widths } = state.widths;
            setState({ ...state, widths });
          }}
          actionsOf={actionsOf}
        />
        <div
          role="rowgroup"
          className={classNames([classes.body, source.isOld === true && classes.old])}
          style={{ height: count * rowHeight, width }}
        >
          {items.map(({ index }) => {
            const isSelected =
              rectangle !== undefined && index >= rectangle.firstRow && index <= rectangle.lastRow;
            return (
              <GridRow
                key={index}
                gridId={gridId}
                row={source.at(index)}
                index={index}
                height={rowHeight}
                columns={rowColumns}
                format={format}
                selectedFrom={isSelected ? rectangle.firstColumn : -1}
                selectedUntil={isSelected ? rectangle.lastColumn : -1}
                activeColumn={selection?.row === index ? selection.column : -1}
              />
            );
          })}
        </div>
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

/** The columns of a row, read back from the names of those that are shown; `!` marks a pinned one. */
function rowColumnsOf<Row>(shape: string, columns: readonly GridColumn<Row>[]): RowColumn<Row>[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const names = shape.split(' ');
  return names.flatMap((name, at) => {
    const isPinned = name.startsWith('!');
    const column = byId.get(isPinned ? name.slice(1) : name);
    const isLastPinned = isPinned && names[at + 1]?.startsWith('!') !== true;
    return column === undefined ? [] : [{ column, isPinned, isLastPinned }];
  });
}

/** Widths and places of the columns, as variables that the cells refer to. */
function variables(
  shown: readonly { readonly width: number; readonly pinnedAt: number | undefined }[],
): CSSProperties {
  return Object.fromEntries(
    shown.flatMap(({ width, pinnedAt }, at) => [
      [`--w${at}`, `${width}px`],
      ...(pinnedAt === undefined ? [] : [[`--p${at}`, `${pinnedAt}px`]]),
    ]),
  ) as CSSProperties;
}

/** Brings a column into sight beside the pinned ones. */
function scrollToColumn(
  place: HTMLElement | null,
  shown: readonly { readonly width: number; readonly pinnedAt: number | undefined }[],
  target: number,
): void {
  if (place === null || shown[target] === undefined || shown[target].pinnedAt !== undefined) return;
  const pinned = shown.reduce((sum, { width, pinnedAt }) => sum + (pinnedAt === undefined ? 0 : width), 0);
  const start = shown.slice(0, target).reduce((sum, { width }) => sum + width, 0);
  const end = start + shown[target].width;
  if (start - pinned < place.scrollLeft) place.scrollLeft = start - pinned;
  else if (end > place.scrollLeft + place.clientWidth) place.scrollLeft = end - place.clientWidth;
}
