import { AppError } from '../engine/contract/errors.ts';
import type { ErrorCode } from '../engine/contract/errors.ts';

const advice: Partial<Record<ErrorCode, string>> = {
  DATABASE_CORRUPT: 'Put it aside and restore the newest backup (`auspex restore FILE`).',
  DATABASE_BUSY: 'Close the other program that writes it and try again.',
  DATABASE_READ_ONLY: 'Make the file and its folder writable, or choose another home.',
  DISK_WRITE_FAILED: 'See that the disk has room and is healthy.',
};

const codes: readonly (readonly [prefix: string, code: ErrorCode])[] = [
  ['SQLITE_NOTADB', 'DATABASE_CORRUPT'],
  ['SQLITE_CORRUPT', 'DATABASE_CORRUPT'],
  ['SQLITE_BUSY', 'DATABASE_BUSY'],
  ['SQLITE_LOCKED', 'DATABASE_BUSY'],
  ['SQLITE_READONLY', 'DATABASE_READ_ONLY'],
  ['SQLITE_CANTOPEN', 'DATABASE_READ_ONLY'],
  ['SQLITE_PERM', 'DATABASE_READ_ONLY'],
  ['SQLITE_FULL', 'DISK_WRITE_FAILED'],
  ['SQLITE_IOERR', 'DISK_WRITE_FAILED'],
  // Of the files beside the database.
  ['EACCES', 'DATABASE_READ_ONLY'],
  ['EPERM', 'DATABASE_READ_ONLY'],
  ['EROFS', 'DATABASE_READ_ONLY'],
  ['ENOSPC', 'DISK_WRITE_FAILED'],
];

/**
 * Gives an error of SQLite's or of the file system the product's code and says what to do about it. Anything else (a broken constraint, a
 * wrong statement, an `AppError`) comes back as it is: those are the program's own mistakes and keep their stack.
 */
export function toDatabaseError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || thrown instanceof AppError) return thrown;
  const sqliteCode = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const code = codes.find(([prefix]) => sqliteCode.startsWith(prefix))?.[1];
  if (!code) return thrown;
  return new AppError(
    code,
    `The database ${path} cannot be used: ${thrown.message}. ${advice[code] ?? ''}`.trim(),
    {
      detail: { path, reason: thrown.message },
      cause: thrown,
    },
  );
}
