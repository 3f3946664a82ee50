import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { RawGoals } from '../../../db/queries/football/goals.ts';
import { solvePositiveDefinite } from '../../kernel/modeling/linear/cholesky.ts';
import { forecastRules } from './stream.ts';

/** Pairs of features that measure what each side can score; each side's own comes first or second. */
const sideFeatures = [
  ['strengthGoalsHome', 'strengthGoalsAway'],
  ['gapShotsOnTargetHome', 'gapShotsOnTargetAway'],
  ['gapShotsHome', 'gapShotsAway'],
  ['gapCornersHome', 'gapCornersAway'],
] as const;

/** All of them: what the table of a forecast has to hold. */
export const goalFeatures: readonly string[] = sideFeatures.flat();

/** What a side's goals are explained by, and how many features of `sideFeatures` each takes: the richest known is used. */
const richness = [sideFeatures.length, 1, 0] as const;
/** Constant, playing at home, and the goal model's log intensity come first. */
const ownColumns = 3;
const width = ownColumns + sideFeatures.length;
/** Holds coefficients to "the goal model is right"; half a dozen matches' worth. */
const ridge = 5;
/** Below this a measure counts as this: its logarithm must not run away. */
const smallest = 0.05;

/** rows x 2 sides x features: logarithms, NaN where not known. */
export type GoalCovariates = Float64Array;

export function goalCovariates(
  table: Pick<ModelTable, 'rows' | 'features' | 'featureNames'>,
): GoalCovariates {
  const { rows, features, featureNames } = table;
  const out = new Float64Array(rows * 2 * sideFeatures.length).fill(Number.NaN);
  sideFeatures.forEach((pair, k) => {
    pair.forEach((name, side) => {
      const column = featureNames.indexOf(name);
      if (column < 0) return;
      for (let row = 0; row < rows; row++) {
        const value = features[row * featureNames.length + column]!;
        out[(row * 2 + side) * sideFeatures.length + k] = Math.log(Math.max(smallest, value));
      }
    });
  });
  return out;
}

/** By how much each side's intensity is multiplied. */
export interface GoalFactors {
  readonly home: number;
  readonly away: number;
  /** Settled matches that they rest on; 0: nothing fitted yet, and nothing changed. */
  readonly n: number;
}

export interface GoalRegression {
  /** In force on a day. Days must not fall. */
  factors(day: number, row: number): GoalFactors;
  /** A settled match. */
  observe(day: number, row: number): void;
}

interface Fit {
  readonly coefficients: Float64Array;
  readonly n: number;
}

/**
 * What came of earlier intensities, as factors for the next: Poisson regression of each side's goals on the logarithms of
 * the goal model's intensity and of what ratings of strength, shots and corners expect of it, with a constant for each side.
 * All championships together, fitted anew with each calendar month on the latest settled matches before it. So the level
 * of goals follows football as a whole, the goal model's extremes are drawn in, and shots have their say, once for every
 * forecast type.
 */
export function createGoalRegression(
  goals: Pick<RawGoals, 'home' | 'away'>,
  scores: { readonly homeGoals: ArrayLike<number>; readonly awayGoals: ArrayLike<number> },
  covariates: GoalCovariates,
): GoalRegression {
  const { calibrationWindow, minimumCalibration } = forecastRules;
  const days: { readonly day: number; readonly rows: number[] }[] = [];
  let count = 0;
  let month = Number.NaN;
  let learnt: readonly { readonly rows: readonly number[] }[] = [];
  /** Of the month, each made when it is first needed; null where there is too little for it. */
  let fits: (Fit | null | undefined)[] = [];
  const x = new Float64Array(width);
  const logs = [goals.home.map(Math.log), goals.away.map(Math.log)] as const;

  /** Fills `x`; answers whether so many features are known. */
  function describe(row: number, side: 0 | 1, features: number): boolean {
    x[0] = 1;
    x[1] = side === 0 ? 1 : 0;
    x[2] = logs[side][row]!;
    for (let k = 0; k < features; k++) {
      const value = covariates[(row * 2 + side) * sideFeatures.length + k]!;
      if (Number.isNaN(value)) return false;
      x[ownColumns + k] = value;
    }
    return true;
  }

  /** Always from the same start: what a month says must not depend on which months were asked for before it. */
  function fit(features: number): Fit | null {
    const size = ownColumns + features;
    const b = startOf(size);
    const prior = startOf(size);
    let n = 0;
    for (let step = 0; step < 25; step++) {
      const slope = new Float64Array(size);
      const curve = new Float64Array(size * size);
      n = 0;
      for (const { rows } of learnt) {
        for (const row of rows) {
          for (const side of [0, 1] as const) {
            if (!describe(row, side, features)) continue;
            n++;
            let eta = 0;
            for (let k = 0; k < size; k++) eta += x[k]! * b[k]!;
            const mean = Math.exp(eta);
            const off = (side === 0 ? scores.homeGoals : scores.awayGoals)[row]! - mean;
            for (let k = 0; k < size; k++) {
              slope[k]! += off * x[k]!;
              const weighted = mean * x[k]!;
              for (let l = 0; l <= k; l++) curve[k * size + l]! += weighted * x[l]!;
            }
          }
        }
      }
      if (n < 2 * minimumCalibration) return null;
      for (let k = 0; k < size; k++) {
        slope[k]! -= ridge * (b[k]! - prior[k]!);
        curve[k * size + k]! += ridge;
      }
      const change = solvePositiveDefinite(curve, slope);
      let largest = 0;
      for (let k = 0; k < size; k++) {
        b[k]! += change[k]!;
        largest = Math.max(largest, Math.abs(change[k]!));
      }
      if (largest < 1e-7) break;
    }
    return { coefficients: b, n: n / 2 };
  }

  return {
    factors(day, row) {
      const date = new Date(day * 86_400_000);
      const now = date.getUTCFullYear() * 12 + date.getUTCMonth();
      if (now !== month) {
        month = now;
        fits = [];
        learnt = count >= minimumCalibration ? days.slice() : [];
      }
      for (const [at, features] of richness.entries()) {
        if (fits[at] === undefined) fits[at] = fit(features);
        const held = fits[at];
        if (!held) continue;
        const sides = ([0, 1] as const).map((side) => {
          if (!describe(row, side, features)) return Number.NaN;
          let eta = 0;
          for (let k = 0; k < ownColumns + features; k++) eta += x[k]! * held.coefficients[k]!;
          return Math.exp(eta - x[2]!);
        });
        if (sides.some(Number.isNaN)) continue;
        return { home: sides[0]!, away: sides[1]!, n: held.n };
      }
      return { home: 1, away: 1, n: 0 };
    },
    observe(day, row) {
      let latest = days.at(-1);
      // The latest whole days that hold the window's size are kept, so that the order within a day cannot matter.
      if (latest?.day !== day) {
        while (days.length > 0 && count - days[0]!.rows.length >= calibrationWindow)
          count -= days.shift()!.rows.length;
        days.push((latest = { day, rows: [] }));
      }
      latest.rows.push(row);
      count++;
    },
  };
}

/** The goal model as it is. */
function startOf(size: number): Float64Array {
  const start = new Float64Array(size);
  start[2] = 1;
  return start;
}
