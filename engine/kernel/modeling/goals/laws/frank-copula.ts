/** Below this size of the dependence the closed form loses digits and the series takes its place. */
const smallDependence = 1e-3;

/** Frank's copula at (u, v) and its three slopes. */
export interface CopulaPoint {
  value: number;
  byU: number;
  byV: number;
  byDependence: number;
}

/**
 * Frank's copula C(u, v) = -ln(1 + (e^-ku - 1)(e^-kv - 1) / (e^-k - 1)) / k (Nelsen, An Introduction to Copulas, 2nd ed.,
 * table 4.1 number 5) for any dependence k; uv at 0. Written into `out`.
 */
export function frankCopula(u: number, v: number, dependence: number, out: CopulaPoint): void {
  const k = dependence;
  if (u <= 0 || v <= 0) {
    out.value = 0;
    out.byU = u <= 0 && v > 0 ? slopeAtZero(v, k) : 0;
    out.byV = v <= 0 && u > 0 ? slopeAtZero(u, k) : 0;
    out.byDependence = 0;
    return;
  }
  if (Math.abs(k) < smallDependence) {
    frankSeries(u, v, k, out);
    return;
  }
  frankClosed(u, v, k, Math.expm1(-k * u), Math.expm1(-k * v), Math.expm1(-k));
  Object.assign(out, point);
}

/** C = uv + k/2 uv(1-u)(1-v) + k^2/12 uv(1-u)(1-v)(1-2u)(1-2v) + O(k^3) */
function frankSeries(u: number, v: number, k: number, out: CopulaPoint): void {
  const p = u * (1 - u);
  const q = v * (1 - v);
  const r = (1 - 2 * u) * (1 - 2 * v);
  const half = k / 2;
  const twelfth = (k * k) / 12;
  out.value = u * v + half * p * q + twelfth * p * q * r;
  out.byU = v + half * (1 - 2 * u) * q + twelfth * q * (1 - 2 * v) * ((1 - 2 * u) * (1 - 2 * u) - 2 * p);
  out.byV = u + half * (1 - 2 * v) * p + twelfth * p * (1 - 2 * u) * ((1 - 2 * v) * (1 - 2 * v) - 2 * q);
  out.byDependence = (p * q) / 2 + (k / 6) * p * q * r;
}

/** Into `point`, from a = e^-ku - 1, b = e^-kv - 1 and d = e^-k - 1. */
function frankClosed(u: number, v: number, k: number, a: number, b: number, d: number): void {
  const inner = (a * b) / d;
  const log = Math.log1p(inner);
  const rest = d * (1 + inner);
  point.value = -log / k;
  point.byU = ((a + 1) * b) / rest;
  point.byV = ((b + 1) * a) / rest;
  const innerSlope = (-u * (a + 1) * b - v * (b + 1) * a + inner * (d + 1)) / d;
  point.byDependence = log / (k * k) - innerSlope / (1 + inner) / k;
}

function slopeAtZero(v: number, k: number): number {
  return Math.abs(k) < smallDependence
    ? v + (k / 2) * v * (1 - v) + ((k * k) / 12) * v * (1 - v) * (1 - 2 * v)
    : Math.expm1(-k * v) / Math.expm1(-k);
}

/** The probability of a rectangle and its slopes by its four sides, upper before lower, and by the dependence. */
export interface CopulaRectangle {
  value: number;
  byUpperU: number;
  byLowerU: number;
  byUpperV: number;
  byLowerV: number;
  byDependence: number;
}

/**
 * Frank's copula over rectangles, for many of them at one dependence: the four corners share their exponentials.
 * `u` and `v` hold the upper and the lower side.
 */
export function frankRectangle(
  u: Float64Array,
  v: Float64Array,
  dependence: number,
  out: CopulaRectangle,
): void {
  out.value = out.byUpperU = out.byLowerU = out.byUpperV = out.byLowerV = out.byDependence = 0;
  const k = dependence;
  const isSmall = Math.abs(k) < smallDependence;
  if (!isSmall) {
    for (let i = 0; i < 2; i++) {
      uExponents[i] = Math.expm1(-k * u[i]!);
      vExponents[i] = Math.expm1(-k * v[i]!);
    }
  }
  const d = isSmall ? 0 : Math.expm1(-k);
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 2; j++) {
      if (u[i]! <= 0 || v[j]! <= 0) continue;
      if (isSmall) frankSeries(u[i]!, v[j]!, k, point);
      else frankClosed(u[i]!, v[j]!, k, uExponents[i]!, vExponents[j]!, d);
      const sign = i === j ? 1 : -1;
      out.value += sign * point.value;
      out.byDependence += sign * point.byDependence;
      if (i === 0) out.byUpperU += sign * point.byU;
      else out.byLowerU += sign * point.byU;
      if (j === 0) out.byUpperV += sign * point.byV;
      else out.byLowerV += sign * point.byV;
    }
  }
}

// Scratch of one evaluation; nothing of it outlives the call.
const point: CopulaPoint = { value: 0, byU: 0, byV: 0, byDependence: 0 };
const uExponents = new Float64Array(2);
const vExponents = new Float64Array(2);
