import { sortedOrder } from './sorted-order.ts';

/** Summaries of number lists. Sums are compensated (Neumaier 1974), so that their order hardly matters. */

/** Compensated sum; 0 for an empty list. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

/** Mean; NaN for an empty list. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/** Weighted mean; NaN when the weights sum to 0. */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let total = 0;
  let weight = 0;
  for (let i = 0; i < values.length; i++) {
    total += values[i]! * weights[i]!;
    weight += weights[i]!;
  }
  return total / weight;
}

/** Variance with divisor n - `ddof` (default 1); NaN when n <= ddof. */
export function variance(values: ArrayLike<number>, ddof = 1): number {
  const n = values.length;
  if (n <= ddof) return NaN;
  const middle = mean(values);
  let total = 0;
  for (let i = 0; i < n; i++) total += (values[i]! - middle) ** 2;
  return total / (n - ddof);
}

export function standardDeviation(values: ArrayLike<number>, ddof = 1): number {
  return Math.sqrt(variance(values, ddof));
}

/**
 * Quantile of an ascending list with linear interpolation (Hyndman & Fan type 7, numpy's default); NaN when
 * empty.
 */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  const at = Math.min(Math.max(p, 0), 1) * (n - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, n - 1);
  const share = at - low;
  // Equal infinite neighbours must not become NaN.
  return share === 0 ? sorted[low]! : sorted[low]! * (1 - share) + sorted[high]! * share;
}

/** Quantile of an unsorted list (copied, then sorted). */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileSorted(Float64Array.from(values).sort(), p);
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Pearson's correlation; NaN when a side is constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const middleA = mean(a);
  const middleB = mean(b);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const da = a[i]! - middleA;
    const db = b[i]! - middleB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Average ranks from 1; ties share their mean rank. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = sortedOrder(values);
  const out = new Float64Array(order.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) out[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return out;
}
