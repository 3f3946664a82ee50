import { sigmoid, softplus } from '../../math/softmax.ts';
import { numberParameter, numbersParameter, sigmoidLink } from './loss.ts';
import type { Loss, LossParameters } from './loss.ts';
import { singleScoreLoss, softmaxLoss } from './per-row.ts';

/**
 * Binary focal loss (Lin et al. 2017, eq. 5): l = -a_t q^g log p, p the probability of the true class, q = 1 - p;
 * dl/ds = +-a q^g (g p log p - q). The true second derivative a p q^g (g^2 p (-log p) + (2g + 1) q + g q log p) can be
 * negative; its last term is dropped, which leaves an upper bound. `gamma` default 2, `alpha` (share of the positive class) 0.25.
 */
export function focalBinary(parameters: LossParameters = {}): Loss {
  const gamma = numberParameter(parameters, 'gamma', { fallback: 2, min: 0, max: 10 });
  const alpha = numberParameter(parameters, 'alpha', { fallback: 0.25, min: 0.001, max: 0.999 });
  return singleScoreLoss(
    {
      name: 'focal-binary',
      family: 'classification',
      parameters: { gamma, alpha },
      hessianKind: 'upper-bound',
      biasesProbabilities: true,
    },
    (score, target, out) => {
      const sign = target === 1 ? 1 : -1;
      const share = target === 1 ? alpha : 1 - alpha;
      const p = sigmoid(sign * score);
      const q = sigmoid(-sign * score);
      const logP = -softplus(-sign * score);
      const modulation = share * q ** gamma;
      out.first = sign * modulation * (gamma * p * logP - q);
      out.second = p * modulation * (-gamma * gamma * p * logP + (2 * gamma + 1) * q);
      return -modulation * logP;
    },
    sigmoidLink,
  );
}

/**
 * Multi-class focal loss: l = -a_y q^g log p_y. With phi(p) = l, dl/ds_k = phi' p (1{k = y} - p_k) and the second
 * derivative is (phi'' p^2 + phi' p)(1{k = y} - p_k)^2 - phi' p p_k (1 - p_k); the one negative term is dropped, which leaves
 * an upper bound. `gamma` default 2; `alpha`: one factor a class, default 1.
 */
export function focal(parameters: LossParameters = {}): Loss {
  const gamma = numberParameter(parameters, 'gamma', { fallback: 2, min: 0, max: 10 });
  const alpha = numbersParameter(parameters, 'alpha') ?? [];
  return softmaxLoss(
    {
      name: 'focal',
      family: 'classification',
      parameters: { gamma, alpha },
      hessianKind: 'upper-bound',
      biasesProbabilities: gamma > 0 || alpha.some((factor) => factor !== alpha[0]),
    },
    (label, logTrue, { probabilities, first, second }) => {
      const share = alpha[label] ?? 1;
      const p = probabilities[label]!;
      // The other classes' sum keeps its digits where 1 - p would lose them.
      let q = 0;
      for (let k = 0; k < probabilities.length; k++) if (k !== label) q += probabilities[k]!;
      q = Math.max(q, Number.MIN_VALUE);
      const modulation = q ** gamma;
      const slope = gamma === 0 ? 0 : gamma * p * q ** (gamma - 1);
      const steepness = share * (modulation - slope * logTrue);
      const bend =
        share * (Math.max(0, -gamma * (gamma - 1) * p * p * q ** (gamma - 2) * logTrue) + 2 * slope);
      for (let k = 0; k < probabilities.length; k++) {
        const pk = probabilities[k]!;
        const lever = (k === label ? 1 : 0) - pk;
        first[k] = -steepness * lever;
        second[k] = bend * lever * lever + steepness * pk * (1 - pk);
      }
      return -share * modulation * logTrue;
    },
  );
}
