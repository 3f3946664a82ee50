import type { PlayedView } from './calculator.ts';

/**
 * Who played whom, as matrices of decaying weights: what ratings from systems of equations (Massey, Colley, PageRank)
 * are solved from. A match `d` days back weighs 2^(-d / halfLifeDays).
 */
export interface ResultsNetwork {
  /** Clubs that still weigh anything, ascending. */
  readonly active: readonly number[];
  /** `clubs x clubs`: weight of the matches between two clubs. */
  readonly played: Float64Array;
  /** `clubs x clubs`: weighted gain of the row's club from its matches against the column's. */
  readonly gained: Float64Array;
  /** Per club: weight of its matches. */
  readonly weight: Float64Array;
  /**
   * Adds a day's results after letting the older ones decay. `gain` says what the home and the away club take from a
   * match.
   */
  add(
    results: readonly PlayedView[],
    gain: (match: PlayedView) => readonly [home: number, away: number],
  ): void;
}

/** Below this weight a club is left out: its matches are years back. */
const least = 0.02;

export function createResultsNetwork(clubs: number, halfLifeDays: number): ResultsNetwork {
  const played = new Float64Array(clubs * clubs);
  const gained = new Float64Array(clubs * clubs);
  const weight = new Float64Array(clubs);
  let active: number[] = [];
  let lastDay = NaN;

  function decayUntil(day: number): void {
    // Not before the first result; a late one of an older day changes nothing.
    if (day > lastDay) {
      const keep = 2 ** (-(day - lastDay) / halfLifeDays);
      for (const club of active) {
        weight[club]! *= keep;
        for (const other of active) {
          played[club * clubs + other]! *= keep;
          gained[club * clubs + other]! *= keep;
        }
      }
    }
    lastDay = Number.isNaN(lastDay) ? day : Math.max(day, lastDay);
  }

  function forget(): void {
    const gone = active.filter((club) => weight[club]! < least);
    if (gone.length === 0) return;
    for (const club of gone) {
      weight[club] = 0;
      for (let other = 0; other < clubs; other++) {
        played[club * clubs + other] = played[other * clubs + club] = 0;
        gained[club * clubs + other] = gained[other * clubs + club] = 0;
      }
    }
    active = active.filter((club) => weight[club]! > 0);
  }

  return {
    get active() {
      return active;
    },
    played,
    gained,
    weight,
    add(results, gain) {
      let newest = -Infinity;
      for (const { fixture } of results) newest = Math.max(newest, fixture.day);
      decayUntil(newest);
      forget();
      for (const match of results) {
        const { home, away } = match.fixture;
        const [homeGain, awayGain] = gain(match);
        played[home * clubs + away]! += 1;
        played[away * clubs + home]! += 1;
        gained[home * clubs + away]! += homeGain;
        gained[away * clubs + home]! += awayGain;
        for (const club of [home, away]) {
          if (weight[club] === 0) active.push(club);
          weight[club]! += 1;
        }
      }
      active.sort((a, b) => a - b);
    },
  };
}
