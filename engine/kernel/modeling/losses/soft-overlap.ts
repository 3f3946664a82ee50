import { sigmoid } from '../../math/softmax.ts';
import { numberParameter, totalWeight } from './loss.ts';
import type { Loss, LossBatch, LossDerivatives, LossParameters } from './loss.ts';

/** The denominator of an overlap ratio as a T + b S + c N, with T = sum w p y, S = sum w p, N = sum w y. */
interface Overlap {
  readonly top: number;
  readonly hits: number;
  readonly called: number;
  readonly present: number;
}

/**
 * L = 1 - top T / D for one output against its class (soft counts over the batch), averaged over outputs. One output is the
 * positive class of two; more are one against the rest. With c = dL/dp the second derivative is bounded by
 * |c| p (1 - p) + |d2L/dp2| (p (1 - p))^2.
 */
function softOverlap(name: string, parameters: LossParameters, overlap: Overlap): Loss {
  return {
    name,
    family: 'classification',
    parameters,
    hessianKind: 'upper-bound',
    biasesProbabilities: true,
    outputs: (classes) => (classes === 2 ? 1 : classes),
    predict(scores, rows) {
      const outputs = scores.length / rows;
      const columns = outputs === 1 ? 2 : outputs;
      const result = new Float64Array(rows * columns);
      for (let i = 0; i < rows; i++) {
        let sum = 0;
        for (let k = 0; k < columns; k++) {
          const score = outputs === 1 ? (k === 1 ? scores[i]! : -scores[i]!) : scores[i * outputs + k]!;
          sum += result[i * columns + k] = sigmoid(score);
        }
        for (let k = 0; k < columns; k++) result[i * columns + k]! /= sum;
      }
      return result;
    },
    evaluate(batch: LossBatch, out?: LossDerivatives) {
      const { scores, target, weights } = batch;
      const rows = target.length;
      const outputs = scores.length / rows;
      const total = totalWeight(batch);
      const scale = total / outputs;
      let loss = 0;
      for (let k = 0; k < outputs; k++) {
        const positive = outputs === 1 ? 1 : k;
        let hits = 0;
        let called = 0;
        let present = 0;
        for (let i = 0; i < rows; i++) {
          const weight = weights ? weights[i]! : 1;
          const p = sigmoid(scores[i * outputs + k]!);
          called += weight * p;
          if (target[i] === positive) {
            hits += weight * p;
            present += weight;
          }
        }
        const bottom = overlap.hits * hits + overlap.called * called + overlap.present * present;
        loss += 1 - (overlap.top * hits) / bottom;
        if (!out) continue;
        for (let i = 0; i < rows; i++) {
          const at = i * outputs + k;
          const weight = weights ? weights[i]! : 1;
          const p = sigmoid(scores[at]!);
          const spread = p * (1 - p);
          const gain = target[i] === positive ? weight : 0;
          const growth = overlap.hits * gain + overlap.called * weight;
          const slope = -overlap.top * (gain / bottom - (hits * growth) / bottom ** 2);
          const bend = 2 * overlap.top * ((gain * growth) / bottom ** 2 - (hits * growth ** 2) / bottom ** 3);
          out.gradient[at] = scale * slope * spread;
          out.hessian[at] = scale * (Math.abs(slope) * spread + Math.abs(bend) * spread * spread);
        }
      }
      return loss / outputs;
    },
  };
}

/** Soft F1: 1 - 2 sum(p y) / (sum p + sum y) over the batch. */
export function softF1(): Loss {
  return softOverlap('soft-f1', {}, { top: 2, hits: 0, called: 1, present: 1 });
}

/** Soft F-beta: 1 - (1 + b^2) TP / ((1 + b^2) TP + b^2 FN + FP) = 1 - (1 + b^2) T / (S + b^2 N). `beta` default 0.5. */
export function fBeta(parameters: LossParameters = {}): Loss {
  const beta = numberParameter(parameters, 'beta', { fallback: 0.5, min: 0.01, max: 100 });
  return softOverlap('f-beta', { beta }, { top: 1 + beta ** 2, hits: 0, called: 1, present: beta ** 2 });
}

/** Tversky (Salehi et al. 2017): 1 - TP / (TP + a FP + b FN). `falsePositive` a default 0.7, `falseNegative` b default 0.3. */
export function tversky(parameters: LossParameters = {}): Loss {
  const a = numberParameter(parameters, 'falsePositive', { fallback: 0.7, min: 0.001, max: 100 });
  const b = numberParameter(parameters, 'falseNegative', { fallback: 0.3, min: 0.001, max: 100 });
  return softOverlap(
    'tversky',
    { falsePositive: a, falseNegative: b },
    { top: 1, hits: 1 - a - b, called: a, present: b },
  );
}
