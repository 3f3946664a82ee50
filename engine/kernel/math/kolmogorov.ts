/** Distributions of the Kolmogorov-Smirnov and Kuiper statistics. */

/**
 * P(D_n > d), two-sided one-sample: exact (Marsaglia, Tsang & Wang 2003, the matrix of Durbin 1968) up to n =
 * 1000 where the matrix stays small, else the limit with Stephens' (1970) correction, which is good to 1e-3
 * there.
 */
export function kolmogorovUpper(d: number, n: number): number {
  if (!(d > 0)) return 1;
  if (d >= 1) return 0;
  const size = 2 * Math.ceil(n * d) - 1;
  if (n <= 1000 && size <= 201) return Math.max(0, 1 - durbin(d, n, size));
  const root = Math.sqrt(n);
  return kolmogorovLimitUpper((root + 0.12 + 0.11 / root) * d);
}

/** P(K > x) for the limit of sqrt(n) D_n. */
function kolmogorovLimitUpper(x: number): number {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let j = 1; j <= 100; j++) {
    const term = Math.exp(-2 * j * j * x * x);
    sum += j % 2 === 1 ? term : -term;
    if (term < 1e-18) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}

/** P(V > x) for the limit of sqrt(n) V_n, Kuiper's statistic of a uniform sample. */
export function kuiperLimitUpper(x: number): number {
  if (x < 0.4) return 1;
  let sum = 0;
  for (let j = 1; j <= 100; j++) {
    const square = j * j * x * x;
    const term = (4 * square - 1) * Math.exp(-2 * square);
    sum += term;
    if (Math.abs(term) < 1e-18) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}

function durbin(d: number, n: number, size: number): number {
  const k = (size + 1) / 2;
  const h = k - n * d;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix[i * size + j] = i - j + 1 < 0 ? 0 : 1;
  }
  for (let i = 0; i < size; i++) {
    matrix[i * size]! -= h ** (i + 1);
    matrix[(size - 1) * size + i]! -= h ** (size - i);
  }
  matrix[(size - 1) * size]! += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let g = 2; g <= i - j + 1; g++) matrix[i * size + j]! /= g;
    }
  }
  const power = raise(matrix, size, n);
  let value = power.matrix[(k - 1) * size + k - 1]!;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    value *= i / n;
    if (value < 1e-140) {
      value *= 1e140;
      exponent -= 140;
    }
  }
  return value * 10 ** exponent;
}

/** matrix ^ n by squaring, as matrix * 10 ^ exponent, so that it neither over- nor underflows. */
function raise(matrix: Float64Array, size: number, n: number): { matrix: Float64Array; exponent: number } {
  if (n === 1) return { matrix, exponent: 0 };
  const half = raise(matrix, size, Math.floor(n / 2));
  let product = multiply(half.matrix, half.matrix, size);
  let exponent = 2 * half.exponent;
  if (n % 2 === 1) product = multiply(matrix, product, size);
  const middle = Math.floor(size / 2);
  if (product[middle * size + middle]! > 1e140) {
    for (let i = 0; i < product.length; i++) product[i]! *= 1e-140;
    exponent += 140;
  }
  return { matrix: product, exponent };
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const left = a[i * size + k]!;
      if (left === 0) continue;
      for (let j = 0; j < size; j++) product[i * size + j]! += left * b[k * size + j]!;
    }
  }
  return product;
}

/**
 * The largest distance of a sample's distribution function from the uniform on [0, 1]; the sample is left
 * unsorted.
 */
function uniformDistance(sample: ArrayLike<number>): {
  above: number;
  below: number;
  statistic: number;
} {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let above = 0;
  let below = 0;
  for (let i = 0; i < n; i++) {
    above = Math.max(above, (i + 1) / n - sorted[i]!);
    below = Math.max(below, sorted[i]! - i / n);
  }
  return { above, below, statistic: Math.max(above, below) };
}

/** One-sample Kolmogorov-Smirnov test of a sample against the uniform on [0, 1]. */
export function testUniform(sample: ArrayLike<number>): { statistic: number; pValue: number } {
  const { statistic } = uniformDistance(sample);
  return { statistic, pValue: kolmogorovUpper(statistic, sample.length) };
}
