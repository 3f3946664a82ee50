import { sigmoid, softplus } from '../../math/softmax.ts';
import type { Loss, LossBatch, LossDerivatives } from './loss.ts';

/**
 * CORN (Shi, Cao, Raschka 2023): K - 1 logits; logit k is asked of rows with y >= k whether y > k, each by binary
 * cross-entropy, and P(y > k) is the product of the sigmoids up to k. A row's loss is the sum over the questions it is asked,
 * which is the chain rule of -log P(y): proper, and exact in its Hessian.
 */
export function corn(): Loss {
  return {
    name: 'corn',
    family: 'ordinal',
    parameters: {},
    hessianKind: 'exact',
    biasesProbabilities: false,
    outputs: (classes) => classes - 1,
    predict(scores, rows) {
      const outputs = scores.length / rows;
      const result = new Float64Array(rows * (outputs + 1));
      for (let i = 0; i < rows; i++) {
        let beyond = 1;
        for (let k = 0; k < outputs; k++) {
          const step = sigmoid(scores[i * outputs + k]!);
          result[i * (outputs + 1) + k] = beyond * (1 - step);
          beyond *= step;
        }
        result[i * (outputs + 1) + outputs] = beyond;
      }
      return result;
    },
    evaluate({ scores, target, weights }: LossBatch, out?: LossDerivatives) {
      const outputs = scores.length / target.length;
      let sum = 0;
      let total = 0;
      for (let i = 0; i < target.length; i++) {
        const weight = weights ? weights[i]! : 1;
        const label = target[i]!;
        total += weight;
        for (let k = 0; k < outputs; k++) {
          const at = i * outputs + k;
          const asked = label >= k;
          const beyond = label > k ? 1 : 0;
          const score = scores[at]!;
          if (asked) sum += weight * (softplus(score) - beyond * score);
          if (!out) continue;
          const p = sigmoid(score);
          out.gradient[at] = asked ? weight * (p - beyond) : 0;
          out.hessian[at] = asked ? weight * p * (1 - p) : 0;
        }
      }
      return sum / total;
    },
  };
}
