import { AppError } from '../../../contract/errors.ts';
import { sigmoid } from '../../math/softmax.ts';
import { defineEstimator, throwIfCancelled, type FitInput } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import { classLabels, readParameters } from '../parameters.ts';
import {
  fitPenalised,
  loadLinearModel,
  mirror,
  penalisedDefaults,
  penalisedRules,
  rawSlopes,
  saveLinearModel,
  slopeImportances,
  slopeScores,
  type DesignColumns,
  type LinearModel,
  type PenalisedParameters,
} from './penalised-fit.ts';
import type { SmoothValue } from './newton.ts';

export interface OrderedLogitParameters extends PenalisedParameters {
  /** Class labels from the lowest to the highest; default: the labels that the target holds, ascending. */
  readonly classes?: readonly number[] | undefined;
}

export interface OrderedLogit extends Estimator {
  /** In the units of the raw columns: P(class <= k) = sigmoid(thresholds[k] - coefficients . x). */
  coefficients(): { readonly thresholds: Float64Array; readonly coefficients: Float64Array };
}

/**
 * Ordered logit, also called proportional odds (McCullagh 1980): one score orders home win, draw and away win, and
 * thresholds part them. `initialScores` hold one number a row, added to the score.
 */
export function createOrderedLogit(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): OrderedLogit {
  const resolved = readParameters<OrderedLogitParameters>('ordered-logit', parameters, {
    defaults: penalisedDefaults,
    rules: { ...penalisedRules, classes: classLabels },
  });
  const defined = defineEstimator<OrderedLogitParameters, LinearModel>(
    {
      name: 'ordered-logit',
      task: 'classification',
      missing: 'impute',
      reportsEpochs: true,
      parameters: resolved,
      outputs: () => 1,
      fit: (input) => fit(input, resolved),
      output: (model, features, initialScores) =>
        probabilities(model, slopeScores(model, features, initialScores)),
      importances: slopeImportances,
      save: saveLinearModel,
      load: loadLinearModel,
    },
    saved,
  );
  return Object.assign(defined.estimator, {
    coefficients() {
      const model = defined.fitted();
      const { coefficients, shift } = rawSlopes(model);
      return {
        thresholds: model.weights.slice(0, model.free).map((threshold) => threshold - shift),
        coefficients,
      };
    },
  });
}

function probabilities({ free, weights }: LinearModel, scores: Float64Array): Float64Array {
  const classes = free + 1;
  const out = new Float64Array(scores.length * classes);
  scores.forEach((score, i) => {
    let below = 0;
    for (let k = 0; k < classes; k++) {
      const upTo = k < free ? sigmoid(weights[k]! - score) : 1;
      out[i * classes + k] = upTo - below;
      below = upTo;
    }
  });
  return out;
}

function fit(input: FitInput, parameters: PenalisedParameters): LinearModel {
  const { classes, target, weights } = input;
  const counts = new Float64Array(classes.length);
  for (let i = 0; i < target.length; i++) counts[target[i]!]! += weights[i]!;
  const absent = classes.filter((_, k) => counts[k] === 0);
  if (absent.length > 0) {
    throw new AppError(
      'HISTORY_TOO_SHORT',
      `no row has class ${absent.join(', ')}: its threshold cannot be learnt`,
      {
        detail: { classes: absent.map(String) },
      },
    );
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const start = new Float64Array(classes.length - 1);
  for (let k = 0, upTo = 0; k < start.length; k++) {
    upTo += counts[k]! / total;
    start[k] = Math.log(upTo / (1 - upTo));
  }
  const free = start.length;
  return fitPenalised(input, parameters, {
    free,
    start,
    evaluate: (columns, at) => evaluate(input, columns, at),
  });
}

/**
 * Minus the log likelihood. With u and l the upper and lower threshold less the score, p = sigmoid(u) - sigmoid(l), and
 * a = f(u) / p, b = f(l) / p for the logistic density f; both are written so that nothing cancels for scores far out.
 */
function evaluate(input: FitInput, columns: DesignColumns, at: Float64Array): SmoothValue {
  const { target, weights, initialScores, classes } = input;
  const { values, rows, width } = columns;
  const free = classes.length - 1;
  const size = free + width - 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const result = { value: Infinity, gradient, hessian };
  for (let k = 1; k < free; k++) if (!(at[k]! > at[k - 1]!)) return result;
  let value = 0;
  for (let i = 0; i < rows; i++) {
    if (i % 1024 === 0) throwIfCancelled(input.signal);
    const weight = weights[i]!;
    if (weight === 0) continue;
    const row = i * width + 1;
    let score = initialScores?.[i] ?? 0;
    for (let j = 0; j < width - 1; j++) score += at[free + j]! * values[row + j]!;
    const label = target[i]!;
    const u = label < free ? at[label]! - score : Infinity;
    const l = label > 0 ? at[label - 1]! - score : -Infinity;
    const gap = u === Infinity || l === -Infinity ? 1 : -Math.expm1(l - u);
    const a = sigmoid(-u) / (sigmoid(-l) * gap);
    const b = sigmoid(l) / (sigmoid(u) * gap);
    value -= weight * (Math.log(gap) - softplus(-u) - softplus(l));
    const upper = weight * (a * a - a * (1 - 2 * sigmoid(u)));
    const lower = weight * (b * b + b * (1 - 2 * sigmoid(l)));
    const mixed = -weight * a * b;
    addThresholds(
      { label, free, size, gradient, hessian },
      { a: weight * a, b: weight * b, upper, lower, mixed },
    );
    const slope = weight * (a - b);
    const curvature = upper + lower + 2 * mixed;
    for (let j = 0; j < width - 1; j++) {
      const x = values[row + j]!;
      const place = (free + j) * size;
      gradient[free + j]! += slope * x;
      if (label < free) hessian[place + label]! -= (upper + mixed) * x;
      if (label > 0) hessian[place + label - 1]! -= (lower + mixed) * x;
      for (let m = 0; m <= j; m++) hessian[place + free + m]! += curvature * x * values[row + m]!;
    }
  }
  mirror(hessian, size);
  return { ...result, value };
}

function addThresholds(
  into: { label: number; free: number; size: number; gradient: Float64Array; hessian: Float64Array },
  by: { a: number; b: number; upper: number; lower: number; mixed: number },
): void {
  const { label, free, size, gradient, hessian } = into;
  if (label < free) {
    gradient[label]! -= by.a;
    hessian[label * size + label]! += by.upper;
  }
  if (label > 0) {
    gradient[label - 1]! += by.b;
    hessian[(label - 1) * size + label - 1]! += by.lower;
  }
  if (label > 0 && label < free) hessian[label * size + label - 1]! += by.mixed;
}

/** log(1 + exp(z)), 0 at -Infinity. */
function softplus(z: number): number {
  return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
}
