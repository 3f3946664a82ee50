import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import type { TrainingCallback } from '../estimator.ts';
import { solvePositiveDefinite } from './cholesky.ts';

/** A smooth convex function; `hessian` is the full symmetric matrix, row-major. */
export interface SmoothValue {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

export interface NewtonOptions {
  /** Per parameter: the weight of |parameter| in the objective. Absent: a smooth problem. */
  readonly absolutePenalty?: Float64Array | undefined;
  readonly maxIterations: number;
  /** Stops when the predicted decrease is below this share of the objective. */
  readonly tolerance: number;
  readonly callbacks: readonly TrainingCallback[];
  readonly signal: CancelSignal | undefined;
}

export interface NewtonResult {
  readonly parameters: Float64Array;
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Minimises a convex function by damped Newton steps; with absolute penalties by proximal Newton steps, whose quadratic
 * models are solved by coordinate descent (Lee, Sun, Saunders 2014). Iterations are epochs to the callbacks.
 */
export function minimizeByNewton(
  evaluate: (parameters: Float64Array) => SmoothValue,
  start: Float64Array,
  options: NewtonOptions,
): NewtonResult {
  const { absolutePenalty, maxIterations, tolerance, callbacks, signal } = options;
  const objectiveOf = (at: Float64Array, smooth: number) => smooth + absoluteCost(at, absolutePenalty);
  let parameters = Float64Array.from(start);
  let current = evaluate(parameters);
  let objective = objectiveOf(parameters, current.value);
  let converged = false;
  let iteration = 0;
  for (const callback of callbacks) callback.onTrainBegin?.(maxIterations);
  while (iteration < maxIterations && !converged) {
    throwIfCancelled(signal);
    for (const callback of callbacks) callback.onEpochBegin?.(iteration);
    const step = absolutePenalty
      ? proximalStep(current, parameters, absolutePenalty)
      : solvePositiveDefinite(
          current.hessian,
          current.gradient.map((g) => -g),
        );
    const predicted = predictedDecrease(current, parameters, { step, absolutePenalty });
    const limit = tolerance * Math.max(1, Math.abs(objective));
    // Quadratic convergence: from here one full step lands within rounding.
    converged = predicted <= limit;
    let accepted = false;
    for (let length = 1; length > 1e-10 && !accepted; length /= 2) {
      const candidate = parameters.map((value, at) => value + length * step[at]!);
      const next = evaluate(candidate);
      const nextObjective = objectiveOf(candidate, next.value);
      if (
        nextObjective <= objective - 1e-4 * length * predicted ||
        (converged && nextObjective <= objective + limit)
      ) {
        accepted = true;
        parameters = candidate;
        current = next;
        objective = nextObjective;
      }
    }
    if (!accepted) converged = true;
    iteration++;
    const logs = { epoch: iteration - 1, total: maxIterations, measures: { objective } };
    const wishes = callbacks.map((callback) => callback.onEpochEnd?.(logs));
    if (wishes.includes('stop')) break;
  }
  for (const callback of callbacks) callback.onTrainEnd?.();
  return { parameters, objective, iterations: iteration, converged };
}

function absoluteCost(parameters: Float64Array, penalty: Float64Array | undefined): number {
  if (!penalty) return 0;
  let cost = 0;
  for (let i = 0; i < parameters.length; i++) cost += penalty[i]! * Math.abs(parameters[i]!);
  return cost;
}

function predictedDecrease(
  current: SmoothValue,
  parameters: Float64Array,
  move: { readonly step: Float64Array; readonly absolutePenalty: Float64Array | undefined },
): number {
  const moved = parameters.map((value, at) => value + move.step[at]!);
  let slope = 0;
  for (let i = 0; i < parameters.length; i++) slope += current.gradient[i]! * move.step[i]!;
  return -(
    slope +
    absoluteCost(moved, move.absolutePenalty) -
    absoluteCost(parameters, move.absolutePenalty)
  );
}

/** The step to the minimum of the quadratic model plus the absolute penalties, by cyclic coordinate descent. */
function proximalStep(current: SmoothValue, parameters: Float64Array, penalty: Float64Array): Float64Array {
  const n = parameters.length;
  const { gradient, hessian } = current;
  const step = new Float64Array(n);
  const slopes = Float64Array.from(gradient);
  for (let sweep = 0; sweep < 2000; sweep++) {
    let widest = 0;
    for (let i = 0; i < n; i++) {
      const curvature = hessian[i * n + i]!;
      if (curvature <= 0) continue;
      const now = parameters[i]! + step[i]!;
      const change = softThreshold(now - slopes[i]! / curvature, penalty[i]! / curvature) - now;
      if (change === 0) continue;
      step[i]! += change;
      widest = Math.max(widest, Math.abs(change) * Math.sqrt(curvature));
      for (let j = 0; j < n; j++) slopes[j]! += hessian[i * n + j]! * change;
    }
    if (widest < 1e-10) break;
  }
  return step;
}

function softThreshold(value: number, threshold: number): number {
  if (value > threshold) return value - threshold;
  return value < -threshold ? value + threshold : 0;
}
