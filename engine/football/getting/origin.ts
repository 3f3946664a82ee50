import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { redactText } from '../../runtime/redact.ts';
import { parseJson } from './decode.ts';
import type { Origin, Source } from './source.ts';

const deepestFolder = 6;

/**
 * What `--from` means: an http(s) address, a folder, or one file of a folder.
 *
 * @throws AppError `USAGE` where neither is given or fits, `SOURCE_NOT_FOUND`
 */
export async function findOrigin(source: Source, from: string | undefined): Promise<Origin> {
  const given = from ?? source.baseAddress;
  if (given === undefined && source.hasMappedAddresses) return { kind: 'address', address: '' };
  if (given === undefined) {
    throw new AppError('USAGE', `The source ${source.name} needs --from: a folder, a file or an address.`);
  }
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(given)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return { kind: 'address', address: given };
  if (scheme !== undefined) {
    const shown = redactText(given);
    throw new AppError('USAGE', `'${shown}' is no folder and no http or https address.`, {
      detail: { from: shown },
    });
  }
  const path = resolve(given);
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('SOURCE_NOT_FOUND', `There is no folder or file '${given}'.`, {
      cause,
      detail: { from: given },
    });
  });
  if (found.isFile()) return { kind: 'folder', path: dirname(path), files: [basename(path)] };
  return { kind: 'folder', path, files: (await filesBelow(path)).sort() };
}

async function filesBelow(folder: string, prefix = '', depth = 0): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory() && depth < deepestFolder)
      files.push(...(await filesBelow(folder, path, depth + 1)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

/** The content of a `--mapping` file. @throws AppError `CONFIGURATION_INVALID` */
export async function readMappingFile(path: string | undefined): Promise<unknown> {
  if (path === undefined) return undefined;
  try {
    return parseJson(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new AppError('CONFIGURATION_INVALID', `The mapping '${path}' cannot be read as JSON.`, { cause });
  }
}
