import { useMemo, useState, useSyncExternalStore } from 'react';
import type { RowSource } from './row-source.ts';
import { createRowWindow } from './row-window.ts';
import type { ReadRows, RowPage, RowWindow } from './row-window.ts';

export interface WindowedRowsOptions<Row> {
  /**
   * The query of the first page, with the page before as its placeholder: it carries the total, and when the engine's
   * data change it is asked anew, which begins a new window.
   */
  readonly firstPage: {
    readonly data: RowPage<Row> | undefined;
    readonly error: unknown;
    readonly isPlaceholderData: boolean;
    readonly refetch: () => unknown;
  };
  readonly read: ReadRows<Row>;
  readonly pageSize: number;
}

/** The rows of a grid, fetched from the engine by windows. */
export function useWindowedRows<Row>({
  firstPage,
  read,
  pageSize,
}: WindowedRowsOptions<Row>): RowSource<Row> {
  const { data, error, isPlaceholderData, refetch } = firstPage;
  const [basis, setBasis] = useState<RowPage<Row>>();
  const [window, setWindow] = useState<RowWindow<Row>>();
  if (data !== undefined && !isPlaceholderData && data !== basis) {
    setBasis(data);
    setWindow(createRowWindow({ first: data, read, pageSize }));
  }
  const version = useSyncExternalStore(window?.subscribe ?? never, window?.version ?? zero);
  return useMemo(
    () => sourceOf(window, { error, refetch, isOld: isPlaceholderData, version }),
    [window, error, refetch, isPlaceholderData, version],
  );
}

function sourceOf<Row>(
  window: RowWindow<Row> | undefined,
  state: {
    readonly error: unknown;
    readonly refetch: () => unknown;
    readonly isOld: boolean;
    readonly version: number;
  },
): RowSource<Row> {
  const error = state.error ?? window?.error();
  return {
    count: window?.total,
    at: (index) => window?.at(index),
    want: (first, last) => {
      // The rows of an earlier question are let be; those of this one come with its first page.
      if (!state.isOld) window?.want(first, last);
    },
    read: (first, count, signal) => window?.read(first, count, signal) ?? Promise.resolve([]),
    isOld: state.isOld,
    ...(error === null || error === undefined ? {} : { error }),
    retry: () => {
      if (state.error === null || state.error === undefined) window?.retry();
      else void state.refetch();
    },
  };
}

const never = () => () => {};
const zero = () => 0;
