import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { AppError, toAppError } from '../engine/contract/errors.ts';
import { createBackup, manifestSchema, restoreBackup, type BackupManifest } from './backup.ts';

/** The first line; the second is the manifest of the database, whose bytes follow compressed. */
const mark = 'AUSPEX-PROJECT/1\n';
const longestHead = 4096;

/**
 * Writes everything that is known as one file: a checked copy of the database behind its manifest. Secrets are not in the
 * database, so they are not in the file.
 *
 * @param file must not exist yet
 * @throws AppError `USAGE` where the file exists, `NOT_FOUND` without a database, `BACKUP_FAILED`, `DISK_WRITE_FAILED`
 */
export async function exportProject(
  databasePath: string,
  file: string,
  options: { readonly now?: () => number } = {},
): Promise<BackupManifest> {
  const path = resolve(file);
  if (existsSync(path)) throw new AppError('USAGE', `${path} exists already.`, { detail: { path } });
  if (!existsSync(databasePath)) {
    throw new AppError('NOT_FOUND', `There is no database at ${databasePath}.`, {
      detail: { path: databasePath },
    });
  }
  const folder = await workFolder(path, '.auspex-export-');
  try {
    const { file: copy, manifest } = createBackup(databasePath, folder, { ...options, reason: 'export' });
    const packed = join(folder, 'packed');
    writeFileSync(packed, `${mark}${JSON.stringify(manifest)}\n`);
    await pipeline(createReadStream(copy), createGzip(), createWriteStream(packed, { flags: 'a' }));
    const handle = await open(packed, 'r+');
    await handle.sync().finally(() => handle.close());
    // Unlike a renaming, a link never takes the place of a file that has appeared meanwhile.
    linkSync(packed, path);
    return manifest;
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Puts an exported project in the place of a database. Everything is checked before anything is touched: the sum, the
 * whole database, its version. A database that is there already stays unless `replaces`, and is then kept beside it.
 *
 * @returns where the database that was there before is now, or undefined if there was none
 * @throws AppError `NOT_FOUND`, `FILE_FORMAT` for what is no project, `USAGE` where a database is there already,
 *   `BACKUP_FAILED` for a damaged file, `DATABASE_NEWER`, `DATABASE_BUSY`, `DISK_WRITE_FAILED`
 */
export async function importProject(
  file: string,
  databasePath: string,
  options: { readonly replaces: boolean; readonly now?: () => number },
): Promise<{ readonly manifest: BackupManifest; readonly setAside: string | undefined }> {
  const { manifest, start } = readHead(resolve(file));
  const target = resolve(databasePath);
  if (existsSync(target) && !options.replaces) {
    throw new AppError('USAGE', `There is a database at ${target} already; --replace sets it aside.`, {
      detail: { path: target },
    });
  }
  const folder = await workFolder(target, '.auspex-import-');
  const unpacked = join(folder, 'project.sqlite');
  try {
    await unpack(resolve(file), unpacked, { manifest, start });
    writeFileSync(`${unpacked}.json`, JSON.stringify(manifest));
    return { manifest, ...restoreBackup(unpacked, target, options) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder for what is not finished, on the same disk as what is made. */
async function workFolder(path: string, prefix: string): Promise<string> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return await mkdtemp(join(dirname(path), prefix));
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('DISK_WRITE_FAILED', `${path} could not be written: ${toAppError(error).message}`, {
    detail: { path },
    cause: error,
  });
}

function readHead(path: string): { manifest: BackupManifest; start: number } {
  if (!existsSync(path)) {
    throw new AppError('NOT_FOUND', `There is no file ${path}.`, { detail: { path } });
  }
  const head = Buffer.alloc(longestHead);
  const handle = openSync(path, 'r');
  try {
    readSync(handle, head, 0, longestHead, 0);
  } finally {
    closeSync(handle);
  }
  const end = head.indexOf('\n', mark.length);
  const manifest = manifestSchema.safeParse(
    head.toString('latin1', 0, mark.length) === mark && end > 0
      ? parseJson(head.toString('utf8', mark.length, end))
      : undefined,
  ).data;
  if (!manifest) {
    throw new AppError('FILE_FORMAT', `${path} is no project of Auspex.`, { detail: { path } });
  }
  return { manifest, start: end + 1 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Unpacks the database; never more bytes than the manifest promises, so that a small file cannot fill the disk. */
async function unpack(
  path: string,
  to: string,
  { manifest, start }: { readonly manifest: BackupManifest; readonly start: number },
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > manifest.bytes) done(new Error('there is more in it than its manifest says'));
      else done(null, chunk);
    },
  });
  const damaged = (reason: string, cause?: unknown) =>
    new AppError('BACKUP_FAILED', `The project ${path} cannot be used: ${reason}.`, {
      detail: { path, reason },
      cause,
    });
  try {
    await pipeline(createReadStream(path, { start }), createGunzip(), count, createWriteStream(to));
  } catch (error) {
    throw damaged(toAppError(error).message, error);
  }
  if (bytes !== manifest.bytes || hash.digest('hex') !== manifest.sha256)
    throw damaged('its content is not what its manifest says');
}
