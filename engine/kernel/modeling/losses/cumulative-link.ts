import { AppError } from '../../../contract/errors.ts';
import { sigmoid, softplus } from '../../math/softmax.ts';
import { numbersParameter } from './loss.ts';
import type { Loss, LossParameters } from './loss.ts';
import { singleScoreLoss } from './per-row.ts';

/** Thresholds at which a score of 0 forecasts the given class shares: logit of their running sum. */
export function thresholdsFromShares(shares: readonly number[]): number[] {
  let sum = 0;
  return shares.slice(0, -1).map((share) => {
    sum += share;
    return Math.log(sum / (1 - sum));
  });
}

/**
 * Proportional odds (McCullagh 1980) of one score s with fixed ascending `thresholds` a_k: P(y <= k) = F_k = sigmoid(a_k - s);
 * l = -log(F_y - F_{y-1}); g = 1 - F_y - F_{y-1}; h = F_y (1 - F_y) + F_{y-1} (1 - F_{y-1}), exact; convex in s.
 * Default thresholds: three equally likely classes. A high score means a high class.
 */
export function cumulativeLink(parameters: LossParameters = {}): Loss {
  const thresholds =
    numbersParameter(parameters, 'thresholds') ?? thresholdsFromShares([1 / 3, 1 / 3, 1 / 3]);
  if (thresholds.length === 0 || thresholds.some((value, k) => k > 0 && value <= thresholds[k - 1]!)) {
    throw new AppError('CONFIGURATION_INVALID', 'thresholds: expected an ascending list', {
      detail: { name: 'thresholds' },
    });
  }
  const last = thresholds.length;
  return singleScoreLoss(
    {
      name: 'cumulative-link',
      family: 'ordinal',
      parameters: { thresholds },
      hessianKind: 'exact',
      biasesProbabilities: false,
    },
    (score, label, out) => {
      const upper = label < last ? sigmoid(thresholds[label]! - score) : 1;
      const lower = label > 0 ? sigmoid(thresholds[label - 1]! - score) : 0;
      out.first = 1 - upper - lower;
      out.second = upper * (1 - upper) + lower * (1 - lower);
      if (label === 0) return softplus(score - thresholds[0]!);
      if (label === last) return softplus(thresholds[last - 1]! - score);
      // sigmoid(a) - sigmoid(b) = sigmoid(a) sigmoid(-b) (1 - e^(b - a)) keeps its digits far out.
      const a = thresholds[label]! - score;
      const b = thresholds[label - 1]! - score;
      return softplus(-a) + softplus(b) - Math.log(-Math.expm1(b - a));
    },
    (scores, rows) => {
      const result = new Float64Array(rows * (last + 1));
      for (let i = 0; i < rows; i++) {
        let below = 0;
        for (let k = 0; k <= last; k++) {
          const upTo = k < last ? sigmoid(thresholds[k]! - scores[i]!) : 1;
          result[i * (last + 1) + k] = upTo - below;
          below = upTo;
        }
      }
      return result;
    },
  );
}
