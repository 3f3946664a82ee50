import BetterSqlite3 from 'better-sqlite3';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { toDatabaseError } from './errors.ts';

export interface RescuedTable {
  readonly name: string;
  readonly rows: number;
  /** False when some of its rows could not be read. */
  readonly isWhole: boolean;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Copies what can still be read of a damaged database: each table into `NAME.jsonl`, one JSON object a row, bytes as
 * base64. A table is read from its beginning up to the damage and then from its end down to it. Nothing is written to
 * the database.
 *
 * @param folder must exist and be empty
 * @throws AppError `DATABASE_CORRUPT` when not even the list of tables can be read
 */
export function rescueTables(path: string, folder: string): readonly RescuedTable[] {
  try {
    using resources = new DisposableStack();
    const sqlite = resources.adopt(
      new BetterSqlite3(path, { readonly: true, fileMustExist: true }),
      (opened) => {
        opened.close();
      },
    );
    const tables = sqlite
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
      )
      .pluck()
      .all();
    return tables.map((name) => rescueTable(sqlite, name, join(folder, `${name}.jsonl`)));
  } catch (error) {
    throw toDatabaseError(error, path);
  }
}

function rescueTable(sqlite: BetterSqlite3.Database, name: string, file: string): RescuedTable {
  const out = openSync(file, 'wx');
  try {
    let rows = 0;
    let last = -Infinity;
    const read = (order: 'ASC' | 'DESC', beyond: number): boolean => {
      try {
        const statement = sqlite.prepare<[], Row>(
          `SELECT rowid AS "rowid of the row", * FROM "${name}" ORDER BY rowid ${order}`,
        );
        for (const { 'rowid of the row': id, ...row } of statement.iterate()) {
          if (order === 'DESC' && Number(id) <= beyond) return true;
          writeSync(out, `${JSON.stringify(row, plain)}\n`);
          rows++;
          last = Math.max(last, Number(id));
        }
        return true;
      } catch {
        // Here the damage begins.
        return false;
      }
    };
    const isWhole = read('ASC', -Infinity);
    if (!isWhole) read('DESC', last);
    return { name, rows, isWhole };
  } finally {
    closeSync(out);
  }
}

/** Bytes as base64; JSON has no form for them, nor for whole numbers beyond 2^53. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  const bytes = value as { readonly type?: string; readonly data?: readonly number[] } | null;
  if (bytes?.type === 'Buffer' && bytes.data) return Buffer.from(bytes.data).toString('base64');
  return value;
}
