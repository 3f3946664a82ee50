import { AppError } from '../../../contract/errors.ts';
import { defineEstimator, throwIfCancelled, type FitInput } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import { readParameters } from '../parameters.ts';
import {
  addScoreRow,
  fitPenalised,
  loadLinearModel,
  mirror,
  penalisedDefaults,
  penalisedRules,
  rawSlopes,
  saveLinearModel,
  slopeImportances,
  slopeScores,
  type LinearModel,
  type PenalisedParameters,
} from './penalised-fit.ts';

export interface LinearRegression extends Estimator {
  /** In the units of the raw columns; missing-value indicators are left out. */
  coefficients(): { readonly intercept: number; readonly coefficients: Float64Array };
}

/** How a linear score makes a mean: loss, its derivatives by the score, and the link. */
interface Family {
  readonly name: string;
  checkTarget(target: Float64Array): void;
  startScore(mean: number): number;
  loss(score: number, target: number): number;
  slope(score: number, target: number): number;
  curvature(score: number): number;
  mean(score: number): number;
}

const gaussian: Family = {
  name: 'linear-regression',
  checkTarget: () => undefined,
  startScore: (mean) => mean,
  loss: (score, target) => 0.5 * (score - target) ** 2,
  slope: (score, target) => score - target,
  curvature: () => 1,
  mean: (score) => score,
};

const poisson: Family = {
  name: 'poisson-regression',
  checkTarget(target) {
    const negative = target.find((count) => count < 0);
    if (negative !== undefined) {
      throw new AppError('MODEL_INVALID', `poisson-regression takes counts of 0 or more, got ${negative}`);
    }
  },
  startScore: (mean) => Math.log(Math.max(mean, 1e-9)),
  loss: (score, target) => Math.exp(score) - target * score,
  slope: (score, target) => Math.exp(score) - target,
  curvature: (score) => Math.exp(score),
  mean: (score) => Math.exp(score),
};

/**
 * Linear regression by half the weighted sum of squares plus the penalty: least squares (alpha 0), ridge (scikit-learn's
 * `Ridge`), lasso or elastic net. Missing values count as the fitted mean.
 */
export function createLinearRegression(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): LinearRegression {
  return createFromFamily(gaussian, parameters, saved);
}

/** Poisson regression with a logarithmic link (McCullagh and Nelder 1989): mean = exp(score). */
export function createPoissonRegression(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): LinearRegression {
  return createFromFamily(poisson, parameters, saved);
}

function createFromFamily(
  family: Family,
  parameters: Readonly<Record<string, unknown>>,
  saved: SavedEstimator | undefined,
): LinearRegression {
  const resolved = readParameters(family.name, parameters, {
    defaults: penalisedDefaults,
    rules: penalisedRules,
  });
  const defined = defineEstimator<PenalisedParameters, LinearModel>(
    {
      name: family.name,
      task: 'regression',
      missing: 'impute',
      reportsEpochs: true,
      parameters: resolved,
      fit: (input) => fit(input, family, resolved),
      output(model, features, initialScores) {
        const intercept = model.weights[0]!;
        return slopeScores(model, features, initialScores).map((score) => family.mean(score + intercept));
      },
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
      return { intercept: model.weights[0]! + shift, coefficients };
    },
  });
}

function fit(input: FitInput, family: Family, parameters: PenalisedParameters): LinearModel {
  const { target, weights, initialScores } = input;
  family.checkTarget(target);
  let total = 0;
  let sum = 0;
  for (let i = 0; i < target.length; i++) {
    total += weights[i]!;
    sum += weights[i]! * target[i]!;
  }
  return fitPenalised(input, parameters, {
    free: 1,
    start: Float64Array.of(initialScores ? 0 : family.startScore(sum / total)),
    evaluate(columns, at) {
      const { values, rows, width } = columns;
      const gradient = new Float64Array(width);
      const hessian = new Float64Array(width * width);
      let value = 0;
      for (let i = 0; i < rows; i++) {
        if (i % 1024 === 0) throwIfCancelled(input.signal);
        const weight = weights[i]!;
        if (weight === 0) continue;
        let score = initialScores?.[i] ?? 0;
        for (let j = 0; j < width; j++) score += at[j]! * values[i * width + j]!;
        value += weight * family.loss(score, target[i]!);
        const slope = weight * family.slope(score, target[i]!);
        addScoreRow(columns, i, { slope, curvature: weight * family.curvature(score), gradient, hessian });
      }
      mirror(hessian, width);
      return { value, gradient, hessian };
    },
  });
}
