import type { ModelTable } from '../../../db/queries/football/processing.ts';

/** What the reading parts of a report need of the model table; features of any set. */
export type FeatureTable = Omit<ModelTable, 'market'>;

/** Rows with a result from the pitch, of one championship or of all (null). */
export function settledRows(
  table: Pick<FeatureTable, 'rows' | 'target' | 'championship' | 'championships'>,
  code: string | null,
): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (table.target[row]! < 0) continue;
    if (code !== null && table.championships[table.championship[row]!]!.code !== code) continue;
    rows.push(row);
  }
  return Int32Array.from(rows);
}

/** At most `limit` of the rows, evenly spaced, so that early and late ones speak alike. */
export function thinned(rows: Int32Array, limit: number): Int32Array {
  if (rows.length <= limit) return rows;
  return Int32Array.from({ length: limit }, (_, at) => rows[Math.floor((at * rows.length) / limit)]!);
}

/** One feature of some rows. */
export function columnOf(table: FeatureTable, column: number, rows: Int32Array): Float64Array {
  const width = table.featureNames.length;
  return Float64Array.from(rows, (row) => table.features[row * width + column]!);
}
