import { AppError } from '../../../contract/errors.ts';
import { sigmoid, softmaxRows } from '../../math/softmax.ts';
import type { EstimatorTask } from '../estimator.ts';

/** Rows as an objective sees them. */
export interface ScoredRows {
  /** Output after output: the score of row i for output k is at k * stride + i. */
  readonly scores: Float64Array;
  readonly stride: number;
  /** Class index or number. */
  readonly target: Float64Array;
  readonly weights: Float64Array;
  readonly rows: number;
  readonly outputs: number;
}

/** A loss to boost, with XGBoost's name, derivatives and link. */
export interface Objective {
  readonly name: string;
  readonly task: EstimatorTask;
  outputs(classes: number): number;
  /** The scores of the best constant forecast. */
  baseScores(target: Float64Array, weights: Float64Array, classes: number): Float64Array;
  /** The score of XGBoost's `base_score`, which is given on the scale of the prediction. */
  scoreOfBase(base: number): number;
  /** First and second derivatives by the score, weights included, in the order of the scores. */
  derivatives(at: ScoredRows, gradient: Float64Array, hessian: Float64Array): void;
  /** The largest gradient and Hessian of a row of weight 1, where they are bounded. */
  readonly bounds?: { readonly gradient: number; readonly hessian: number };
  /** Probabilities (rows x classes) or means from scores (rows x outputs); may use the array it is given. */
  predict(scores: Float64Array, classes: number): Float64Array;
  /** Mean loss, the measure of early stopping, under XGBoost's name `metric`. */
  loss(at: ScoredRows): number;
  readonly metric: string;
  /** The best leaf value for given residuals (target - score), where a Newton step would not do. */
  leafValue?(residuals: Float64Array, weights: Float64Array): number;
}

export interface ObjectiveSettings {
  /** Poisson: bounds the step by the Hessian exp(score + maxDeltaStep). */
  readonly maxDeltaStep: number;
  readonly quantileAlpha: number;
}

const leastHessian = 1e-16;
const leastShare = 1e-6;

export function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]! * weights[i]!;
    total += weights[i]!;
  }
  return sum / total;
}

function meanOver(at: ScoredRows, lossOf: (row: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < at.rows; i++) {
    sum += at.weights[i]! * lossOf(i);
    total += at.weights[i]!;
  }
  return sum / total;
}

/** Softmax over one score a class; Hessian 2 p (1 - p), the bound that XGBoost uses. */
const softprob: Objective = {
  name: 'multi:softprob',
  task: 'classification',
  metric: 'mlogloss',
  bounds: { gradient: 1, hessian: 0.5 },
  outputs: (classes) => classes,
  baseScores(target, weights, classes) {
    const shares = new Float64Array(classes);
    for (let i = 0; i < target.length; i++) shares[target[i]!]! += weights[i]!;
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => Math.log(Math.max(leastShare, share / total)));
  },
  scoreOfBase: (base) => base,
  derivatives({ scores, stride, target, weights, rows, outputs }, gradient, hessian) {
    const p = new Float64Array(outputs);
    for (let i = 0; i < rows; i++) {
      let top = scores[i]!;
      for (let k = 1; k < outputs; k++) top = Math.max(top, scores[k * stride + i]!);
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += p[k] = Math.exp(scores[k * stride + i]! - top);
      const weight = weights[i]!;
      for (let k = 0; k < outputs; k++) {
        const share = p[k]! / sum;
        gradient[k * stride + i] = weight * (share - (k === target[i] ? 1 : 0));
        hessian[k * stride + i] = weight * Math.max(leastHessian, 2 * share * (1 - share));
      }
    }
  },
  predict: (scores, classes) => softmaxRows(scores, classes),
  loss(at) {
    const { scores, stride, target, outputs } = at;
    return meanOver(at, (row) => {
      let top = -Infinity;
      for (let k = 0; k < outputs; k++) top = Math.max(top, scores[k * stride + row]!);
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += Math.exp(scores[k * stride + row]! - top);
      return Math.log(sum) + top - scores[target[row]! * stride + row]!;
    });
  },
};

/** One score, the log odds of the second class. */
const logistic: Objective = {
  name: 'binary:logistic',
  task: 'classification',
  metric: 'logloss',
  bounds: { gradient: 1, hessian: 0.25 },
  outputs: () => 1,
  baseScores(target, weights, classes) {
    if (classes > 2) {
      throw new AppError('CONFIGURATION_INVALID', `binary:logistic tells 2 classes apart, not ${classes}`);
    }
    const share = Math.min(1 - leastShare, Math.max(leastShare, weightedMean(target, weights)));
    return Float64Array.of(Math.log(share / (1 - share)));
  },
  scoreOfBase: (base) => Math.log(base / (1 - base)),
  derivatives({ scores, target, weights, rows }, gradient, hessian) {
    for (let i = 0; i < rows; i++) {
      const p = sigmoid(scores[i]!);
      gradient[i] = weights[i]! * (p - target[i]!);
      hessian[i] = weights[i]! * Math.max(leastHessian, p * (1 - p));
    }
  },
  predict(scores, classes) {
    if (classes === 1) return new Float64Array(scores.length).fill(1);
    const out = new Float64Array(2 * scores.length);
    for (let i = 0; i < scores.length; i++) {
      const p = sigmoid(scores[i]!);
      out[2 * i] = 1 - p;
      out[2 * i + 1] = p;
    }
    return out;
  },
  loss: (at) =>
    meanOver(at, (row) => {
      const margin = at.target[row] === 1 ? at.scores[row]! : -at.scores[row]!;
      return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
    }),
};

/** Half the squared error, measured as its root mean. */
const squaredError: Objective = {
  name: 'reg:squarederror',
  task: 'regression',
  metric: 'rmse',
  outputs: () => 1,
  baseScores: (target, weights) => Float64Array.of(weightedMean(target, weights)),
  scoreOfBase: (base) => base,
  derivatives({ scores, target, weights, rows }, gradient, hessian) {
    for (let i = 0; i < rows; i++) {
      gradient[i] = weights[i]! * (scores[i]! - target[i]!);
      hessian[i] = weights[i]!;
    }
  },
  predict: (scores) => scores,
  loss: (at) => Math.sqrt(meanOver(at, (row) => (at.scores[row]! - at.target[row]!) ** 2)),
};

function poisson({ maxDeltaStep }: ObjectiveSettings): Objective {
  return {
    name: 'count:poisson',
    task: 'regression',
    metric: 'poisson-nloglik',
    outputs: () => 1,
    baseScores(target, weights) {
      const negative = target.find((y) => y < 0);
      if (negative !== undefined) {
        throw new AppError('MODEL_INVALID', `count:poisson takes counts of 0 or more, got ${negative}`);
      }
      return Float64Array.of(Math.log(Math.max(leastShare, weightedMean(target, weights))));
    },
    scoreOfBase: (base) => Math.log(base),
    derivatives({ scores, target, weights, rows }, gradient, hessian) {
      for (let i = 0; i < rows; i++) {
        gradient[i] = weights[i]! * (Math.exp(scores[i]!) - target[i]!);
        hessian[i] = weights[i]! * Math.exp(scores[i]! + maxDeltaStep);
      }
    },
    predict: (scores) => scores.map(Math.exp),
    // Without the term that only the target decides.
    loss: (at) => meanOver(at, (row) => Math.exp(at.scores[row]!) - at.target[row]! * at.scores[row]!),
  };
}

/** Pinball loss; its gradient only tells the side, so leaves take the quantile of their residuals (Friedman 2001). */
function quantile({ quantileAlpha: alpha }: ObjectiveSettings): Objective {
  return {
    name: 'reg:quantileerror',
    task: 'regression',
    metric: 'quantile',
    outputs: () => 1,
    baseScores: (target, weights) => Float64Array.of(weightedQuantile(target, weights, alpha)),
    scoreOfBase: (base) => base,
    derivatives({ scores, target, weights, rows }, gradient, hessian) {
      for (let i = 0; i < rows; i++) {
        gradient[i] = weights[i]! * (scores[i]! >= target[i]! ? 1 - alpha : -alpha);
        hessian[i] = weights[i]!;
      }
    },
    predict: (scores) => scores,
    loss: (at) =>
      meanOver(at, (row) => {
        const error = at.target[row]! - at.scores[row]!;
        return error >= 0 ? alpha * error : (alpha - 1) * error;
      }),
    leafValue: (residuals, weights) => weightedQuantile(residuals, weights, alpha),
  };
}

/** The least value with at least the given share of the weight at or below it. */
export function weightedQuantile(values: Float64Array, weights: Float64Array, share: number): number {
  const order = Array.from(values.keys())
    .filter((i) => weights[i]! > 0)
    .sort((a, b) => values[a]! - values[b]!);
  const total = order.reduce((sum, i) => sum + weights[i]!, 0);
  let sum = 0;
  for (const i of order) {
    sum += weights[i]!;
    if (sum >= share * total * (1 - 1e-12)) return values[i]!;
  }
  return 0;
}

const objectives: Readonly<Record<string, (settings: ObjectiveSettings) => Objective>> = {
  'multi:softprob': () => softprob,
  'binary:logistic': () => logistic,
  'reg:squarederror': () => squaredError,
  'count:poisson': poisson,
  'reg:quantileerror': quantile,
};

export const objectiveNames: readonly string[] = Object.keys(objectives);

/** The objective of that name, which must be one of `objectiveNames`. */
export function objectiveNamed(name: string, settings: ObjectiveSettings): Objective {
  return objectives[name]!(settings);
}
