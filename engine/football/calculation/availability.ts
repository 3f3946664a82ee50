import type { Instant } from '../../contract/domain.ts';
import type { Fixtures, Results } from '../../../db/queries/football/calculation.ts';

/** Rows by day, then home club, then away club: an order that the input's own order cannot change. */
export function canonicalOrder(fixtures: Fixtures): Int32Array {
  const { day, home, away, matchId } = fixtures;
  const order = Int32Array.from({ length: fixtures.count }, (_, i) => i);
  return order.sort(
    (a, b) => day[a]! - day[b]! || home[a]! - home[b]! || away[a]! - away[b]! || matchId[a]! - matchId[b]!,
  );
}

/** Results in groups: all that become usable on one day, in canonical order. */
export interface ResultGroups {
  /** Row numbers, group after group. */
  readonly rows: Int32Array;
  /** The first day whose beginning is not before the instant at which the row's result was known. */
  readonly usableFrom: Int32Array;
}

/**
 * A result may be used from the first day that begins at or after the instant it was known: normally the day after the
 * match; a late kick-off's, whose end lies beyond midnight, a day later. The groups depend on the results alone, not on
 * which fixtures happen to be held, so adding or removing a fixture changes nobody else's features.
 */
export function groupResults(
  parts: { readonly fixtures: Fixtures; readonly results: Results },
  order: Int32Array,
  startOf: (day: number) => Instant,
): ResultGroups {
  const { fixtures, results } = parts;
  const usable = new Int32Array(fixtures.count);
  const rows = order.filter((row) => results.homeGoals[row]! >= 0 && results.awayGoals[row]! >= 0);
  let sorted = true;
  let previous = -Infinity;
  for (const row of rows) {
    const knownAt = results.knownAt[row]!;
    let day = fixtures.day[row]! + 1;
    // Without an instant the safe reading is never; the database refuses such a row.
    if (Number.isNaN(knownAt)) day = Number.MAX_SAFE_INTEGER;
    else while (startOf(day) < knownAt) day = Math.max(day + 1, Math.floor(knownAt / 86_400_000) - 1);
    usable[row] = Math.min(day, 0x7fffffff);
    if (day < previous) sorted = false;
    previous = day;
  }
  if (!sorted) {
    const rank = new Int32Array(fixtures.count);
    order.forEach((row, i) => {
      rank[row] = i;
    });
    rows.sort((a, b) => usable[a]! - usable[b]! || rank[a]! - rank[b]!);
  }
  return { rows, usableFrom: rows.map((row) => usable[row]!) };
}
