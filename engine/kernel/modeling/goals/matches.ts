/** Played matches in columns, in order of time: what a goal model learns from. Clubs and leagues are numbered from 0. */
export interface GoalMatches {
  readonly home: Int32Array;
  readonly away: Int32Array;
  readonly homeGoals: Uint8Array;
  readonly awayGoals: Uint8Array;
  /** Day numbers, never falling. */
  readonly day: Int32Array;
  /** Default: all of league 0. */
  readonly league?: Uint16Array | undefined;
  /** The first day on which the result may be used, where that is later than the day after (a late kick-off). */
  readonly usableFrom?: Int32Array | undefined;
  /** Weight of each match beside its age, >= 0; default 1. */
  readonly weights?: Float64Array | undefined;
  /** Log intensities known from elsewhere (a boosted or neural model), which the fitted part is added to; default 0. */
  readonly homeOffset?: Float64Array | undefined;
  readonly awayOffset?: Float64Array | undefined;
}

const columns = [
  'home',
  'away',
  'homeGoals',
  'awayGoals',
  'day',
  'league',
  'usableFrom',
  'weights',
  'homeOffset',
  'awayOffset',
] as const satisfies readonly (keyof GoalMatches)[];

/** The matches `from` (inclusive) to `to` (exclusive), as views of the same columns. */
export function sliceMatches(matches: GoalMatches, from: number, to: number): GoalMatches {
  return {
    home: matches.home.subarray(from, to),
    away: matches.away.subarray(from, to),
    homeGoals: matches.homeGoals.subarray(from, to),
    awayGoals: matches.awayGoals.subarray(from, to),
    day: matches.day.subarray(from, to),
    league: matches.league?.subarray(from, to),
    usableFrom: matches.usableFrom?.subarray(from, to),
    weights: matches.weights?.subarray(from, to),
    homeOffset: matches.homeOffset?.subarray(from, to),
    awayOffset: matches.awayOffset?.subarray(from, to),
  };
}

/** The first match on or after a day, by halving. */
export function firstMatchOn(matches: GoalMatches, day: number): number {
  let low = 0;
  let high = matches.day.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (matches.day[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Throws a RangeError that names the column where lengths, order, clubs or leagues cannot be right. */
export function requireGoalMatches(matches: GoalMatches, sizes: { clubs: number; leagues: number }): void {
  const rows = matches.day.length;
  for (const name of columns) {
    const column = matches[name];
    if (column && column.length !== rows) {
      throw new RangeError(`expected ${rows} values of ${name}, as of day, got ${column.length}`);
    }
  }
  for (let i = 0; i < rows; i++) {
    if (i > 0 && matches.day[i]! < matches.day[i - 1]!) {
      throw new RangeError(`expected days in order of time, but match ${i} is before match ${i - 1}`);
    }
    if (sizes.clubs > 0) {
      const home = matches.home[i]!;
      const away = matches.away[i]!;
      if (home < 0 || away < 0 || home >= sizes.clubs || away >= sizes.clubs || home === away) {
        throw new RangeError(
          `expected two different clubs of 0 to ${sizes.clubs - 1} in match ${i}, got ${home} and ${away}`,
        );
      }
    }
    const league = matches.league?.[i] ?? 0;
    if (league >= sizes.leagues) {
      throw new RangeError(`expected a league of 0 to ${sizes.leagues - 1} in match ${i}, got ${league}`);
    }
    const weight = matches.weights?.[i] ?? 1;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`expected weights of at least 0, got ${weight} in match ${i}`);
    }
  }
}
