import { sortedOrder } from './sorted-order.ts';

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the non-decreasing list closest to
 * `values` in weighted squares. Works in place on values already in order of their covariate; `weights` is
 * changed too (pooled). `blocks` (length n) receives the number of entries of each block; answers how many
 * blocks there are, each block's value and weight lying at its own index.
 */
export function poolAdjacentViolators(
  values: Float64Array,
  weights: Float64Array,
  blocks: Uint32Array,
  length = values.length,
): number {
  let top = -1;
  for (let i = 0; i < length; i++) {
    let value = values[i]!;
    let weight = weights[i]!;
    let count = 1;
    while (top >= 0 && values[top]! >= value) {
      const total = weights[top]! + weight;
      value = total > 0 ? (values[top]! * weights[top]! + value * weight) / total : value;
      weight = total;
      count += blocks[top]!;
      top--;
    }
    top++;
    values[top] = value;
    weights[top] = weight;
    blocks[top] = count;
  }
  return top + 1;
}

/** A fitted isotonic curve: piecewise linear between `thresholds` (ascending), constant outside. */
export interface IsotonicCurve {
  readonly thresholds: Float64Array;
  readonly values: Float64Array;
}

export interface IsotonicOptions {
  readonly weights?: ArrayLike<number> | undefined;
  /** Default true; false fits a non-increasing curve. */
  readonly increasing?: boolean | undefined;
}

/**
 * Fits y on x. Equal x are averaged first; inner points of a flat piece are left out. An empty input is a
 * RangeError.
 */
export function fitIsotonic(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: IsotonicOptions = {},
): IsotonicCurve {
  if (x.length === 0) throw new RangeError('isotonic regression needs at least one point');
  const { weights, increasing = true } = options;
  const sign = increasing ? 1 : -1;
  const order = sortedOrder(x);
  const points = new Float64Array(x.length);
  const values = new Float64Array(x.length);
  const masses = new Float64Array(x.length);
  let unique = 0;
  for (let i = 0; i < order.length;) {
    const at = x[order[i]!]!;
    let mass = 0;
    let total = 0;
    for (; i < order.length && x[order[i]!]! === at; i++) {
      const weight = weights ? weights[order[i]!]! : 1;
      mass += weight;
      total += weight * y[order[i]!]!;
    }
    if (mass <= 0) continue;
    points[unique] = at;
    values[unique] = (sign * total) / mass;
    masses[unique++] = mass;
  }
  if (unique === 0) throw new RangeError('isotonic regression needs a positive weight');
  const blocks = new Uint32Array(unique);
  const count = poolAdjacentViolators(values, masses, blocks, unique);
  const thresholds: number[] = [];
  const heights: number[] = [];
  for (let block = 0, at = 0; block < count; block++) {
    const size = blocks[block]!;
    thresholds.push(points[at]!);
    heights.push(sign * values[block]!);
    if (size > 1) {
      thresholds.push(points[at + size - 1]!);
      heights.push(sign * values[block]!);
    }
    at += size;
  }
  return { thresholds: Float64Array.from(thresholds), values: Float64Array.from(heights) };
}

/** The curve at x; beyond the ends the end's value. */
export function evaluateIsotonic(curve: IsotonicCurve, x: number): number {
  const { thresholds, values } = curve;
  const last = thresholds.length - 1;
  if (!(x > thresholds[0]!)) return Number.isNaN(x) ? NaN : values[0]!;
  if (x >= thresholds[last]!) return values[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (thresholds[middle]! <= x) low = middle;
    else high = middle;
  }
  const share = (x - thresholds[low]!) / (thresholds[high]! - thresholds[low]!);
  return values[low]! + share * (values[high]! - values[low]!);
}
