/** Tests of the hypothesis that the probabilities of a yes/no event are right. None of them needs bins. */
import { normalUpper } from '../math/normal.ts';
import { sortedOrder } from '../math/sorted-order.ts';

export interface CalibrationTest {
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * Spiegelhalter's z (1986): sum (o - p)(1 - 2p) over its standard deviation; positive when forecasts are too
 * bold. Two-sided p-value. NaN when every probability is 0, 1/2 or 1.
 */
export function spiegelhalter(probabilities: ArrayLike<number>, events: ArrayLike<number>): CalibrationTest {
  let total = 0;
  let spread = 0;
  for (let i = 0; i < events.length; i++) {
    const p = probabilities[i]!;
    const tilt = 1 - 2 * p;
    total += (events[i]! - p) * tilt;
    spread += tilt * tilt * p * (1 - p);
  }
  const statistic = spread > 0 ? total / Math.sqrt(spread) : NaN;
  return { statistic, pValue: 2 * normalUpper(Math.abs(statistic)) };
}

/**
 * Cumulative differences (Tygert 2023): the sum of o - p in order of p, over its standard deviation, walks
 * like Brownian motion when the probabilities are right. `kolmogorovSmirnov` is its largest distance from 0,
 * `kuiper` its range. Equal probabilities are taken together.
 */
export function cumulativeCalibrationTests(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
): { kolmogorovSmirnov: CalibrationTest; kuiper: CalibrationTest } {
  const order = sortedOrder(probabilities);
  let walk = 0;
  let high = 0;
  let low = 0;
  let spread = 0;
  for (let i = 0; i < order.length; i++) {
    const p = probabilities[order[i]!]!;
    walk += events[order[i]!]! - p;
    spread += p * (1 - p);
    if (i + 1 < order.length && probabilities[order[i + 1]!] === p) continue;
    if (walk > high) high = walk;
    if (walk < low) low = walk;
  }
  const scale = Math.sqrt(spread);
  const distance = Math.max(high, -low) / scale;
  const range = (high - low) / scale;
  return {
    kolmogorovSmirnov: { statistic: distance, pValue: brownianDistanceUpper(distance) },
    kuiper: { statistic: range, pValue: brownianRangeUpper(range) },
  };
}

/** P(max |W| on [0, 1] > x) (Feller, vol. 2, X.5). */
function brownianDistanceUpper(x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : 1;
  let inside = 0;
  for (let k = 0; k < 100; k++) {
    const odd = 2 * k + 1;
    const term = Math.exp((-odd * odd * Math.PI * Math.PI) / (8 * x * x)) / odd;
    inside += k % 2 === 0 ? term : -term;
    if (term < 1e-18) break;
  }
  return Math.min(1, Math.max(0, 1 - (4 / Math.PI) * inside));
}

/** P(max W - min W on [0, 1] > x) (Feller 1951). */
function brownianRangeUpper(x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : 1;
  let inside = 0;
  for (let k = 0; k < 100; k++) {
    const square = ((2 * k + 1) * Math.PI) ** 2;
    const term = (8 / (x * x) + 8 / square) * Math.exp(-square / (2 * x * x));
    inside += term;
    if (term < 1e-18) break;
  }
  return Math.min(1, Math.max(0, 1 - inside));
}
