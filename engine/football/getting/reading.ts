import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import { largestFileBytes } from './decode.ts';
import type { FileContent, FileMeta, ParsedFile } from './source.ts';
import { findSource } from './sources/index.ts';

/** What a worker is told about one file: where it is, or what it holds. */
export interface ParseTask {
  readonly source: string;
  /** Undefined where an address answered that nothing has changed. */
  readonly content: FileContent | { readonly path: string } | undefined;
  readonly meta: FileMeta;
  /** Hash of the content when it was last read in the same way; undefined to read it in any case. */
  readonly knownHash: string | undefined;
}

export type ParseResult =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'parsed'; readonly sha256: string; readonly file: ParsedFile };

/**
 * Reads and parses one file, unless its content is the known one.
 *
 * @throws AppError `SOURCE_*` where it cannot be had, `FILE_*` where it is no such file
 */
export async function readSourceFile(task: ParseTask): Promise<ParseResult> {
  if (task.content === undefined) return { kind: 'unchanged' };
  const content =
    'path' in task.content ? { main: await readBytes(task.content.path), companions: {} } : task.content;
  const sha256 = hashOf(content);
  if (sha256 === task.knownHash) return { kind: 'unchanged' };
  return { kind: 'parsed', sha256, file: findSource(task.source).parse(content, task.meta) };
}

/** @throws AppError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `SOURCE_TOO_LARGE` */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > largestFileBytes) {
      throw new AppError(
        'SOURCE_TOO_LARGE',
        `The file has ${size} bytes; at most ${largestFileBytes} are read.`,
      );
    }
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new AppError('SOURCE_NOT_FOUND', 'The file does not exist.', { cause });
    throw new AppError('SOURCE_REFUSED', `The file cannot be read (${code ?? 'unknown cause'}).`, { cause });
  }
}

function hashOf({ main, companions }: FileContent): string {
  const hash = createHash('sha256').update(main);
  for (const [name, bytes] of Object.entries(companions).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`\n${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
