import type { Day, Instant, Sport } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** Championships, their seasons and the matches of a season, as the screens ask for them. */

export interface ChampionshipRow {
  readonly id: number;
  readonly championshipCode: string;
  readonly championshipName: string;
  readonly country: string;
  readonly zone: string;
  readonly tier: number;
  readonly sport: Sport;
  readonly isSample: 0 | 1;
}

const championshipColumns = `c.id, c.code AS championshipCode, c.name AS championshipName, k.code AS country, c.zone,
  c.tier, p.code AS sport, c.is_sample AS isSample`;
const championshipTables = `championship c JOIN country k ON k.id = c.country_id JOIN sport p ON p.id = c.sport_id`;

export function readChampionship({ sqlite }: Database, code: string): ChampionshipRow | undefined {
  return sqlite
    .prepare<[string], ChampionshipRow>(
      `SELECT ${championshipColumns} FROM ${championshipTables} WHERE c.code = ?`,
    )
    .get(code);
}

/** Those with matches, real ones first. */
export function listChampionships({
  sqlite,
}: Database): (ChampionshipRow & { seasons: number; matches: number; lastDay: Day })[] {
  return sqlite
    .prepare<[], ChampionshipRow & { seasons: number; matches: number; lastDay: Day }>(
      `SELECT ${championshipColumns}, count(DISTINCT s.id) AS seasons, count(*) AS matches, max(m.match_day) AS lastDay
       FROM ${championshipTables} JOIN season s ON s.championship_id = c.id JOIN match m ON m.season_id = s.id
       GROUP BY c.id ORDER BY c.is_sample, k.name, c.tier, c.code`,
    )
    .all();
}

export interface SeasonRow {
  readonly id: number;
  readonly code: string;
  readonly firstYear: number;
  readonly matches: number;
  readonly played: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** A championship's seasons with matches, newest first. */
export function readSeasons({ sqlite }: Database, championshipId: number): SeasonRow[] {
  return sqlite
    .prepare<[number], SeasonRow>(
      `SELECT s.id, s.code, s.first_year AS firstYear, count(*) AS matches, sum(m.home_goals IS NOT NULL) AS played,
         min(m.match_day) AS firstDay, max(m.match_day) AS lastDay
       FROM season s JOIN match m ON m.season_id = s.id WHERE s.championship_id = ?
       GROUP BY s.id ORDER BY s.first_year DESC, s.id DESC`,
    )
    .all(championshipId);
}

export interface SeasonMatchRow {
  readonly matchId: number;
  readonly day: Day;
  readonly status: 'scheduled' | 'finished' | 'awarded' | 'abandoned' | 'postponed' | 'cancelled';
  readonly homeId: number;
  readonly home: string;
  readonly awayId: number;
  readonly away: string;
  readonly homeGoals: number | null;
  readonly awayGoals: number | null;
  /** Who won what followed a drawn regular time: 1 home, -1 away, 0 nobody. */
  readonly decider: number;
}

/** A season's matches in order of time. */
export function readSeasonMatchRows({ sqlite }: Database, seasonId: number): SeasonMatchRow[] {
  return sqlite
    .prepare<[number], SeasonMatchRow>(
      `SELECT m.id AS matchId, m.match_day AS day, m.status, m.home_team_id AS homeId, h.name AS home,
         m.away_team_id AS awayId, a.name AS away, m.home_goals AS homeGoals, m.away_goals AS awayGoals,
         CASE WHEN m.home_goals = m.away_goals THEN coalesce(sign(coalesce(m.home_goals_shoot_out - m.away_goals_shoot_out,
           m.home_goals_extra_time - m.away_goals_extra_time)), 0) ELSE 0 END AS decider
       FROM match m JOIN team h ON h.id = m.home_team_id JOIN team a ON a.id = m.away_team_id
       WHERE m.season_id = ? ORDER BY m.match_day, m.kick_off, m.id`,
    )
    .all(seasonId);
}

/** Scores of a championship's matches that were known at an instant, in order of time. */
export interface KnownScore {
  readonly day: Day;
  readonly home: number;
  readonly away: number;
  readonly homeGoals: number;
  readonly awayGoals: number;
}

export function readKnownScores(
  { sqlite }: Database,
  query: {
    readonly championshipId: number;
    readonly from: Day;
    readonly until: Day;
    readonly known: Instant;
  },
): KnownScore[] {
  return sqlite
    .prepare<[typeof query], KnownScore>(
      `SELECT m.match_day AS day, m.home_team_id AS home, m.away_team_id AS away, m.home_goals AS homeGoals,
         m.away_goals AS awayGoals
       FROM season CROSS JOIN match m ON m.season_id = season.id
       WHERE season.championship_id = @championshipId AND m.match_day BETWEEN @from AND @until
         AND m.status = 'finished' AND m.result_known_at <= @known
       ORDER BY m.match_day, m.id`,
    )
    .all(query);
}

/** Wins, draws and goals of the home sides, season by season, newest first. */
export interface SeasonGoals {
  readonly season: string;
  readonly n: number;
  readonly home: number;
  readonly draw: number;
  readonly away: number;
  readonly difference: number;
  readonly squares: number;
}

export function readSeasonGoals({ sqlite }: Database, championshipId: number): SeasonGoals[] {
  return sqlite
    .prepare<[number], SeasonGoals>(
      `SELECT s.code AS season, count(*) AS n, sum(m.home_goals > m.away_goals) AS home,
         sum(m.home_goals = m.away_goals) AS draw, sum(m.home_goals < m.away_goals) AS away,
         sum(m.home_goals - m.away_goals) AS difference,
         sum((m.home_goals - m.away_goals) * (m.home_goals - m.away_goals)) AS squares
       FROM season s JOIN match m ON m.season_id = s.id
       WHERE s.championship_id = ? AND m.status = 'finished' GROUP BY s.id ORDER BY s.first_year DESC, s.id DESC`,
    )
    .all(championshipId);
}
