import type { GoalMatches } from './matches.ts';

/** A pause longer than this ends a club's stay in a league; summer breaks are shorter, a season away is longer. */
const absenceDays = 200;
/** How long a club counts as new after it came. */
const noviceDays = 330;

/**
 * For each match and side, the day on which the club's present stay in the league began; -Infinity for clubs that were
 * there when the data begin, whose arrival is not known. Looks at no result, and at no match after the one it is about.
 */
export interface Arrivals {
  /** Whether the club counts as new to its league on a day; a club never seen before does. */
  isNew(club: number, day: number): boolean;
  /** Takes note of the matches before `to` (exclusive) that it has not seen. */
  advance(to: number): void;
}

export function trackArrivals(matches: GoalMatches, clubs: number, leagues: number): Arrivals {
  const arrived = new Float64Array(clubs).fill(NaN);
  const lastDay = new Float64Array(clubs).fill(-Infinity);
  const lastLeague = new Int32Array(clubs).fill(-1);
  const leagueBegan = new Float64Array(leagues).fill(NaN);
  let seen = 0;

  function meet(club: number, day: number, league: number): void {
    const isBack = day - lastDay[club]! > absenceDays || lastLeague[club] !== league;
    if (isBack) arrived[club] = day - leagueBegan[league]! < absenceDays ? -Infinity : day;
    lastDay[club] = day;
    lastLeague[club] = league;
  }

  return {
    isNew: (club, day) =>
      Number.isNaN(arrived[club]!) || day - lastDay[club]! > absenceDays || day - arrived[club]! < noviceDays,
    advance(to) {
      for (; seen < to; seen++) {
        const league = matches.league?.[seen] ?? 0;
        const day = matches.day[seen]!;
        if (Number.isNaN(leagueBegan[league]!)) leagueBegan[league] = day;
        meet(matches.home[seen]!, day, league);
        meet(matches.away[seen]!, day, league);
      }
    },
  };
}
