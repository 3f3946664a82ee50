import type { Database } from '../../../db/client.ts';
import { readSettledPairs } from '../../../db/queries/football/match-detail.ts';
import type { SettledPair, SettledPairsQuery } from '../../../db/queries/football/match-detail.ts';
import { addDays } from '../../contract/zones.ts';

/** How far beyond the day asked for is read, and how many forecasts more than asked for. */
const usual = { days: 90, pairs: 1500 } as const;

/** Settled forecasts of one championship or sport, newest first. */
interface Read {
  /** All before this day are there, up to the number read. */
  readonly before: string;
  readonly pairs: readonly SettledPair[];
  /** No older ones exist. */
  readonly isAll: boolean;
}

/**
 * Answers as `readSettledPairs` does, for days that come one after another: each rests on nearly the same forecasts as the
 * day before, so that they are read for a quarter of a year at once. A day still sees only what was settled before it.
 */
export function createSettledAhead(
  ahead: { readonly days: number; readonly pairs: number } = usual,
): (database: Database, query: SettledPairsQuery) => SettledPair[] {
  const reads = new Map<string, Read>();
  return (database, query) => {
    const { championshipId, before, limit, of } = query;
    const key = `${of} ${String(championshipId)}`;
    const held = reads.get(key);
    const answer = held && cut(held, query);
    if (answer) return answer;
    const until = addDays(before, ahead.days);
    const pairs = readSettledPairs(database, {
      championshipId,
      of,
      before: until,
      limit: limit + ahead.pairs,
    });
    const read = { before: until, pairs, isAll: pairs.length < limit + ahead.pairs };
    reads.set(key, read);
    return cut(read, query) ?? readSettledPairs(database, query);
  };
}

/** What was read, as the query would have it; undefined where it does not reach. */
function cut({ before, pairs, isAll }: Read, query: SettledPairsQuery): SettledPair[] | undefined {
  if (query.before > before) return undefined;
  const first = pairs.findIndex(({ day }) => day < query.before);
  const answer = first === -1 ? [] : pairs.slice(first, first + query.limit);
  return isAll || answer.length === query.limit ? answer : undefined;
}
