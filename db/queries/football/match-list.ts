import type { ListedMatch } from '../../../engine/contract/match-list.ts';
import type { Database } from '../../client.ts';
import { readClosingPrices } from './closing-prices.ts';
import { marketOrder } from './processing.ts';

/** Reads behind the list of all matches: whole columns to arrange them by, and the rows of a window. */

/**
 * Changes when the list may be another one: matches, forecasts or teams came or went, or a source was read. The number of
 * matches is among its parts.
 */
export function matchListState({ sqlite }: Database): { readonly matches: number; readonly state: string } {
  const row = sqlite
    .prepare<[], { matches: number; state: string }>(
      `SELECT (SELECT count(*) FROM match) AS matches,
              concat_ws('|', (SELECT max(id) FROM match), (SELECT max(id) FROM outcome), (SELECT count(*) FROM statistic),
                (SELECT max(id) FROM source_file), (SELECT max(read_at) FROM source_file), (SELECT count(*) FROM team),
                (SELECT max(finished_at) FROM run)) AS state`,
    )
    .get()!;
  return { matches: row.matches, state: `${row.matches}|${row.state}` };
}

/** Ids of a window of all matches, newest first; walks the index by day, however far the window is. */
export function newestMatches({ sqlite }: Database, window: { offset: number; limit: number }): number[] {
  return sqlite
    .prepare<[number, number], number>(
      'SELECT id FROM match ORDER BY match_day DESC, kick_off DESC, id DESC LIMIT ? OFFSET ?',
    )
    .pluck()
    .all(window.limit, window.offset);
}

export interface MatchNames {
  readonly teams: readonly { readonly id: number; readonly name: string }[];
  readonly seasons: readonly { readonly id: number; readonly code: string; readonly championship: string }[];
  readonly championships: readonly {
    readonly code: string;
    readonly name: string;
    readonly isSample: boolean;
  }[];
}

export function readMatchNames({ sqlite }: Database): MatchNames {
  return {
    teams: sqlite.prepare<[], { id: number; name: string }>('SELECT id, name FROM team').all(),
    seasons: sqlite
      .prepare<[], MatchNames['seasons'][number]>(
        `SELECT s.id, s.code, c.code AS championship FROM season s JOIN championship c ON c.id = s.championship_id`,
      )
      .all(),
    championships: sqlite
      .prepare<[], { code: string; name: string; is_sample: number }>(
        'SELECT code, name, is_sample FROM championship ORDER BY name, code',
      )
      .all()
      .map(({ code, name, is_sample }) => ({ code, name, isSample: is_sample === 1 })),
  };
}

/** Inclusive ids; one step of reading all matches. */
export interface IdRange {
  readonly from: number;
  readonly until: number;
}

export type MatchTuple = [
  id: number,
  seasonId: number,
  homeTeamId: number,
  awayTeamId: number,
  matchDay: string,
  kickOff: number,
  status: string,
  homeGoals: number | null,
  awayGoals: number | null,
  homeExpectedGoals: number | null,
  awayExpectedGoals: number | null,
];

export function readMatchTuples({ sqlite }: Database, { from, until }: IdRange): MatchTuple[] {
  return sqlite
    .prepare<[number, number], MatchTuple>(
      `SELECT m.id, m.season_id, m.home_team_id, m.away_team_id, m.match_day, m.kick_off, m.status, m.home_goals,
              m.away_goals, x.home_expected_goals, x.away_expected_goals
       FROM match m LEFT JOIN match_statistics x ON x.match_id = m.id
       WHERE m.id BETWEEN ? AND ? ORDER BY m.id`,
    )
    .raw()
    .all(from, until) as MatchTuple[];
}

export type ForecastTuple = [
  matchId: number,
  home: number,
  draw: number,
  away: number,
  label: 'H' | 'D' | 'A',
  set80: number | null,
  confidence: number | null,
  origin: 'live' | 'replay',
  isSelected: 0 | 1,
];

/** All 1X2 forecasts of some matches; of each match the one that counts comes last. */
export function readForecastTuples({ sqlite }: Database, { from, until }: IdRange): ForecastTuple[] {
  return sqlite
    .prepare<[number, number], ForecastTuple>(
      `SELECT o.match_id, o.home, o.draw, o.away, o.label, o.set_80, o.confidence, o.origin, q.id IS NOT NULL
       FROM outcome o LEFT JOIN statistic q ON q.outcome_id = o.id
       WHERE o.match_id BETWEEN ? AND ? AND o.forecast_type = '1x2'
       ORDER BY o.match_id, o.origin DESC, o.id`,
    )
    .raw()
    .all(from, until) as ForecastTuple[];
}

export type PriceTuple = [matchId: number, home: number, draw: number, away: number];

/** Closing 1X2 prices of some matches; of each match the one that counts comes last. */
export function readClosingTuples({ sqlite }: Database, { from, until }: IdRange): PriceTuple[] {
  return sqlite
    .prepare<[number, number], PriceTuple>(
      `SELECT q.match_id, q.price_1, q.price_2, q.price_3
       FROM odds_quote q CROSS JOIN bookmaker b ON b.id = q.bookmaker_id
       WHERE q.match_id BETWEEN ? AND ? AND q.market_id = 1 AND q.phase = 3 AND q.price_3 IS NOT NULL
         AND b.kind IN ('bookmaker', 'exchange', 'average') AND b.code IN ('PS', 'Avg', 'BbAv', 'B365')
       ORDER BY q.match_id, ${marketOrder} DESC, q.instant`,
    )
    .raw()
    .all(from, until) as PriceTuple[];
}

interface Row {
  id: number;
  code: string;
  championship_name: string;
  season: string;
  match_day: string;
  kick_off: number;
  kick_off_precision: 'minute' | 'day';
  home_team_id: number;
  home_name: string;
  away_team_id: number;
  away_name: string;
  status: ListedMatch['status'];
  home_goals: number | null;
  away_goals: number | null;
  home_expected_goals: number | null;
  away_expected_goals: number | null;
  home: number | null;
  draw: number | null;
  away: number | null;
  label: 'H' | 'D' | 'A' | null;
  origin: 'live' | 'replay' | null;
  set_80: number | null;
  confidence: number | null;
  record_count: number | null;
  record_hits: number | null;
  bound: number | null;
  target: number | null;
}

/** The matches of a window as they are shown, in the order of their ids in `ids`. */
export function readListedMatches(database: Database, ids: readonly number[]): ListedMatch[] {
  const closing = readClosingPrices(database, ids);
  return database.sqlite
    .prepare<[string], Row>(
      `SELECT m.id, c.code, c.name AS championship_name, s.code AS season, m.match_day, m.kick_off,
              m.kick_off_precision, m.home_team_id, h.name AS home_name, m.away_team_id, a.name AS away_name, m.status,
              m.home_goals, m.away_goals, x.home_expected_goals, x.away_expected_goals,
              o.home, o.draw, o.away, o.label, o.origin, o.set_80, o.confidence,
              r.record_count, r.record_hits, r.bound, r.target
       FROM json_each(?) AS wanted
       CROSS JOIN match m ON m.id = wanted.value
       JOIN season s ON s.id = m.season_id
       JOIN championship c ON c.id = s.championship_id
       JOIN team h ON h.id = m.home_team_id
       JOIN team a ON a.id = m.away_team_id
       LEFT JOIN match_statistics x ON x.match_id = m.id
       LEFT JOIN outcome o ON o.id = (
         SELECT id FROM outcome WHERE match_id = m.id AND forecast_type = '1x2' ORDER BY origin, id DESC LIMIT 1
       )
       LEFT JOIN statistic q ON q.outcome_id = o.id
       LEFT JOIN selection_rule r ON r.id = q.selection_rule_id
       ORDER BY wanted.key`,
    )
    .all(JSON.stringify(ids))
    .map((row) => listedMatch(row, closing.get(row.id)));
}

function listedMatch(row: Row, closing: readonly [number, number, number] | undefined): ListedMatch {
  const { home, draw, away, label, origin, record_count: n, record_hits: hits, bound, target } = row;
  return {
    matchId: row.id,
    championship: row.code,
    championshipName: row.championship_name,
    season: row.season,
    matchDay: row.match_day,
    kickOff: row.kick_off,
    kickOffPrecision: row.kick_off_precision,
    homeTeamId: row.home_team_id,
    home: row.home_name,
    awayTeamId: row.away_team_id,
    away: row.away_name,
    status: row.status,
    homeGoals: row.home_goals,
    awayGoals: row.away_goals,
    homeExpectedGoals: row.home_expected_goals,
    awayExpectedGoals: row.away_expected_goals,
    forecast:
      home === null || draw === null || away === null || label === null || origin === null
        ? null
        : {
            probabilities: { H: home, D: draw, A: away },
            label,
            origin,
            set80: row.set_80,
            confidence: row.confidence,
          },
    quality:
      n === null || hits === null || bound === null || target === null ? null : { n, hits, bound, target },
    closing: closing === undefined ? null : { home: closing[0], draw: closing[1], away: closing[2] },
  };
}
