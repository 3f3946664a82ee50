import type { FeatureFinding } from '../../contract/features.ts';
import { testInformation } from '../../kernel/modeling/selection/permutation-null.ts';
import { columnOf, thinned, type FeatureTable } from './rows.ts';

/** Matches that the information rests on, evenly spaced over all. */
export const informationRows = 3000;
/** Shuffles of the results for the law of a useless column. */
export const informationDraws = 99;
/** Fewer values, or fewer different ones, tell nothing. */
const minimumValues = 200;
const minimumDifferent = 2;
const seed = 20_050_805;

export type Information = Omit<NonNullable<FeatureFinding['information']>, 'adjusted'>;

/** Mutual information of some columns with the result; null where a column has too few values. */
export function informationOf(
  table: FeatureTable,
  options: { readonly columns: readonly number[]; readonly rows: Int32Array },
): (Information | null)[] {
  const rows = thinned(options.rows, informationRows);
  const labels = Float64Array.from(rows, (row) => table.target[row]!);
  return options.columns.map((column) => {
    const values = columnOf(table, column, rows);
    const present = values.filter(Number.isFinite);
    if (present.length < minimumValues || new Set(present).size < minimumDifferent) return null;
    return testInformation(values, labels, { draws: informationDraws, seed: seed + column });
  });
}
