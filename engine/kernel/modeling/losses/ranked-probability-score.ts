import type { Loss } from './loss.ts';
import { softmaxLoss } from './per-row.ts';

/**
 * Ranked probability score (Epstein 1969): l = 1/(K-1) sum_k r_k^2, r_k = P_k - 1{y <= k}, P the running sum of softmax(s);
 * dP_k/ds_j = p_j (1{j <= k} - P_k); Gauss-Newton curvature 2/(K-1) sum_k (dP_k/ds_j)^2. Proper, so it does not bias.
 */
export function rankedProbabilityScore(): Loss {
  return softmaxLoss(
    {
      name: 'ranked-probability-score',
      family: 'ordinal',
      parameters: {},
      hessianKind: 'gauss-newton',
      biasesProbabilities: false,
    },
    (label, _logTrue, { probabilities, first, second }) => {
      const classes = probabilities.length;
      const scale = 2 / (classes - 1);
      first.fill(0);
      second.fill(0);
      let loss = 0;
      let cumulated = 0;
      for (let k = 0; k < classes - 1; k++) {
        cumulated += probabilities[k]!;
        const residual = cumulated - (label <= k ? 1 : 0);
        loss += residual * residual;
        for (let j = 0; j < classes; j++) {
          const slope = probabilities[j]! * ((j <= k ? 1 : 0) - cumulated);
          first[j]! += scale * residual * slope;
          second[j]! += scale * slope * slope;
        }
      }
      return loss / (classes - 1);
    },
  );
}
