import { sigmoid, softplus } from '../../math/softmax.ts';
import { numberParameter, numbersParameter, sigmoidLink } from './loss.ts';
import type { Loss, LossParameters } from './loss.ts';
import { singleScoreLoss, softmaxLoss } from './per-row.ts';

/**
 * Binary cross-entropy of a logit s: l = softplus(s) - t s with t = y (1 - e) + (1 - y) e; g = p - t; h = p (1 - p), exact.
 * `labelSmoothing` e (Szegedy et al. 2016, section 7) is in [0, 0.5), default 0; above 0 it biases probabilities.
 */
export function binaryCrossEntropy(parameters: LossParameters = {}): Loss {
  const labelSmoothing = numberParameter(parameters, 'labelSmoothing', { fallback: 0, min: 0, max: 0.499 });
  return singleScoreLoss(
    {
      name: 'binary-cross-entropy',
      family: 'classification',
      parameters: { labelSmoothing },
      hessianKind: 'exact',
      biasesProbabilities: labelSmoothing > 0,
    },
    (score, target, out) => {
      const soft = target * (1 - labelSmoothing) + (1 - target) * labelSmoothing;
      const p = sigmoid(score);
      out.first = p - soft;
      out.second = p * (1 - p);
      return softplus(score) - soft * score;
    },
    sigmoidLink,
  );
}

/**
 * Multi-class cross-entropy of softmax scores: l = -sum_c t_c log p_c, the true class at 1 - e and the others at e / (C - 1);
 * g_k = p_k - t_k; h_k = p_k (1 - p_k), the exact diagonal (XGBoost uses twice this, which bounds the whole matrix).
 */
export function crossEntropy(parameters: LossParameters = {}): Loss {
  const labelSmoothing = numberParameter(parameters, 'labelSmoothing', { fallback: 0, min: 0, max: 0.999 });
  return softmaxLoss(
    {
      name: 'cross-entropy',
      family: 'classification',
      parameters: { labelSmoothing },
      hessianKind: 'exact',
      biasesProbabilities: labelSmoothing > 0,
    },
    (label, logTrue, { probabilities, first, second }) => {
      const classes = probabilities.length;
      const other = labelSmoothing / (classes - 1);
      let loss = 0;
      for (let k = 0; k < classes; k++) {
        const p = probabilities[k]!;
        const soft = k === label ? 1 - labelSmoothing : other;
        first[k] = p - soft;
        second[k] = p * (1 - p);
        if (soft > 0) loss -= soft * (k === label ? logTrue : Math.log(Math.max(p, Number.MIN_VALUE)));
      }
      return loss;
    },
  );
}

/** Weighted binary cross-entropy (King and Zeng 2001): -wPos y log p - wNeg (1 - y) log(1 - p). Biases probabilities unless both weights agree. */
export function weightedBinaryCrossEntropy(parameters: LossParameters = {}): Loss {
  const positiveWeight = numberParameter(parameters, 'positiveWeight', { fallback: 2, min: 0, max: 1e6 });
  const negativeWeight = numberParameter(parameters, 'negativeWeight', { fallback: 1, min: 0, max: 1e6 });
  return weightedLogistic('weighted-binary-cross-entropy', { positiveWeight, negativeWeight }, [
    negativeWeight,
    positiveWeight,
  ]);
}

/** Asymmetric cross-entropy: -[a y log p + (1 - a)(1 - y) log(1 - p)], a in (0, 1), default 0.7. Biases probabilities unless a = 0.5. */
export function asymmetric(parameters: LossParameters = {}): Loss {
  const positiveShare = numberParameter(parameters, 'positiveShare', {
    fallback: 0.7,
    min: 0.001,
    max: 0.999,
  });
  return weightedLogistic('asymmetric', { positiveShare }, [1 - positiveShare, positiveShare]);
}

function weightedLogistic(
  name: string,
  parameters: LossParameters,
  classWeights: readonly [number, number],
): Loss {
  return singleScoreLoss(
    {
      name,
      family: 'classification',
      parameters,
      hessianKind: 'exact',
      biasesProbabilities: classWeights[0] !== classWeights[1],
    },
    (score, target, out) => {
      const positive = classWeights[1] * target;
      const negative = classWeights[0] * (1 - target);
      const p = sigmoid(score);
      out.first = negative * p - positive * (1 - p);
      out.second = (positive + negative) * p * (1 - p);
      return positive * softplus(-score) + negative * softplus(score);
    },
    sigmoidLink,
  );
}

/** Weighted multi-class cross-entropy: -w_y log p_y with `classWeights` (default all 1). Biases probabilities unless all weights agree. */
export function weightedCrossEntropy(parameters: LossParameters = {}): Loss {
  const classWeights = numbersParameter(parameters, 'classWeights') ?? [];
  return softmaxLoss(
    {
      name: 'weighted-cross-entropy',
      family: 'classification',
      parameters: { classWeights },
      hessianKind: 'exact',
      biasesProbabilities: classWeights.some((weight) => weight !== classWeights[0]),
    },
    (label, logTrue, { probabilities, first, second }) => {
      const weight = classWeights[label] ?? 1;
      for (let k = 0; k < probabilities.length; k++) {
        const p = probabilities[k]!;
        first[k] = weight * (p - (k === label ? 1 : 0));
        second[k] = weight * p * (1 - p);
      }
      return -weight * logTrue;
    },
  );
}
