import { requirePool } from './log-pool.ts';
import type { PoolOptions, PoolPlace } from './log-pool.ts';

const mostSteps = 10_000;
const settled = 1e-12;

/**
 * Weights of a linear opinion pool (Stone 1961): p = sum of w_m p_m, w_m >= 0, summing to 1. They are the mixture weights
 * that maximise the likelihood of the rows with a Dirichlet prior around equal weights, found by expectation maximisation
 * (Dempster, Laird & Rubin 1977, section 4.3), which never leaves the simplex; the problem has one maximum.
 *
 * @param members one array a model, rows x classes, of forecasts that were made before the outcomes were known
 * @throws RangeError when there are no members or no rows, or lengths differ
 */
export function fitLinearPool(
  members: readonly Float64Array[],
  outcomes: ArrayLike<number>,
  options: PoolOptions,
): Float64Array {
  const { classes, priorRows = 50, rowWeights } = options;
  requirePool(members, outcomes, options);
  const count = members.length;
  const rows = outcomes.length;
  const given = members.map((member) =>
    Float64Array.from({ length: rows }, (_, row) => member[row * classes + outcomes[row]!]!),
  );
  let weights = new Float64Array(count).fill(1 / count);
  for (let step = 0; step < mostSteps; step++) {
    const next = new Float64Array(count).fill(priorRows / count);
    for (let row = 0; row < rows; row++) {
      let mixed = 0;
      for (let m = 0; m < count; m++) mixed += weights[m]! * given[m]![row]!;
      // What all members held impossible says nothing about which of them to believe.
      if (!(mixed > 0)) continue;
      const share = (rowWeights?.[row] ?? 1) / mixed;
      for (let m = 0; m < count; m++) next[m]! += share * weights[m]! * given[m]![row]!;
    }
    const total = next.reduce((sum, value) => sum + value, 0);
    let change = 0;
    for (let m = 0; m < count; m++) {
      next[m] = total > 0 ? next[m]! / total : 1 / count;
      change = Math.max(change, Math.abs(next[m]! - weights[m]!));
    }
    weights = next;
    if (change < settled) break;
  }
  return weights;
}

/** The linear pool of several models' rows. */
export function mixRow(
  members: readonly Float64Array[],
  weights: ArrayLike<number>,
  { from, out, to, classes }: PoolPlace,
): void {
  let total = 0;
  for (let k = 0; k < classes; k++) {
    let sum = 0;
    for (let m = 0; m < members.length; m++) sum += weights[m]! * members[m]![from + k]!;
    out[to + k] = sum;
    total += sum;
  }
  for (let k = 0; k < classes; k++) out[to + k]! /= total;
}
