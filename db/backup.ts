import BetterSqlite3 from 'better-sqlite3';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError, toAppError } from '../engine/contract/errors.ts';
import { toDatabaseError } from './errors.ts';
import { applicationId, applicationVersion } from './identity.ts';
import { lockForWriting } from './lock.ts';
import { schemaVersion } from './migration-files.ts';

/** What stands beside each backup as `NAME.json`, and at the head of an exported project. */
export const manifestSchema = z.object({
  application: z.literal('auspex'),
  applicationVersion: z.string(),
  schemaVersion: z.int(),
  createdAt: z.iso.datetime(),
  reason: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type BackupManifest = Readonly<z.infer<typeof manifestSchema>>;

export interface Backup {
  readonly file: string;
  readonly manifest: BackupManifest;
}

export interface BackupOptions {
  /** Goes into the file's name and the manifest; default `manual`. */
  readonly reason?: string;
  /** How many backups of the same reason stay, the newest ones; default 10. `Infinity` keeps all. */
  readonly keep?: number;
  /** Present instant; default the machine's. */
  readonly now?: () => number;
}

/**
 * Copies the database as it stands now, unhurried by a writer at work, checks the copy (SQLite's integrity check) and
 * only then gives it its name. Blocks its thread while it copies: large databases are backed up from a worker.
 *
 * @param databasePath the database; it may be open, here or elsewhere
 * @param folder where the backup goes; made if missing
 * @throws AppError `BACKUP_FAILED`; nothing is left behind then
 */
export function createBackup(databasePath: string, folder: string, options: BackupOptions = {}): Backup {
  const reason = options.reason ?? 'manual';
  const createdAt = new Date(options.now?.() ?? Date.now()).toISOString();
  const file = freeName(folder, `auspex-${createdAt.replaceAll(/[:.]/g, '-')}-${reason}`);
  const temporary = `${file}.part`;
  try {
    mkdirSync(folder, { recursive: true });
    dropLeftovers(folder);
    rmSync(temporary, { force: true });
    copyDatabase(databasePath, temporary);
    const version = verifyDatabase(temporary);
    flush(temporary);
    const manifest: BackupManifest = {
      application: 'auspex',
      applicationVersion,
      schemaVersion: version,
      createdAt,
      reason,
      bytes: statSync(temporary).size,
      sha256: sha256Of(temporary),
    };
    writeFileSync(`${file}.json`, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    renameSync(temporary, file);
    dropOldest(folder, reason, options.keep ?? 10);
    return { file, manifest };
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!existsSync(file)) rmSync(`${file}.json`, { force: true });
    throw new AppError(
      'BACKUP_FAILED',
      `The backup of ${databasePath} failed: ${toAppError(error).message}`,
      {
        detail: { path: databasePath, reason: toAppError(error).message },
        cause: error,
      },
    );
  }
}

/** The backups in a folder, newest first; files without a readable manifest are left out. */
export function listBackups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return [];
  const backups = readdirSync(folder)
    .filter((name) => name.endsWith('.sqlite'))
    .flatMap((name) => {
      const manifest = readManifest(join(folder, name));
      return manifest ? [{ file: join(folder, name), manifest }] : [];
    });
  return backups.sort((a, b) => (a.manifest.createdAt < b.manifest.createdAt ? 1 : -1));
}

/**
 * Puts a backup in the place of the database. The backup is checked first (manifest's sha256, integrity, version); the
 * present file is kept beside it; the swap is one rename, so that a program killed at any point leaves either the old
 * database or the new one.
 *
 * @returns where the file that was there before is now, or undefined if there was none
 * @throws AppError `NOT_FOUND`, `BACKUP_FAILED` (the backup is damaged), `DATABASE_NEWER`, `DATABASE_BUSY`,
 *   `DATABASE_READ_ONLY`, `DISK_WRITE_FAILED`
 */
export function restoreBackup(
  backupFile: string,
  databasePath: string,
  options: { now?: () => number } = {},
): { setAside: string | undefined } {
  const target = resolve(databasePath);
  verifyBackup(backupFile);
  const incoming = `${target}.restoring`;
  using cleanUp = new DisposableStack();
  try {
    mkdirSync(dirname(target), { recursive: true });
    const lock = lockForWriting(target);
    cleanUp.defer(() => {
      rmSync(incoming, { force: true });
      lock.release();
    });
    rmSync(incoming, { force: true });
    copyFileSync(backupFile, incoming);
    // A backup may be kept read-only; the database must not be.
    chmodSync(incoming, statSync(incoming).mode | 0o200);
    flush(incoming);
    if (sha256Of(incoming) !== sha256Of(backupFile)) throw damaged(backupFile, 'its copy differs');
    const stamp = new Date(options.now?.() ?? Date.now()).toISOString().replaceAll(/[:.]/g, '-');
    const setAside = keepPresent(target, freeName(dirname(target), `auspex-replaced-${stamp}`));
    renameSync(incoming, target);
    verifyDatabase(target);
    return { setAside };
  } catch (error) {
    throw toDatabaseError(error, target);
  }
}

/**
 * Checks a backup against its manifest and SQLite's integrity check.
 *
 * @throws AppError `NOT_FOUND`, `BACKUP_FAILED`, `DATABASE_NEWER`
 */
export function verifyBackup(backupFile: string): void {
  if (!existsSync(backupFile)) {
    throw new AppError('NOT_FOUND', `There is no backup at ${backupFile}.`, { detail: { path: backupFile } });
  }
  const manifest = readManifest(backupFile);
  if (manifest && manifest.sha256 !== sha256Of(backupFile)) {
    throw damaged(backupFile, 'its content is not what its manifest says');
  }
  let version: number;
  try {
    version = verifyDatabase(backupFile);
  } catch (error) {
    throw damaged(backupFile, toAppError(error).message, error);
  }
  const newest = schemaVersion();
  if (version > newest) {
    throw new AppError(
      'DATABASE_NEWER',
      `The backup ${backupFile} was made by a newer program. Update the program.`,
      {
        detail: { path: backupFile, present: version, newest },
      },
    );
  }
}

/**
 * Runs SQLite's whole integrity check and the check of foreign keys on a closed or open database.
 *
 * @returns the version of its tables
 * @throws AppError `DATABASE_CORRUPT`
 */
export function verifyDatabase(path: string): number {
  try {
    const sqlite = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
    try {
      if (sqlite.pragma('application_id', { simple: true }) !== applicationId) {
        throw new AppError('DATABASE_CORRUPT', `${path} is not an Auspex database.`, { detail: { path } });
      }
      const findings = sqlite.pragma('integrity_check(5)') as { integrity_check: string }[];
      const broken = sqlite.pragma('foreign_key_check') as unknown[];
      if (findings[0]?.integrity_check !== 'ok' || broken.length > 0) {
        const reason =
          broken.length > 0
            ? `${broken.length} rows point at rows that do not exist`
            : findings.map((finding) => finding.integrity_check).join('; ');
        throw new AppError('DATABASE_CORRUPT', `${path} is damaged: ${reason}`, { detail: { path, reason } });
      }
      return sqlite.pragma('user_version', { simple: true }) as number;
    } finally {
      sqlite.close();
    }
  } catch (error) {
    throw toDatabaseError(error, path);
  }
}

function copyDatabase(from: string, to: string): void {
  const source = new BetterSqlite3(from, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
}

/**
 * Keeps the present database under another name without taking it away from its own. Its write-ahead log is copied into
 * it first; one that cannot be (the file is damaged) moves along, since SQLite would otherwise replay it over the new file.
 */
function keepPresent(target: string, aside: string): string | undefined {
  if (!existsSync(target)) return undefined;
  try {
    const present = new BetterSqlite3(target, { fileMustExist: true });
    try {
      present.pragma('wal_checkpoint(TRUNCATE)');
      present.pragma('journal_mode = DELETE');
    } finally {
      present.close();
    }
  } catch {
    // A damaged database is what backups are restored for: it is kept as it is.
  }
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(`${target}${suffix}`)) renameSync(`${target}${suffix}`, `${aside}${suffix}`);
  }
  try {
    linkSync(target, aside);
  } catch {
    // Not every file system has hard links.
    copyFileSync(target, aside);
  }
  return aside;
}

/** Copies that were cut off, but not one that is being made at the same time. */
function dropLeftovers(folder: string): void {
  const dayAgo = Date.now() - 86_400_000;
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.sqlite.part'))) {
    const path = join(folder, name);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? dayAgo) < dayAgo)
      rmSync(path, { force: true });
  }
}

function dropOldest(folder: string, reason: string, keep: number): void {
  const same = listBackups(folder).filter((backup) => backup.manifest.reason === reason);
  for (const { file } of same.slice(Math.max(1, keep))) {
    rmSync(file, { force: true });
    rmSync(`${file}.json`, { force: true });
  }
}

function readManifest(backupFile: string): BackupManifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(`${backupFile}.json`, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function freeName(folder: string, stem: string): string {
  for (let copy = 1; ; copy++) {
    const file = join(folder, copy === 1 ? `${stem}.sqlite` : `${stem}-${copy}.sqlite`);
    if (!existsSync(file)) return file;
  }
}

function damaged(path: string, reason: string, cause?: unknown): AppError {
  return new AppError('BACKUP_FAILED', `The backup ${path} cannot be used: ${reason}`, {
    detail: { path, reason },
    ...(cause === undefined ? {} : { cause }),
  });
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function sha256Of(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(1 << 20);
  const file = openSync(path, 'r');
  try {
    for (let read; (read = readSync(file, chunk, 0, chunk.length, null)) > 0;)
      hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
