import type { Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

export interface TeamRow {
  readonly id: number;
  readonly name: string;
  /** Code of the country. */
  readonly country: string;
}

export function readTeam({ sqlite }: Database, teamId: number): TeamRow | undefined {
  return sqlite
    .prepare<[number], TeamRow>(
      'SELECT t.id, t.name, k.code AS country FROM team t JOIN country k ON k.id = t.country_id WHERE t.id = ?',
    )
    .get(teamId);
}

export interface TeamSeasonRow {
  readonly seasonId: number;
  readonly championshipId: number;
  readonly championshipCode: string;
}

/** The seasons in which a team has matches, newest first. */
export function readTeamSeasons({ sqlite }: Database, teamId: number): TeamSeasonRow[] {
  return sqlite
    .prepare<[number, number], TeamSeasonRow>(
      `SELECT s.id AS seasonId, s.championship_id AS championshipId, c.code AS championshipCode
       FROM season s JOIN championship c ON c.id = s.championship_id
       WHERE s.id IN (SELECT season_id FROM match WHERE home_team_id = ?
                      UNION SELECT season_id FROM match WHERE away_team_id = ?)
       ORDER BY s.first_year DESC, s.id DESC`,
    )
    .all(teamId, teamId);
}

interface Known {
  readonly knownAt: Instant;
  readonly source: string;
}
export interface TeamFactRows {
  readonly absences: readonly (Known & {
    readonly player: string;
    readonly reason: 'injury' | 'suspension' | 'other';
    readonly isKey: 0 | 1;
    readonly backAt: Instant | null;
  })[];
  readonly managers: readonly (Known & { readonly name: string })[];
  readonly squadValues: readonly (Known & { readonly millionEuros: number })[];
  readonly stadium:
    | (Known & { readonly name: string | null; readonly latitude: number; readonly longitude: number })
    | undefined;
  readonly news: readonly (Known & {
    readonly id: number;
    readonly title: string;
    readonly text: string;
    readonly language: 'en' | 'ru';
    readonly address: string | null;
    readonly publishedAt: Instant | null;
    readonly scorer: string | null;
    readonly sentiment: number | null;
    readonly injurySeverity: number | null;
    readonly managerConfidence: number | null;
  })[];
}

/** What was known of a team at an instant beside its matches, newest first, so many of each kind. */
export function readTeamFactRows(
  { sqlite }: Database,
  query: { readonly teamId: number; readonly until: Instant; readonly limit: number },
): TeamFactRows {
  const all = <Row>(columns: string, table: string): Row[] =>
    sqlite
      .prepare<[typeof query], Row>(
        `SELECT ${columns}, known_at AS knownAt, source FROM ${table}
         WHERE team_id = @teamId AND known_at <= @until ORDER BY known_at DESC LIMIT @limit`,
      )
      .all(query);
  return {
    absences: all('player, reason, is_key AS isKey, back_at AS backAt', 'absence'),
    managers: all('name', 'manager'),
    squadValues: all('million_euros AS millionEuros', 'squad_value'),
    stadium: all<NonNullable<TeamFactRows['stadium']>>('name, latitude, longitude', 'stadium')[0],
    news: sqlite
      .prepare<[typeof query], TeamFactRows['news'][number]>(
        `SELECT n.id, n.title, n.text, n.language, n.address, n.published_at AS publishedAt, n.known_at AS knownAt,
           n.source, s.scorer, s.sentiment, s.injury_severity AS injurySeverity,
           s.manager_confidence AS managerConfidence
         FROM news_item n LEFT JOIN news_score s ON s.news_item_id = n.id AND s.known_at <= @until
           AND s.scorer = (SELECT scorer FROM news_score WHERE news_item_id = n.id ORDER BY known_at DESC LIMIT 1)
         WHERE n.team_id = @teamId AND n.known_at <= @until ORDER BY n.known_at DESC, n.id DESC LIMIT @limit`,
      )
      .all(query),
  };
}
