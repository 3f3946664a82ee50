import BetterSqlite3 from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../engine/contract/errors.ts';
import { toDatabaseError } from './errors.ts';
import { applicationId, assertWholeFile } from './identity.ts';
import { lockForWriting } from './lock.ts';
import { assertSchemaIsCurrent, migrate } from './migrate.ts';
import * as schema from './schema/index.ts';

/**
 * An open database. Hot paths use prepared statements on `sqlite`; other reads go through drizzle on `orm`. Both are
 * the same connection.
 */
export interface Database extends Disposable {
  readonly sqlite: BetterSqlite3.Database;
  readonly orm: BetterSQLite3Database<typeof schema>;
  readonly path: string;
  readonly readOnly: boolean;
  /** Gives an error of SQLite's the product's code and advice; anything else comes back as it is. */
  explain(thrown: unknown): unknown;
  close(): void;
}

export interface WriterOptions {
  /** Where backups made before a migration go; default `backups` beside the database. */
  readonly backups?: string;
  /** Folder of the numbered migrations; default this program's. */
  readonly migrations?: string;
  /** Present instant, for the names of backups. */
  readonly now?: () => number;
}

/**
 * Opens the one connection that writes: creates folder and file, takes the writer's lock, and brings the tables up to
 * this program's version (with a verified backup before each migration of a database that holds data).
 *
 * @throws AppError `DATABASE_BUSY`, `DATABASE_NEWER`, `DATABASE_CORRUPT`, `DATABASE_READ_ONLY`, `BACKUP_FAILED`
 */
export function openWriter(path: string, options: WriterOptions = {}): Database {
  const absolute = resolve(path);
  const cleanUp = new DisposableStack();
  try {
    mkdirSync(dirname(absolute), { recursive: true });
    const lock = lockForWriting(absolute);
    cleanUp.defer(() => {
      lock.release();
    });
    assertWholeFile(absolute);
    const sqlite = new BetterSqlite3(absolute, { timeout: 5000 });
    cleanUp.defer(() => {
      sqlite.close();
    });
    // The mark goes in before anything else does, so that a program killed right now leaves a file that we still own.
    if (sqlite.pragma('application_id', { simple: true }) === 0)
      sqlite.pragma(`application_id = ${applicationId}`);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    // A log that one large batch has blown up is cut back afterwards.
    sqlite.pragma('journal_size_limit = 67108864');
    sqlite.pragma('foreign_keys = ON');
    setCaches(sqlite);
    migrate(sqlite, {
      path: absolute,
      backups: options.backups ?? join(dirname(absolute), 'backups'),
      ...(options.migrations === undefined ? {} : { folder: options.migrations }),
      ...(options.now === undefined ? {} : { now: options.now }),
    });
    return database(sqlite, { path: absolute, readOnly: false, cleanUp: cleanUp.move() });
  } catch (error) {
    cleanUp.dispose();
    throw toDatabaseError(error, absolute);
  }
}

/**
 * Opens a read-only connection, as worker threads use it. It sees what the writer has committed when a statement (or
 * its transaction) begins.
 *
 * @throws AppError `NOT_FOUND`, `DATABASE_CORRUPT`, `DATABASE_NEWER`, `DATABASE_READ_ONLY`
 */
export function openReader(path: string): Database {
  const absolute = resolve(path);
  const cleanUp = new DisposableStack();
  try {
    if (!existsSync(absolute)) {
      throw new AppError('NOT_FOUND', `There is no database at ${absolute}.`, { detail: { path: absolute } });
    }
    assertWholeFile(absolute);
    const sqlite = new BetterSqlite3(absolute, { readonly: true, fileMustExist: true, timeout: 5000 });
    cleanUp.defer(() => {
      sqlite.close();
    });
    sqlite.pragma('query_only = ON');
    setCaches(sqlite);
    assertSchemaIsCurrent(sqlite, absolute);
    return database(sqlite, { path: absolute, readOnly: true, cleanUp: cleanUp.move() });
  } catch (error) {
    cleanUp.dispose();
    throw toDatabaseError(error, absolute);
  }
}

function setCaches(sqlite: BetterSqlite3.Database): void {
  sqlite.pragma('cache_size = -32768');
  sqlite.pragma('temp_store = MEMORY');
}

function database(
  sqlite: BetterSqlite3.Database,
  parts: { path: string; readOnly: boolean; cleanUp: DisposableStack },
): Database {
  const close = () => {
    // What SQLite learned about the tables helps the next start; without it, plans on fresh files are guesses.
    try {
      if (!parts.readOnly && sqlite.open) sqlite.pragma('optimize');
    } catch {
      // Nothing depends on it, and a full or read-only disk must not keep the lock taken.
    } finally {
      parts.cleanUp.dispose();
    }
  };
  return {
    sqlite,
    orm: drizzle(sqlite, { schema }),
    path: parts.path,
    readOnly: parts.readOnly,
    explain: (thrown) => toDatabaseError(thrown, parts.path),
    close,
    [Symbol.dispose]: close,
  };
}
