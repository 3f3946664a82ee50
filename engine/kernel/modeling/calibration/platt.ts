import { minimize } from '../../math/optimize/lbfgs.ts';
import { sigmoid, softplus } from '../../math/softmax.ts';
import type { CalibrationMethod } from './calibrator.ts';
import { applyEachClass, fitEachClass } from './one-against-rest.ts';

/** p = 1 / (1 + exp(a s + b)). */
export interface SigmoidState {
  readonly a: number;
  readonly b: number;
}

/**
 * Platt's (1999) sigmoid of a score, with his smoothed targets (n1 + 1) / (n1 + 2) and 1 / (n0 + 2), which
 * keep the fit finite for a separated sample.
 */
export function fitSigmoid(
  scores: ArrayLike<number>,
  events: ArrayLike<number>,
  weights?: ArrayLike<number>,
): SigmoidState {
  const n = scores.length;
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < n; i++) {
    if (events[i] === 1) positives += weights ? weights[i]! : 1;
    else negatives += weights ? weights[i]! : 1;
  }
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const result = minimize(
    (x, gradient) => {
      let loss = 0;
      let slopeA = 0;
      let slopeB = 0;
      for (let i = 0; i < n; i++) {
        const weight = weights ? weights[i]! : 1;
        const target = events[i] === 1 ? high : low;
        const z = -(x[0]! * scores[i]! + x[1]!);
        loss += weight * (softplus(z) - target * z);
        const residual = weight * (target - sigmoid(z));
        slopeA += residual * scores[i]!;
        slopeB += residual;
      }
      gradient[0] = slopeA;
      gradient[1] = slopeB;
      return loss;
    },
    Float64Array.of(0, Math.log((negatives + 1) / (positives + 1))),
    { tolerance: 1e-10 * Math.max(1, n) },
  );
  return { a: result.x[0]!, b: result.x[1]! };
}

export function applySigmoid(state: SigmoidState, score: number): number {
  return sigmoid(-(state.a * score + state.b));
}

/** Log odds with the ends pulled in by 1e-12. */
function logOdds(p: number): number {
  const inside = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
  return Math.log(inside) - Math.log1p(-inside);
}

/** Platt scaling of the log odds of each class against the rest, normalised. */
export const platt: CalibrationMethod<readonly SigmoidState[]> = {
  name: 'platt',
  fit: (sample) =>
    fitEachClass(sample, (binary) =>
      fitSigmoid(binary.probabilities.map(logOdds), binary.events, binary.weights),
    ),
  apply: (states) => applyEachClass(states.map((state) => (p) => applySigmoid(state, logOdds(p)))),
};
