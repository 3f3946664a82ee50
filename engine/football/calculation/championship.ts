import { createHasher } from '../../kernel/math/hash.ts';
import type { History } from '../../../db/queries/football/calculation.ts';
import type { CalculatedRows } from '../../../db/storage/football/calculation.ts';
import { runPass } from './pass.ts';
import type { PassResult } from './pass.ts';
import { calculators } from './registry.ts';
import { tableWidth } from './tables.ts';

/** The rows of one season among `changed`: from `from` (included) to `until` (left out). */
export interface SeasonPart {
  readonly season: string;
  readonly matches: number;
  readonly from: number;
  readonly until: number;
}

export interface ChampionshipRows {
  /** Only the rows whose hash differs from the known one, season after season. */
  readonly changed: CalculatedRows;
  readonly parts: readonly SeasonPart[];
}

/** Calculates a championship and keeps what is not yet held. `known` gives the hash of the row held for a match. */
export function calculateRows(history: History, known: ReadonlyMap<number, string>): ChampionshipRows {
  const pass = runPass(history, calculators);
  const { matchId, count, season, seasons } = history.fixtures;
  const hashOf = rowHasher(pass);
  const perSeason = seasons.map(() => ({ matches: 0, rows: [] as number[], hashes: [] as string[] }));
  for (let row = 0; row < count; row++) {
    const hash = hashOf(row);
    const mine = perSeason[season[row]!]!;
    mine.matches++;
    if (known.get(matchId[row]!) === hash) continue;
    mine.rows.push(row);
    mine.hashes.push(hash);
  }
  let from = 0;
  const parts = perSeason.map(({ matches, rows }, i) => {
    const part = { season: seasons[i]!.code, matches, from, until: from + rows.length };
    from = part.until;
    return part;
  });
  const changed = pick(history, pass, {
    rows: perSeason.flatMap(({ rows }) => rows),
    hashes: perSeason.flatMap(({ hashes }) => hashes),
  });
  return { changed, parts: parts.filter((part) => part.matches > 0) };
}

/** Covers everything that is written of a row: as-of, features and both lines of the table. */
function rowHasher(pass: PassResult): (row: number) => string {
  const hasher = createHasher();
  const vectors = bytesOf(pass.features);
  const lines = bytesOf(pass.lines);
  const vectorBytes = pass.width * 8;
  const lineBytes = 2 * tableWidth * 4;
  return (row) =>
    hasher
      .reset()
      .number(pass.asOf[row]!)
      .bytes(vectors.subarray(row * vectorBytes, (row + 1) * vectorBytes))
      .bytes(lines.subarray(row * lineBytes, (row + 1) * lineBytes))
      .digest();
}

function pick(
  history: History,
  pass: PassResult,
  chosen: { readonly rows: readonly number[]; readonly hashes: readonly string[] },
): CalculatedRows {
  const { rows, hashes } = chosen;
  const vectors = new Float64Array(rows.length * pass.width);
  const lines = new Int32Array(rows.length * 2 * tableWidth);
  rows.forEach((row, i) => {
    vectors.set(pass.features.subarray(row * pass.width, (row + 1) * pass.width), i * pass.width);
    lines.set(pass.lines.subarray(row * 2 * tableWidth, (row + 1) * 2 * tableWidth), i * 2 * tableWidth);
  });
  return {
    matchIds: Int32Array.from(rows, (row) => history.fixtures.matchId[row]!),
    asOf: Float64Array.from(rows, (row) => pass.asOf[row]!),
    hashes,
    vectors: bytesOf(vectors),
    vectorBytes: pass.width * 8,
    lines,
    lineWidth: tableWidth,
  };
}

function bytesOf(values: Float64Array | Int32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}
