import type { Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import type { ModelRecord } from '../../queries/football/models.ts';

/** Stores a model unless the same one (family, season, championship, data hash) is there; answers its id either way. */
export function storeModel(
  database: Database,
  model: ModelRecord,
  context: { readonly featureSetId: number; readonly trainedAt: Instant },
): number {
  const identity = [model.family, model.seasonCode, model.dataHash, model.championshipId ?? 0] as const;
  const find = database.sqlite.prepare<[string, string, string, number], { id: number }>(
    `SELECT id FROM model WHERE family = ? AND season_code = ? AND data_hash = ? AND coalesce(championship_id, 0) = ?`,
  );
  const present = find.get(...identity);
  if (present) return present.id;
  const { lastInsertRowid } = database.sqlite
    .prepare(
      `INSERT INTO model (championship_id, family, season_code, feature_set_id, feature_names, classes, parameters, seed,
         trained_at, train_from, train_until, train_count, data_hash, payload, checksum, libraries, notes)
       VALUES (?, ?, ?, ?, ?, '[0,1,2]', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      model.championshipId,
      model.family,
      model.seasonCode,
      context.featureSetId,
      JSON.stringify(model.featureNames),
      JSON.stringify(model.parameters),
      model.seed,
      context.trainedAt,
      model.trainFrom,
      model.trainUntil,
      model.trainCount,
      model.dataHash,
      model.payload,
      model.checksum,
      JSON.stringify(model.libraries),
      JSON.stringify(model.notes),
    );
  return Number(lastInsertRowid);
}

export interface PredictionRecord {
  readonly matchId: number;
  readonly modelId: number;
  readonly asOf: Instant;
  readonly madeAt: Instant;
  readonly origin: 'live' | 'replay';
  readonly dataHash: string;
  readonly home: number;
  readonly draw: number;
  readonly away: number;
}

/** Adds predictions; those already there (same match, model and data) stay as they are. Answers how many are new. */
export function storePredictions(database: Database, predictions: Iterable<PredictionRecord>): number {
  const insert = database.sqlite.prepare(
    `INSERT INTO prediction (match_id, model_id, as_of, made_at, origin, data_hash, home, draw, away)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  let added = 0;
  for (const p of predictions) {
    added += insert.run(
      p.matchId,
      p.modelId,
      p.asOf,
      p.madeAt,
      p.origin,
      p.dataHash,
      p.home,
      p.draw,
      p.away,
    ).changes;
  }
  return added;
}
