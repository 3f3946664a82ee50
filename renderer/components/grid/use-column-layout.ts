import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { GridColumn } from './column.ts';
import { narrowestColumn, widestColumn } from './column-state.ts';
import type { ColumnState } from './column-state.ts';

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});

/** Rows are the row source's business; the table lays out columns alone. */
const noRows: readonly Record<string, never>[] = [];

/** A column with its place. */
export interface LaidColumn<Row> {
  readonly column: GridColumn<Row>;
  readonly width: number;
  /** Distance from the beginning of the line, at which a pinned column stays. */
  readonly pinnedAt: number | undefined;
  readonly isLastPinned: boolean;
  readonly resize: (event: unknown) => void;
}

export interface ColumnLayout<Row> {
  /** What is shown, pinned columns first. */
  readonly shown: readonly LaidColumn<Row>[];
  readonly width: number;
}

const defaultWidths: Readonly<Record<GridColumn<never>['kind'], number>> = {
  text: 160,
  integer: 80,
  number: 88,
  percent: 88,
  probability: 88,
  odds: 80,
  day: 104,
  instant: 168,
  flag: 72,
};

/** Widths, order, pins and visibility as TanStack Table lays them out, kept by whoever owns the state. */
export function useColumnLayout<Row>(
  columns: readonly GridColumn<Row>[],
  state: ColumnState,
  onState: (state: ColumnState) => void,
): ColumnLayout<Row> {
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: () => undefined,
        size: column.width ?? defaultWidths[column.kind],
        minSize: narrowestColumn,
        maxSize: widestColumn,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: {
      columnOrder: state.order,
      columnPinning: { start: state.order.filter((id) => state.pinned.includes(id)), end: [] },
      columnVisibility: Object.fromEntries(state.hidden.map((id) => [id, false])),
      columnSizing: state.widths,
    },
    onColumnSizingChange: (updater) => {
      const widths = typeof updater === 'function' ? updater(state.widths) : updater;
      onState({ ...state, widths: { ...widths } });
    },
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const shown = headers.flatMap((header) => {
    const column = byId.get(header.column.id);
    if (column === undefined) return [];
    const isPinned = header.column.getIsPinned() === 'start';
    return [
      {
        column,
        width: header.getSize(),
        pinnedAt: isPinned ? header.column.getStart('start') : undefined,
        isLastPinned: isPinned && header.column.getIsLastColumn('start'),
        resize: header.getResizeHandler(),
      },
    ];
  });
  return { shown, width: shown.reduce((sum, { width }) => sum + width, 0) };
}
