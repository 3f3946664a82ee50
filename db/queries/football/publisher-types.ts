import type { Day } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import { shownForecast } from './publisher.ts';

/** What a published forecast says of one type beside the result. */
export interface DayType {
  readonly outcomeId: number;
  readonly typeCode: number;
  readonly forecastType: string;
  readonly line: number | null;
  readonly label: string;
  readonly probability: number;
  readonly pValueFirst: number | null;
  readonly pValueSecond: number | null;
  readonly confidence: number | null;
  readonly credibility: number | null;
  readonly windowScope: 'championship' | 'pooled' | 'none';
  readonly windowCount: number;
  readonly set80: number | null;
  readonly set90: number | null;
  readonly expected: number | null;
  readonly low80: number | null;
  readonly high80: number | null;
  readonly low90: number | null;
  readonly high90: number | null;
  /** The filter that selected it; null where none did. */
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

const typeColumns = `type.outcome_id AS outcomeId, type.type_code AS typeCode, type.forecast_type AS forecastType,
  type.line, type.label, type.probability, type.p_value_first AS pValueFirst, type.p_value_second AS pValueSecond,
  type.confidence, type.credibility, type.window_scope AS windowScope, type.window_count AS windowCount,
  type.set_80 AS set80, type.set_90 AS set90, type.expected, type.low_80 AS low80, type.high_80 AS high80,
  type.low_90 AS low90, type.high_90 AS high90`;

/** The types of some forecasts, by forecast and in order of their numbers. */
export function readDayTypes(
  { sqlite }: Database,
  outcomeIds: readonly number[],
): ReadonlyMap<number, readonly DayType[]> {
  const rows = sqlite
    .prepare<[string], DayType>(
      `SELECT ${typeColumns}, family.target, family.delta, family.threshold, family.selected_count AS recordCount,
         family.selected_hits AS recordHits, family.bound AS recordBound, family.record_from AS recordFrom,
         family.record_until AS recordUntil, type.since_count AS sinceCount, type.since_hits AS sinceHits
       FROM outcome_type AS type LEFT JOIN selection_family AS family ON family.id = type.selection_family_id
       WHERE type.outcome_id IN (SELECT value FROM json_each(?)) ORDER BY type.outcome_id, type.type_code`,
    )
    .all(JSON.stringify(outcomeIds));
  return Map.groupBy(rows, (row) => row.outcomeId);
}

/** A type of a match that is finished, with its score. */
export interface SettledType {
  readonly championshipId: number;
  readonly day: Day;
  readonly seasonCode: string;
  readonly homeGoals: number;
  readonly awayGoals: number;
  readonly origin: 'live' | 'replay';
  readonly typeCode: number;
  readonly forecastType: string;
  readonly line: number | null;
  readonly label: string;
  readonly probability: number;
  readonly set80: number | null;
  readonly set90: number | null;
  readonly low80: number | null;
  readonly high80: number | null;
  readonly low90: number | null;
  readonly high90: number | null;
}

/** The types of every finished match of a span, in the order of its day: of the forecast that counts for each. */
export function readSettledTypes(
  { sqlite }: Database,
  query: { readonly from: Day; /** Not included. */ readonly before: Day; readonly forecastType: string },
): SettledType[] {
  return sqlite
    .prepare<{ from: string; before: string; forecastType: string }, SettledType>(
      `SELECT season.championship_id AS championshipId, match.match_day AS day, season.code AS seasonCode,
         match.home_goals AS homeGoals, match.away_goals AS awayGoals, shown.origin, type.type_code AS typeCode,
         type.forecast_type AS forecastType, type.line, type.label, type.probability, type.set_80 AS set80,
         type.set_90 AS set90, type.low_80 AS low80, type.high_80 AS high80, type.low_90 AS low90, type.high_90 AS high90
       FROM match JOIN season ON season.id = match.season_id
       JOIN outcome AS shown ON shown.id = ${shownForecast}
       JOIN outcome_type AS type ON type.outcome_id = shown.id
       WHERE match.status = 'finished' AND match.match_day >= @from AND match.match_day < @before
       ORDER BY match.match_day, match.kick_off, match.id, type.type_code`,
    )
    .all({ from: query.from, before: query.before, forecastType: query.forecastType });
}
