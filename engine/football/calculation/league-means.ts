import type { PlayedView } from './calculator.ts';

/** What clubs are shrunk towards: means over the championship's matches, in which older ones weigh less. */
export interface LeagueMeans {
  /** Whether enough matches are known to lean on. */
  readonly isKnown: boolean;
  readonly homeWin: number;
  readonly draw: number;
  readonly awayWin: number;
  readonly homeGoals: number;
  readonly awayGoals: number;
  add(results: readonly PlayedView[]): void;
}

/** Matches after which a match weighs half: about two seasons of twenty clubs. */
const halfLifeMatches = 760;
const minimumMatches = 50;

export function createLeagueMeans(): LeagueMeans {
  const decay = 2 ** (-1 / halfLifeMatches);
  const sums = new Float64Array(4);
  let weight = 0;
  let matches = 0;
  return {
    get isKnown() {
      return matches >= minimumMatches;
    },
    get homeWin() {
      return sums[0]! / weight;
    },
    get draw() {
      return sums[1]! / weight;
    },
    get awayWin() {
      return (weight - sums[0]! - sums[1]!) / weight;
    },
    get homeGoals() {
      return sums[2]! / weight;
    },
    get awayGoals() {
      return sums[3]! / weight;
    },
    add(results) {
      const keep = decay ** results.length;
      weight = weight * keep + results.length;
      for (let i = 0; i < sums.length; i++) sums[i]! *= keep;
      for (const { homeGoals, awayGoals } of results) {
        if (homeGoals > awayGoals) sums[0]! += 1;
        else if (homeGoals === awayGoals) sums[1]! += 1;
        sums[2]! += homeGoals;
        sums[3]! += awayGoals;
      }
      matches += results.length;
    },
  };
}
