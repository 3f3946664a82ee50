/**
 * Limited-memory BFGS (Nocedal 1980; Nocedal & Wright, Numerical Optimization, 2nd ed., algorithms 7.4 and
 * 7.5) with a bracketing line search that accepts the Wolfe conditions or, near the optimum where rounding
 * hides the decrease, the approximate ones of Hager & Zhang (2005). That is what lets it reach gradients of
 * 1e-11 and not stop at 1e-6.
 */

/**
 * Returns the value at `x` and writes the gradient into `gradient`; must keep neither array. May answer NaN
 * or Infinity.
 */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface MinimizeOptions {
  /** Stops when every |gradient| is at most this. Default 1e-6. */
  readonly tolerance?: number | undefined;
  /** Stops when one iteration lowers the value by at most this share of max(1, |value|). Default 0: never. */
  readonly valueTolerance?: number | undefined;
  /** Default 500. */
  readonly maxIterations?: number | undefined;
  /** Pairs of steps remembered. Default 10. */
  readonly memory?: number | undefined;
  /** Called after each iteration (from 1); answer `'stop'` to end there, or throw to cancel. */
  readonly onIteration?:
    ((iteration: number, value: number, gradientNorm: number) => 'stop' | undefined | void) | undefined;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** Largest absolute component of the gradient at `x`. */
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly evaluations: number;
  /** `stalled`: no lower value can be found along the steepest descent (rounding, or a wrong gradient). */
  readonly reason: 'gradient' | 'value' | 'iterations' | 'stopped' | 'stalled';
  /** True for the reasons `gradient` and `value`. */
  readonly converged: boolean;
}

const sufficientDecrease = 1e-4;
const curvature = 0.9;
const valueSlack = 1e-13;
const maxLineEvaluations = 40;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(a: Float64Array): number {
  let top = 0;
  for (let i = 0; i < a.length; i++) {
    const size = Math.abs(a[i]!);
    if (!(size <= top)) top = size;
  }
  return top;
}

/**
 * Minimum of the cubic through two points with slopes, kept off both ends of the bracket; the middle when
 * there is none.
 */
function interpolate(a: number, fa: number, sa: number, b: number, fb: number, sb: number): number {
  const width = b - a;
  const t = sa + sb - (3 * (fb - fa)) / width;
  const discriminant = t * t - sa * sb;
  let at = a + width / 2;
  if (discriminant >= 0) {
    const root = Math.sqrt(discriminant);
    const cubic = b - (width * (sb + root - t)) / (sb - sa + 2 * root);
    if (Number.isFinite(cubic)) at = cubic;
  }
  return Math.min(Math.max(at, a + 0.1 * width), b - 0.1 * width);
}

/**
 * Minimises `objective` from `start` (left unchanged). Nothing is allocated after the first evaluation.
 * Throws RangeError when the value at `start` is not finite.
 */
export function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions = {}): Minimum {
  const { tolerance = 1e-6, valueTolerance = 0, maxIterations = 500, memory = 10, onIteration } = options;
  const n = start.length;
  let x = Float64Array.from(start);
  let gradient = new Float64Array(n);
  let trial = new Float64Array(n);
  let trialGradient = new Float64Array(n);
  const direction = new Float64Array(n);
  const steps = Array.from({ length: memory }, () => new Float64Array(n));
  const changes = Array.from({ length: memory }, () => new Float64Array(n));
  const inverses = new Float64Array(memory);
  const weights = new Float64Array(memory);
  let held = 0;
  let next = 0;
  let evaluations = 1;
  let value = objective(x, gradient);
  if (!Number.isFinite(value)) throw new RangeError(`the objective is ${value} at the start`);
  let norm = largest(gradient);
  let iteration = 0;

  const finish = (reason: Minimum['reason']): Minimum => ({
    x,
    value,
    gradientNorm: norm,
    iterations: iteration,
    evaluations,
    reason,
    converged: reason === 'gradient' || reason === 'value',
  });

  function descend(): void {
    for (let i = 0; i < n; i++) direction[i] = -gradient[i]!;
    for (let k = 1; k <= held; k++) {
      const at = (next - k + memory) % memory;
      const weight = inverses[at]! * dot(steps[at]!, direction);
      weights[at] = weight;
      const change = changes[at]!;
      for (let i = 0; i < n; i++) direction[i]! -= weight * change[i]!;
    }
    if (held === 0) return;
    const last = (next - 1 + memory) % memory;
    const scale = 1 / (inverses[last]! * dot(changes[last]!, changes[last]!));
    for (let i = 0; i < n; i++) direction[i]! *= scale;
    for (let k = held; k >= 1; k--) {
      const at = (next - k + memory) % memory;
      const weight = weights[at]! - inverses[at]! * dot(changes[at]!, direction);
      const step = steps[at]!;
      for (let i = 0; i < n; i++) direction[i]! += weight * step[i]!;
    }
  }

  /** Leaves an acceptable point in `trial`, `trialGradient` and answers its value; NaN when there is none. */
  function search(slope: number, first: number): number {
    const slack = valueSlack * Math.max(1, Math.abs(value));
    let low = 0;
    let lowValue = value;
    let lowSlope = slope;
    let high = Infinity;
    let highValue = Infinity;
    let highSlope = 0;
    let length = first;
    for (let attempt = 0; attempt < maxLineEvaluations; attempt++) {
      for (let i = 0; i < n; i++) trial[i] = x[i]! + length * direction[i]!;
      const trialValue = objective(trial, trialGradient);
      evaluations++;
      const trialSlope = dot(trialGradient, direction);
      const finite = Number.isFinite(trialValue) && Number.isFinite(trialSlope);
      const decreased = finite && trialValue <= value + sufficientDecrease * length * slope;
      if (decreased && Math.abs(trialSlope) <= -curvature * slope) return trialValue;
      const flat = finite && trialValue <= value + slack;
      if (flat && trialSlope >= curvature * slope && trialSlope <= (2 * sufficientDecrease - 1) * slope) {
        return trialValue;
      }
      if (finite && trialSlope < 0 && (decreased || flat)) {
        low = length;
        lowValue = trialValue;
        lowSlope = trialSlope;
      } else {
        high = length;
        highValue = finite ? trialValue : Infinity;
        highSlope = trialSlope;
      }
      if (high === Infinity) length *= 4;
      else if (highValue === Infinity) length = low + 0.25 * (high - low);
      else length = interpolate(low, lowValue, lowSlope, high, highValue, highSlope);
      if (!(length > low) || !(length < high)) break;
    }
    return NaN;
  }

  for (;;) {
    if (norm <= tolerance) return finish('gradient');
    if (iteration >= maxIterations) return finish('iterations');
    descend();
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      held = 0;
      descend();
      slope = dot(direction, gradient);
    }
    const before = value;
    let found = search(slope, held > 0 ? 1 : Math.min(1, 1 / norm));
    if (Number.isNaN(found) && held > 0) {
      held = 0;
      descend();
      found = search(dot(direction, gradient), Math.min(1, 1 / norm));
    }
    if (Number.isNaN(found)) return finish('stalled');
    const step = steps[next]!;
    const change = changes[next]!;
    for (let i = 0; i < n; i++) {
      step[i] = trial[i]! - x[i]!;
      change[i] = trialGradient[i]! - gradient[i]!;
    }
    const product = dot(step, change);
    if (product > 1e-300) {
      inverses[next] = 1 / product;
      next = (next + 1) % memory;
      if (held < memory) held++;
    }
    const oldPoint = x;
    const oldGradient = gradient;
    x = trial;
    gradient = trialGradient;
    trial = oldPoint;
    trialGradient = oldGradient;
    value = found;
    norm = largest(gradient);
    iteration++;
    if (onIteration?.(iteration, value, norm) === 'stop') return finish('stopped');
    if (valueTolerance > 0 && before - value <= valueTolerance * Math.max(1, Math.abs(value))) {
      return finish(norm <= tolerance ? 'gradient' : 'value');
    }
  }
}

/**
 * An objective with a central-difference gradient, for tests and for functions whose derivative is not worth
 * writing. `step` is relative to max(1, |x|), default 1e-6 (error about 1e-9).
 */
export function withNumericalGradient(f: (x: Float64Array) => number, step = 1e-6): Objective {
  return (x, gradient) => {
    for (let i = 0; i < x.length; i++) {
      const kept = x[i]!;
      const h = step * Math.max(1, Math.abs(kept));
      x[i] = kept + h;
      const above = f(x);
      x[i] = kept - h;
      gradient[i] = (above - f(x)) / (2 * h);
      x[i] = kept;
    }
    return f(x);
  };
}
