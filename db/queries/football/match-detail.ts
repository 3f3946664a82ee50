import type { Day, Instant, Sport } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import { shownForecast } from './publisher.ts';
import { setVector } from './vector.ts';
import type { StoredFeatureSet } from './explanation.ts';

/** What a single match has beside its line in a list. */
export interface MatchDetail {
  readonly championshipId: number;
  readonly seasonId: number;
  readonly tier: number;
  readonly sport: Sport;
  readonly source: string;
  readonly homeGoalsHalfTime: number | null;
  readonly awayGoalsHalfTime: number | null;
  readonly decidedBy: string | null;
  readonly outcomeId: number | null;
  readonly temperature: number | null;
  readonly calibrationCount: number | null;
  readonly windowScope: 'championship' | 'pooled' | 'none' | null;
  readonly windowCount: number | null;
  readonly pValueHome: number | null;
  readonly pValueDraw: number | null;
  readonly pValueAway: number | null;
}

export function readMatchDetail({ sqlite }: Database, matchId: number): MatchDetail | undefined {
  return sqlite
    .prepare<[{ matchId: number; forecastType: string }], MatchDetail>(
      `SELECT season.championship_id AS championshipId, match.season_id AS seasonId, championship.tier, sport.code AS sport, match.source,
         match.home_goals_half_time AS homeGoalsHalfTime, match.away_goals_half_time AS awayGoalsHalfTime,
         match.decided_by AS decidedBy, shown.id AS outcomeId, shown.temperature,
         shown.calibration_count AS calibrationCount, shown.window_scope AS windowScope,
         shown.window_count AS windowCount, shown.p_value_home AS pValueHome, shown.p_value_draw AS pValueDraw,
         shown.p_value_away AS pValueAway
       FROM match JOIN season ON season.id = match.season_id
       JOIN championship ON championship.id = season.championship_id
       JOIN sport ON sport.id = championship.sport_id
       LEFT JOIN outcome AS shown ON shown.id = ${shownForecast}
       WHERE match.id = @matchId`,
    )
    .get({ matchId, forecastType: '1x2' });
}

/** Counts of a played match in pairs, as the source gave them; undefined without any. */
export function readMatchStatistics(
  { sqlite }: Database,
  matchId: number,
): Readonly<Record<string, number | null>> | undefined {
  return sqlite
    .prepare<[number], Record<string, number | null>>('SELECT * FROM match_statistics WHERE match_id = ?')
    .get(matchId);
}

/** What makes a forecast's grid of scores again. */
export interface GridSource {
  readonly outcomeId: number;
  readonly pHome: number;
  readonly pDraw: number;
  readonly pAway: number;
  readonly law: string;
  readonly homeIntensity: number;
  readonly awayIntensity: number;
  readonly extras: readonly number[];
  readonly homeFactor: number;
  readonly awayFactor: number;
  readonly factorCount: number;
}

interface GridRow extends Omit<GridSource, 'extras'> {
  readonly matchId: number;
  readonly extras: string;
  readonly asOf: Instant;
}

const gridColumns = `match.id AS matchId, shown.id AS outcomeId, shown.as_of AS asOf, shown.home AS pHome,
  shown.draw AS pDraw, shown.away AS pAway, goals.law, goals.home_intensity AS homeIntensity,
  goals.away_intensity AS awayIntensity, goals.extras, shown.home_goal_factor AS homeFactor,
  shown.away_goal_factor AS awayFactor, coalesce(shown.goal_level_count, 0) AS factorCount`;
const gridJoins = `JOIN outcome AS shown ON shown.id = ${shownForecast}
  JOIN goal_prediction AS goals ON goals.id = shown.goal_prediction_id`;

const parsed = ({ extras, ...row }: GridRow) => ({ ...row, extras: JSON.parse(extras) as number[] });

/** Of the forecast that counts for a match; undefined where no grid was made. */
export function readGridSource({ sqlite }: Database, matchId: number): GridSource | undefined {
  const row = sqlite
    .prepare<[{ matchId: number; forecastType: string }], GridRow>(
      `SELECT ${gridColumns} FROM match ${gridJoins}
       WHERE match.id = @matchId AND shown.home_goal_factor IS NOT NULL AND shown.away_goal_factor IS NOT NULL`,
    )
    .get({ matchId, forecastType: '1x2' });
  return row && parsed(row);
}

/** Of a season's matches after a day, and of those left open by then, by match: only forecasts that look no further than an instant. */
export function readSeasonGrids(
  { sqlite }: Database,
  query: { readonly seasonId: number; readonly after: Day; readonly asOf: Instant },
): Map<number, GridSource> {
  const rows = sqlite
    .prepare<[typeof query & { forecastType: string }], GridRow>(
      `SELECT ${gridColumns} FROM match ${gridJoins}
       WHERE match.season_id = @seasonId AND (match.match_day > @after OR match.status = 'scheduled')
         AND shown.as_of <= @asOf
         AND shown.home_goal_factor IS NOT NULL AND shown.away_goal_factor IS NOT NULL`,
    )
    .all({ ...query, forecastType: '1x2' });
  return new Map(rows.map((row) => [row.matchId, parsed(row)]));
}

/** A settled forecast: what it said and what came. */
export interface SettledPair {
  readonly day: Day;
  readonly pHome: number;
  readonly pDraw: number;
  readonly pAway: number;
  readonly result: 0 | 1 | 2;
}

export interface SettledPairsQuery {
  /** Matches of this day and later ones are left out. */
  readonly before: Day;
  readonly championshipId: number;
  readonly of: 'championship' | 'sport';
  readonly limit: number;
}

/** The newest settled forecasts before a day, newest first; of a championship, or of every one of its sport. */
export function readSettledPairs({ sqlite }: Database, query: SettledPairsQuery): SettledPair[] {
  const { championshipId, before, limit, of } = query;
  const from =
    of === 'championship'
      ? 'season CROSS JOIN match ON match.season_id = season.id AND season.championship_id = @championshipId'
      : `match CROSS JOIN season ON season.id = match.season_id AND season.championship_id IN
           (SELECT id FROM championship WHERE sport_id = (SELECT sport_id FROM championship WHERE id = @championshipId))`;
  return sqlite
    .prepare<[Record<string, string | number>], SettledPair>(
      `SELECT match.match_day AS day, shown.home AS pHome, shown.draw AS pDraw, shown.away AS pAway,
         1 - sign(match.home_goals - match.away_goals) AS result
       FROM ${from} JOIN outcome AS shown ON shown.id = ${shownForecast}
       WHERE match.match_day < @before AND match.status = 'finished'
       ORDER BY match.match_day DESC, match.id DESC LIMIT @limit`,
    )
    .all({ before, limit, forecastType: '1x2', championshipId });
}

/** Feature vectors of a championship's newest matches before a day; rows x names. */
export function readLeagueFeatures(
  { sqlite }: Database,
  set: StoredFeatureSet,
  query: { readonly championshipId: number; readonly before: Day; readonly limit: number },
): { readonly values: Float64Array; readonly days: readonly Day[] } {
  const rows = sqlite
    .prepare<[{ set: number } & typeof query], { day: Day; vector: Uint8Array }>(
      `SELECT recent.match_day AS day, feature.vector
       FROM (SELECT match.id, match_day FROM season CROSS JOIN match ON match.season_id = season.id
             WHERE season.championship_id = @championshipId AND match_day < @before
             ORDER BY match_day DESC LIMIT @limit) AS recent
       JOIN feature ON feature.match_id = recent.id AND feature.feature_set_id = @set
       ORDER BY recent.match_day DESC`,
    )
    .all({ ...query, set: set.id });
  const values = new Float64Array(rows.length * set.names.length);
  rows.forEach(({ vector }, row) => {
    setVector(values, row * set.names.length, { bytes: vector, valueBytes: set.valueBytes });
  });
  return { values, days: rows.map(({ day }) => day) };
}

/** One look at one market of a match. */
export interface QuoteRow {
  readonly market: string;
  readonly selections: string;
  readonly line: number;
  readonly bookmaker: string;
  readonly code: string;
  readonly kind: 'bookmaker' | 'exchange' | 'average' | 'best';
  readonly phase: 1 | 2 | 3;
  readonly instant: Instant;
  readonly price1: number;
  readonly price2: number;
  readonly price3: number | null;
}

export function readQuotes({ sqlite }: Database, matchId: number): QuoteRow[] {
  return sqlite
    .prepare<[number], QuoteRow>(
      `SELECT market.code AS market, market.selections, quote.line, bookmaker.name AS bookmaker, bookmaker.code,
         bookmaker.kind, quote.phase, quote.instant, quote.price_1 AS price1, quote.price_2 AS price2,
         quote.price_3 AS price3
       FROM odds_quote AS quote JOIN market ON market.id = quote.market_id
       JOIN bookmaker ON bookmaker.id = quote.bookmaker_id
       WHERE quote.match_id = ? ORDER BY quote.market_id, quote.line, quote.instant, bookmaker.code`,
    )
    .all(matchId);
}
