import type { Database } from '../../client.ts';

/** Reads of the getting room. */

export interface KnownFile {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly sha256: string;
  readonly parserVersion: number;
}

/** What was last read from an address, or undefined. */
export function readSourceFile({ sqlite }: Database, source: string, address: string): KnownFile | undefined {
  return sqlite
    .prepare<[string, string], KnownFile>(
      `SELECT etag, last_modified AS lastModified, sha256, parser_version AS parserVersion
       FROM source_file WHERE source = ? AND address = ?`,
    )
    .get(source, address);
}

export interface TeamName {
  readonly id: number;
  readonly name: string;
}

/** Where a team's name stands for one team: its sport and its country. */
export interface TeamScope {
  readonly sportId: number;
  readonly countryId: number;
}

/** The teams of a sport in a country. */
export function readTeams({ sqlite }: Database, { sportId, countryId }: TeamScope): TeamName[] {
  return sqlite
    .prepare<[number, number], TeamName>(
      'SELECT id, name FROM team WHERE sport_id = ? AND country_id = ? ORDER BY id',
    )
    .all(sportId, countryId);
}

/** The names by which a source calls the teams of a sport in a country. */
export function readAliases({ sqlite }: Database, source: string, where: TeamScope): Map<string, number> {
  const rows = sqlite
    .prepare<[string, number, number], { name: string; teamId: number }>(
      'SELECT name, team_id AS teamId FROM team_alias WHERE source = ? AND sport_id = ? AND country_id = ?',
    )
    .all(source, where.sportId, where.countryId);
  return new Map(rows.map(({ name, teamId }) => [name, teamId]));
}

/** Has any source but this one founded a championship of the sport in the country? */
export function hasOtherFounder({ sqlite }: Database, where: TeamScope, source: string): boolean {
  return (
    sqlite
      .prepare(
        'SELECT 1 FROM championship WHERE sport_id = ? AND country_id = ? AND founding_source <> ? LIMIT 1',
      )
      .get(where.sportId, where.countryId, source) !== undefined
  );
}

export interface SeasonMatch {
  readonly day: string;
  readonly home: number;
  readonly away: number;
  readonly homeGoals: number | null;
  readonly awayGoals: number | null;
}

/** Days, teams and scores of one season, to recognise a match by. */
export function readSeasonMatches(
  { sqlite }: Database,
  championshipId: number,
  firstYear: number,
): SeasonMatch[] {
  return sqlite
    .prepare<[number, number], SeasonMatch>(
      `SELECT m.match_day AS day, m.home_team_id AS home, m.away_team_id AS away,
              m.home_goals AS homeGoals, m.away_goals AS awayGoals
       FROM match m JOIN season s ON s.id = m.season_id
       WHERE s.championship_id = ? AND s.first_year = ?`,
    )
    .all(championshipId, firstYear);
}

export interface UnresolvedTeam {
  readonly source: string;
  readonly sport: string;
  readonly country: string;
  readonly name: string;
  readonly suggestions: { team: string; score: number }[];
}

/** The names that wait for an alias. */
export function readUnresolved({ sqlite }: Database): UnresolvedTeam[] {
  return sqlite
    .prepare<[], { source: string; sport: string; country: string; name: string; suggestions: string }>(
      `SELECT u.source, s.code AS sport, c.code AS country, u.name, u.suggestions
       FROM team_unresolved u JOIN country c ON c.id = u.country_id JOIN sport s ON s.id = u.sport_id
       ORDER BY u.source, s.code, c.code, u.name`,
    )
    .all()
    .map((row) => ({ ...row, suggestions: JSON.parse(row.suggestions) as UnresolvedTeam['suggestions'] }));
}

/** The identifier of a country's code, or undefined. */
export function readCountryId({ sqlite }: Database, code: string): number | undefined {
  return sqlite.prepare<[string], { id: number }>('SELECT id FROM country WHERE code = ?').get(code)?.id;
}

/** The identifier of a sport's code, or undefined while nothing of it has been read. */
export function readSportId({ sqlite }: Database, code: string): number | undefined {
  return sqlite.prepare<[string], { id: number }>('SELECT id FROM sport WHERE code = ?').get(code)?.id;
}
