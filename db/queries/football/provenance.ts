import type { Day, Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import { shownForecast } from './publisher.ts';

/** Where a forecast comes from, step by step. */

export interface ForecastOrigin {
  readonly outcomeId: number;
  readonly predictionId: number;
  readonly modelId: number;
  readonly origin: 'live' | 'replay';
  readonly asOf: Instant;
  readonly madeAt: Instant;
  readonly dataHash: string;
  readonly predictionHash: string;
  readonly pHome: number;
  readonly pDraw: number;
  readonly pAway: number;
  readonly rawHome: number;
  readonly rawDraw: number;
  readonly rawAway: number;
  readonly label: 'H' | 'D' | 'A';
  readonly temperature: number | null;
  readonly calibrationCount: number;
  readonly windowScope: string;
  readonly windowCount: number;
  readonly goalPredictionId: number | null;
  readonly homeFactor: number | null;
  readonly awayFactor: number | null;
  readonly factorCount: number | null;
}

export function readForecastOrigin({ sqlite }: Database, matchId: number): ForecastOrigin | undefined {
  return sqlite
    .prepare<[{ matchId: number; forecastType: string }], ForecastOrigin>(
      `SELECT shown.id AS outcomeId, shown.prediction_id AS predictionId, shown.model_id AS modelId, shown.origin,
         shown.as_of AS asOf, shown.made_at AS madeAt, shown.data_hash AS dataHash, raw.data_hash AS predictionHash,
         shown.home AS pHome, shown.draw AS pDraw, shown.away AS pAway,
         raw.home AS rawHome, raw.draw AS rawDraw, raw.away AS rawAway, shown.label, shown.temperature,
         shown.calibration_count AS calibrationCount, shown.window_scope AS windowScope,
         shown.window_count AS windowCount, shown.goal_prediction_id AS goalPredictionId,
         shown.home_goal_factor AS homeFactor, shown.away_goal_factor AS awayFactor,
         shown.goal_level_count AS factorCount
       FROM match JOIN outcome AS shown ON shown.id = ${shownForecast}
       JOIN prediction AS raw ON raw.id = shown.prediction_id WHERE match.id = @matchId`,
    )
    .get({ matchId, forecastType: '1x2' });
}

export interface SourceReading {
  readonly source: string;
  readonly files: number;
  readonly readAt: Instant;
}

/** How often and when a source was read last. */
export function readSourceReading({ sqlite }: Database, source: string): SourceReading | undefined {
  return sqlite
    .prepare<[string], SourceReading>(
      `SELECT source, count(*) AS files, max(read_at) AS readAt FROM source_file WHERE source = ? GROUP BY source`,
    )
    .get(source);
}

export interface FeatureReading {
  readonly set: string;
  readonly setHash: string;
  readonly names: number;
  readonly asOf: Instant;
  readonly hash: string;
}

export function readFeatureReadings({ sqlite }: Database, matchId: number): FeatureReading[] {
  return sqlite
    .prepare<[number], FeatureReading>(
      `SELECT s.code AS "set", s.hash AS setHash, json_array_length(s.names) AS names, f.as_of AS asOf, f.hash
       FROM feature f JOIN feature_set s ON s.id = f.feature_set_id WHERE f.match_id = ? ORDER BY s.id`,
    )
    .all(matchId);
}

/** Matches of a championship that were played before a day. */
export function countPlayedBefore(
  { sqlite }: Database,
  query: { readonly championshipId: number; readonly day: Day },
): number {
  return sqlite
    .prepare<[typeof query], number>(
      `SELECT count(*) FROM season CROSS JOIN match m ON m.season_id = season.id
       WHERE season.championship_id = @championshipId AND m.match_day < @day AND m.home_goals IS NOT NULL`,
    )
    .pluck()
    .get(query)!;
}

export interface ModelReading {
  readonly id: number;
  readonly family: string;
  readonly seasonCode: string;
  readonly trainedAt: Instant;
  readonly trainFrom: Day | null;
  readonly trainUntil: Day | null;
  readonly trainCount: number;
  readonly seed: number;
  readonly dataHash: string;
  readonly checksum: string;
  readonly parameters: string;
  readonly versionId: number | null;
}

const modelColumns = `model.id, model.family, model.season_code AS seasonCode, model.trained_at AS trainedAt,
  model.train_from AS trainFrom, model.train_until AS trainUntil, model.train_count AS trainCount, model.seed,
  model.data_hash AS dataHash, model.checksum, model.parameters,
  (SELECT max(link.model_version_id) FROM model_version_model AS link WHERE link.model_id = model.id) AS versionId`;

/** The models that forecast a match from the same data: that of the forecast first, then those it joins. */
export function readForecastModels(
  { sqlite }: Database,
  forecast: { readonly matchId: number; readonly hash: string; readonly modelId: number },
): ModelReading[] {
  return sqlite
    .prepare<[typeof forecast], ModelReading>(
      `SELECT DISTINCT ${modelColumns} FROM prediction JOIN model ON model.id = prediction.model_id
       WHERE prediction.match_id = @matchId AND prediction.data_hash = @hash
       ORDER BY model.id = @modelId DESC, model.family, model.id`,
    )
    .all(forecast);
}

export interface GoalReading {
  readonly law: string;
  readonly home: number;
  readonly away: number;
  readonly extras: string;
  readonly dataHash: string;
  readonly madeAt: Instant;
}

export function readGoalReading({ sqlite }: Database, id: number): GoalReading | undefined {
  return sqlite
    .prepare<[number], GoalReading>(
      `SELECT law, home_intensity AS home, away_intensity AS away, extras, data_hash AS dataHash, made_at AS madeAt
       FROM goal_prediction WHERE id = ?`,
    )
    .get(id);
}

export interface DocumentReading {
  readonly kind: string;
  readonly variant: string;
  readonly language: string;
  readonly format: string;
  readonly path: string;
  readonly sha256: string;
  readonly madeAt: Instant;
}

/** The documents of a day, in the order of their paths. */
export function readDocumentsOf({ sqlite }: Database, day: Day): DocumentReading[] {
  return sqlite
    .prepare<[string], DocumentReading>(
      `SELECT kind, variant, language, format, path, sha256, made_at AS madeAt FROM document WHERE day = ? ORDER BY path`,
    )
    .all(day);
}

/** The run of a stage that stamped its rows with an instant. */
export function findRunOf({ sqlite }: Database, stage: string, instant: Instant): number | null {
  return (
    sqlite
      .prepare<[string, number], number>(
        'SELECT id FROM run WHERE stage = ? AND instant = ? ORDER BY id LIMIT 1',
      )
      .pluck()
      .get(stage, instant) ?? null
  );
}
