import type { MatchBatch } from './match-batch.ts';

/** A match reported on two days so close together is one match: a midnight, a zone or a late change lies between. */
export const sameMatchDays = 3;

interface Candidate<Match> {
  readonly home: number;
  readonly away: number;
  readonly isPlayed: boolean;
  /** Brought by another source than the batch. */
  readonly isForeign: boolean;
  readonly match: Match;
}

/**
 * Finds for each row of a batch the stored match that it speaks of. Teams meet more than once a season in some
 * championships (Scotland, Switzerland), so the day decides: first the very day, then the nearest within three days, then
 * a stored match that is still to be played. A stored match belongs to one row only.
 *
 * Where two sources know one meeting each of the same pair in a season, it is one match, however far apart they date it.
 */
export function createPairing<Match extends { readonly day: number }>(
  batch: MatchBatch,
  teamIds: readonly number[],
  stored: readonly Candidate<Match>[],
): { of(row: number): Match | undefined } {
  const byPair = new Map<number, Candidate<Match>[]>();
  const keyOf = (home: number, away: number) => home * 0x4000000 + away;
  for (const candidate of stored) {
    const key = keyOf(candidate.home, candidate.away);
    const list = byPair.get(key);
    if (list) list.push(candidate);
    else byPair.set(key, [candidate]);
  }
  const pairs = new Map<number, Match>();
  const taken = new Set<Match>();
  const take = (row: number, match: Match) => {
    pairs.set(row, match);
    taken.add(match);
  };
  const candidatesOf = (row: number) =>
    byPair.get(keyOf(teamIds[batch.home[row]!]!, teamIds[batch.away[row]!]!)) ?? [];

  // The very day first, for all rows, so that no row takes a match that is exactly another's.
  const open: number[] = [];
  for (let row = 0; row < batch.count; row++) {
    const exact = candidatesOf(row).find(({ match }) => match.day === batch.day[row]);
    if (exact) take(row, exact.match);
    else open.push(row);
  }
  for (const row of open) {
    const distance = ({ match }: Candidate<Match>) => Math.abs(match.day - batch.day[row]!);
    const free = candidatesOf(row)
      .filter(
        ({ match, isPlayed }) =>
          !taken.has(match) && (!isPlayed || Math.abs(match.day - batch.day[row]!) <= sameMatchDays),
      )
      .sort((a, b) => distance(a) - distance(b));
    const best = free[0];
    if (best) take(row, best.match);
  }
  const meetings = new Map<number, number>();
  for (let row = 0; row < batch.count; row++) {
    const key = keyOf(teamIds[batch.home[row]!]!, teamIds[batch.away[row]!]!);
    meetings.set(key, (meetings.get(key) ?? 0) + 1);
  }
  for (const row of open) {
    const [only, second] = candidatesOf(row);
    if (pairs.has(row) || !only || second || taken.has(only.match) || !only.isForeign) continue;
    if (meetings.get(keyOf(only.home, only.away)) === 1) take(row, only.match);
  }
  return { of: (row) => pairs.get(row) };
}
