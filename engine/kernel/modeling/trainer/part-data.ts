import type { CheckPart } from '../checks/check.ts';
import { selectRows } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';
import type { TimedRows } from '../splitting/timed-rows.ts';

/** Everything known about the rows of one training job; row i of each array is row i of `features`. */
export interface TrainingData {
  readonly features: Matrix;
  readonly target: Float64Array;
  readonly weights?: Float64Array | undefined;
  /** Rows x outputs scores to start from. */
  readonly initialScores?: Float64Array | undefined;
  readonly times?: TimedRows | undefined;
  /** The latest instant of anything that went into a row's features. */
  readonly featuresKnownAt?: ArrayLike<number> | undefined;
  /** Rows x classes in ascending order of label; NaN where there is no price. */
  readonly marketProbabilities?: Float64Array | undefined;
}

/** The given rows of the data, in that order. */
export function selectPart(data: TrainingData, rows: Uint32Array): TrainingData {
  const pick = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]!);
  const pickRows = (values: Float64Array | undefined) => {
    if (!values) return undefined;
    const width = values.length / data.features.rows;
    const picked = new Float64Array(rows.length * width);
    rows.forEach((row, i) => picked.set(values.subarray(row * width, (row + 1) * width), i * width));
    return picked;
  };
  return {
    features: selectRows(data.features, rows),
    target: pick(data.target),
    weights: data.weights && pick(data.weights),
    initialScores: pickRows(data.initialScores),
    times: data.times && {
      forecastAt: pick(data.times.forecastAt),
      labelKnownAt: pick(data.times.labelKnownAt),
    },
    featuresKnownAt: data.featuresKnownAt && pick(data.featuresKnownAt),
    marketProbabilities: pickRows(data.marketProbabilities),
  };
}

/** The part as the checks see it. */
export function toCheckPart(part: TrainingData): CheckPart {
  return {
    features: part.features,
    target: part.target,
    forecastAt: part.times?.forecastAt,
    labelKnownAt: part.times?.labelKnownAt,
    featuresKnownAt: part.featuresKnownAt,
    marketProbabilities: part.marketProbabilities,
  };
}
