import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';

/** Why the name of a file would not work, or would mean something else, on one of the systems; undefined if it is fine. */
function problemOf(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'it leads elsewhere';
  if (/[<>:"|?*\\/]/.test(name) || [...name].some((sign) => sign < ' '))
    return 'it holds a sign that file names cannot';
  if (/[. ]$/.test(name)) return 'it ends with a full stop or a space';
  if (/^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i.test(name)) return 'Windows keeps it for a device';
  return undefined;
}

/**
 * Joins names to a folder and refuses to leave it: names may come from outside (a team, an address, a setting).
 *
 * @param parts names, or relative paths with `/`; each part must be usable as a file's name on every system
 * @throws AppError `CONFIGURATION_INVALID`
 */
export function safeJoin(folder: string, ...parts: readonly string[]): string {
  const names = parts.flatMap((part) => part.split('/'));
  for (const name of names) {
    const problem = problemOf(name);
    if (problem) {
      throw new AppError(
        'CONFIGURATION_INVALID',
        `The path ${JSON.stringify(parts.join('/'))} is refused: ${problem}.`,
        {
          detail: { path: parts.join('/'), reason: problem },
        },
      );
    }
  }
  const root = resolve(folder);
  const path = join(root, ...names);
  const inside = relative(root, path);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `The path ${JSON.stringify(parts.join('/'))} leaves its folder.`,
      {
        detail: { path: parts.join('/'), reason: 'it leaves its folder' },
      },
    );
  }
  return path;
}

/**
 * Writes a file whole or not at all: into a temporary file in the same folder, to the disk, then renamed onto its name.
 * Whoever reads meanwhile sees the old content or the new. The folder is made if missing.
 *
 * @param options `mode` of the file, for what only its user may read
 * @throws AppError `DISK_WRITE_FAILED`; nothing is left behind then
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  options: { readonly mode?: number } = {},
): Promise<void> {
  const folder = dirname(path);
  // In the same folder because renaming is only atomic within one file system.
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx', options.mode);
    try {
      await file.writeFile(content);
      // Without this a power cut after the rename could leave the new name with no content.
      await file.sync();
    } finally {
      await file.close();
    }
    await renamePatiently(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('DISK_WRITE_FAILED', `The file ${path} could not be written: ${reason}`, {
      detail: { path, reason },
      cause: error,
    });
  }
}

const leftoverName = /^\..+\.[0-9a-f]{12}\.part$/;

/**
 * Removes the temporary files that a killed program left in a folder and below it. Only for a folder that nobody else is
 * writing to; a folder that is not there has none.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && leftoverName.test(entry.name))
      await rm(join(entry.parentPath, entry.name), { force: true });
  }
}

/** On Windows a virus scanner or a reader may hold the old file for a moment. */
async function renamePatiently(from: string, to: string): Promise<void> {
  const waitsMs = process.platform === 'win32' ? [20, 80, 320] : [];
  for (const waitMs of waitsMs) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EPERM' && code !== 'EACCES' && code !== 'EBUSY') throw error;
      await new Promise((done) => setTimeout(done, waitMs));
    }
  }
  await rename(from, to);
}
