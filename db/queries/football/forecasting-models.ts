import type { Database } from '../../client.ts';

/** A model by which forecasts were made, with what it learned from. */
export interface ForecastingModel {
  readonly family: string;
  readonly season: string;
  readonly trainFrom: string | null;
  readonly trainUntil: string | null;
  readonly trainCount: number;
  readonly features: number;
  readonly seed: number;
  readonly checksum: string;
  readonly forecasts: number;
}

/** The models whose forecasts count, the newest season first. */
export function readForecastingModels({ sqlite }: Database): ForecastingModel[] {
  return sqlite
    .prepare<[], ForecastingModel>(
      `SELECT model.family, model.season_code AS season, model.train_from AS trainFrom, model.train_until AS trainUntil,
         model.train_count AS trainCount, json_array_length(model.feature_names) AS features, model.seed,
         model.checksum, made.forecasts
       FROM (SELECT model_id, count(*) AS forecasts FROM outcome WHERE forecast_type = '1x2' GROUP BY model_id) AS made
       JOIN model ON model.id = made.model_id
       ORDER BY model.season_code DESC, made.forecasts DESC, model.id`,
    )
    .all();
}
