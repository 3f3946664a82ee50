import type { Database } from '../../client.ts';

/** A stored model as it was trained. */
export interface ModelRecord {
  readonly family: string;
  /** null for a model pooled over championships. */
  readonly championshipId: number | null;
  /** Season that it forecasts, or `until YYYY-MM-DD` for a pooled one. */
  readonly seasonCode: string;
  readonly featureNames: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Days of the first and last training match; null where it needs no training. */
  readonly trainFrom: string | null;
  readonly trainUntil: string | null;
  readonly trainCount: number;
  /** Hash of everything that determined the fit. */
  readonly dataHash: string;
  readonly payload: string;
  readonly checksum: string;
  readonly libraries: Readonly<Record<string, string>>;
  /** Further findings: what selection dropped and why, which model it leans on. */
  readonly notes: Readonly<Record<string, unknown>>;
}

interface Row {
  family: string;
  championship_id: number | null;
  season_code: string;
  feature_names: string;
  parameters: string;
  seed: number;
  train_from: string | null;
  train_until: string | null;
  train_count: number;
  data_hash: string;
  payload: string;
  checksum: string;
  libraries: string;
  notes: string;
}

/** All models of a championship (null: the pooled ones). */
export function readModels(database: Database, championshipId: number | null): ModelRecord[] {
  return database.sqlite
    .prepare<[number], Row>(
      `SELECT family, championship_id, season_code, feature_names, parameters, seed, train_from, train_until,
              train_count, data_hash, payload, checksum, libraries, notes
       FROM model WHERE coalesce(championship_id, 0) = ? ORDER BY id`,
    )
    .all(championshipId ?? 0)
    .map((row) => ({
      family: row.family,
      championshipId: row.championship_id,
      seasonCode: row.season_code,
      featureNames: JSON.parse(row.feature_names) as string[],
      parameters: JSON.parse(row.parameters) as Record<string, unknown>,
      seed: row.seed,
      trainFrom: row.train_from,
      trainUntil: row.train_until,
      trainCount: row.train_count,
      dataHash: row.data_hash,
      payload: row.payload,
      checksum: row.checksum,
      libraries: JSON.parse(row.libraries) as Record<string, string>,
      notes: JSON.parse(row.notes) as Record<string, unknown>,
    }));
}
