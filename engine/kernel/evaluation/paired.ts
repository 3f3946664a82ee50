import { bootstrapDraws, sumByGroup } from '../math/bootstrap.ts';
import type { BootstrapOptions, Interval } from '../math/bootstrap.ts';
import { studentUpper } from '../math/distributions.ts';
import { normalQuantile } from '../math/normal.ts';
import { mean, quantileSorted } from '../math/summary.ts';
import type { Groups } from './skill.ts';

export interface PairedDifference extends Interval {
  readonly n: number;
  /** Standard error of the mean difference over the draws. */
  readonly standardError: number;
  /** Two-sided: how often a draw lies on the other side of zero, doubled; never below 2 / (draws + 1). */
  readonly pValue: number;
}

/**
 * Mean of a[i] - b[i] (losses of the same rows: negative means that a is better), with its block-bootstrap
 * interval by group. `value` is the mean difference.
 */
export function pairedDifference(
  losses: { a: ArrayLike<number>; b: ArrayLike<number> },
  groups: Groups,
  options: BootstrapOptions,
): PairedDifference {
  const n = losses.a.length;
  const difference = new Float64Array(n);
  for (let i = 0; i < n; i++) difference[i] = losses.a[i]! - losses.b[i]!;
  const ones = new Float64Array(n).fill(1);
  const { value, values } = bootstrapDraws(
    sumByGroup([difference, ones], groups),
    (t) => t[0]! / t[1]!,
    options,
  );
  const sorted = values.sort();
  let above = 0;
  let squares = 0;
  for (const draw of sorted) {
    if (draw > 0) above++;
    else if (draw === 0) above += 0.5;
    squares += (draw - value) ** 2;
  }
  const other = Math.min(above, sorted.length - above);
  const side = (1 - (options.confidence ?? 0.95)) / 2;
  return {
    n,
    value,
    low: quantileSorted(sorted, side),
    high: quantileSorted(sorted, 1 - side),
    standardError: Math.sqrt(squares / (sorted.length - 1)),
    pValue: n === 0 ? NaN : Math.min(1, (2 * (other + 1)) / (sorted.length + 1)),
  };
}

/**
 * Diebold & Mariano's (1995) test that the mean of a series of loss differences is zero, with a Bartlett
 * window of `lag` (default floor(n^(1/3))) and the small-sample factor and t law of Harvey, Leybourne &
 * Newbold (1997). The series is in time order.
 */
export function dieboldMariano(
  differences: ArrayLike<number>,
  lag = Math.floor(Math.cbrt(differences.length)),
): { statistic: number; pValue: number } {
  const n = differences.length;
  const middle = mean(differences);
  let spread = 0;
  for (let k = 0; k <= Math.min(lag, n - 1); k++) {
    let covariance = 0;
    for (let i = k; i < n; i++) covariance += (differences[i]! - middle) * (differences[i - k]! - middle);
    spread += (k === 0 ? 1 : 2 * (1 - k / (lag + 1))) * (covariance / n);
  }
  if (!(spread > 0)) return { statistic: NaN, pValue: NaN };
  const horizon = lag + 1;
  const factor = Math.max(0, (n + 1 - 2 * horizon + (horizon * (horizon - 1)) / n) / n);
  const statistic = (middle / Math.sqrt(spread / n)) * Math.sqrt(factor);
  return { statistic, pValue: 2 * studentUpper(Math.abs(statistic), n - 1) };
}

/**
 * Rows needed to see a mean paired difference of `effect` when single differences have the given standard
 * deviation: n = ((z_{1 - level/2} + z_power) * sd / effect)^2. Defaults: level 0.05, power 0.8.
 */
export function requiredRows(
  effect: number,
  standardDeviation: number,
  options: { level?: number; power?: number } = {},
): number {
  const { level = 0.05, power = 0.8 } = options;
  const z = normalQuantile(1 - level / 2) + normalQuantile(power);
  return Math.ceil(((z * standardDeviation) / effect) ** 2);
}
