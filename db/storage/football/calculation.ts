import type { Database } from '../../client.ts';

/** A feature set's row; made when it is not there yet. Sets are told apart by their hash. */
export function ensureFeatureSet(
  database: Database,
  set: {
    readonly code: string;
    readonly names: readonly string[];
    readonly hash: string;
    readonly valueBytes: 4 | 8;
  },
): number {
  const { sqlite } = database;
  sqlite
    .prepare(
      `INSERT INTO feature_set (code, names, hash, value_bytes) VALUES (?, ?, ?, ?)
       ON CONFLICT (hash) DO NOTHING`,
    )
    .run(set.code, JSON.stringify(set.names), set.hash, set.valueBytes);
  return sqlite.prepare<[string], number>('SELECT id FROM feature_set WHERE hash = ?').pluck().get(set.hash)!;
}

/** Rows of one feature set, column by column: what a worker hands over. */
export interface CalculatedRows {
  readonly matchIds: Int32Array;
  readonly asOf: Float64Array;
  readonly hashes: readonly string[];
  /** Little-endian numbers of the set's precision, `vectorBytes` a row. */
  readonly vectors: Uint8Array<ArrayBuffer>;
  readonly vectorBytes: number;
  /** Two lines a match (home club's, away club's), `lineWidth` whole numbers each; none where that is 0. */
  readonly lines: Int32Array;
  readonly lineWidth: number;
}

export interface CalculationWriter {
  /** Writes the features and both lines of the table of rows `from` (included) to `until` (left out). */
  write(rows: CalculatedRows, from: number, until: number): void;
}

/** Prepares the writing of feature rows and their standings. The caller holds the transaction. */
export function createCalculationWriter(
  database: Database,
  options: { readonly featureSetId: number; readonly lineColumns: readonly string[] },
): CalculationWriter {
  const { sqlite } = database;
  const feature = sqlite.prepare<[number, number, number, string, Uint8Array]>(
    `INSERT INTO feature (match_id, feature_set_id, as_of, hash, vector) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (match_id, feature_set_id)
     DO UPDATE SET as_of = excluded.as_of, hash = excluded.hash, vector = excluded.vector`,
  );
  const columns = ['match_id', 'side', ...options.lineColumns];
  const line = sqlite.prepare<number[]>(
    `INSERT OR REPLACE INTO standings (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const values = new Array<number>(columns.length).fill(0);

  return {
    write(rows, from, until) {
      const { matchIds, vectors, vectorBytes, lines, lineWidth } = rows;
      for (let i = from; i < until; i++) {
        const matchId = matchIds[i]!;
        // A view: the bytes are copied once, by SQLite.
        const vector = Buffer.from(vectors.buffer, vectors.byteOffset + i * vectorBytes, vectorBytes);
        feature.run(matchId, options.featureSetId, rows.asOf[i]!, rows.hashes[i]!, vector);
        for (let side = 1; side <= 2 && lineWidth > 0; side++) {
          const at = (2 * i + side - 1) * lineWidth;
          values[0] = matchId;
          values[1] = side;
          for (let column = 0; column < lineWidth; column++) values[column + 2] = lines[at + column]!;
          line.run(...values);
        }
      }
    },
  };
}
