import type { Day, Instant } from '../../contract/domain.ts';

/**
 * What is known of every match before it is played. There is no column for a goal, a shot or a result here, so nothing
 * that is made from `Fixtures` alone can contain one.
 */
export interface Fixtures {
  readonly count: number;
  readonly matchId: Int32Array;
  /** Index into `seasons`. */
  readonly season: Int16Array;
  /** The source's own calendar day, in days since 1970-01-01. */
  readonly day: Int32Array;
  /** UTC epoch milliseconds. */
  readonly kickOff: Float64Array;
  /** Indices into `clubs`. */
  readonly home: Int16Array;
  readonly away: Int16Array;
  /** In order of time. */
  readonly seasons: readonly SeasonKey[];
  /** Team ids in ascending order, so that a club's index does not depend on the order of the rows. */
  readonly clubs: Int32Array;
}

export interface SeasonKey {
  readonly code: string;
  readonly firstYear: number;
}

/** What a match brought, row by row beside `Fixtures`. Counts are NaN where the source has none. */
export interface Results {
  /** -1 where the match has no result. */
  readonly homeGoals: Int16Array;
  readonly awayGoals: Int16Array;
  /** 1 where the result was given by decision: it counts in tables, never in ratings, form or training. */
  readonly awarded: Uint8Array;
  /** UTC epoch milliseconds from which the result could be known; NaN without a result. */
  readonly knownAt: Float64Array;
  readonly statistics: Readonly<Record<StatisticName, Float64Array>>;
}

export const statisticNames = [
  'homeShots',
  'awayShots',
  'homeShotsOnTarget',
  'awayShotsOnTarget',
  'homeCorners',
  'awayCorners',
  'homeExpectedGoals',
  'awayExpectedGoals',
] as const;
export type StatisticName = (typeof statisticNames)[number];

/** Every match of one championship, in any order. */
export interface History {
  readonly championshipId: number;
  readonly code: string;
  /** IANA name of the zone whose midnight begins a match day. */
  readonly zone: string;
  readonly fixtures: Fixtures;
  readonly results: Results;
}

const dayMs = 86_400_000;

/** Days since 1970-01-01 of an ISO day. */
export function dayNumber(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / dayMs;
}

/** The ISO day of a day number. */
export function dayText(number: number): Day {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/**
 * A function from a day number to the instant at which that day begins in the zone, remembering what it worked out.
 * Where the clock skips midnight, the first instant of the day counts.
 */
export function dayStarts(zone: string): (day: number) => Instant {
  const known = new Map<number, Instant>();
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

  function localAsUtc(instant: Instant): number {
    // en-GB writes dd/mm/yyyy, hh:mm:ss; slicing it is several times faster than formatToParts.
    const text = format.format(instant);
    return Date.UTC(
      Number(text.slice(6, 10)),
      Number(text.slice(3, 5)) - 1,
      Number(text.slice(0, 2)),
      Number(text.slice(12, 14)),
      Number(text.slice(15, 17)),
      Number(text.slice(18, 20)),
    );
  }

  return (day) => {
    const seen = known.get(day);
    if (seen !== undefined) return seen;
    const midnight = day * dayMs;
    const first = midnight - (localAsUtc(midnight) - midnight);
    // The offset may change between the two instants: ask again at the answer, and take what lands on the day.
    let start = midnight - (localAsUtc(first) - first);
    if (localAsUtc(start) < midnight) start = Math.max(first, start);
    known.set(day, start);
    return start;
  };
}
