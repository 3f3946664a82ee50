import BetterSqlite3 from 'better-sqlite3';
import { accessSync, constants, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../engine/contract/errors.ts';

/** Held while a database is open for writing. */
export interface WriterLock {
  release(): void;
}

interface Owner {
  readonly pid: number;
  readonly program: string;
  readonly since: string;
}

/**
 * Lets one writer at a database: a second one, in this process or another, is refused with `DATABASE_BUSY` that names
 * the first.
 *
 * The lock is a transaction on a small SQLite file beside the database and not a file with a process number in it: the
 * operating system frees it when its process ends, however that ends, so a lock can neither be left behind by a killed
 * program nor be mistaken for that of an unrelated one that was given the same number. The name of the owner stands in
 * a file of its own and is only ever shown.
 */
export function lockForWriting(path: string): WriterLock {
  const ownerPath = `${path}.writer.json`;
  const lock = new BetterSqlite3(`${path}.lock`, { timeout: 250 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof BetterSqlite3.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    const owner = readOwner(ownerPath);
    const name = owner ? `${owner.program} (process ${owner.pid}, since ${owner.since})` : 'another program';
    throw new AppError(
      'DATABASE_BUSY',
      `The database ${path} is being written by ${name}. Close it and try again.`,
      {
        detail: { path, owner: name, ...(owner ? { pid: owner.pid } : {}) },
        cause: error,
      },
    );
  }
  const owner: Owner = { pid: process.pid, program: programName(), since: new Date().toISOString() };
  try {
    // SQLite grants a read-only file's "exclusive" transaction to everyone who asks.
    accessSync(`${path}.lock`, constants.W_OK);
    writeFileSync(ownerPath, JSON.stringify(owner));
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    release() {
      if (!lock.open) return;
      rmSync(ownerPath, { force: true });
      lock.close();
    },
  };
}

function programName(): string {
  return basename(process.argv[1] ?? process.title);
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    // The owner took the lock a moment ago and has not written its name yet.
    return undefined;
  }
}
