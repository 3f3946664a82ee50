import { AppError } from '../../../contract/errors.ts';
import { softmaxRows } from '../../math/softmax.ts';
import { defineEstimator, type EstimatorDefinition, type FitInput } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import {
  arrayOf,
  classLabels,
  finiteNumber,
  integerIn,
  numberIn,
  optional,
  readParameters,
  seedRule,
  trueOrFalse,
} from '../parameters.ts';
import { applyDesign, designWidth, fitDesign, saveDesign, type Design } from './design.ts';
import { minimizeByNewton } from './newton.ts';
import { softmaxDerivatives, type SoftmaxData } from './softmax-objective.ts';

export interface LogisticRegressionParameters {
  /**
   * Inverse strength of the penalty, scikit-learn's C: the objective is the weighted sum of log losses
   * + 1 / C * sum((1 - l1Ratio) / 2 * d^2 + l1Ratio * |d|), d = coefficient - its prior; intercepts are free. Default 1.
   */
  readonly C: number;
  /** 0 = ridge (default), 1 = lasso, between = elastic net. */
  readonly l1Ratio: number;
  /** Penalise the coefficients of columns scaled to mean 0, deviation 1 (default true). */
  readonly standardise: boolean;
  /** Add a 0/1 column for each column that has missing values in the training rows (default false). */
  readonly missingIndicators: boolean;
  /** Classes x features in original units: the centre that the penalty shrinks towards. Default: 0. */
  readonly priorCoefficients?: readonly (readonly number[])[] | undefined;
  /** Class labels in column order; default: the labels that the target holds, ascending. */
  readonly classes?: readonly number[] | undefined;
  /** Share of the objective below which the predicted decrease ends the fit. Default 1e-14. */
  readonly tolerance: number;
  /** Default 100. */
  readonly maxIterations: number;
  /** Kept for the record; the fit is deterministic. */
  readonly seed: number;
}

/** Coefficients in the units of the raw columns. */
export interface LogisticCoefficients {
  readonly intercepts: Float64Array;
  /** Classes x features, row-major; missing-value indicators are left out. */
  readonly coefficients: Float64Array;
}

export interface LogisticRegression extends Estimator {
  /** Of the fitted model; refit another set towards these with `priorCoefficients`. */
  coefficients(): LogisticCoefficients;
}

interface Model {
  readonly design: Design;
  readonly classes: number;
  /** Classes x design width. */
  readonly weights: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

const defaults: LogisticRegressionParameters = {
  C: 1,
  l1Ratio: 0,
  standardise: true,
  missingIndicators: false,
  tolerance: 1e-14,
  maxIterations: 100,
  seed: 0,
};

/**
 * Multinomial logistic regression (softmax over one linear score a class), fitted to machine precision by Newton steps;
 * with an absolute penalty by proximal Newton steps. Missing values count as the fitted mean.
 */
export function createLogisticRegression(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): LogisticRegression {
  const resolved = readParameters('logistic-regression', parameters, {
    defaults,
    rules: {
      C: numberIn(0, Infinity, { openLow: true }),
      l1Ratio: numberIn(0, 1),
      standardise: trueOrFalse,
      missingIndicators: trueOrFalse,
      priorCoefficients: optional(arrayOf(arrayOf(finiteNumber))),
      classes: classLabels,
      tolerance: numberIn(0, 1),
      maxIterations: integerIn(1),
      seed: seedRule,
    },
  });
  const defined = defineEstimator(definition(resolved), saved);
  return Object.assign(defined.estimator, { coefficients: () => rawCoefficients(defined.fitted()) });
}

function definition(
  parameters: LogisticRegressionParameters,
): EstimatorDefinition<LogisticRegressionParameters, Model> {
  return {
    name: 'logistic-regression',
    task: 'classification',
    missing: 'impute',
    reportsEpochs: true,
    parameters,
    fit: (input) => fit(input, parameters),
    output: (model, features, initialScores) =>
      softmaxRows(linearScores(model, features, initialScores), model.classes),
    importances,
    save(model) {
      const { indicators, blobs } = saveDesign(model.design);
      const { classes, iterations, converged } = model;
      return {
        state: { indicators, classes, iterations, converged },
        blobs: { ...blobs, weights: model.weights },
      };
    },
    load({ state, blobs }) {
      const { indicators, ...rest } = state as Omit<Model, 'design' | 'weights'> & { indicators: number[] };
      const { means, scales, centres, weights } = blobs as Record<string, Float64Array>;
      return {
        ...rest,
        weights: weights!,
        design: { means: means!, scales: scales!, centres: centres!, indicators },
      };
    },
  };
}

function fit(input: FitInput, parameters: LogisticRegressionParameters): Model {
  const classes = input.classes.length;
  requireEveryClass(input);
  const design = fitDesign(input.features, input.weights, { ...parameters, signal: input.signal });
  const width = designWidth(design);
  const prior = standardisedPrior(design, classes, parameters.priorCoefficients);
  const values = applyDesign(design, input.features, input.signal);
  const data: SoftmaxData = {
    design: values,
    rows: input.features.rows,
    width,
    classes,
    labels: input.target,
    weights: input.weights,
    signal: input.signal,
    offsets: offsetsOf({ design: values, prior, classes, width, initialScores: input.initialScores }),
  };
  const strength = 1 / parameters.C;
  const ridge = strength * (1 - parameters.l1Ratio);
  const absolute = strength * parameters.l1Ratio;
  const size = classes * width;
  const isIntercept = (at: number) => at % width === 0;
  const result = minimizeByNewton(
    (at) => {
      const { loss, gradient, hessian } = softmaxDerivatives(data, at, { withHessian: true });
      let value = loss;
      for (let i = 0; i < size; i++) {
        if (isIntercept(i)) continue;
        value += (ridge / 2) * at[i]! * at[i]!;
        gradient[i]! += ridge * at[i]!;
        hessian![i * size + i]! += ridge;
      }
      pinSharedShift(hessian!, { width, classes, everyColumn: ridge === 0 });
      return { value, gradient, hessian: hessian! };
    },
    new Float64Array(size),
    {
      absolutePenalty:
        absolute > 0
          ? Float64Array.from({ length: size }, (_, i) => (isIntercept(i) ? 0 : absolute))
          : undefined,
      maxIterations: parameters.maxIterations,
      tolerance: parameters.tolerance,
      callbacks: input.callbacks,
      signal: input.signal,
    },
  );
  const weights = prior ? result.parameters.map((value, at) => value + prior[at]!) : result.parameters;
  return { design, classes, weights, iterations: result.iterations, converged: result.converged };
}

/**
 * Adding one number to a column's coefficient in every class changes no probability, so the Hessian is flat there
 * (for the intercepts always, for the other columns without a ridge). The gradient has no part in that direction; any
 * curvature put there makes the matrix invertible and leaves the step alone.
 */
function pinSharedShift(
  hessian: Float64Array,
  shape: { readonly width: number; readonly classes: number; readonly everyColumn: boolean },
): void {
  const { width, classes, everyColumn } = shape;
  const size = width * classes;
  for (let j = 0; j < (everyColumn ? width : 1); j++) {
    const unit = Math.max(hessian[j * size + j]!, 1e-3);
    for (let k = 0; k < classes; k++) {
      for (let l = 0; l < classes; l++) hessian[(k * width + j) * size + l * width + j]! += unit / classes;
    }
  }
}

function requireEveryClass(input: FitInput): void {
  const present = new Set<number>();
  for (let i = 0; i < input.target.length; i++) if (input.weights[i]! > 0) present.add(input.target[i]!);
  const absent = input.classes.filter((_, index) => !present.has(index));
  if (absent.length > 0) {
    throw new AppError(
      'HISTORY_TOO_SHORT',
      `no row has class ${absent.join(', ')}: its probability cannot be learnt`,
      {
        detail: { classes: absent.map(String) },
      },
    );
  }
}

function standardisedPrior(
  design: Design,
  classes: number,
  prior: readonly (readonly number[])[] | undefined,
): Float64Array | undefined {
  if (!prior) return undefined;
  const features = design.means.length;
  const width = designWidth(design);
  if (prior.length !== classes || prior.some((row) => row.length !== features)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `priorCoefficients: expected ${classes} rows of ${features} numbers`,
    );
  }
  const out = new Float64Array(classes * width);
  for (let k = 0; k < classes; k++) {
    for (let j = 0; j < features; j++) out[k * width + 1 + j] = prior[k]![j]! * design.scales[j]!;
  }
  return out;
}

function offsetsOf(parts: {
  readonly design: Float64Array;
  readonly prior: Float64Array | undefined;
  readonly classes: number;
  readonly width: number;
  readonly initialScores: Float64Array | undefined;
}): Float64Array | undefined {
  const { design, prior, classes, width, initialScores } = parts;
  return prior ? addScores(design, prior, { classes, width, initialScores }) : initialScores;
}

/** Rows x classes linear scores: initial scores plus the design times the weights. */
function addScores(
  design: Float64Array,
  weights: Float64Array,
  shape: {
    readonly classes: number;
    readonly width: number;
    readonly initialScores: Float64Array | undefined;
  },
): Float64Array {
  const { classes, width, initialScores } = shape;
  const rows = design.length / width;
  const scores = initialScores ? Float64Array.from(initialScores) : new Float64Array(rows * classes);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < classes; k++) {
      let sum = scores[i * classes + k]!;
      for (let j = 0; j < width; j++) sum += weights[k * width + j]! * design[i * width + j]!;
      scores[i * classes + k] = sum;
    }
  }
  return scores;
}

function linearScores(model: Model, features: Matrix, initialScores: Float64Array | undefined): Float64Array {
  const { classes, design, weights } = model;
  return addScores(applyDesign(design, features), weights, {
    classes,
    width: designWidth(design),
    initialScores,
  });
}

/** Mean absolute coefficient of the scaled column over the classes. */
function importances(model: Model): Float64Array {
  const { classes, design, weights } = model;
  const width = designWidth(design);
  return design.means.map((_, j) => {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.abs(weights[k * width + 1 + j]!);
    return sum / classes;
  });
}

function rawCoefficients(model: Model): LogisticCoefficients {
  const { classes, design, weights } = model;
  const features = design.means.length;
  const width = designWidth(design);
  const coefficients = new Float64Array(classes * features);
  const intercepts = new Float64Array(classes);
  for (let k = 0; k < classes; k++) {
    let intercept = weights[k * width]!;
    for (let j = 0; j < features; j++) {
      const raw = weights[k * width + 1 + j]! / design.scales[j]!;
      coefficients[k * features + j] = raw;
      intercept -= raw * design.centres[j]!;
    }
    intercepts[k] = intercept;
  }
  return { intercepts, coefficients };
}
