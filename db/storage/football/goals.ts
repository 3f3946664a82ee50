import type { Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

export interface GoalPredictionRecord {
  readonly matchId: number;
  readonly modelId: number;
  readonly asOf: Instant;
  readonly madeAt: Instant;
  readonly origin: 'live' | 'replay';
  readonly dataHash: string;
  readonly law: string;
  readonly home: number;
  readonly away: number;
  /** The law's own parameters, in its order. */
  readonly extras: readonly number[];
}

/** Adds intensities; those already there (same match, model and data) stay as they are. Answers how many are new. */
export function storeGoalPredictions(
  { sqlite }: Database,
  predictions: Iterable<GoalPredictionRecord>,
): number {
  const insert = sqlite.prepare(
    `INSERT INTO goal_prediction (match_id, model_id, as_of, made_at, origin, data_hash, law, home_intensity,
       away_intensity, extras)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
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
      p.law,
      p.home,
      p.away,
      JSON.stringify(p.extras),
    ).changes;
  }
  return added;
}
