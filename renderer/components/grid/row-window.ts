/** A page as the engine answers it. */
export interface RowPage<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export type ReadRows<Row> = (offset: number, limit: number, signal: AbortSignal) => Promise<RowPage<Row>>;

export interface RowWindow<Row> {
  readonly total: number;
  at(index: number): Row | undefined;
  /** Says which rows are in sight: their pages and one on either side are fetched. */
  want(first: number, last: number): void;
  /** Rows from anywhere, those held and those fetched for it. */
  read(first: number, count: number, signal: AbortSignal): Promise<readonly Row[]>;
  /** What went wrong last, until something goes well. */
  error(): unknown;
  retry(): void;
  subscribe(listener: () => void): () => void;
  /** Grows with every change. */
  version(): number;
}

export interface RowWindowOptions<Row> {
  readonly first: RowPage<Row>;
  readonly read: ReadRows<Row>;
  readonly pageSize: number;
  /** How often at most the engine is asked while rows pass by. */
  readonly intervalMs?: number;
}

/** Pages beyond these are let go, those that were seen longest ago first. */
const keptPages = 60;

/**
 * The rows of one question, fetched page by page as they come into sight. What has gone out of sight before its answer
 * is there is aborted.
 */
export function createRowWindow<Row>(options: RowWindowOptions<Row>): RowWindow<Row> {
  const { first, read, pageSize, intervalMs = 60 } = options;
  const pages = new Map<number, readonly Row[]>([[0, first.rows]]);
  const pending = new Map<number, AbortController>();
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted: readonly [number, number] = [0, 0];
  let version = 0;
  let problem: unknown;

  const changed = () => {
    version++;
    for (const listener of listeners) listener();
  };

  const fetchPage = async (number: number) => {
    const stop = new AbortController();
    pending.set(number, stop);
    try {
      const { rows } = await read(number * pageSize, pageSize, stop.signal);
      pages.set(number, rows);
      problem = undefined;
      for (const oldest of pages.keys()) {
        if (pages.size <= keptPages) break;
        if (oldest !== number) pages.delete(oldest);
      }
    } catch (error) {
      if (!stop.signal.aborted) problem = error;
    } finally {
      if (pending.get(number) === stop) pending.delete(number);
      if (!stop.signal.aborted) changed();
    }
    if (!stop.signal.aborted && problem === undefined) fetchWanted();
  };

  const fetchWanted = () => {
    const [from, until] = [Math.max(0, wanted[0] - 1), Math.min(lastPage(), wanted[1] + 1)];
    for (const [number, stop] of pending) if (number < from || number > until) stop.abort();
    let isWhole = true;
    for (let number = wanted[0]; number <= wanted[1]; number++) isWhole = fetchMissing(number) && isWhole;
    // Neighbours come once all that is in sight is here.
    if (isWhole) for (const number of new Set([until, from])) fetchMissing(number);
  };

  /** Asks for a page unless it is here or on its way; says whether it is here. */
  const fetchMissing = (number: number): boolean => {
    const held = pages.get(number);
    if (held === undefined) {
      if (pending.get(number)?.signal.aborted !== false) void fetchPage(number);
      return false;
    }
    // Seen again: it goes to the end of those that may be let go.
    pages.delete(number);
    pages.set(number, held);
    return true;
  };
  const lastPage = () => Math.max(0, Math.ceil(first.total / pageSize) - 1);

  return {
    total: first.total,
    at: (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    want(from, until) {
      const next = [Math.floor(from / pageSize), Math.floor(until / pageSize)] as const;
      if (next[0] === wanted[0] && next[1] === wanted[1] && timer === undefined && pages.has(next[0])) return;
      wanted = next;
      // A timer that runs is let be: rows that keep moving would otherwise never be asked for.
      timer ??= setTimeout(() => {
        timer = undefined;
        fetchWanted();
      }, intervalMs);
    },
    async read(from, count, signal) {
      const held = heldRows(pages, { from, count: Math.min(count, first.total - from), pageSize });
      return held ?? (await read(from, count, signal)).rows;
    },
    error: () => problem,
    retry() {
      problem = undefined;
      changed();
      fetchWanted();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
        for (const stop of pending.values()) stop.abort();
      };
    },
    version: () => version,
  };
}

/** The rows from a place on if all of them are held. */
function heldRows<Row>(
  pages: ReadonlyMap<number, readonly Row[]>,
  { from, count, pageSize }: { readonly from: number; readonly count: number; readonly pageSize: number },
): readonly Row[] | undefined {
  const rows: Row[] = [];
  for (let index = from; index < from + count; index++) {
    const row = pages.get(Math.floor(index / pageSize))?.[index % pageSize];
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return rows;
}
