import { erfc } from './special.ts';

const logRootTwoPi = 0.5 * Math.log(2 * Math.PI);

/** Standard normal density. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z - logRootTwoPi);
}

/** P(Z <= z) for a standard normal Z. */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}

/** P(Z > z), accurate where it is small. */
export function normalUpper(z: number): number {
  return 0.5 * erfc(z / Math.SQRT2);
}

/**
 * The z with normalCdf(z) = p; -Infinity at 0, Infinity at 1. Rational start (Abramowitz & Stegun 26.2.23),
 * Halley steps.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(tail));
  let z =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let i = 0; i < 3; i++) {
    const ratio = (normalUpper(z) - tail) / normalDensity(z);
    z += ratio / (1 - 0.5 * z * ratio);
  }
  return p < 0.5 ? -z : z;
}
