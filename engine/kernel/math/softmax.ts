/** Helpers on probability rows; a row is `classes` numbers at `offset` of a row-major array. */

/** log(sum(exp(values))) without overflow; -Infinity for an empty list. */
export function logSumExp(values: ArrayLike<number>, offset = 0, length = values.length - offset): number {
  let top = -Infinity;
  for (let i = offset; i < offset + length; i++) if (values[i]! > top) top = values[i]!;
  if (top === -Infinity || top === Infinity) return top;
  let total = 0;
  for (let i = offset; i < offset + length; i++) total += Math.exp(values[i]! - top);
  return top + Math.log(total);
}

/** Replaces each row of logits by its probabilities, in place; answers the same array. */
export function softmaxRows(values: Float64Array, classes: number): Float64Array {
  for (let at = 0; at < values.length; at += classes) {
    let top = -Infinity;
    for (let k = 0; k < classes; k++) if (values[at + k]! > top) top = values[at + k]!;
    let total = 0;
    for (let k = 0; k < classes; k++) total += values[at + k] = Math.exp(values[at + k]! - top);
    for (let k = 0; k < classes; k++) values[at + k]! /= total;
  }
  return values;
}

/** Divides each row by its sum, in place; a row that sums to 0 becomes uniform. */
export function normaliseRows(values: Float64Array, classes: number): Float64Array {
  for (let at = 0; at < values.length; at += classes) {
    let total = 0;
    for (let k = 0; k < classes; k++) total += values[at + k]!;
    for (let k = 0; k < classes; k++) values[at + k] = total > 0 ? values[at + k]! / total : 1 / classes;
  }
  return values;
}

/** Position within the row of its largest value; the first of equals. */
export function argmaxRow(values: ArrayLike<number>, offset: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) if (values[offset + k]! > values[offset + best]!) best = k;
  return best;
}

/** 1 / (1 + exp(-z)) without overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** log(p / (1 - p)). */
export function logit(p: number): number {
  return Math.log(p) - Math.log1p(-p);
}

/** log(1 + exp(z)) without overflow. */
export function softplus(z: number): number {
  return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
}
