import type { FeatureFinding, FeatureReport } from '../../contract/features.ts';
import { clusterOrder } from '../../kernel/math/cluster.ts';
import { correlation, mean, quantileSorted, ranks, standardDeviation } from '../../kernel/math/summary.ts';
import { columnOf, thinned, type FeatureTable } from './rows.ts';

/** A correlation of so many matches is exact to about a hundredth. */
const correlationRows = 5000;
/** More columns than this make a map that nobody reads. */
const correlationColumns = 60;
/** Pairs of fewer matches have no correlation. */
const minimumPairs = 50;

export type Description = Pick<
  FeatureFinding,
  'name' | 'n' | 'missing' | 'mean' | 'standardDeviation' | 'quantiles'
>;

/** Where the values of each feature lie, over all rows. */
export function describeFeatures(table: FeatureTable, rows: Int32Array): Description[] {
  return table.featureNames.map((name, column) => {
    const values = columnOf(table, column, rows).filter(Number.isFinite).sort();
    const n = values.length;
    return {
      name,
      n,
      missing: rows.length === 0 ? 0 : 1 - n / rows.length,
      mean: n > 0 ? mean(values) : null,
      standardDeviation: n > 1 ? standardDeviation(values) : null,
      quantiles: n > 0 ? [0.05, 0.5, 0.95].map((p) => quantileSorted(values, p)) : null,
    };
  });
}

/** Shares of missing values, feature by season. Seasons of one first year count together. */
export function missingnessOf(table: FeatureTable, rows: Int32Array): FeatureReport['missingness'] {
  const names = new Map<number, string>();
  for (const row of rows) {
    const code = table.seasonCodes[table.season[row]!]!;
    // Of two championships' names for one year the longer one says more: 2023/24 rather than 2023.
    if ((names.get(table.firstYear[row]!)?.length ?? 0) < code.length) names.set(table.firstYear[row]!, code);
  }
  const years = [...names.keys()].sort((a, b) => a - b);
  const width = table.featureNames.length;
  const counts = new Float64Array(years.length);
  const missing = table.featureNames.map(() => new Float64Array(years.length));
  for (const row of rows) {
    const at = years.indexOf(table.firstYear[row]!);
    counts[at]!++;
    for (let column = 0; column < width; column++) {
      if (Number.isNaN(table.features[row * width + column]!)) missing[column]![at]!++;
    }
  }
  return {
    seasons: years.map((year) => names.get(year)!),
    counts: [...counts],
    shares: missing.map((own) => Array.from(own, (count, at) => count / counts[at]!)),
  };
}

/** Spearman's rank correlation of the given columns, in an order that puts like ones side by side. */
export function correlationsOf(
  table: FeatureTable,
  { rows, columns }: { readonly rows: Int32Array; readonly columns: readonly number[] },
): FeatureReport['correlation'] {
  const sample = thinned(rows, correlationRows);
  const chosen = columns.slice(0, correlationColumns);
  const n = chosen.length;
  const values = chosen.map((column) => columnOf(table, column, sample));
  const whole = values.map((column) => (column.some(Number.isNaN) ? undefined : ranks(column)));
  const matrix = new Float64Array(n * n).fill(1);
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const [first, second] = [whole[a], whole[b]];
      const rho = first && second ? correlation(first, second) : pairwise(values[a]!, values[b]!);
      matrix[a * n + b] = rho;
      matrix[b * n + a] = rho;
    }
  }
  const order = clusterOrder(
    matrix.map((rho) => 1 - Math.abs(rho)),
    n,
  );
  return {
    n: sample.length,
    names: order.map((at) => table.featureNames[chosen[at]!]!),
    values: order.map((a) =>
      order.map((b) => {
        const rho = matrix[a * n + b]!;
        return Number.isFinite(rho) ? rho : null;
      }),
    ),
  };
}

/** Over the matches that have both. */
function pairwise(a: Float64Array, b: Float64Array): number {
  const both = [...a.keys()].filter((at) => Number.isFinite(a[at]!) && Number.isFinite(b[at]!));
  if (both.length < minimumPairs) return Number.NaN;
  return correlation(
    ranks(Float64Array.from(both, (at) => a[at]!)),
    ranks(Float64Array.from(both, (at) => b[at]!)),
  );
}
