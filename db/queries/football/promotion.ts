import type { Database } from '../../client.ts';
import { marketOrder } from './processing.ts';

/** One settled match as a model version forecast it. */
export interface VersionForecast {
  readonly matchId: number;
  readonly day: string;
  /** 0 home, 1 draw, 2 away. */
  readonly outcome: 0 | 1 | 2;
  readonly probabilities: readonly [home: number, draw: number, away: number];
}

export interface ForecastPeriod {
  /** null: every championship. */
  readonly championshipId: number | null;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/**
 * What a version's models said of the matches that have since been played, the newest word on each. Only of matches after
 * the training of the model that spoke: results from the pitch alone.
 */
export function versionForecasts(
  { sqlite }: Database,
  modelVersionId: number,
  { championshipId, from, until }: ForecastPeriod,
): VersionForecast[] {
  interface Row {
    matchId: number;
    day: string;
    home: number;
    draw: number;
    away: number;
    difference: number;
  }
  return sqlite
    .prepare<[object], Row>(
      `SELECT m.id AS matchId, m.match_day AS day, p.home, p.draw, p.away,
              m.home_goals - m.away_goals AS difference, max(p.id)
       FROM model_version_model vm
       JOIN model md ON md.id = vm.model_id
       JOIN prediction p ON p.model_id = vm.model_id
       JOIN match m ON m.id = p.match_id
       JOIN season s ON s.id = m.season_id
       WHERE vm.model_version_id = :modelVersionId AND m.status = 'finished'
         AND (md.train_until IS NULL OR md.train_until < m.match_day)
         AND (:championshipId IS NULL OR s.championship_id = :championshipId)
         AND (:from IS NULL OR m.match_day >= :from) AND (:until IS NULL OR m.match_day <= :until)
       GROUP BY m.id ORDER BY m.match_day, m.id`,
    )
    .all({ modelVersionId, championshipId, from: from ?? null, until: until ?? null })
    .map(({ matchId, day, home, draw, away, difference }) => ({
      matchId,
      day,
      outcome: (1 - Math.sign(difference)) as 0 | 1 | 2,
      probabilities: [home, draw, away],
    }));
}

/** The market's closing 1X2 prices of a match, from the source that stands for it; undefined where none is held. */
export function closingPriceReader({
  sqlite,
}: Database): (matchId: number) => readonly [number, number, number] | undefined {
  const statement = sqlite.prepare<[number], { price_1: number; price_2: number; price_3: number }>(
    `SELECT q.price_1, q.price_2, q.price_3
     FROM odds_quote q JOIN bookmaker b ON b.id = q.bookmaker_id
     WHERE q.match_id = ? AND q.market_id = 1 AND q.phase = 3 AND b.code IN ('PS', 'Avg', 'BbAv', 'B365')
     ORDER BY ${marketOrder}, q.instant DESC LIMIT 1`,
  );
  return (matchId) => {
    const row = statement.get(matchId);
    return row && [row.price_1, row.price_2, row.price_3];
  };
}
