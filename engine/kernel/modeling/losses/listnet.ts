import { identityLink, totalWeight } from './loss.ts';
import type { Loss, LossBatch, LossDerivatives } from './loss.ts';
import { rowsByGroup } from './pairwise.ts';

/**
 * ListNet, top-one form (Cao et al. 2007): per group the cross-entropy of softmax(target) against softmax(scores), each
 * term weighted by its row; mean over groups' weight. With t = weighted softmax of targets and p = weighted softmax of
 * scores, g_i = W_g (p_i - t_i) and h_i = W_g p_i (1 - p_i), exact.
 */
export function listNet(): Loss {
  return {
    name: 'listnet',
    family: 'ranking',
    parameters: {},
    hessianKind: 'exact',
    biasesProbabilities: true,
    outputs: () => 1,
    predict: identityLink,
    evaluate(batch: LossBatch, out?: LossDerivatives) {
      const { scores, target, weights } = batch;
      let sum = 0;
      for (const rows of rowsByGroup(batch)) {
        const weightOf = (row: number) => (weights ? weights[row]! : 1);
        let topScore = -Infinity;
        let topTarget = -Infinity;
        for (const row of rows) {
          topScore = Math.max(topScore, scores[row]!);
          topTarget = Math.max(topTarget, target[row]!);
        }
        let scoreTotal = 0;
        let targetTotal = 0;
        let groupWeight = 0;
        for (const row of rows) {
          scoreTotal += weightOf(row) * Math.exp(scores[row]! - topScore);
          targetTotal += weightOf(row) * Math.exp(target[row]! - topTarget);
          groupWeight += weightOf(row);
        }
        for (const row of rows) {
          const wanted = (weightOf(row) * Math.exp(target[row]! - topTarget)) / targetTotal;
          const given = (weightOf(row) * Math.exp(scores[row]! - topScore)) / scoreTotal;
          if (wanted > 0) sum -= groupWeight * wanted * (scores[row]! - topScore - Math.log(scoreTotal));
          if (!out) continue;
          out.gradient[row] = groupWeight * (given - wanted);
          out.hessian[row] = groupWeight * given * (1 - given);
        }
      }
      return sum / totalWeight(batch);
    },
  };
}
