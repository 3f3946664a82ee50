/** Roots of functions of one number. */

export interface RootOptions {
  /** Stops when the bracket is this narrow, relative to max(1, |x|). Default 1e-15. */
  readonly tolerance?: number | undefined;
  /** Default 200. */
  readonly maxIterations?: number | undefined;
}

/** Bisection on [low, high]; throws RangeError when f has one sign at both ends. */
export function bisect(
  f: (x: number) => number,
  [low, high]: readonly [number, number],
  options: RootOptions = {},
): number {
  const { tolerance = 1e-15, maxIterations = 200 } = options;
  const sign = signAt(f, low, high);
  if (sign.root !== undefined) return sign.root;
  for (let i = 0; i < maxIterations; i++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high || high - low <= tolerance * Math.max(1, Math.abs(middle))) break;
    const value = f(middle);
    if (value === 0) return middle;
    if (value > 0 === sign.lowIsPositive) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

/**
 * Newton's method kept inside the bracket [low, high], with bisection whenever a step leaves it or shrinks
 * too slowly. `f` answers [value, derivative]. Throws RangeError when f has one sign at both ends.
 */
export function newton(
  f: (x: number) => readonly [value: number, derivative: number],
  [low, high]: readonly [number, number],
  options: RootOptions & { readonly start?: number | undefined } = {},
): number {
  const { tolerance = 1e-15, maxIterations = 200, start } = options;
  const sign = signAt((x) => f(x)[0], low, high);
  if (sign.root !== undefined) return sign.root;
  let x = start !== undefined && start > low && start < high ? start : low + (high - low) / 2;
  let width = high - low;
  for (let i = 0; i < maxIterations; i++) {
    const [value, derivative] = f(x);
    if (value === 0) return x;
    if (value > 0 === sign.lowIsPositive) low = x;
    else high = x;
    let next = x - value / derivative;
    if (!(next > low && next < high) || (i % 4 === 3 && high - low > width / 2))
      next = low + (high - low) / 2;
    if (i % 4 === 3) width = high - low;
    if (Math.abs(next - x) <= tolerance * Math.max(1, Math.abs(x))) return next;
    x = next;
  }
  return x;
}

function signAt(
  f: (x: number) => number,
  low: number,
  high: number,
): { root?: number; lowIsPositive: boolean } {
  const atLow = f(low);
  const atHigh = f(high);
  if (atLow === 0) return { root: low, lowIsPositive: false };
  if (atHigh === 0) return { root: high, lowIsPositive: false };
  if (!(atLow * atHigh < 0)) {
    throw new RangeError(`no change of sign on [${low}, ${high}]: ${atLow} and ${atHigh}`);
  }
  return { lowIsPositive: atLow > 0 };
}
