/**
 * Probabilities from prices that carry a bookmaker's margin. With q = 1 / odds and B = sum q:
 * - multiplicative: q / B.
 * - additive: q - (B - 1) / n. Longshots may fall below 0: such a row has no answer.
 * - power: q^k with sum 1 (Vovk & Zhdanov 2009; Clarke 2017).
 * - shin: bookmaker facing a share z of insiders (Shin 1993; Jullien & Salanié 1994).
 * - oddsRatio: one factor between all true and quoted odds ratios (Cheung 2015).
 * - logarithmic: log fair odds proportional to log quoted odds (Buchdahl 2015); algebraically the power
 *   method.
 * - differentialMargin: margin proportional to the odds, fair odds = n o / (n - (B - 1) o) (Buchdahl 2015);
 *   algebraically the additive method.
 */
export const marginMethods = [
  'multiplicative',
  'additive',
  'power',
  'shin',
  'oddsRatio',
  'logarithmic',
  'differentialMargin',
] as const;

export type MarginMethod = (typeof marginMethods)[number];

const maxSteps = 100;

/** Book sum minus 1: 0.05 is a margin of 5 %. */
export function margin(odds: ArrayLike<number>): number {
  let total = -1;
  for (let i = 0; i < odds.length; i++) total += 1 / odds[i]!;
  return total;
}

/**
 * Fair probabilities of one market. A price that is no number above 1, or a method without an answer, gives
 * NaN for the whole row and never another method's figures. Default method: shin.
 */
export function removeMargin(odds: ArrayLike<number>, method: MarginMethod = 'shin'): Float64Array {
  return removeMarginRows(odds, { method, classes: odds.length });
}

/** removeMargin for row-major prices, rows x classes (default 3). Writes to `out` when given. */
export function removeMarginRows(
  odds: ArrayLike<number>,
  options: {
    readonly method?: MarginMethod | undefined;
    readonly classes?: number | undefined;
    readonly out?: Float64Array | undefined;
  } = {},
): Float64Array {
  const { method = 'shin', classes = 3, out = new Float64Array(odds.length) } = options;
  for (let at = 0; at < odds.length; at += classes) {
    let bookSum = 0;
    let valid = true;
    for (let k = 0; k < classes; k++) {
      const price = odds[at + k]!;
      valid &&= price > 1 && price < Infinity;
      out[at + k] = 1 / price;
      bookSum += 1 / price;
    }
    if (!valid) out.fill(NaN, at, at + classes);
    else remove(method, out, at, classes, bookSum);
  }
  return out;
}

/** Shin's share of insiders z, the figure behind the method; 0 where the book sum is at most 1. */
export function shinShare(odds: ArrayLike<number>): number {
  const q = Float64Array.from(odds, (price) => 1 / price);
  return solveShin(q, 0, q.length, margin(odds) + 1);
}

function remove(method: MarginMethod, p: Float64Array, at: number, n: number, bookSum: number): void {
  const end = at + n;
  switch (method) {
    case 'multiplicative':
      for (let i = at; i < end; i++) p[i]! /= bookSum;
      return;
    case 'additive':
    case 'differentialMargin': {
      let positive = true;
      for (let i = at; i < end; i++) {
        p[i]! -= (bookSum - 1) / n;
        positive &&= p[i]! > 0;
      }
      if (!positive) p.fill(NaN, at, end);
      return;
    }
    case 'power':
    case 'logarithmic': {
      const exponent = solvePower(p, at, n, bookSum);
      for (let i = at; i < end; i++) p[i] = p[i]! ** exponent;
      return;
    }
    case 'shin': {
      const z = solveShin(p, at, n, bookSum);
      for (let i = at; i < end; i++) {
        p[i] = (Math.sqrt(z * z + (4 * (1 - z) * p[i]! * p[i]!) / bookSum) - z) / (2 * (1 - z));
        if (z === 0) p[i]! /= Math.sqrt(bookSum);
      }
      return;
    }
    case 'oddsRatio': {
      const factor = solveOddsRatio(p, at, n, bookSum);
      for (let i = at; i < end; i++) p[i] = p[i]! / (factor + p[i]! - factor * p[i]!);
    }
  }
}

// Each equation below is convex and falling up to its root, so that Newton's method from the left can neither
// overshoot nor cycle.

/** k with sum q^k = 1. */
function solvePower(q: Float64Array, at: number, n: number, bookSum: number): number {
  let k = bookSum >= 1 ? 1 : 0;
  for (let step = 0; step < maxSteps; step++) {
    let value = -1;
    let slope = 0;
    for (let i = at; i < at + n; i++) {
      const log = Math.log(q[i]!);
      const power = Math.exp(k * log);
      value += power;
      slope += power * log;
    }
    const next = k - value / slope;
    if (!(next - k > 1e-15 * next)) return next;
    k = next;
  }
  return k;
}

/** z with sum sqrt(z^2 + 4 (1 - z) q^2 / B) = 2 + (n - 2) z. */
function solveShin(q: Float64Array, at: number, n: number, bookSum: number): number {
  if (!(bookSum > 1)) return 0;
  let z = 0;
  for (let step = 0; step < maxSteps; step++) {
    let value = -2 - (n - 2) * z;
    let slope = 2 - n;
    for (let i = at; i < at + n; i++) {
      const share = (q[i]! * q[i]!) / bookSum;
      const root = Math.sqrt(z * z + 4 * (1 - z) * share);
      value += root;
      slope += (z - 2 * share) / root;
    }
    const next = z - value / slope;
    if (!(next - z > 1e-16) || !(next < 1)) return next < 1 ? next : z;
    z = next;
  }
  return z;
}

/** c with sum q / (c + q - c q) = 1. */
function solveOddsRatio(q: Float64Array, at: number, n: number, bookSum: number): number {
  let c = bookSum >= 1 ? 1 : 0;
  for (let step = 0; step < maxSteps; step++) {
    let value = -1;
    let slope = 0;
    for (let i = at; i < at + n; i++) {
      const divisor = c + q[i]! - c * q[i]!;
      value += q[i]! / divisor;
      slope -= (q[i]! * (1 - q[i]!)) / (divisor * divisor);
    }
    const next = c - value / slope;
    if (!(next - c > 1e-15 * next)) return next;
    c = next;
  }
  return c;
}
