import { createHasher } from '../../kernel/math/hash.ts';
import type { History } from '../../../db/queries/football/calculation.ts';
import type { CalculatedRows } from '../../../db/storage/football/calculation.ts';
import { marketFeatures, marketWidth } from './market.ts';
import { runPass } from './pass.ts';
import type { PassResult } from './pass.ts';
import {
  calculators,
  extendedCalculators,
  extendedFeatures,
  featureSets,
  footballFeatures,
} from './registry.ts';
import { tableWidth } from './tables.ts';

/** The rows of one season among those that changed, set by set: from `from` (included) to `until` (left out). */
export interface SeasonPart {
  readonly season: string;
  readonly matches: number;
  /** Matches of which at least one set's row changed. */
  readonly written: number;
  readonly sets: readonly { readonly from: number; readonly until: number }[];
}

export interface ChampionshipRows {
  /** In the order of `featureSets`: only the rows whose hash differs from the known one, season after season. */
  readonly changed: readonly CalculatedRows[];
  readonly parts: readonly SeasonPart[];
}

/** The hash of the row held for a match, for each set in the order of `featureSets`. */
export type KnownHashes = readonly ReadonlyMap<number, string>[];

/** The vectors of one set, row by row. */
interface SetVectors {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  /** The lines of the table belong to the rows of the first set. */
  readonly lines?: Int32Array;
}

/** Calculates a championship in every set and keeps what is not yet held. */
export function calculateRows(history: History, known: KnownHashes): ChampionshipRows {
  const pass = runPass(history, [...calculators, ...extendedCalculators]);
  const sets = vectorsOf(history, pass);
  const { matchId, count, season, seasons } = history.fixtures;
  const hashers = sets.map((set) => rowHasher(pass.asOf, set));
  const perSeason = seasons.map(() => ({
    matches: 0,
    written: 0,
    sets: sets.map(() => ({ rows: [] as number[], hashes: [] as string[] })),
  }));
  for (let row = 0; row < count; row++) {
    const mine = perSeason[season[row]!]!;
    mine.matches++;
    let isNew = false;
    hashers.forEach((hashOf, set) => {
      const hash = hashOf(row);
      if (known[set]?.get(matchId[row]!) === hash) return;
      isNew = true;
      mine.sets[set]!.rows.push(row);
      mine.sets[set]!.hashes.push(hash);
    });
    if (isNew) mine.written++;
  }
  const at = sets.map(() => 0);
  const parts = perSeason.map(({ matches, written, sets: mine }, i) => ({
    season: seasons[i]!.code,
    matches,
    written,
    sets: mine.map(({ rows }, set) => {
      const from = at[set]!;
      at[set] = from + rows.length;
      return { from, until: from + rows.length };
    }),
  }));
  const changed = sets.map((set, i) =>
    pick(set, {
      history,
      asOf: pass.asOf,
      rows: perSeason.flatMap((part) => part.sets[i]!.rows),
      hashes: perSeason.flatMap((part) => part.sets[i]!.hashes),
    }),
  );
  return { changed, parts: parts.filter((part) => part.matches > 0) };
}

/** The pass's rows and the market's, cut into the sets in the order of `featureSets`. */
function vectorsOf(history: History, pass: PassResult): SetVectors[] {
  const core = footballFeatures.names.length;
  const extended = extendedFeatures.names.length;
  return featureSets.map((set) => {
    if (set === footballFeatures) {
      const vectors = columns(pass, new Float64Array(pass.asOf.length * core), { from: 0, width: core });
      return { bytes: bytesOf(vectors), width: core * 8, lines: pass.lines };
    }
    if (set === extendedFeatures) {
      const out = new Float32Array(pass.asOf.length * extended);
      return { bytes: bytesOf(columns(pass, out, { from: core, width: extended })), width: extended * 4 };
    }
    return { bytes: bytesOf(marketFeatures(history.quotes, pass.asOf)), width: marketWidth * 8 };
  });
}

function columns<Out extends Float64Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  pass: PassResult,
  out: Out,
  part: { readonly from: number; readonly width: number },
): Out {
  const { from, width } = part;
  for (let row = 0; row < pass.asOf.length; row++) {
    const start = row * pass.width + from;
    out.set(pass.features.subarray(start, start + width), row * width);
  }
  return out;
}

/** Covers everything that is written of a row: as-of, features and, with the first set, both lines of the table. */
function rowHasher(asOf: Float64Array, set: SetVectors): (row: number) => string {
  const hasher = createHasher();
  const { bytes, width } = set;
  const lines = set.lines && bytesOf(set.lines);
  const lineBytes = 2 * tableWidth * 4;
  return (row) => {
    hasher.reset().number(asOf[row]!);
    hasher.bytes(bytes.subarray(row * width, (row + 1) * width));
    if (lines) hasher.bytes(lines.subarray(row * lineBytes, (row + 1) * lineBytes));
    return hasher.digest();
  };
}

function pick(
  set: SetVectors,
  chosen: {
    readonly history: History;
    readonly asOf: Float64Array;
    readonly rows: readonly number[];
    readonly hashes: readonly string[];
  },
): CalculatedRows {
  const { history, asOf, rows, hashes } = chosen;
  const { bytes, width } = set;
  const vectors = new Uint8Array(rows.length * width);
  const lines = new Int32Array(set.lines ? rows.length * 2 * tableWidth : 0);
  rows.forEach((row, i) => {
    vectors.set(bytes.subarray(row * width, (row + 1) * width), i * width);
    if (set.lines) {
      lines.set(set.lines.subarray(row * 2 * tableWidth, (row + 1) * 2 * tableWidth), i * 2 * tableWidth);
    }
  });
  return {
    matchIds: Int32Array.from(rows, (row) => history.fixtures.matchId[row]!),
    asOf: Float64Array.from(rows, (row) => asOf[row]!),
    hashes,
    vectors,
    vectorBytes: width,
    lines,
    lineWidth: set.lines ? tableWidth : 0,
  };
}

function bytesOf(values: Float64Array | Float32Array | Int32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}
