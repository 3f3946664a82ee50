import type BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../engine/contract/errors.ts';
import { createBackup } from './backup.ts';
import { listMigrations, schemaVersion } from './migration-files.ts';
import type { Migration } from './migration-files.ts';

export interface MigrateOptions {
  readonly path: string;
  readonly backups: string;
  /** Folder of `NNNN_name.sql`; default this program's own. */
  readonly folder?: string;
  readonly now?: () => number;
}

/**
 * Applies the migrations that the database lacks, each in a transaction of its own together with its number, and each
 * after a verified backup if the database held tables before. A failed one leaves the database as it was before it.
 *
 * @throws AppError `DATABASE_NEWER`, `BACKUP_FAILED`
 */
export function migrate(sqlite: BetterSqlite3.Database, options: MigrateOptions): void {
  const migrations = listMigrations(options.folder);
  const present = userVersion(sqlite);
  refuseNewer(present, { newest: migrations.length, path: options.path });
  for (const migration of migrations.slice(present)) {
    // A database that this very call founded holds nothing to lose.
    if (present > 0) {
      createBackup(options.path, options.backups, {
        reason: `before-${migration.name.slice(0, 4)}`,
        keep: Infinity,
        ...(options.now === undefined ? {} : { now: options.now }),
      });
    }
    apply(sqlite, migration);
  }
}

/** Refuses a database whose tables are not those that this program's statements expect. */
export function assertSchemaIsCurrent(sqlite: BetterSqlite3.Database, path: string): void {
  const present = userVersion(sqlite);
  const newest = schemaVersion();
  refuseNewer(present, { newest, path });
  if (present < newest) {
    throw new AppError(
      'DATABASE_READ_ONLY',
      `The database ${path} must be opened for writing once, to bring its tables up to date.`,
      {
        detail: { path, present, newest },
      },
    );
  }
}

function apply(sqlite: BetterSqlite3.Database, migration: Migration): void {
  // Foreign keys must be off while tables are rebuilt (SQLite's own advice) and can be switched only outside of a
  // transaction; the check at the end takes their place.
  sqlite.pragma('foreign_keys = OFF');
  try {
    sqlite.transaction(() => {
      sqlite.exec(migration.sql);
      const broken = sqlite.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new Error(`${broken.length} rows point at rows that do not exist`);
      sqlite.pragma(`user_version = ${migration.version}`);
    })();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('INTERNAL', `Migration ${migration.name} failed, nothing was changed: ${reason}`, {
      cause: error,
    });
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
}

function userVersion(sqlite: BetterSqlite3.Database): number {
  return sqlite.pragma('user_version', { simple: true }) as number;
}

function refuseNewer(present: number, { newest, path }: { newest: number; path: string }): void {
  if (present <= newest) return;
  throw new AppError(
    'DATABASE_NEWER',
    `The database ${path} was written by a newer program (version ${present} of the tables; this program knows ${newest}). Update the program.`,
    { detail: { path, present, newest } },
  );
}
