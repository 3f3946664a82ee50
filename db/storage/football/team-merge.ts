import type { Database } from '../../client.ts';

/** Tables that name teams beside matches; rows there that the kept team has already are dropped with the other's. */
interface Reference {
  readonly table: string;
  readonly column: string;
}

/** Every column that points to a team, as the database itself says it. */
function referencesToTeam({ sqlite }: Database): Reference[] {
  return sqlite
    .prepare<[], Reference>(
      `SELECT t.name AS "table", f."from" AS "column"
       FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
       WHERE t.type = 'table' AND f."table" = 'team'`,
    )
    .all();
}

/**
 * Makes one team of two: everything that names `other` names `keep` from then on, and `other` goes. Its name stays as an
 * alias of every source that used it.
 *
 * @returns how many matches changed hands
 */
export function mergeTeams(database: Database, keep: number, other: number): number {
  const { sqlite } = database;
  const name = sqlite.prepare<[number], string>('SELECT name FROM team WHERE id = ?').pluck().get(other);
  let matches = 0;
  for (const { table, column } of referencesToTeam(database)) {
    const { changes } = sqlite
      .prepare(`UPDATE OR IGNORE ${table} SET ${column} = ? WHERE ${column} = ?`)
      .run(keep, other);
    if (table === 'match') matches += changes;
  }
  sqlite
    .prepare(
      `INSERT INTO team_alias (team_id, source, sport_id, country_id, name)
       SELECT DISTINCT t.id, c.founding_source, t.sport_id, t.country_id, ?
       FROM team t JOIN championship c ON c.sport_id = t.sport_id AND c.country_id = t.country_id
       WHERE t.id = ? AND c.founding_source IS NOT NULL ON CONFLICT DO NOTHING`,
    )
    .run(name ?? '', keep);
  sqlite.prepare('DELETE FROM team WHERE id = ?').run(other);
  return matches;
}

/** Forgets what a source means by a name. @returns false where nothing was known of it */
export function removeAlias(
  { sqlite }: Database,
  alias: {
    readonly source: string;
    readonly sportId: number;
    readonly countryId: number;
    readonly name: string;
  },
): boolean {
  const { source, sportId, countryId, name } = alias;
  return sqlite.transaction(() => {
    const { changes } = sqlite
      .prepare('DELETE FROM team_alias WHERE source = ? AND sport_id = ? AND country_id = ? AND name = ?')
      .run(source, sportId, countryId, name);
    if (changes === 0) return false;
    sqlite
      .prepare(
        `INSERT INTO team_unresolved (source, sport_id, country_id, name, address, suggestions)
         VALUES (?, ?, ?, ?, '', '[]') ON CONFLICT DO NOTHING`,
      )
      .run(source, sportId, countryId, name);
    return true;
  })();
}
