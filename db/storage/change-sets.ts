import type { Database } from '../client.ts';

/** Change sets: what a large change did to the data, kept row by row until it is taken back. */

export interface NewChangeSet {
  readonly kind: 'import' | 'merge';
  readonly subject: string;
  readonly madeAt: number;
}

/** Opens a set; what is changed between `recordChanges` and its end belongs to it. */
export function openChangeSet({ sqlite }: Database, { kind, subject, madeAt }: NewChangeSet): number {
  const { lastInsertRowid } = sqlite
    .prepare(
      `INSERT INTO change_set (kind, subject, state, last_match_id, made_at)
       SELECT ?, ?, 'open', coalesce(max(id), 0), ? FROM match`,
    )
    .run(kind, subject, madeAt);
  return Number(lastInsertRowid);
}

/** The run that writes a set, and how the set stands. */
export function updateChangeSet(
  { sqlite }: Database,
  id: number,
  to: { readonly runId?: number; readonly state?: 'done' },
): void {
  sqlite
    .prepare('UPDATE change_set SET run_id = coalesce(?, run_id), state = coalesce(?, state) WHERE id = ?')
    .run(to.runId ?? null, to.state ?? null, id);
}

/** The tables that sources and the analyst write, parents before what hangs on them. */
const recordedTables = [
  'sport',
  'country',
  'championship',
  'season',
  'team',
  'team_alias',
  'bookmaker',
  'match',
  'match_statistics',
  'odds_quote',
  'source_file',
  'stadium',
  'manager',
  'squad_value',
  'absence',
  'news_item',
  'news_score',
] as const;

/** Rows of these that belong to a match which came with the set go when it goes. */
const hangingOnMatch: ReadonlySet<string> = new Set(['match_statistics', 'odds_quote']);

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

function columnsOf({ sqlite }: Database, table: string): Column[] {
  return sqlite.pragma(`table_info(${table})`) as Column[];
}

/**
 * Notes every change of the recorded tables on this connection until it is disposed of. Triggers that live with the
 * connection do the noting, so that whoever writes need not know.
 */
export function recordChanges(database: Database, changeSetId: number): Disposable {
  const { sqlite } = database;
  const last = sqlite
    .prepare<[number], number>('SELECT last_match_id FROM change_set WHERE id = ?')
    .pluck()
    .get(changeSetId);
  if (last === undefined) throw new RangeError(`There is no change set ${changeSetId}.`);
  const names: string[] = [];
  // Without it, a row that INSERT OR REPLACE pushes out would go unnoted.
  const wasRecursive = sqlite.pragma('recursive_triggers', { simple: true });
  sqlite.pragma('recursive_triggers = ON');
  const trigger = (table: string, operation: 'insert' | 'update' | 'delete', row: string) => {
    const side = operation === 'insert' ? 'NEW' : 'OLD';
    const when = hangingOnMatch.has(table) ? `WHEN ${side}.match_id <= ${last}` : '';
    const name = `record_${operation}_${table}`;
    names.push(name);
    sqlite.exec(
      `CREATE TEMP TRIGGER ${name} AFTER ${operation.toUpperCase()} ON main.${table} ${when}
       BEGIN INSERT INTO change (change_set_id, table_name, operation, row)
         VALUES (${changeSetId}, '${table}', '${operation}', ${row}); END`,
    );
  };
  for (const table of recordedTables) {
    const columns = columnsOf(database, table);
    trigger(
      table,
      'insert',
      rowObject(
        columns.filter(({ pk }) => pk > 0),
        'NEW',
      ),
    );
    trigger(table, 'update', rowObject(columns, 'OLD'));
    trigger(table, 'delete', rowObject(columns, 'OLD'));
  }
  return {
    [Symbol.dispose]() {
      for (const name of names) sqlite.exec(`DROP TRIGGER IF EXISTS temp.${name}`);
      sqlite.pragma(`recursive_triggers = ${String(wasRecursive)}`);
    },
  };
}

/** A row as JSON. JSON of SQLite rounds real numbers to 15 digits; as texts they keep all 17. */
function rowObject(columns: readonly Column[], side: 'NEW' | 'OLD'): string {
  const fields = columns.map(({ name, type }) => {
    const value = `${side}.${name}`;
    return `'${name}', ${type === 'REAL' ? `CASE WHEN ${value} IS NULL THEN NULL ELSE printf('%!.17g', ${value}) END` : value}`;
  });
  return `json_object(${fields.join(', ')})`;
}

interface StoredChange {
  readonly table: string;
  readonly operation: 'insert' | 'update' | 'delete';
  readonly row: string;
}

/**
 * Takes a finished set back, last change first, in one transaction. Forecasts and features of matches that came with it
 * go with them.
 *
 * @returns false where the set is not there, not finished, or was taken back before
 */
export function undoChangeSet(database: Database, id: number, undoneAt: number): boolean {
  const { sqlite } = database;
  return sqlite.transaction(() => {
    const { changes } = sqlite
      .prepare(`UPDATE change_set SET state = 'undone', undone_at = ? WHERE id = ? AND state = 'done'`)
      .run(undoneAt, id);
    if (changes === 0) return false;
    // Rows lean on one another in both directions while the set is half undone.
    sqlite.pragma('defer_foreign_keys = ON');
    const kinds = new Map(recordedTables.map((table) => [table as string, columnsOf(database, table)]));
    const stored = sqlite
      .prepare<[number], StoredChange>(
        `SELECT table_name AS "table", operation, row FROM change WHERE change_set_id = ? ORDER BY id DESC`,
      )
      .all(id);
    for (const change of stored) takeBack(database, change, kinds.get(change.table));
    sqlite.prepare('DELETE FROM change WHERE change_set_id = ?').run(id);
    return true;
  })();
}

function takeBack({ sqlite }: Database, change: StoredChange, columns: readonly Column[] | undefined): void {
  if (columns === undefined) return;
  const { table, operation } = change;
  const row = JSON.parse(change.row) as Record<string, string | number | null>;
  const valueOf = ({ name, type }: Column) => {
    const value = row[name] ?? null;
    return type === 'REAL' && value !== null ? Number(value) : value;
  };
  const keys = columns.filter(({ pk }) => pk > 0);
  const where = keys.map(({ name }) => `${name} = ?`).join(' AND ');
  if (operation === 'insert') {
    sqlite.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...keys.map(valueOf));
  } else if (operation === 'update') {
    const set = columns.map(({ name }) => `${name} = ?`).join(', ');
    sqlite
      .prepare(`UPDATE ${table} SET ${set} WHERE ${where}`)
      .run(...columns.map(valueOf), ...keys.map(valueOf));
  } else {
    const names = columns.map(({ name }) => name);
    sqlite
      .prepare(
        `INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      )
      .run(...columns.map(valueOf));
  }
}
