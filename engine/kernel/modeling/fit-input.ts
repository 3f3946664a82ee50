import { AppError } from '../../contract/errors.ts';
import { selectColumns, type Matrix } from './matrix.ts';

/**
 * The matrix with its columns in fitted order. A set of columns that differs from the fitted one is FEATURES_MISMATCH
 * with the missing and the unexpected names.
 */
export function alignColumns(features: Matrix, fittedNames: readonly string[]): Matrix {
  const { columns } = features;
  if (columns.length === fittedNames.length && fittedNames.every((name, at) => columns[at] === name))
    return features;
  const missing = fittedNames.filter((name) => !columns.includes(name));
  const unexpected = columns.filter((name) => !fittedNames.includes(name));
  if (missing.length > 0 || unexpected.length > 0 || columns.length !== fittedNames.length) {
    throw new AppError(
      'FEATURES_MISMATCH',
      `the columns differ from the fitted ones: missing [${missing.join(', ')}], unexpected [${unexpected.join(', ')}]`,
      { detail: { missing, unexpected } },
    );
  }
  return selectColumns(features, fittedNames);
}

export function requireLength(what: string, array: ArrayLike<number>, length: number): void {
  if (array.length !== length) {
    throw new AppError('MODEL_INVALID', `${what}: expected ${length} values, got ${array.length}`, {
      detail: { what, expected: length, got: array.length },
    });
  }
}

export function requireWeights(weights: Float64Array, rows: number): Float64Array {
  requireLength('weights', weights, rows);
  let sum = 0;
  for (const weight of weights) {
    if (!(weight >= 0) || weight === Infinity) {
      throw new AppError('MODEL_INVALID', `expected weights of 0 or more, got ${weight}`);
    }
    sum += weight;
  }
  if (sum === 0) throw new AppError('HISTORY_TOO_SHORT', 'every weight is 0: there is nothing to learn from');
  return weights;
}

/** Refuses missing and infinite values for an estimator that has no policy for them. */
export function requireFinite(estimator: string, features: Matrix): void {
  const { values, columns } = features;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      const column = columns[i % columns.length]!;
      throw new AppError(
        'FEATURES_MISSING',
        `${estimator} takes no missing values: column ${column}, row ${Math.floor(i / columns.length)}`,
        { detail: { estimator, column } },
      );
    }
  }
}

/** Position of each label in `classes`; a label that is not there is MODEL_INVALID. */
export function classIndexes(target: Float64Array, classes: readonly number[]): Float64Array {
  const indexes = new Map(classes.map((label, index) => [label, index]));
  return target.map((label, row) => {
    const index = indexes.get(label);
    if (index === undefined) {
      throw new AppError('MODEL_INVALID', `row ${row} has class ${label}; known: ${classes.join(', ')}`, {
        detail: { label: String(label), known: classes.map(String) },
      });
    }
    return index;
  });
}
