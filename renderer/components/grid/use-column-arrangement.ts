import { useCallback, useMemo, useState } from 'react';
import type { GridFilter } from '../../../engine/contract/grid.ts';
import { movedColumn, withWidth } from './column-edits.ts';
import type { ColumnActions } from './column-panel.tsx';
import { fittedState, keepColumns, storedColumns } from './column-state.ts';
import type { ColumnState } from './column-state.ts';
import type { GridColumn } from './column.ts';
import { rowColumnsOf, shapeOf } from './row-columns.ts';
import type { RowColumn } from './row-columns.ts';
import { useColumnLayout } from './use-column-layout.ts';
import type { ColumnLayout } from './use-column-layout.ts';

export interface ColumnArrangement<Row> extends ColumnLayout<Row> {
  readonly state: ColumnState;
  /** Undefined goes back to the declared arrangement. */
  readonly setState: (state: ColumnState | undefined) => void;
  /** The same objects as long as the same columns are shown in the same order. */
  readonly rowColumns: readonly RowColumn<Row>[];
  readonly shownColumns: readonly GridColumn<Row>[];
  readonly place: (id: string) => Pick<ColumnActions, 'pin' | 'move' | 'widen' | 'hide'>;
  readonly drop: (id: string, target: string) => void;
  readonly resetWidth: (id: string) => void;
  readonly show: (id: string) => void;
}

export interface ArrangementOptions {
  /** What the arrangement is kept by. */
  readonly name: string;
  readonly given: unknown;
  readonly onState: ((state: ColumnState | undefined) => void) | undefined;
}

/** How the analyst arranged the columns: kept by whoever owns the address, and in this browser. */
export function useColumnArrangement<Row>(
  columns: readonly GridColumn<Row>[],
  { name, given, onState }: ArrangementOptions,
): ColumnArrangement<Row> {
  const [kept, setKept] = useState<unknown>(() => storedColumns(name));
  const state = useMemo(() => fittedState(given ?? kept, columns), [given, kept, columns]);
  const setState = useCallback(
    (next: ColumnState | undefined) => {
      setKept(next);
      keepColumns(name, next);
      onState?.(next);
    },
    [name, onState],
  );
  const { shown, width } = useColumnLayout(columns, state, setState);
  const shape = shapeOf(shown);
  const rowColumns = useMemo(() => rowColumnsOf(shape, columns), [shape, columns]);
  const shownColumns = useMemo(() => rowColumns.map(({ column }) => column), [rowColumns]);
  return {
    shown,
    width,
    state,
    setState,
    rowColumns,
    shownColumns,
    place: (id) => ({
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
        if (shown.length > 1) setState({ ...state, hidden: [...state.hidden, id] });
      },
    }),
    drop: (id, target) => {
      setState(movedColumn(state, id, target));
    },
    resetWidth: (id) => {
      const { [id]: _, ...widths } = state.widths;
      setState({ ...state, widths });
    },
    show: (id) => {
      if (state.hidden.includes(id)) setState({ ...state, hidden: state.hidden.filter((one) => one !== id) });
    },
  };
}

/** The filters with one of them set, or taken away. */
export function withFilter(
  filters: Readonly<Record<string, GridFilter>>,
  id: string,
  next: GridFilter | undefined,
): Record<string, GridFilter> {
  const { [id]: _, ...others } = filters;
  return next === undefined ? others : { ...others, [id]: next };
}
