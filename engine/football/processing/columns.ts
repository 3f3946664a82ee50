import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { AppError } from '../../contract/errors.ts';

/** The table with columns of another set beside its own: both must hold the same matches. */
export function withColumns(
  table: ModelTable,
  other: Pick<ModelTable, 'rows' | 'matchId' | 'featureNames' | 'features'>,
  names: readonly string[] = other.featureNames,
): ModelTable {
  for (let row = 0; row < Math.max(table.rows, other.rows); row++) {
    if (table.matchId[row] !== other.matchId[row]) {
      throw new AppError('FEATURES_MISMATCH', 'The sets of features do not hold the same matches.');
    }
  }
  const own = table.featureNames.length;
  const width = own + names.length;
  const at = names.map((name) => other.featureNames.indexOf(name));
  const features = new Float64Array(table.rows * width);
  for (let row = 0; row < table.rows; row++) {
    features.set(table.features.subarray(row * own, (row + 1) * own), row * width);
    for (let i = 0; i < at.length; i++) {
      features[row * width + own + i] = other.features[row * other.featureNames.length + at[i]!]!;
    }
  }
  return { ...table, featureNames: [...table.featureNames, ...names], features };
}
