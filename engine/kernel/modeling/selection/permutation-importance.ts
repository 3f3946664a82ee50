import { logLossOf } from '../../evaluation/scores.ts';
import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import type { Estimator } from '../estimator.ts';
import { createMatrix } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';

/** Rows that trained nothing, to measure on. */
export interface MeasuredRows {
  readonly features: Matrix;
  readonly target: Float64Array;
  readonly initialScores?: Float64Array | undefined;
}

export interface PermutationImportance {
  readonly name: string;
  /** Mean rise of the log loss (or squared error) when the column is shuffled; 0 or less: the model does without it. */
  readonly rise: number;
  /** Standard deviation of the rise over the shuffles. */
  readonly spread: number;
}

/**
 * What a fitted model loses when it is denied one column (Breiman 2001, section 10; Fisher, Rudin, Dominici 2019): measured
 * on a later part, so that a column learnt by heart earns nothing. In the order of the columns.
 */
export function permutationImportance(
  estimator: Estimator,
  rows: MeasuredRows,
  { seed, repeats = 5 }: { readonly seed: number; readonly repeats?: number | undefined },
): PermutationImportance[] {
  const random = createRandom(seed);
  const base = meanLoss(estimator, rows, rows.features);
  return rows.features.columns.map((name, column) => {
    const rises = Array.from({ length: repeats }, (_, repeat) => {
      const shuffled = withShuffledColumn(rows.features, column, random.split(column * repeats + repeat));
      return meanLoss(estimator, rows, shuffled) - base;
    });
    const rise = rises.reduce((sum, value) => sum + value, 0) / repeats;
    const spread = Math.sqrt(
      rises.reduce((sum, value) => sum + (value - rise) ** 2, 0) / Math.max(1, repeats - 1),
    );
    return { name, rise, spread };
  });
}

function meanLoss(estimator: Estimator, { target, initialScores }: MeasuredRows, features: Matrix): number {
  let sum = 0;
  if (estimator.task === 'regression') {
    const values = estimator.predict(features, initialScores);
    for (let i = 0; i < target.length; i++) sum += (values[i]! - target[i]!) ** 2;
    return sum / target.length;
  }
  const probabilities = estimator.predictProbability(features, initialScores);
  const { classes } = estimator.metadata!;
  for (let i = 0; i < target.length; i++) {
    sum += logLossOf(probabilities, i * classes.length, classes.indexOf(target[i]!), classes.length);
  }
  return sum / target.length;
}

/** A copy of the matrix in which one column's values changed places among the rows. */
export function withShuffledColumn(features: Matrix, column: number, random: Random): Matrix {
  const width = features.columns.length;
  const values = features.values.slice();
  for (let i = features.rows - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = values[i * width + column]!;
    values[i * width + column] = values[j * width + column]!;
    values[j * width + column] = held;
  }
  return createMatrix(features.rows, features.columns, values);
}
