import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { AppError } from '../../contract/errors.ts';
import { dayText } from '../../contract/zones.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import type { Matrix } from '../../kernel/modeling/matrix.ts';

/** Columns that name the clubs; they are no measures, so only families that learn about clubs ask for them. */
export const teamColumns = ['homeTeam', 'awayTeam'] as const;

/** Rows of the model table as a matrix of the named features. */
export function matrixOf(table: ModelTable, rows: Int32Array, names: readonly string[]): Matrix {
  const width = table.featureNames.length;
  const sources = names.map((name) => {
    if (name === 'homeTeam' || name === 'awayTeam') return { values: table[name], width: 1, at: 0 };
    const at = table.featureNames.indexOf(name);
    if (at < 0) {
      throw new AppError('FEATURES_MISMATCH', `the model needs feature ${name}, which is not calculated`, {
        detail: { missing: [name] },
      });
    }
    return { values: table.features, width, at };
  });
  const values = new Float64Array(rows.length * names.length);
  let to = 0;
  for (const row of rows) {
    for (const source of sources) values[to++] = source.values[row * source.width + source.at]!;
  }
  return { values, rows: rows.length, columns: names };
}

export function targetOf(table: ModelTable, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => table.target[row]!);
}

export function trainingSpan(
  table: ModelTable,
  rows: Int32Array,
): { trainFrom: string | null; trainUntil: string | null; trainCount: number } {
  const last = rows.at(-1);
  return {
    trainFrom: last === undefined ? null : dayText(table.day[rows[0]!]!),
    trainUntil: last === undefined ? null : dayText(table.day[last]!),
    trainCount: rows.length,
  };
}

/** Hash of the rows' identities, features and results, and of a salt. */
export function hashRows(table: ModelTable, rows: Int32Array, salt: string): string {
  const words = new Uint32Array(rows.length * 4);
  let to = 0;
  for (const row of rows) {
    words[to++] = table.matchId[row]!;
    words[to++] = table.target[row]!;
    words[to++] = table.hashes[2 * row]!;
    words[to++] = table.hashes[2 * row + 1]!;
  }
  return createHasher().text(salt).bytes(new Uint8Array(words.buffer)).digest();
}

/** Hash of the rows' market probabilities, for the identity of models that read them. */
export function hashMarket({ market }: ModelTable, rows: Int32Array): string {
  const hasher = createHasher();
  for (const row of rows) for (let k = 0; k < 3; k++) hasher.number(market[row * 3 + k]!);
  return hasher.digest();
}
