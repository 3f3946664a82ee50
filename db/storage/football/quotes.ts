import type { Database } from '../../client.ts';
import { phases } from './match-batch.ts';
import type { QuoteColumns } from './match-batch.ts';

type StoredQuote = [
  market: number,
  bookmaker: number,
  line: number,
  phase: number,
  instant: number,
  price1: number,
  price2: number,
  price3: number | null,
];

type Value = number | null;

/** Entering a statement costs as much as adding a row: so many rows go in with one. */
const rowsAtOnce = 16;
const columns = 9;
const insertInto =
  'INSERT INTO odds_quote (match_id, market_id, bookmaker_id, line, phase, instant, price_1, price_2, price_3) VALUES';
const placeholders = '(?, ?, ?, ?, ?, ?, ?, ?, ?)';

function createStatements({ sqlite }: Database) {
  const key =
    'match_id = ? AND market_id = ? AND bookmaker_id = ? AND line = ? AND phase = ? AND instant = ?';
  return {
    stored: sqlite
      .prepare(
        `SELECT market_id, bookmaker_id, line, phase, instant, price_1, price_2, price_3
         FROM odds_quote WHERE match_id = ?`,
      )
      .raw(),
    insert: sqlite.prepare<[Value[]]>(`${insertInto} ${placeholders}`),
    insertMany: sqlite.prepare<[Value[]]>(
      `${insertInto} ${new Array<string>(rowsAtOnce).fill(placeholders).join(', ')}`,
    ),
    update: sqlite.prepare(`UPDATE odds_quote SET price_1 = ?, price_2 = ?, price_3 = ? WHERE ${key}`),
    remove: sqlite.prepare(`DELETE FROM odds_quote WHERE ${key}`),
    bookmakers: sqlite.prepare<[], { id: number; code: string }>('SELECT id, code FROM bookmaker'),
    addBookmaker: sqlite.prepare('INSERT INTO bookmaker (code, name, kind) VALUES (?, ?, ?)'),
  };
}
const statementsOf = new WeakMap<Database, ReturnType<typeof createStatements>>();

export interface QuoteWriter {
  /** Writes what still waits to be written; without it quotes are lost. */
  flush(): void;
  readonly counts: { new: number; changed: number; unchanged: number };
  /** Writes all quotes of a row for a match that had none. */
  insertAll(row: number, matchId: number): void;
  /** Brings the stored quotes of a match up to date. @returns whether anything was written */
  reconcile(row: number, matchId: number, options: ReconcileOptions): boolean;
}

export interface ReconcileOptions {
  /** Prices of a coming match, as seen now: one that differs from the last seen is a new row beside it. */
  readonly isSeen: boolean;
  /** Whether the source may correct prices that are stored already. */
  readonly isAuthority: boolean;
  /** Where the kick-off was moved: the instant under which its pre-match prices were stored. */
  readonly staleInstant: number | undefined;
}

export function createQuoteWriter(database: Database, quotes: QuoteColumns): QuoteWriter {
  let cached = statementsOf.get(database);
  if (!cached) statementsOf.set(database, (cached = createStatements(database)));
  const statements = cached;
  const ids = bookmakerIds(statements, quotes);
  const counts = { new: 0, changed: 0, unchanged: 0 };
  const { market, bookmaker, phase, line, instant, prices } = quotes;
  const values = new Array<Value>(rowsAtOnce * columns).fill(null);
  let waiting = 0;
  let cursor = 0;

  /** Rows come in order, so their quotes are found by walking on. */
  function rangeOf(row: number): [from: number, until: number] {
    while (cursor < quotes.count && quotes.match[cursor]! < row) cursor++;
    const from = cursor;
    while (cursor < quotes.count && quotes.match[cursor] === row) cursor++;
    return [from, cursor];
  }

  function insert(matchId: number, i: number): void {
    const third = prices[i * 3 + 2]!;
    let at = waiting * columns;
    values[at++] = matchId;
    values[at++] = market[i]!;
    values[at++] = ids[bookmaker[i]!]!;
    values[at++] = line[i]!;
    values[at++] = phase[i]!;
    values[at++] = instant[i]!;
    values[at++] = prices[i * 3]!;
    values[at++] = prices[i * 3 + 1]!;
    values[at] = Number.isNaN(third) ? null : third;
    counts.new++;
    if (++waiting < rowsAtOnce) return;
    statements.insertMany.run(values);
    waiting = 0;
  }

  function flush(): void {
    for (let row = 0; row < waiting; row++)
      statements.insert.run(values.slice(row * columns, (row + 1) * columns));
    waiting = 0;
  }

  function hasPrices(i: number, stored: StoredQuote): boolean {
    const third = prices[i * 3 + 2]!;
    return (
      stored[5] === prices[i * 3] &&
      stored[6] === prices[i * 3 + 1] &&
      (stored[7] === null ? Number.isNaN(third) : stored[7] === third)
    );
  }

  return {
    counts,
    flush,
    insertAll(row, matchId) {
      const [from, until] = rangeOf(row);
      for (let i = from; i < until; i++) insert(matchId, i);
    },
    reconcile(row, matchId, { isSeen, isAuthority, staleInstant }) {
      const [from, until] = rangeOf(row);
      if (from === until) return false;
      const before = counts.new + counts.changed;
      const stored = statements.stored.all(matchId) as StoredQuote[];
      const matched = new Set<number>();
      let hint = 0;
      for (let i = from; i < until; i++) {
        const id = ids[bookmaker[i]!]!;
        const found = isSeen ? latest(i, id) : same(i, id);
        if (found >= 0) matched.add(found);
        if (found >= 0 && hasPrices(i, stored[found]!)) {
          counts.unchanged++;
        } else if (found >= 0 && (!isSeen || stored[found]![4] === instant[i])) {
          if (isAuthority) {
            const third = prices[i * 3 + 2]!;
            const key = stored[found]!.slice(0, 5);
            const values = [prices[i * 3], prices[i * 3 + 1], Number.isNaN(third) ? null : third];
            statements.update.run(...values, matchId, ...key);
            counts.changed++;
          } else {
            counts.unchanged++;
          }
        } else {
          insert(matchId, i);
        }
      }
      if (!isSeen && isAuthority && matched.size < stored.length) removeStale();
      return counts.new + counts.changed > before;

      /** The stored quote with the same key, looked for where the last one was found: both come in similar order. */
      function same(i: number, id: number): number {
        for (let step = 0; step < stored.length; step++) {
          const index = hint + step < stored.length ? hint + step : hint + step - stored.length;
          const [m, b, l, p, t] = stored[index]!;
          if (m === market[i] && b === id && p === phase[i] && l === line[i] && t === instant[i]) {
            hint = index + 1 < stored.length ? index + 1 : 0;
            return index;
          }
        }
        return -1;
      }

      function latest(i: number, id: number): number {
        let best = -1;
        stored.forEach(([m, b, l, p, t], index) => {
          if (m !== market[i] || b !== id || p !== phase[i] || l !== line[i]) return;
          if (best < 0 || t > stored[best]![4]) best = index;
        });
        return best;
      }

      /** Quotes that a moved kick-off or a corrected line left behind: the source has another one in their place. */
      function removeStale(): void {
        stored.forEach(([m, b, l, p, t], index) => {
          if (matched.has(index)) return;
          for (let i = from; i < until; i++) {
            if (m !== market[i] || b !== ids[bookmaker[i]!] || p !== phase[i]) continue;
            if (t === instant[i] || p === phases.closing || t === staleInstant) {
              statements.remove.run(matchId, m, b, l, p, t);
              counts.changed++;
              return;
            }
          }
        });
      }
    },
  };
}

function bookmakerIds(statements: ReturnType<typeof createStatements>, quotes: QuoteColumns): number[] {
  if (quotes.bookmakers.length === 0) return [];
  const known = new Map(statements.bookmakers.all().map(({ id, code }) => [code, id]));
  return quotes.bookmakers.map(
    ({ code, name, kind }) =>
      known.get(code) ?? Number(statements.addBookmaker.run(code, name, kind).lastInsertRowid),
  );
}
