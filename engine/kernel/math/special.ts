/**
 * Special functions, to about 1e-14 relative. Sources: NIST DLMF chapters 5 (gamma), 7 (error function), 8
 * (incomplete).
 */

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);
const epsilon = 2.220446049250313e-16;
const tiny = 1e-300;
const maxTerms = 100_000;

/**
 * log |Gamma(x)| for x > 0: Stirling's series (DLMF 5.11.1) above 12, recurrence below. Infinity at 0, NaN
 * below.
 */
export function logGamma(x: number): number {
  if (x === 0 || x === Infinity) return Infinity;
  if (!(x > 0)) return NaN;
  if (x === 1 || x === 2) return 0;
  let shifted = x;
  let product = 1;
  while (shifted < 12) product *= shifted++;
  const r = 1 / (shifted * shifted);
  const series =
    (1 / 12 -
      r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360 - r / 156)))))) /
    shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + series - Math.log(product);
}

/** Derivative of logGamma for x > 0 (DLMF 5.11.2). */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN;
  let shifted = x;
  let sum = 0;
  while (shifted < 12) sum -= 1 / shifted++;
  const r = 1 / (shifted * shifted);
  const series =
    r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * (691 / 32760 - r / 12))))));
  return sum + Math.log(shifted) - 0.5 / shifted - series;
}

/** log of the beta function, a, b > 0. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** log of n choose k. */
export function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** Regularised incomplete beta I_x(a, b): continued fraction DLMF 8.17.22 by Lentz's method. */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (!(x > 0)) return x <= 0 ? 0 : NaN;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  if (x <= (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / avoidZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < maxTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / avoidZero(1 + even * d);
    c = avoidZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / avoidZero(1 + odd * d);
    c = avoidZero(1 + odd / c);
    const factor = d * c;
    value *= factor;
    if (Math.abs(factor - 1) < epsilon) break;
  }
  return value;
}

function avoidZero(x: number): number {
  return Math.abs(x) < tiny ? tiny : x;
}

/** The x in [0, 1] with I_x(a, b) = p: Newton steps kept inside a shrinking bracket. */
export function incompleteBetaInverse(a: number, b: number, p: number): number {
  if (!(p > 0)) return p <= 0 ? 0 : NaN;
  if (p >= 1) return 1;
  const constant = logBeta(a, b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let i = 0; i < 200; i++) {
    const error = incompleteBeta(a, b, x) - p;
    if (error > 0) high = x;
    else low = x;
    const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - constant);
    let next = x - error / density;
    if (!(next > low) || !(next < high)) next = low + (high - low) / 2;
    if (Math.abs(next - x) <= 4 * epsilon * next || next === x) return next;
    x = next;
  }
  return x;
}

/** Regularised lower incomplete gamma P(a, x), a > 0 (DLMF 8.7.1 and 8.9.2). */
export function incompleteGamma(a: number, x: number): number {
  if (!(x > 0)) return x <= 0 ? 0 : NaN;
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}

/** Regularised upper incomplete gamma Q(a, x) = 1 - P(a, x), kept accurate where it is small. */
export function incompleteGammaUpper(a: number, x: number): number {
  if (!(x > 0)) return x <= 0 ? 1 : NaN;
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < maxTerms; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * epsilon) break;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / avoidZero(b);
  let value = d;
  for (let n = 1; n < maxTerms; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / avoidZero(b + factor * d);
    c = avoidZero(b + factor / c);
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < epsilon) break;
  }
  return value * Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** Error function (DLMF 7.6.2). */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size >= 1.5) return Math.sign(x) * (1 - erfcTail(size));
  return Math.sign(x) * erfSeries(size);
}

/** Complementary error function, accurate in the upper tail too (DLMF 7.9.1). */
export function erfc(x: number): number {
  if (x >= 1.5) return erfcTail(x);
  if (x <= -1.5) return 2 - erfcTail(-x);
  return 1 - Math.sign(x) * erfSeries(Math.abs(x));
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * epsilon; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function erfcTail(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 27) return 0;
  // The number of terms for which the tail of the fraction is below one unit in the last place.
  let fraction = 0;
  for (let n = Math.ceil(8 + 190 / (x * x)); n >= 1; n--) fraction = (0.5 * n) / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}
