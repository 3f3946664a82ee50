import type { Sport } from '../../../engine/contract/domain.ts';
import { publishedTypes } from '../../../engine/contract/forecasts.ts';
import type { ForecastFilter, ForecastOrder, PublishedType } from '../../../engine/contract/forecasts.ts';
import type { Database } from '../../client.ts';
import { shownForecast } from './publisher.ts';

/** A forecast of one type as it is stored: of each match the one that counts, as in the documents. */
export interface SaidRow {
  readonly outcomeId: number;
  readonly matchId: number;
  readonly type: PublishedType;
  readonly typeCode: number;
  readonly line: number | null;
  readonly label: string;
  readonly sport: Sport;
  readonly championship: string;
  readonly championshipName: string;
  readonly isSample: 0 | 1;
  readonly season: string;
  readonly day: string;
  readonly kickOff: number;
  readonly kickOffPrecision: 'minute' | 'day';
  readonly home: string;
  readonly away: string;
  readonly status: string;
  readonly homeGoals: number | null;
  readonly awayGoals: number | null;
  readonly origin: 'live' | 'replay';
  readonly madeAt: number;
  readonly probability: number;
  readonly pHome: number;
  readonly pDraw: number;
  readonly pAway: number;
  readonly confidence: number | null;
  readonly credibility: number | null;
  readonly set80: number | null;
  readonly set90: number | null;
  readonly expected: number | null;
  readonly low80: number | null;
  readonly high80: number | null;
  readonly low90: number | null;
  readonly high90: number | null;
  readonly odds: number | null;
  readonly target: number | null;
  readonly delta: number | null;
  readonly threshold: number | null;
  readonly recordCount: number | null;
  readonly recordHits: number | null;
  readonly recordBound: number | null;
  readonly recordFrom: string | null;
  readonly recordUntil: string | null;
  readonly sinceCount: number | null;
  readonly sinceHits: number | null;
}

type Parameters = Record<string, string | number>;

/** The conditions of a filter on the match, and on what is said of it (`said`). */
function conditionsOf(filter: ForecastFilter): {
  readonly match: string[];
  readonly said: string[];
  readonly parameters: Parameters;
} {
  const match: string[] = [];
  const said: string[] = [];
  const parameters: Parameters = { forecastType: '1x2' };
  const add = (list: string[], condition: string, values: Parameters): void => {
    list.push(condition);
    Object.assign(parameters, values);
  };
  if (filter.from !== undefined) add(match, 'match.match_day >= @from', { from: filter.from });
  if (filter.until !== undefined) add(match, 'match.match_day <= @until', { until: filter.until });
  if (filter.state === 'coming') match.push("match.status = 'scheduled'");
  if (filter.state === 'settled') match.push("match.status = 'finished'");
  if (filter.championships !== undefined) {
    const codes = JSON.stringify(filter.championships);
    add(match, 'championship.code IN (SELECT value FROM json_each(@championships))', {
      championships: codes,
    });
  }
  if (filter.team !== undefined && filter.team.trim() !== '') {
    const team = filter.team.trim().toLocaleLowerCase();
    add(match, '(instr(lower(home.name), @team) > 0 OR instr(lower(away.name), @team) > 0)', { team });
  }
  if (filter.origin !== 'any') add(match, 'shown.origin = @origin', { origin: filter.origin });
  if (filter.isSelected === true) said.push('recordCount IS NOT NULL');
  if (filter.isSelected === false) said.push('recordCount IS NULL');
  if (filter.minimumProbability !== undefined)
    add(said, 'probability >= @minimum', { minimum: filter.minimumProbability });
  if (filter.maximumProbability !== undefined)
    add(said, 'probability < @maximum', { maximum: filter.maximumProbability });
  if (filter.minimumConfidence !== undefined)
    add(said, 'confidence >= @confidence', { confidence: filter.minimumConfidence });
  if (filter.isCertain === true) said.push('set80 IN (1, 2, 4)');
  return { match, said, parameters };
}

const matchColumns = `shown.id AS outcomeId, match.id AS matchId, sport.code AS sport, championship.code AS championship,
  championship.name AS championshipName, championship.is_sample AS isSample, season.code AS season,
  match.match_day AS day, match.kick_off AS kickOff, match.kick_off_precision AS kickOffPrecision,
  home.name AS home, away.name AS away, match.status, match.home_goals AS homeGoals, match.away_goals AS awayGoals,
  shown.origin, shown.made_at AS madeAt, shown.home AS pHome, shown.draw AS pDraw, shown.away AS pAway`;

const matchTables = `match
  JOIN season ON season.id = match.season_id
  JOIN championship ON championship.id = season.championship_id
  JOIN sport ON sport.id = championship.sport_id
  JOIN team AS home ON home.id = match.home_team_id
  JOIN team AS away ON away.id = match.away_team_id
  JOIN outcome AS shown ON shown.id = ${shownForecast}`;

const resultColumns = `1 AS typeCode, '1x2' AS type, NULL AS line, shown.label, shown.probability, shown.confidence,
  shown.credibility, shown.set_80 AS set80, shown.set_90 AS set90, NULL AS expected, NULL AS low80, NULL AS high80,
  NULL AS low90, NULL AS high90,
  CASE shown.label WHEN 'H' THEN shown.price_home WHEN 'D' THEN shown.price_draw ELSE shown.price_away END AS odds,
  rule.target, rule.delta, rule.threshold, rule.record_count AS recordCount, rule.record_hits AS recordHits,
  rule.bound AS recordBound, rule.record_from AS recordFrom, rule.record_until AS recordUntil,
  statistic.since_count AS sinceCount, statistic.since_hits AS sinceHits`;

const resultTables = `LEFT JOIN statistic ON statistic.outcome_id = shown.id
  LEFT JOIN selection_rule AS rule ON rule.id = statistic.selection_rule_id`;

const typeColumns = `type.type_code AS typeCode, type.forecast_type AS type, type.line, type.label, type.probability,
  type.confidence, type.credibility, type.set_80 AS set80, type.set_90 AS set90, type.expected,
  type.low_80 AS low80, type.high_80 AS high80, type.low_90 AS low90, type.high_90 AS high90, NULL AS odds,
  family.target, family.delta, family.threshold, family.selected_count AS recordCount,
  family.selected_hits AS recordHits, family.bound AS recordBound, family.record_from AS recordFrom,
  family.record_until AS recordUntil, type.since_count AS sinceCount, type.since_hits AS sinceHits`;

const typeTables = `JOIN outcome_type AS type ON type.outcome_id = shown.id
  LEFT JOIN selection_family AS family ON family.id = type.selection_family_id`;

/** Type codes of the filter's types; undefined where all are meant. */
function typeCodes(types: ForecastFilter['types']): number[] | undefined {
  return types?.map((type) => codes[type]);
}

/** The numbers that readers know the types by. */
const codes: Readonly<Record<PublishedType, number>> = {
  '1x2': 1,
  'both-score': 2,
  'home-scores': 3,
  'away-scores': 4,
  total: 5,
  'home-total': 6,
  'away-total': 7,
  'total-amount': 8,
  'home-total-amount': 9,
  'away-total-amount': 10,
};

/** Places of the types in the order of the documents, by their numbers. */
const typePlace =
  'CASE typeCode WHEN 8 THEN 5.5 WHEN 9 THEN 6.5 WHEN 10 THEN 7.5 WHEN 3 THEN 8 WHEN 4 THEN 9 ELSE typeCode END';

function sourceOf(filter: ForecastFilter): { readonly sql: string; readonly parameters: Parameters } {
  const { match, said, parameters } = conditionsOf(filter);
  const wanted = typeCodes(filter.types);
  const where = (conditions: readonly string[]): string =>
    conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const parts: string[] = [];
  if (wanted === undefined || wanted.includes(1)) {
    parts.push(
      `SELECT ${matchColumns}, ${resultColumns} FROM ${matchTables} ${resultTables} ${where(match)}`,
    );
  }
  const others = wanted?.filter((code) => code !== 1);
  if (others === undefined || others.length > 0) {
    const narrowed = others === undefined ? match : [...match, `type.type_code IN (${others.join(', ')})`];
    parts.push(`SELECT ${matchColumns}, ${typeColumns} FROM ${matchTables} ${typeTables} ${where(narrowed)}`);
  }
  return { sql: `SELECT * FROM (${parts.join(' UNION ALL ')}) ${where(said)}`, parameters };
}

const orders: Readonly<Record<Exclude<ForecastOrder, 'kick-off'>, string>> = {
  probability: 'probability {}, day, kickOff, matchId',
  confidence: 'confidence {} NULLS LAST, day, kickOff, matchId',
  championship: 'championshipName {}, day, kickOff, matchId',
};

/** Every type in its place; one slot of a match is one forecast. */
const slots = [1, 2, 5, 8, 6, 9, 7, 10, 3, 4].map((code, place) => `(${place}, ${code})`).join(', ');

const either = (column: string, name = column): string =>
  `CASE slot.code WHEN 1 THEN shown.${column} ELSE type.${column} END AS ${name}`;
const ofRule = (rule: string, family: string, name: string): string =>
  `CASE slot.code WHEN 1 THEN ${rule} ELSE ${family} END AS ${name}`;

const slotColumns = `slot.place, slot.code AS typeCode, coalesce(type.forecast_type, '1x2') AS type, type.line,
  ${either('label')}, ${either('probability')}, ${either('confidence')}, ${either('credibility')},
  ${either('set_80', 'set80')}, ${either('set_90', 'set90')}, type.expected,
  type.low_80 AS low80, type.high_80 AS high80, type.low_90 AS low90, type.high_90 AS high90,
  CASE slot.code WHEN 1 THEN
    CASE shown.label WHEN 'H' THEN shown.price_home WHEN 'D' THEN shown.price_draw ELSE shown.price_away END
  END AS odds,
  ${ofRule('rule.target', 'family.target', 'target')}, ${ofRule('rule.delta', 'family.delta', 'delta')},
  ${ofRule('rule.threshold', 'family.threshold', 'threshold')},
  ${ofRule('rule.record_count', 'family.selected_count', 'recordCount')},
  ${ofRule('rule.record_hits', 'family.selected_hits', 'recordHits')}, ${ofRule('rule.bound', 'family.bound', 'recordBound')},
  ${ofRule('rule.record_from', 'family.record_from', 'recordFrom')},
  ${ofRule('rule.record_until', 'family.record_until', 'recordUntil')},
  ${ofRule('statistic.since_count', 'type.since_count', 'sinceCount')},
  ${ofRule('statistic.since_hits', 'type.since_hits', 'sinceHits')}`;

/**
 * The forecasts of a filter, a match after the other in the order of kick-off: read along the index of days, so that the
 * first window of many comes at once.
 */
function alongDays(filter: ForecastFilter): { readonly sql: string; readonly parameters: Parameters } {
  const { match, said, parameters } = conditionsOf(filter);
  const wanted = typeCodes(filter.types);
  const conditions = [
    ...match,
    '(slot.code = 1 OR type.outcome_id IS NOT NULL)',
    ...(wanted ? [`slot.code IN (${wanted.join(', ')})`] : []),
  ];
  // CROSS JOIN keeps the tables in this order.
  const sql = `WITH slot (place, code) AS (VALUES ${slots})
    SELECT * FROM (
      SELECT ${matchColumns}, ${slotColumns}
      FROM ${matchTables.replaceAll(/\bJOIN\b/g, 'CROSS JOIN')} CROSS JOIN slot
      LEFT JOIN outcome_type AS type ON type.outcome_id = shown.id AND type.type_code = slot.code
      LEFT JOIN selection_family AS family ON family.id = type.selection_family_id
      LEFT JOIN statistic ON statistic.outcome_id = shown.id
      LEFT JOIN selection_rule AS rule ON rule.id = statistic.selection_rule_id
      WHERE ${conditions.join(' AND ')}
    ) ${said.length === 0 ? '' : `WHERE ${said.join(' AND ')}`}`;
  return { sql, parameters };
}

export interface SaidQuery {
  readonly filter: ForecastFilter;
  readonly order: ForecastOrder;
  readonly isDescending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** A window of the forecasts of a filter. */
export function listSaidForecasts({ sqlite }: Database, query: SaidQuery): SaidRow[] {
  const { filter, order, isDescending, offset, limit } = query;
  if (filter.types?.length === 0) return [];
  const direction = isDescending ? 'DESC' : 'ASC';
  const isAlongDays = order === 'kick-off';
  const { sql, parameters } = isAlongDays ? alongDays(filter) : sourceOf(filter);
  const inOrder = isAlongDays
    ? `day ${direction}, kickOff ${direction}, matchId ${direction}, place`
    : `${orders[order].replaceAll('{}', direction)}, ${typePlace}`;
  return sqlite
    .prepare<Parameters, SaidRow>(`${sql} ORDER BY ${inOrder} LIMIT @limit OFFSET @offset`)
    .all({ ...parameters, limit, offset });
}

/** How many forecasts a filter lets through. */
export function countSaidForecasts({ sqlite }: Database, filter: ForecastFilter): number {
  if (filter.types?.length === 0) return 0;
  const { sql, parameters } = lightCount(filter) ?? {
    sql: `SELECT count(*) FROM (${sourceOf(filter).sql})`,
    parameters: sourceOf(filter).parameters,
  };
  return sqlite.prepare<Parameters, number>(sql).pluck().get(parameters)!;
}

/** Where nothing is asked of what is said, only that it is there, names and records need not be read to count. */
function lightCount(
  filter: ForecastFilter,
): { readonly sql: string; readonly parameters: Parameters } | undefined {
  const { match, said, parameters } = conditionsOf(filter);
  if (said.length > 0 || (filter.team ?? '').trim() !== '') return undefined;
  const wanted = typeCodes(filter.types);
  const others = wanted?.filter((code) => code !== 1);
  const championships =
    filter.championships === undefined
      ? ''
      : 'JOIN season ON season.id = match.season_id JOIN championship ON championship.id = season.championship_id';
  const from = `FROM match ${championships} JOIN outcome AS shown ON shown.id = ${shownForecast}`;
  const where = (conditions: readonly string[]): string =>
    conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const results =
    wanted === undefined || wanted.includes(1) ? `(SELECT count(*) ${from} ${where(match)})` : '0';
  const narrowed = others === undefined ? match : [...match, `type.type_code IN (${others.join(', ')})`];
  const types =
    others?.length === 0
      ? '0'
      : `(SELECT count(*) ${from} JOIN outcome_type AS type ON type.outcome_id = shown.id ${where(narrowed)})`;
  return { sql: `SELECT ${results} + ${types}`, parameters };
}

/** What the record needs of a settled forecast. */
export type SettledRow = Pick<
  SaidRow,
  | 'matchId'
  | 'typeCode'
  | 'type'
  | 'line'
  | 'label'
  | 'sport'
  | 'championship'
  | 'championshipName'
  | 'home'
  | 'away'
  | 'season'
  | 'day'
  | 'status'
  | 'homeGoals'
  | 'awayGoals'
  | 'origin'
  | 'probability'
  | 'odds'
  | 'set80'
  | 'set90'
  | 'low80'
  | 'high80'
  | 'low90'
  | 'high90'
  | 'recordCount'
>;

const settledColumns = `matchId, typeCode, type, line, label, sport, championship, championshipName, home, away, season, day, status,
  homeGoals, awayGoals, origin, probability, odds, set80, set90, low80, high80, low90, high90, recordCount`;

/**
 * Every settled forecast of a filter: first those of the result in the order of their days, then those of the other types
 * in theirs. For work beside the screens, as there may be many.
 */
export function* iterateSettled({ sqlite }: Database, filter: ForecastFilter): Generator<SettledRow> {
  const others = publishedTypes.filter((type) => type !== '1x2');
  for (const types of [['1x2'] as const, others]) {
    const wanted = types.filter((type) => filter.types?.includes(type) ?? true);
    if (wanted.length === 0) continue;
    const { sql, parameters } = sourceOf({ ...filter, types: wanted, state: 'settled' });
    yield* sqlite
      .prepare<Parameters, SettledRow>(
        `SELECT ${settledColumns} FROM (${sql}) ORDER BY day, kickOff, matchId`,
      )
      .iterate(parameters);
  }
}
