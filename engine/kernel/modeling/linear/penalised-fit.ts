import { AppError } from '../../../contract/errors.ts';
import type { FitInput } from '../define-estimator.ts';
import type { Matrix } from '../matrix.ts';
import { integerIn, numberIn, seedRule, trueOrFalse } from '../parameters.ts';
import { applyDesign, designWidth, fitDesign, saveDesign, type Design } from './design.ts';
import { minimizeByNewton, type SmoothValue } from './newton.ts';

/** Hyper-parameters that every linear model with one score a row shares. */
export interface PenalisedParameters {
  /**
   * Strength of the penalty alpha * ((1 - l1Ratio) / 2 * sum(d^2) + l1Ratio * sum(|d|)) on the coefficients; intercepts
   * and thresholds are free. Default 1.
   */
  readonly alpha: number;
  /** 0 = ridge (default), 1 = lasso. */
  readonly l1Ratio: number;
  /** Penalise the coefficients of columns scaled to mean 0, deviation 1 (default true). */
  readonly standardise: boolean;
  /** Add a 0/1 column for each column that has missing values in the training rows (default false). */
  readonly missingIndicators: boolean;
  /** Share of the objective below which the predicted decrease ends the fit. Default 1e-14. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Kept for the record; the fit is deterministic. */
  readonly seed: number;
}

export const penalisedDefaults: PenalisedParameters = {
  alpha: 1,
  l1Ratio: 0,
  standardise: true,
  missingIndicators: false,
  tolerance: 1e-14,
  maxIterations: 100,
  seed: 0,
};

export const penalisedRules = {
  alpha: numberIn(0, Infinity, { openHigh: true }),
  l1Ratio: numberIn(0, 1),
  standardise: trueOrFalse,
  missingIndicators: trueOrFalse,
  tolerance: numberIn(0, 1),
  maxIterations: integerIn(1),
  seed: seedRule,
};

/** A fitted linear model: `free` unpenalised numbers (intercept or thresholds), then one coefficient a design column. */
export interface LinearModel {
  readonly design: Design;
  readonly free: number;
  readonly weights: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/** What a model adds to the shared fit: its loss on the design without the intercept's column of ones. */
export interface LinearLoss {
  readonly free: number;
  readonly start: Float64Array;
  evaluate(columns: DesignColumns, at: Float64Array): SmoothValue;
}

export interface DesignColumns {
  readonly values: Float64Array;
  readonly rows: number;
  /** Numbers a row; the first is a 1 that is left to the model. */
  readonly width: number;
}

/** Fits loss plus penalty by Newton steps (proximal ones where the penalty is absolute). */
export function fitPenalised(
  input: FitInput,
  parameters: PenalisedParameters,
  loss: LinearLoss,
): LinearModel {
  const design = fitDesign(input.features, input.weights, { ...parameters, signal: input.signal });
  const width = designWidth(design);
  const columns = {
    values: applyDesign(design, input.features, input.signal),
    rows: input.features.rows,
    width,
  };
  const { free } = loss;
  const size = free + width - 1;
  const ridge = parameters.alpha * (1 - parameters.l1Ratio);
  const absolute = parameters.alpha * parameters.l1Ratio;
  const start = new Float64Array(size);
  start.set(loss.start);
  const result = minimizeByNewton(
    (at) => {
      const { value, gradient, hessian } = loss.evaluate(columns, at);
      let penalty = 0;
      for (let i = free; i < size; i++) {
        penalty += (ridge / 2) * at[i]! * at[i]!;
        gradient[i]! += ridge * at[i]!;
        hessian[i * size + i]! += ridge;
      }
      return { value: value + penalty, gradient, hessian };
    },
    start,
    {
      absolutePenalty:
        absolute > 0 ? Float64Array.from({ length: size }, (_, i) => (i < free ? 0 : absolute)) : undefined,
      maxIterations: parameters.maxIterations,
      tolerance: parameters.tolerance,
      callbacks: input.callbacks,
      signal: input.signal,
    },
  );
  if (!result.parameters.every(Number.isFinite)) {
    throw new AppError('MODEL_INVALID', 'the fit left the finite numbers; is a column far out of range?');
  }
  return {
    design,
    free,
    weights: result.parameters,
    iterations: result.iterations,
    converged: result.converged,
  };
}

/** The linear scores of rows, without the free numbers, on top of the initial ones. */
export function slopeScores(
  { design, free, weights }: LinearModel,
  features: Matrix,
  initialScores: Float64Array | undefined,
): Float64Array {
  const values = applyDesign(design, features);
  const width = designWidth(design);
  const scores = initialScores ? Float64Array.from(initialScores) : new Float64Array(features.rows);
  for (let i = 0; i < features.rows; i++) {
    let sum = 0;
    for (let j = 1; j < width; j++) sum += weights[free + j - 1]! * values[i * width + j]!;
    scores[i]! += sum;
  }
  return scores;
}

/** Coefficients in the units of the raw columns, and what they add up to at a raw 0. */
export function rawSlopes({ design, free, weights }: LinearModel): {
  coefficients: Float64Array;
  shift: number;
} {
  let shift = 0;
  const coefficients = design.means.map((_, j) => {
    const raw = weights[free + j]! / design.scales[j]!;
    shift -= raw * design.centres[j]!;
    return raw;
  });
  return { coefficients, shift };
}

/** Absolute coefficient of each scaled column. */
export function slopeImportances({ design, free, weights }: LinearModel): Float64Array {
  return design.means.map((_, j) => Math.abs(weights[free + j]!));
}

export function saveLinearModel(model: LinearModel): { state: unknown; blobs: Record<string, Float64Array> } {
  const { indicators, blobs } = saveDesign(model.design);
  const { free, iterations, converged } = model;
  return { state: { indicators, free, iterations, converged }, blobs: { ...blobs, weights: model.weights } };
}

export function loadLinearModel(saved: {
  readonly state: unknown;
  readonly blobs?: Readonly<Record<string, Float32Array | Float64Array>> | undefined;
}): LinearModel {
  const { indicators, ...rest } = saved.state as Omit<LinearModel, 'design' | 'weights'> & {
    indicators: number[];
  };
  const { means, scales, centres, weights } = saved.blobs as Record<string, Float64Array>;
  const design = { means: means!, scales: scales!, centres: centres!, indicators };
  return { ...rest, weights: weights!, design };
}

/**
 * Adds one row's part to gradient and Hessian when the loss depends on the row by one score: `slope` and `curvature` are
 * its derivatives by the score, the intercept is parameter 0. Only the lower triangle is filled; see `mirror`.
 */
export function addScoreRow(
  { values, width }: DesignColumns,
  row: number,
  into: {
    readonly slope: number;
    readonly curvature: number;
    readonly gradient: Float64Array;
    readonly hessian: Float64Array;
  },
): void {
  const { slope, curvature, gradient, hessian } = into;
  const from = row * width;
  for (let a = 0; a < width; a++) {
    const x = values[from + a]!;
    gradient[a]! += slope * x;
    const scaled = curvature * x;
    for (let b = 0; b <= a; b++) hessian[a * width + b]! += scaled * values[from + b]!;
  }
}

/** Copies the lower triangle of a square matrix into the upper one. */
export function mirror(matrix: Float64Array, size: number): void {
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) matrix[b * size + a] = matrix[a * size + b]!;
}
