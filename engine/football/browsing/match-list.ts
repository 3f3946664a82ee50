import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../../db/client.ts';
import { matchListState, newestMatches, readListedMatches } from '../../../db/queries/football/match-list.ts';
import type { ListedMatch } from '../../contract/match-list.ts';
import { arrangeMatches } from './arrange-matches.ts';
import type { Arrangement } from './arrange-matches.ts';
import { readMatchIndex } from './match-index.ts';
import type { MatchIndex } from './match-index.ts';

export interface MatchPage {
  readonly total: number;
  readonly rows: ListedMatch[];
}

export interface PageQuestion extends Arrangement {
  readonly offset: number;
  readonly limit: number;
}

/** Orders that are kept: going on in a list must not arrange it anew. */
const keptOrders = 12;

/**
 * Windows of all matches in any order and through any filters. The index is read once per state of the data, in small
 * steps; until it is there, the newest matches come straight from the database.
 */
export class MatchList {
  #state = '';
  #index: Promise<MatchIndex> | undefined;
  #isReady = false;
  readonly #orders = new Map<string, Int32Array>();

  /** @throws AppError `USAGE` for a column or filter that does not fit */
  async page(database: Database, { offset, limit, sort, filters }: PageQuestion): Promise<MatchPage> {
    const { matches, state } = matchListState(database);
    if (state !== this.#state) {
      this.#state = state;
      this.#orders.clear();
      this.#isReady = false;
      this.#index = undefined;
    }
    const index = (this.#index ??= this.#read(database, state));
    if (!this.#isReady && isNewestFirst({ sort, filters })) {
      // Whoever waits for the index hears of its failure; this answer does without it.
      index.catch(() => {});
      return {
        total: matches,
        rows: readListedMatches(database, newestMatches(database, { offset, limit })),
      };
    }
    const read = await index;
    const rows = this.#order(read, { sort, filters });
    const ids = Array.from(rows.subarray(offset, offset + limit), (row) => read.matchId[row]!);
    return { total: rows.length, rows: readListedMatches(database, ids) };
  }

  async #read(database: Database, state: string): Promise<MatchIndex> {
    try {
      const highestId = Number(state.split('|')[1] ?? 0);
      const index = await readMatchIndex(database, { highestId, rest: () => setImmediate() });
      if (this.#state === state) this.#isReady = true;
      return index;
    } catch (error) {
      if (this.#state === state) this.#index = undefined;
      throw error;
    }
  }

  #order(index: MatchIndex, arrangement: Arrangement): Int32Array {
    const question = JSON.stringify([arrangement.sort, arrangement.filters]);
    let rows = this.#orders.get(question);
    if (rows === undefined) {
      rows = arrangeMatches(index, arrangement);
      const [oldest] = this.#orders.keys();
      if (this.#orders.size >= keptOrders && oldest !== undefined) this.#orders.delete(oldest);
      this.#orders.set(question, rows);
    }
    return rows;
  }
}

function isNewestFirst({ sort, filters }: Arrangement): boolean {
  if (Object.keys(filters).length > 0 || sort.length > 1) return false;
  const [first] = sort;
  return first === undefined || (first.column === 'matchDay' && first.direction === 'desc');
}
