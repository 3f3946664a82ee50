import type { Database } from '../../client.ts';

export interface TeamPlayed {
  readonly id: number;
  readonly name: string;
  readonly sportId: number;
  readonly countryId: number;
  readonly country: string;
  readonly matches: number;
}

/** Every team with the number of its matches. */
export function readTeamsPlayed({ sqlite }: Database): TeamPlayed[] {
  return sqlite
    .prepare<[], TeamPlayed>(
      `SELECT t.id, t.name, t.sport_id AS sportId, t.country_id AS countryId, c.code AS country,
              (SELECT count(*) FROM match WHERE home_team_id = t.id)
              + (SELECT count(*) FROM match WHERE away_team_id = t.id) AS matches
       FROM team t JOIN country c ON c.id = t.country_id ORDER BY t.id`,
    )
    .all();
}

/** Did two teams ever meet, or play on the same day? Then they are two. */
export function areTwoTeams({ sqlite }: Database, one: number, other: number): boolean {
  return (
    sqlite
      .prepare<{ one: number; other: number }>(
        `WITH played AS (
           SELECT match_day AS day FROM match WHERE home_team_id = :one
           UNION SELECT match_day FROM match WHERE away_team_id = :one)
         SELECT 1 FROM match m WHERE (m.home_team_id = :other OR m.away_team_id = :other)
           AND m.match_day IN (SELECT day FROM played) LIMIT 1`,
      )
      .get({ one, other }) !== undefined
  );
}
