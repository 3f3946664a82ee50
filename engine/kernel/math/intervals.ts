import { betaQuantile, binomialCdf } from './distributions.ts';
import { normalQuantile } from './normal.ts';

/**
 * Upper Clopper-Pearson bound of a rate seen `events` times in `n`: exceeded by the true rate with
 * probability at most `delta` (one-sided). 1 when n = 0.
 */
export function clopperPearsonUpper(events: number, n: number, delta: number): number {
  return events >= n ? 1 : betaQuantile(1 - delta, events + 1, n - events);
}

/** Lower Clopper-Pearson bound, one-sided at `delta`. 0 when n = 0. */
export function clopperPearsonLower(events: number, n: number, delta: number): number {
  return events <= 0 ? 0 : betaQuantile(delta, events, n - events + 1);
}

/** Two-sided exact interval at the given confidence: each side at half of what is left. */
export function clopperPearsonInterval(
  events: number,
  n: number,
  confidence = 0.95,
): [low: number, high: number] {
  const side = (1 - confidence) / 2;
  return [clopperPearsonLower(events, n, side), clopperPearsonUpper(events, n, side)];
}

/**
 * Whether clopperPearsonUpper(events, n, delta) <= limit, without the inverse: P(Bin(n, limit) <= events) <=
 * delta.
 */
export function isRateBelow(events: number, n: number, options: { limit: number; delta: number }): boolean {
  return events < n && binomialCdf(events, n, options.limit) <= options.delta;
}

/**
 * Wilson's score interval: shorter than Clopper-Pearson, right on average and not always. For display, never
 * for promises.
 */
export function wilsonInterval(events: number, n: number, confidence = 0.95): [low: number, high: number] {
  if (n === 0) return [0, 1];
  const z = normalQuantile(0.5 + confidence / 2);
  const rate = events / n;
  const share = (z * z) / n;
  const middle = (rate + share / 2) / (1 + share);
  const half = (z * Math.sqrt((rate * (1 - rate)) / n + share / (4 * n))) / (1 + share);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
