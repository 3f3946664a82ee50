import type { Day, Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import { shownForecast } from './publisher.ts';

/** A match as the screens list it: who, when, the forecast that counts, and what came of it. */
export interface MatchViewRow {
  readonly matchId: number;
  readonly championshipCode: string;
  readonly championshipName: string;
  readonly country: string;
  readonly zone: string;
  readonly isSample: 0 | 1;
  readonly seasonCode: string;
  readonly day: Day;
  readonly kickOff: Instant;
  readonly kickOffPrecision: 'minute' | 'day';
  readonly status: 'scheduled' | 'finished' | 'awarded' | 'abandoned' | 'postponed' | 'cancelled';
  readonly round: string | null;
  readonly homeId: number;
  readonly home: string;
  readonly awayId: number;
  readonly away: string;
  readonly homeGoals: number | null;
  readonly awayGoals: number | null;
  readonly hasStandings: 0 | 1;
  readonly hasFeatures: 0 | 1;
  readonly hasPredictions: 0 | 1;
  readonly outcomeId: number | null;
  readonly origin: 'live' | 'replay' | null;
  readonly madeAt: Instant | null;
  readonly asOf: Instant | null;
  readonly family: string | null;
  readonly pHome: number | null;
  readonly pDraw: number | null;
  readonly pAway: number | null;
  readonly label: string | null;
  readonly probability: number | null;
  readonly confidence: number | null;
  readonly credibility: number | null;
  readonly set80: number | null;
  readonly set90: number | null;
  readonly priceBookmaker: string | null;
  readonly priceInstant: Instant | null;
  readonly priceHome: number | null;
  readonly priceDraw: number | null;
  readonly priceAway: number | null;
  readonly target: number | null;
  readonly recordCount: number | null;
  readonly recordHits: number | null;
  readonly recordBound: number | null;
  readonly recordFrom: Day | null;
  readonly recordUntil: Day | null;
  readonly sinceCount: number | null;
  readonly sinceHits: number | null;
  readonly qualityTypes: number;
}

/** The statement for some matches; `which` says where they come from and in what order. */
export function matchViewStatement(which: string): string {
  return `
SELECT match.id AS matchId, championship.code AS championshipCode, championship.name AS championshipName,
  country.code AS country, championship.zone, championship.is_sample AS isSample, season.code AS seasonCode,
  match.match_day AS day, match.kick_off AS kickOff, match.kick_off_precision AS kickOffPrecision,
  match.status, match.round, home.id AS homeId, home.name AS home, away.id AS awayId, away.name AS away,
  match.home_goals AS homeGoals, match.away_goals AS awayGoals,
  EXISTS (SELECT 1 FROM standings WHERE standings.match_id = match.id) AS hasStandings,
  EXISTS (SELECT 1 FROM feature WHERE feature.match_id = match.id) AS hasFeatures,
  EXISTS (SELECT 1 FROM prediction WHERE prediction.match_id = match.id) AS hasPredictions,
  shown.id AS outcomeId, shown.origin, shown.made_at AS madeAt, shown.as_of AS asOf, model.family,
  shown.home AS pHome, shown.draw AS pDraw, shown.away AS pAway, shown.label, shown.probability,
  shown.confidence, shown.credibility, shown.set_80 AS set80, shown.set_90 AS set90,
  bookmaker.name AS priceBookmaker, shown.price_instant AS priceInstant,
  shown.price_home AS priceHome, shown.price_draw AS priceDraw, shown.price_away AS priceAway,
  rule.target, rule.record_count AS recordCount, rule.record_hits AS recordHits, rule.bound AS recordBound,
  rule.record_from AS recordFrom, rule.record_until AS recordUntil,
  statistic.since_count AS sinceCount, statistic.since_hits AS sinceHits,
  (SELECT count(*) FROM outcome_type AS type
   WHERE type.outcome_id = shown.id AND type.selection_family_id IS NOT NULL) AS qualityTypes
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
${which}`;
}

type Parameters = Record<string, string | number>;

function read({ sqlite }: Database, which: string, parameters: Parameters): MatchViewRow[] {
  return sqlite
    .prepare<[Parameters], MatchViewRow>(matchViewStatement(which))
    .all({ ...parameters, forecastType: '1x2' });
}

export function readMatchView(database: Database, matchId: number): MatchViewRow | undefined {
  return read(database, 'WHERE match.id = @matchId', { matchId })[0];
}

/** The matches of a day in the order of championship, kick-off and home team. */
export function readDayViews(database: Database, day: Day): MatchViewRow[] {
  const which = `WHERE match.match_day = @day
    ORDER BY championship.is_sample, country.name, championship.tier, championship.code, match.kick_off, home.name, match.id`;
  return read(database, which, { day });
}

/** A season's matches still to be played at the end of a day (nearest first), or played by then (newest first). */
export function readSeasonViews(
  database: Database,
  query: {
    readonly seasonId: number;
    readonly day: Day;
    readonly side: 'after' | 'until';
    readonly limit: number;
  },
): MatchViewRow[] {
  const { seasonId, day, side, limit } = query;
  const [belongs, order] =
    side === 'after'
      ? ["(match_day > @day OR (match_day = @day AND status = 'scheduled'))", 'ASC']
      : ['match_day <= @day AND home_goals IS NOT NULL', 'DESC'];
  const which = `WHERE match.id IN (
      SELECT id FROM match WHERE season_id = @seasonId AND ${belongs}
      ORDER BY match_day ${order}, kick_off ${order}, id LIMIT @limit)
    ORDER BY match.match_day ${order}, match.kick_off ${order}, home.name`;
  return read(database, which, { seasonId, day, limit });
}

/** A team's matches from a day on (nearest first), or before it (newest first). */
export function readTeamViews(
  database: Database,
  query: {
    readonly teamId: number;
    readonly day: Day;
    readonly side: 'from' | 'before';
    readonly limit: number;
  },
): MatchViewRow[] {
  const { teamId, day, side, limit } = query;
  const [compare, order] = side === 'from' ? ['>=', 'ASC'] : ['<', 'DESC'];
  const half = (column: string) => `SELECT id, match_day, kick_off FROM match
      WHERE ${column} = @teamId AND match_day ${compare} @day`;
  const which = `WHERE match.id IN (SELECT id FROM (${half('home_team_id')} UNION ALL ${half('away_team_id')})
      ORDER BY match_day ${order}, kick_off ${order} LIMIT @limit)
    ORDER BY match.match_day ${order}, match.kick_off ${order}`;
  return read(database, which, { teamId, day, limit });
}

/** The finished meetings of two teams before a day, newest first. */
export function readMeetingViews(
  database: Database,
  query: { readonly home: number; readonly away: number; readonly day: Day; readonly limit: number },
): MatchViewRow[] {
  const { home, away, day, limit } = query;
  const which = `WHERE match.id IN (
      SELECT id FROM match WHERE match_day < @day AND status = 'finished' AND
        ((home_team_id = @home AND away_team_id = @away) OR (home_team_id = @away AND away_team_id = @home))
      ORDER BY match_day DESC LIMIT @limit)
    ORDER BY match.match_day DESC`;
  return read(database, which, { home, away, day, limit });
}

/** How much stands on the days of a span; days without matches are left out. */
export function readDayCounts(
  { sqlite }: Database,
  span: { readonly from: Day; readonly until: Day },
): { day: Day; matches: number; finished: number; forecasts: number; quality: number }[] {
  return sqlite
    .prepare<
      [typeof span],
      { day: Day; matches: number; finished: number; forecasts: number; quality: number }
    >(
      `SELECT match.match_day AS day, count(*) AS matches,
         sum(match.status IN ('finished', 'awarded')) AS finished,
         sum(EXISTS (SELECT 1 FROM outcome WHERE outcome.match_id = match.id)) AS forecasts,
         sum(EXISTS (SELECT 1 FROM outcome JOIN statistic ON statistic.outcome_id = outcome.id
                     WHERE outcome.match_id = match.id)) AS quality
       FROM match WHERE match.match_day BETWEEN @from AND @until GROUP BY match.match_day ORDER BY match.match_day`,
    )
    .all(span);
}

/** The nearest day with matches on one side of a day; `finished`: on which a match has been finished. */
export function nearestDay(
  { sqlite }: Database,
  day: Day,
  side: 'before' | 'after' | 'finished-before',
): Day | undefined {
  const [compare, order] = side === 'after' ? ['>', 'ASC'] : ['<', 'DESC'];
  const finished = side === 'finished-before' ? "AND status = 'finished'" : '';
  return sqlite
    .prepare<[string], Day>(
      `SELECT match_day FROM match WHERE match_day ${compare} ? ${finished} ORDER BY match_day ${order} LIMIT 1`,
    )
    .pluck()
    .get(day);
}
