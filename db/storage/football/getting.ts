import type { Database } from '../../client.ts';
import type { TeamScope } from '../../queries/football/getting.ts';

/** Writes of the getting room beside the matches themselves: what they hang on, and what is known of the files. */

export interface ChampionshipRow {
  readonly code: string;
  readonly name: string;
  readonly sport: { readonly code: string; readonly name: string };
  readonly country: { readonly code: string; readonly name: string };
  readonly tier: number;
  readonly zone: string;
  readonly seasonRule: 'autumn-spring' | 'calendar';
  readonly isSample: boolean;
}

export interface StoredChampionship {
  readonly id: number;
  readonly sportId: number;
  readonly countryId: number;
  readonly foundingSource: string;
}

/** The championship's row, made by the first source that brings it; names and zone follow the registry. */
export function ensureChampionship(
  { sqlite }: Database,
  row: ChampionshipRow,
  source: string,
): StoredChampionship {
  sqlite
    .prepare('INSERT INTO sport (code, name) VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(row.sport.code, row.sport.name);
  sqlite
    .prepare(
      'INSERT INTO country (code, name) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name',
    )
    .run(row.country.code, row.country.name);
  sqlite
    .prepare(
      `INSERT INTO championship (sport_id, country_id, code, name, tier, zone, season_rule, is_sample, founding_source)
       SELECT s.id, c.id, ?, ?, ?, ?, ?, ?, ? FROM sport s, country c WHERE s.code = ? AND c.code = ?
       ON CONFLICT (code) DO UPDATE SET name = excluded.name, tier = excluded.tier, zone = excluded.zone,
         season_rule = excluded.season_rule, founding_source = coalesce(founding_source, excluded.founding_source)`,
    )
    .run(
      row.code,
      row.name,
      row.tier,
      row.zone,
      row.seasonRule,
      row.isSample ? 1 : 0,
      source,
      row.sport.code,
      row.country.code,
    );
  return sqlite
    .prepare<[string], StoredChampionship>(
      `SELECT id, sport_id AS sportId, country_id AS countryId, founding_source AS foundingSource
       FROM championship WHERE code = ?`,
    )
    .get(row.code)!;
}

export function ensureSeason(
  { sqlite }: Database,
  championshipId: number,
  season: { code: string; firstYear: number },
): number {
  sqlite
    .prepare('INSERT INTO season (championship_id, code, first_year) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .run(championshipId, season.code, season.firstYear);
  return sqlite
    .prepare<[number, string], { id: number }>('SELECT id FROM season WHERE championship_id = ? AND code = ?')
    .get(championshipId, season.code)!.id;
}

export function createTeam({ sqlite }: Database, where: TeamScope, name: string): number {
  const { lastInsertRowid } = sqlite
    .prepare('INSERT INTO team (sport_id, country_id, name) VALUES (?, ?, ?)')
    .run(where.sportId, where.countryId, name);
  return Number(lastInsertRowid);
}

export interface AliasRow extends TeamScope {
  readonly teamId: number;
  readonly source: string;
  readonly name: string;
}

/** Says which team a source means by a name; the name then no longer waits for an answer. */
export function storeAlias({ sqlite }: Database, row: AliasRow): void {
  sqlite.transaction(() => {
    sqlite
      .prepare(
        `INSERT INTO team_alias (team_id, source, sport_id, country_id, name) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (source, sport_id, country_id, name) DO UPDATE SET team_id = excluded.team_id`,
      )
      .run(row.teamId, row.source, row.sportId, row.countryId, row.name);
    sqlite
      .prepare(
        'DELETE FROM team_unresolved WHERE source = ? AND sport_id = ? AND country_id = ? AND name = ?',
      )
      .run(row.source, row.sportId, row.countryId, row.name);
  })();
}

export interface UnresolvedRow extends TeamScope {
  readonly source: string;
  readonly name: string;
  readonly suggestions: readonly { readonly team: string; readonly score: number }[];
}

/** Replaces what a file's last reading left unresolved. */
export function storeUnresolved(
  { sqlite }: Database,
  file: { source: string; address: string },
  rows: readonly UnresolvedRow[],
): void {
  sqlite.transaction(() => {
    sqlite
      .prepare('DELETE FROM team_unresolved WHERE source = ? AND address = ?')
      .run(file.source, file.address);
    const insert = sqlite.prepare(
      `INSERT INTO team_unresolved (source, sport_id, country_id, name, address, suggestions)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET address = excluded.address, suggestions = excluded.suggestions`,
    );
    for (const row of rows) {
      const { sportId, countryId, name } = row;
      insert.run(row.source, sportId, countryId, name, file.address, JSON.stringify(row.suggestions));
    }
  })();
}

/** Names of a file that is not read after all wait for no answer. */
export function forgetUnresolved({ sqlite }: Database, address: string): void {
  sqlite.prepare('DELETE FROM team_unresolved WHERE address = ?').run(address);
}

export interface SourceFileRow {
  readonly source: string;
  readonly address: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly sha256: string;
  readonly parserVersion: number;
  readonly readAt: number;
  readonly report: unknown;
}

/** Remembers what was read from a file, for conditional requests and for "nothing changed". */
export function storeSourceFile({ sqlite }: Database, row: SourceFileRow): void {
  sqlite
    .prepare(
      `INSERT INTO source_file (source, address, etag, last_modified, sha256, parser_version, read_at, report)
       VALUES (@source, @address, @etag, @lastModified, @sha256, @parserVersion, @readAt, @report)
       ON CONFLICT (source, address) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
         sha256 = excluded.sha256, parser_version = excluded.parser_version, read_at = excluded.read_at,
         report = excluded.report`,
    )
    .run({ ...row, report: JSON.stringify(row.report) });
}
