import { brierOf, hitOf, logLossOf, rankedProbabilityScoreOf } from '../../evaluation/scores.ts';

/** Measures of one part; names are what experiments record. Lower is better for all but accuracy. */
export type PartMeasures = Readonly<Record<string, number>>;

export interface ClassForecast {
  /** Rows x classes. */
  readonly probabilities: Float64Array;
  /** Class index of each row. */
  readonly outcomes: ArrayLike<number>;
  readonly classes: number;
  readonly weights?: ArrayLike<number> | undefined;
}

/** Weighted means of the log loss, ranked probability score (classes in order), Brier score and hits. */
export function measureClasses({ probabilities, outcomes, classes, weights }: ClassForecast): PartMeasures {
  let logLoss = 0;
  let rps = 0;
  let brier = 0;
  let accuracy = 0;
  let total = 0;
  for (let i = 0, at = 0; i < outcomes.length; i++, at += classes) {
    const weight = weights ? weights[i]! : 1;
    const outcome = outcomes[i]!;
    logLoss += weight * logLossOf(probabilities, at, outcome, classes);
    rps += weight * rankedProbabilityScoreOf(probabilities, at, outcome, classes);
    brier += weight * brierOf(probabilities, at, outcome, classes);
    accuracy += weight * hitOf(probabilities, at, outcome, classes);
    total += weight;
  }
  return { logLoss: logLoss / total, rps: rps / total, brier: brier / total, accuracy: accuracy / total };
}

/** Weighted root mean squared error, mean absolute error, and bias (mean of forecast - target). */
export function measureValues(
  forecasts: Float64Array,
  target: Float64Array,
  weights?: Float64Array,
): PartMeasures {
  let squared = 0;
  let absolute = 0;
  let bias = 0;
  let total = 0;
  for (let i = 0; i < target.length; i++) {
    const weight = weights ? weights[i]! : 1;
    const error = forecasts[i]! - target[i]!;
    squared += weight * error * error;
    absolute += weight * Math.abs(error);
    bias += weight * error;
    total += weight;
  }
  return {
    rootMeanSquaredError: Math.sqrt(squared / total),
    meanAbsoluteError: absolute / total,
    bias: bias / total,
  };
}
