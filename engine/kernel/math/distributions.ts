import {
  incompleteBeta,
  incompleteBetaInverse,
  incompleteGamma,
  incompleteGammaUpper,
  logChoose,
  logGamma,
} from './special.ts';

/** P(X = k) for X ~ Binomial(n, p). */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p <= 0) return k === 0 ? 1 : 0;
  if (p >= 1) return k === n ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X <= k) for X ~ Binomial(n, p). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(n - Math.floor(k), Math.floor(k) + 1, 1 - p);
}

/** Exact two-sided binomial test: the probability of every count that is no likelier than the seen one. */
export function binomialTest(k: number, n: number, p: number): number {
  const limit = binomialProbability(k, n, p) * (1 + 1e-7);
  let total = 0;
  for (let i = 0; i <= n; i++) {
    const each = binomialProbability(i, n, p);
    if (each <= limit) total += each;
  }
  return Math.min(1, total);
}

/** P(X <= x) for X ~ Beta(a, b). */
export function betaCdf(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x);
}

/** The x with betaCdf(x, a, b) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return incompleteBetaInverse(a, b, p);
}

/** P(X = k) for X ~ Poisson(mean). */
export function poissonProbability(k: number, mean: number): number {
  if (k < 0) return 0;
  if (mean <= 0) return k === 0 ? 1 : 0;
  return Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
}

/** P(X <= k) for X ~ Poisson(mean). */
export function poissonCdf(k: number, mean: number): number {
  if (k < 0) return 0;
  return mean <= 0 ? 1 : incompleteGammaUpper(Math.floor(k) + 1, mean);
}

/** P(X <= x) for a chi-square with the given degrees of freedom. */
export function chiSquareCdf(x: number, degrees: number): number {
  return x <= 0 ? 0 : incompleteGamma(degrees / 2, x / 2);
}

/** P(X > x) for a chi-square with the given degrees of freedom. */
export function chiSquareUpper(x: number, degrees: number): number {
  return x <= 0 ? 1 : incompleteGammaUpper(degrees / 2, x / 2);
}

/** P(T > t) for Student's t. */
export function studentUpper(t: number, degrees: number): number {
  const half = 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t));
  return t >= 0 ? half : 1 - half;
}

/** P(X > x) for the F distribution. */
export function fisherUpper(x: number, numerator: number, denominator: number): number {
  if (x <= 0) return 1;
  return incompleteBeta(denominator / 2, numerator / 2, denominator / (denominator + numerator * x));
}
