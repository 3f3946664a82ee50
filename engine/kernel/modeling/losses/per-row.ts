import type { HessianKind, Loss, LossBatch, LossDerivatives, LossFamily } from './loss.ts';
import { softmaxLink, softmaxRow } from './loss.ts';

interface Traits {
  readonly name: string;
  readonly family: LossFamily;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly hessianKind: HessianKind;
  readonly biasesProbabilities: boolean;
}

/** First and second derivative of one row, written in place. */
export interface RowDerivative {
  first: number;
  second: number;
}

/** A loss that is a weighted mean over rows of a function of one score. */
export function singleScoreLoss(
  traits: Traits,
  row: (score: number, target: number, out: RowDerivative) => number,
  predict: (scores: Float64Array, rows: number) => Float64Array,
): Loss {
  return {
    ...traits,
    outputs: () => 1,
    predict,
    evaluate({ scores, target, weights }: LossBatch, out?: LossDerivatives) {
      const derivative: RowDerivative = { first: 0, second: 0 };
      let sum = 0;
      let total = 0;
      for (let i = 0; i < target.length; i++) {
        const weight = weights ? weights[i]! : 1;
        sum += weight * row(scores[i]!, target[i]!, derivative);
        total += weight;
        if (out) {
          out.gradient[i] = weight * derivative.first;
          out.hessian[i] = weight * derivative.second;
        }
      }
      return sum / total;
    },
  };
}

/** What a softmax loss writes for one row; `probabilities` is given. */
export interface SoftmaxRow {
  readonly probabilities: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * A loss that is a weighted mean over rows of a function of the row's softmax. `row` gets the class, the probabilities
 * and log p of the true class, writes the derivatives with respect to the scores and returns the row's loss.
 */
export function softmaxLoss(
  traits: Traits,
  row: (label: number, logTrue: number, at: SoftmaxRow) => number,
): Loss {
  return {
    ...traits,
    outputs: (classes) => classes,
    predict: softmaxLink,
    evaluate({ scores, target, weights }: LossBatch, out?: LossDerivatives) {
      const outputs = scores.length / target.length;
      const at: SoftmaxRow = {
        probabilities: new Float64Array(outputs),
        first: new Float64Array(outputs),
        second: new Float64Array(outputs),
      };
      let sum = 0;
      let total = 0;
      for (let i = 0; i < target.length; i++) {
        const start = i * outputs;
        const label = target[i]!;
        const weight = weights ? weights[i]! : 1;
        const logTotal = softmaxRow(scores, start, at.probabilities);
        sum += weight * row(label, scores[start + label]! - logTotal, at);
        total += weight;
        if (!out) continue;
        for (let k = 0; k < outputs; k++) {
          out.gradient[start + k] = weight * at.first[k]!;
          out.hessian[start + k] = weight * at.second[k]!;
        }
      }
      return sum / total;
    },
  };
}
