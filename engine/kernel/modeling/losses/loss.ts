import { AppError } from '../../../contract/errors.ts';
import { sigmoid } from '../../math/softmax.ts';

/** What a loss is about; decides what `target` holds. */
export type LossFamily = 'classification' | 'ordinal' | 'ranking' | 'regression' | 'betting';

/**
 * How the diagonal Hessian relates to the true second derivative: `exact`; `upper-bound` (never below it, always > 0,
 * so a Newton step never overshoots in one coordinate); `gauss-newton` (the curvature of the outer square only, >= 0).
 */
export type HessianKind = 'exact' | 'upper-bound' | 'gauss-newton';

/** One batch of raw scores with everything a loss may ask for. Rows = `target.length`. */
export interface LossBatch {
  /** Row-major rows x outputs, before any link function. */
  readonly scores: Float64Array;
  /** Class numbers (0-based), relevance grades, or real values; one a row. */
  readonly target: Float64Array;
  /** One weight a row, >= 0; default 1. */
  readonly weights?: Float64Array | undefined;
  /** Ranking: group id of each row; rows of one group need not be adjacent. Default: one group. */
  readonly groups?: ArrayLike<number> | undefined;
  /** Betting: decimal odds that were recorded for each outcome, row-major rows x outputs; NaN = no price, no stake. */
  readonly prices?: Float64Array | undefined;
  /** Trading: the return that a position of 1 would have earned, one a row. */
  readonly returns?: Float64Array | undefined;
}

/** Where `evaluate` writes; both as long as `scores`. */
export interface LossDerivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/**
 * A loss on raw scores. `evaluate` returns the mean loss per unit of weight. The derivatives it writes are those of
 * `mean x total weight` (for a sum over rows: `w_i * dl_i/ds`, boosting's convention); a network divides by the total weight.
 */
export interface Loss {
  readonly name: string;
  readonly family: LossFamily;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly hessianKind: HessianKind;
  /** True when the minimiser is not the true probability: a calibrator must follow. */
  readonly biasesProbabilities: boolean;
  /** Scores a row for so many classes (0 or 1 for regression). */
  outputs(classes: number): number;
  evaluate(batch: LossBatch, out?: LossDerivatives): number;
  /** Scores to what they mean: row-major class probabilities, the mean, the rank score, or the stake. */
  predict(scores: Float64Array, rows: number): Float64Array;
}

export type LossParameters = Readonly<Record<string, unknown>>;

/** The total of the weights, or the number of rows. */
export function totalWeight(batch: LossBatch): number {
  if (!batch.weights) return batch.target.length;
  let total = 0;
  for (let i = 0; i < batch.weights.length; i++) total += batch.weights[i]!;
  return total;
}

/** Reads a number from a loss's parameters. Throws CONFIGURATION_INVALID outside [min, max]. */
export function numberParameter(
  parameters: LossParameters,
  name: string,
  bounds: { fallback: number; min: number; max: number },
): number {
  const value = parameters[name] ?? bounds.fallback;
  if (typeof value !== 'number' || !(value >= bounds.min && value <= bounds.max)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `${name}: expected a number in [${bounds.min}, ${bounds.max}], got ${String(value)}`,
      { detail: { name } },
    );
  }
  return value;
}

/** Reads a list of finite numbers; undefined when absent. Throws CONFIGURATION_INVALID for anything else. */
export function numbersParameter(parameters: LossParameters, name: string): readonly number[] | undefined {
  const value = parameters[name];
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((item): item is number => Number.isFinite(item))) {
    throw new AppError('CONFIGURATION_INVALID', `${name}: expected a list of finite numbers`, {
      detail: { name },
    });
  }
  return value;
}

/** Softmax of one row into `into`; returns log of the normaliser, so that log p_k = score_k - answer. */
export function softmaxRow(scores: Float64Array, start: number, into: Float64Array): number {
  const outputs = into.length;
  let top = -Infinity;
  for (let k = 0; k < outputs; k++) if (scores[start + k]! > top) top = scores[start + k]!;
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += into[k] = Math.exp(scores[start + k]! - top);
  for (let k = 0; k < outputs; k++) into[k]! /= sum;
  return top + Math.log(sum);
}

/** Row-wise softmax: the link of every multi-class loss. */
export function softmaxLink(scores: Float64Array, rows: number): Float64Array {
  const outputs = scores.length / rows;
  const result = new Float64Array(scores.length);
  for (let i = 0; i < rows; i++)
    softmaxRow(scores, i * outputs, result.subarray(i * outputs, (i + 1) * outputs));
  return result;
}

/** One logit a row to the two columns (1 - p, p). */
export function sigmoidLink(scores: Float64Array): Float64Array {
  const result = new Float64Array(scores.length * 2);
  for (let i = 0; i < scores.length; i++) {
    const p = sigmoid(scores[i]!);
    result[2 * i] = 1 - p;
    result[2 * i + 1] = p;
  }
  return result;
}

export function identityLink(scores: Float64Array): Float64Array {
  return scores.slice();
}
