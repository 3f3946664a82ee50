import { minimize } from '../../math/optimize/lbfgs.ts';

/** Probabilities below this are raised to it before the logarithm is taken. */
export const probabilityFloor = 1e-12;

export interface PoolOptions {
  readonly classes: number;
  /** Strength of the pull towards equal weights that sum to 1, in rows: about so many rows say "equal". Default 50. */
  readonly priorRows?: number;
  /** One weight a row; default 1. */
  readonly rowWeights?: ArrayLike<number> | undefined;
}

/** Refuses a pool of nothing, and members or weights of another length than the outcomes. */
export function requirePool(
  members: readonly Float64Array[],
  outcomes: ArrayLike<number>,
  { classes, rowWeights }: PoolOptions,
): void {
  const rows = outcomes.length;
  if (members.length === 0 || rows === 0) {
    throw new RangeError(`expected members and rows, got ${members.length} and ${rows}`);
  }
  for (const member of members) {
    if (member.length !== rows * classes) {
      throw new RangeError(`expected ${rows} x ${classes} probabilities a member, got ${member.length}`);
    }
  }
  if (rowWeights && rowWeights.length !== rows) {
    throw new RangeError(`expected ${rows} row weights, got ${rowWeights.length}`);
  }
}

/**
 * Weights of a logarithmic opinion pool (Genest & Zidek 1986): p ~ product of p_m^w_m, normalised, w_m >= 0. They minimise
 * the log loss of the rows plus a pull towards equal weights. A sum above 1 sharpens, below 1 softens.
 *
 * @param members one array a model, rows x classes, of forecasts that were made before the outcomes were known
 * @throws RangeError when there are no members or no rows, or lengths differ
 */
export function fitLogPool(
  members: readonly Float64Array[],
  outcomes: ArrayLike<number>,
  options: PoolOptions,
): Float64Array {
  const { classes, priorRows = 50, rowWeights } = options;
  requirePool(members, outcomes, options);
  const count = members.length;
  const rows = outcomes.length;
  const logs = members.map((member) => member.map((p) => Math.log(Math.max(p, probabilityFloor))));
  const equal = 1 / count;
  const scores = new Float64Array(classes);
  // Squares keep the weights at or above 0 without a bound.
  const objective = (roots: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const at = row * classes;
      let top = -Infinity;
      for (let k = 0; k < classes; k++) {
        let score = 0;
        for (let m = 0; m < count; m++) score += roots[m]! ** 2 * logs[m]![at + k]!;
        scores[k] = score;
        if (score > top) top = score;
      }
      let total = 0;
      for (let k = 0; k < classes; k++) total += scores[k] = Math.exp(scores[k]! - top);
      const outcome = outcomes[row]!;
      const weight = rowWeights?.[row] ?? 1;
      loss -= weight * Math.log(scores[outcome]! / total);
      for (let m = 0; m < count; m++) {
        let expected = 0;
        for (let k = 0; k < classes; k++) expected += (scores[k]! / total) * logs[m]![at + k]!;
        gradient[m]! += 2 * weight * roots[m]! * (expected - logs[m]![at + outcome]!);
      }
    }
    for (let m = 0; m < count; m++) {
      const distance = roots[m]! ** 2 - equal;
      loss += priorRows * distance ** 2;
      gradient[m]! += priorRows * 4 * distance * roots[m]!;
    }
    return loss;
  };
  const start = new Float64Array(count).fill(Math.sqrt(equal));
  return minimize(objective, start, { maxIterations: 200 }).x.map((root) => root ** 2);
}

/** Where a pool reads and writes one row: `classes` values of each member from `from`, into `out` at `to`. */
export interface PoolPlace {
  readonly from: number;
  readonly out: Float64Array;
  readonly to: number;
  readonly classes: number;
}

/** The logarithmic pool of several models' rows. */
export function poolRow(
  members: readonly Float64Array[],
  weights: ArrayLike<number>,
  place: PoolPlace,
): void {
  const { from, out, to, classes } = place;
  let top = -Infinity;
  for (let k = 0; k < classes; k++) {
    let score = 0;
    for (let m = 0; m < members.length; m++) {
      score += weights[m]! * Math.log(Math.max(members[m]![from + k]!, probabilityFloor));
    }
    out[to + k] = score;
    if (score > top) top = score;
  }
  let total = 0;
  for (let k = 0; k < classes; k++) total += out[to + k] = Math.exp(out[to + k]! - top);
  for (let k = 0; k < classes; k++) out[to + k]! /= total;
}
