import type { ReportKind } from '../../../engine/contract/stages.ts';
import type { Day, Instant, Sport } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** A championship and the season that is being played, as the publisher sees it. */
export interface PublishedSeason {
  readonly championshipId: number;
  readonly championshipCode: string;
  readonly zone: string;
  readonly seasonId: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Whether any match of the championship, of whatever season, has a published forecast. */
  readonly isForecast: boolean;
}

/**
 * Of each championship the season that contains `today` or, where none does, the latest held. Championships without
 * matches have none.
 */
export function readSeasonsInPlay(database: Database, today: Day): PublishedSeason[] {
  return database.sqlite
    .prepare<[string], Omit<PublishedSeason, 'isForecast'> & { isForecast: 0 | 1 }>(
      `WITH span AS (
         SELECT season.id, season.championship_id, season.first_year,
                min(match.match_day) AS first_day, max(match.match_day) AS last_day
         FROM season JOIN match ON match.season_id = season.id GROUP BY season.id
       ), ranked AS (
         SELECT span.*, row_number() OVER (
           PARTITION BY championship_id
           ORDER BY ? BETWEEN first_day AND last_day DESC, first_year DESC, id DESC) AS place
         FROM span
       )
       SELECT championship.id AS championshipId, championship.code AS championshipCode, championship.zone,
              ranked.id AS seasonId, ranked.first_day AS firstDay, ranked.last_day AS lastDay,
              EXISTS (SELECT 1 FROM season JOIN match ON match.season_id = season.id
                      JOIN outcome ON outcome.match_id = match.id
                      WHERE season.championship_id = championship.id) AS isForecast
       FROM ranked JOIN championship ON championship.id = ranked.championship_id
       WHERE ranked.place = 1 ORDER BY championship.id`,
    )
    .all(today)
    .map((row) => ({ ...row, isForecast: row.isForecast === 1 }));
}

/** The days on which matches of these seasons stand, in order, and whether any of them has a forecast. */
export function readMatchDays(
  database: Database,
  seasonIds: readonly number[],
): { readonly day: Day; readonly hasForecast: boolean }[] {
  return database.sqlite
    .prepare<[string], { day: Day; hasForecast: 0 | 1 }>(
      `SELECT match.match_day AS day, max(EXISTS (SELECT 1 FROM outcome WHERE outcome.match_id = match.id)) AS hasForecast
       FROM match WHERE season_id IN (SELECT value FROM json_each(?)) GROUP BY match_day ORDER BY match_day`,
    )
    .all(JSON.stringify(seasonIds))
    .map((row) => ({ day: row.day, hasForecast: row.hasForecast === 1 }));
}

/** The first day after `day`, at most `until`, on which a scheduled match has a forecast. */
export function readNextForecastDay(database: Database, day: Day, until: Day): Day | undefined {
  return database.sqlite
    .prepare<[string, string], { day: Day }>(
      `SELECT match_day AS day FROM match
       WHERE match_day > ? AND match_day <= ? AND status = 'scheduled'
         AND EXISTS (SELECT 1 FROM outcome WHERE outcome.match_id = match.id)
       ORDER BY match_day LIMIT 1`,
    )
    .get(day, until)?.day;
}

/**
 * Which of a match's forecasts counts: one made before kick-off goes before a replayed one, then the newest. The same
 * forecast stands in the forecast document, in the result document and in the record.
 */
export const shownForecast = `(
  SELECT candidate.id FROM outcome AS candidate
  WHERE candidate.match_id = match.id AND candidate.forecast_type = @forecastType
  ORDER BY candidate.origin = 'live' DESC, candidate.made_at DESC, candidate.id DESC LIMIT 1)`;

export interface SettledForecast {
  readonly championshipId: number;
  readonly day: Day;
  readonly seasonCode: string;
  readonly homeGoals: number;
  readonly awayGoals: number;
  /** Null where the match was finished without a forecast. */
  readonly origin: 'live' | 'replay' | null;
  readonly label: string | null;
  readonly probability: number | null;
  readonly set80: number | null;
  readonly set90: number | null;
}

/** The first day on which any match stands; undefined without matches. */
export function readFirstDay(database: Database): Day | undefined {
  const day = database.sqlite.prepare<[], Day | null>('SELECT min(match_day) FROM match').pluck().get();
  return day ?? undefined;
}

export interface SettledQuery {
  readonly from: Day;
  /** Not included. */
  readonly before: Day;
  readonly forecastType: string;
}

/** Every finished match of a span in the order of its day, with the forecast that counts for it. */
export function readSettledForecasts(database: Database, query: SettledQuery): SettledForecast[] {
  return database.sqlite
    .prepare<{ from: string; before: string; forecastType: string }, SettledForecast>(settledQuery)
    .all({ from: query.from, before: query.before, forecastType: query.forecastType });
}

export const settledQuery = `
SELECT season.championship_id AS championshipId, match.match_day AS day, season.code AS seasonCode,
  match.home_goals AS homeGoals, match.away_goals AS awayGoals,
  shown.origin, shown.label, shown.probability, shown.set_80 AS set80, shown.set_90 AS set90
FROM match JOIN season ON season.id = match.season_id
LEFT JOIN outcome AS shown ON shown.id = ${shownForecast}
WHERE match.status = 'finished' AND match.match_day >= @from AND match.match_day < @before
ORDER BY match.match_day, match.kick_off, match.id`;

/** A match of a day with the forecast that counts for it and, where it was selected, the record behind it. */
export interface DayMatch {
  readonly matchId: number;
  readonly day: Day;
  readonly kickOff: Instant;
  readonly kickOffPrecision: 'minute' | 'day';
  readonly status: 'scheduled' | 'finished' | 'awarded' | 'abandoned' | 'postponed' | 'cancelled';
  readonly round: string | null;
  readonly home: string;
  readonly away: string;
  readonly homeGoals: number | null;
  readonly awayGoals: number | null;
  readonly championshipId: number;
  readonly championshipCode: string;
  readonly championshipName: string;
  readonly sport: Sport;
  readonly country: string;
  readonly zone: string;
  readonly isSample: 0 | 1;
  readonly seasonCode: string;
  readonly hasStandings: 0 | 1;
  readonly hasFeatures: 0 | 1;
  readonly hasPredictions: 0 | 1;
  readonly outcomeId: number | null;
  readonly origin: 'live' | 'replay' | null;
  readonly madeAt: Instant | null;
  readonly asOf: Instant | null;
  readonly dataHash: string | null;
  readonly modelFamily: string | null;
  readonly modelSeason: string | null;
  readonly pHome: number | null;
  readonly pDraw: number | null;
  readonly pAway: number | null;
  readonly label: string | null;
  readonly probability: number | null;
  readonly temperature: number | null;
  readonly calibrationCount: number | null;
  readonly pValueHome: number | null;
  readonly pValueDraw: number | null;
  readonly pValueAway: number | null;
  readonly confidence: number | null;
  readonly credibility: number | null;
  readonly windowScope: 'championship' | 'pooled' | 'none' | null;
  readonly windowCount: number | null;
  readonly set80: number | null;
  readonly set90: number | null;
  readonly priceBookmaker: string | null;
  readonly priceInstant: Instant | null;
  readonly priceHome: number | null;
  readonly priceDraw: number | null;
  readonly priceAway: number | null;
  readonly target: number | null;
  readonly delta: number | null;
  readonly threshold: number | null;
  readonly recordCount: number | null;
  readonly recordHits: number | null;
  readonly recordBound: number | null;
  readonly recordFrom: Day | null;
  readonly recordUntil: Day | null;
  readonly sinceCount: number | null;
  readonly sinceHits: number | null;
}

/** The matches of one day in the order of championship, kick-off and home team. */
export function readDayMatches(
  database: Database,
  options: { readonly day: Day; readonly championshipIds: readonly number[]; readonly forecastType: string },
): DayMatch[] {
  return database.sqlite
    .prepare<{ day: string; championshipIds: string; forecastType: string }, DayMatch>(dayMatchesQuery)
    .all({
      day: options.day,
      championshipIds: JSON.stringify(options.championshipIds),
      forecastType: options.forecastType,
    });
}

export const dayMatchesQuery = `
SELECT match.id AS matchId, match.match_day AS day, match.kick_off AS kickOff,
  match.kick_off_precision AS kickOffPrecision, match.status, match.round,
  home.name AS home, away.name AS away, match.home_goals AS homeGoals, match.away_goals AS awayGoals,
  championship.id AS championshipId, championship.code AS championshipCode, championship.name AS championshipName,
  country.name AS country, championship.zone, championship.is_sample AS isSample, season.code AS seasonCode,
  (SELECT code FROM sport WHERE sport.id = championship.sport_id) AS sport,
  EXISTS (SELECT 1 FROM standings WHERE standings.match_id = match.id) AS hasStandings,
  EXISTS (SELECT 1 FROM feature WHERE feature.match_id = match.id) AS hasFeatures,
  EXISTS (SELECT 1 FROM prediction WHERE prediction.match_id = match.id) AS hasPredictions,
  shown.id AS outcomeId, shown.origin, shown.made_at AS madeAt, shown.as_of AS asOf, shown.data_hash AS dataHash,
  model.family AS modelFamily, model.season_code AS modelSeason,
  shown.home AS pHome, shown.draw AS pDraw, shown.away AS pAway, shown.label, shown.probability,
  shown.temperature, shown.calibration_count AS calibrationCount,
  shown.p_value_home AS pValueHome, shown.p_value_draw AS pValueDraw, shown.p_value_away AS pValueAway,
  shown.confidence, shown.credibility, shown.window_scope AS windowScope, shown.window_count AS windowCount,
  shown.set_80 AS set80, shown.set_90 AS set90,
  bookmaker.name AS priceBookmaker, shown.price_instant AS priceInstant,
  shown.price_home AS priceHome, shown.price_draw AS priceDraw, shown.price_away AS priceAway,
  rule.target, rule.delta, rule.threshold, rule.record_count AS recordCount, rule.record_hits AS recordHits,
  rule.bound AS recordBound, rule.record_from AS recordFrom, rule.record_until AS recordUntil,
  statistic.since_count AS sinceCount, statistic.since_hits AS sinceHits
FROM match
JOIN season ON season.id = match.season_id
JOIN championship ON championship.id = season.championship_id
JOIN country ON country.id = championship.country_id
JOIN team AS home ON home.id = match.home_team_id
JOIN team AS away ON away.id = match.away_team_id
LEFT JOIN outcome AS shown ON shown.id = ${shownForecast}
LEFT JOIN model ON model.id = shown.model_id
LEFT JOIN bookmaker ON bookmaker.id = shown.price_bookmaker_id
LEFT JOIN statistic ON statistic.outcome_id = shown.id
LEFT JOIN selection_rule AS rule ON rule.id = statistic.selection_rule_id
WHERE match.match_day = @day AND championship.id IN (SELECT value FROM json_each(@championshipIds))
ORDER BY country.name, championship.tier, championship.code, match.kick_off, home.name, match.id`;

/** Whether any rule of selection has been made: without one, nothing could be selected. */
export function hasSelectionRule(database: Database, forecastType: string): boolean {
  return (
    database.sqlite
      .prepare<[string], { found: 1 }>(
        'SELECT 1 AS found FROM selection_rule WHERE forecast_type = ? LIMIT 1',
      )
      .get(forecastType) !== undefined
  );
}

export interface DocumentRow {
  /** Those of a day, or a report. */
  readonly kind: 'forecast' | 'outcome' | ReportKind;
  readonly day: Day;
  readonly variant: 'regular' | 'quality';
  readonly language: string;
  readonly format: string;
  /** Relative to the documents folder, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
}

/** Every document that has been published, in the order of its path. */
export function readDocuments(database: Database): DocumentRow[] {
  return database.sqlite
    .prepare<[], DocumentRow>(
      'SELECT kind, day, variant, language, format, path, sha256 FROM document ORDER BY path',
    )
    .all();
}

/** What lies there of some kinds of documents, the newest first. */
export function readDocumentsOf(database: Database, kinds: readonly string[]): DocumentRow[] {
  return database.sqlite
    .prepare<[string], DocumentRow>(
      `SELECT kind, day, variant, language, format, path, sha256 FROM document
       WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY day DESC, kind, language, format`,
    )
    .all(JSON.stringify(kinds));
}
