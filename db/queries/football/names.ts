import type { Day } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

export interface TeamName {
  readonly id: number;
  readonly name: string;
  readonly country: string;
  /** Other spellings, one a line. */
  readonly aliases: string;
  readonly newestDay: Day | null;
}

/** Every team with its other spellings and the day of its newest match. */
export function teamNames({ sqlite }: Database): TeamName[] {
  return sqlite
    .prepare<[], TeamName>(
      `SELECT t.id, t.name, c.name AS country,
         coalesce((SELECT group_concat(name, char(10))
                   FROM (SELECT DISTINCT a.name FROM team_alias a WHERE a.team_id = t.id)), '') AS aliases,
         max((SELECT max(match_day) FROM match WHERE home_team_id = t.id),
             (SELECT max(match_day) FROM match WHERE away_team_id = t.id)) AS newestDay
       FROM team t JOIN country c ON c.id = t.country_id`,
    )
    .all();
}

export interface ChampionshipName {
  readonly code: string;
  readonly name: string;
  readonly country: string;
}

export function championshipNames({ sqlite }: Database): ChampionshipName[] {
  return sqlite
    .prepare<[], ChampionshipName>(
      `SELECT h.code, h.name, c.name AS country FROM championship h JOIN country c ON c.id = h.country_id`,
    )
    .all();
}

/** Changes whenever a team, a spelling or a championship is added or removed. */
export function namesVersion({ sqlite }: Database): string {
  const row = sqlite
    .prepare<[], { version: string }>(
      `SELECT (SELECT count(*) || ' ' || coalesce(max(id), 0) FROM team) || ' ' ||
         (SELECT count(*) || ' ' || coalesce(max(id), 0) FROM team_alias) || ' ' ||
         (SELECT count(*) FROM championship) || ' ' || (SELECT coalesce(max(id), 0) FROM match) AS version`,
    )
    .get();
  return row?.version ?? '';
}

export interface MatchName {
  readonly id: number;
  readonly home: string;
  readonly away: string;
  readonly day: Day;
  readonly championship: string;
  readonly homeGoals: number | null;
  readonly awayGoals: number | null;
}

const matchColumns = `m.id, h.name AS home, a.name AS away, m.match_day AS day, c.name AS championship,
  m.home_goals AS homeGoals, m.away_goals AS awayGoals`;
const matchJoins = `JOIN team h ON h.id = m.home_team_id JOIN team a ON a.id = m.away_team_id
  JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id`;

/** The newest matches of one of some teams against one of others; teams as JSON arrays of numbers. */
export function matchesBetween(
  { sqlite }: Database,
  query: { readonly some: string; readonly others: string; readonly limit: number },
): MatchName[] {
  const half = (one: string, other: string) =>
    `SELECT id FROM match WHERE ${one} IN (SELECT value FROM json_each(:some))
       AND ${other} IN (SELECT value FROM json_each(:others))`;
  return sqlite
    .prepare<[typeof query], MatchName>(
      `SELECT ${matchColumns} FROM match m ${matchJoins}
       WHERE m.id IN (${half('home_team_id', 'away_team_id')} UNION ${half('away_team_id', 'home_team_id')})
       ORDER BY m.match_day DESC LIMIT :limit`,
    )
    .all(query);
}

/** A team's matches around a day: the next ones, then the last ones. */
export function matchesAround(
  { sqlite }: Database,
  query: { readonly teamId: number; readonly day: Day; readonly limit: number },
): MatchName[] {
  const side = (column: string, isAhead: boolean) =>
    `SELECT * FROM (SELECT id, match_day FROM match WHERE ${column} = :teamId
       AND match_day ${isAhead ? '>=' : '<'} :day ORDER BY match_day ${isAhead ? '' : 'DESC'} LIMIT :limit)`;
  const both = (isAhead: boolean) =>
    `SELECT id FROM (${side('home_team_id', isAhead)} UNION ALL ${side('away_team_id', isAhead)}
       ORDER BY match_day ${isAhead ? '' : 'DESC'} LIMIT :limit)`;
  return sqlite
    .prepare<[typeof query], MatchName>(
      `SELECT ${matchColumns} FROM match m ${matchJoins}
       WHERE m.id IN (${both(true)}) OR m.id IN (${both(false)}) ORDER BY m.match_day DESC`,
    )
    .all(query);
}
