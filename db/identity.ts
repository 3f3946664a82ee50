import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { AppError } from '../engine/contract/errors.ts';
import manifest from '../package.json' with { type: 'json' };

/** Marks a SQLite file as this product's (`PRAGMA application_id`): "AUSP" in ASCII. */
export const applicationId = 0x41555350;

/** The version of the program; stands in backups' manifests. */
export const applicationVersion: string = manifest.version;

/**
 * Refuses, before SQLite touches it, a file that is no database of ours or that lost its end: SQLite itself would
 * notice a missing end only when it happens to read there. A missing or empty file is a new database.
 */
export function assertWholeFile(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const header = readHeader(path);
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') refuse(path, 'it is not a SQLite file');
  const owner = header.readUInt32BE(68);
  if (owner !== applicationId) refuse(path, 'it is not an Auspex database');
  // With a write-ahead log the missing pages may stand there, waiting to be copied: SQLite recovers that by itself.
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  const rawPageSize = header.readUInt16BE(16);
  const expected = (rawPageSize === 1 ? 65536 : rawPageSize) * header.readUInt32BE(28);
  if (size < expected) refuse(path, `${expected} bytes were expected, ${size} are there`);
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, 100, 0);
  } finally {
    closeSync(file);
  }
  return header;
}

function refuse(path: string, reason: string): never {
  throw new AppError(
    'DATABASE_CORRUPT',
    `The database ${path} cannot be used: ${reason}. Put it aside and restore the newest backup (\`auspex restore FILE\`).`,
    { detail: { path, reason } },
  );
}
