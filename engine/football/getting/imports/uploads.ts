import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import papaparse from 'papaparse';
import { AppError } from '../../../contract/errors.ts';
import { decodeText, largestFileBytes, parseJson } from '../decode.ts';
import { looksLikeWorkbook } from './workbook-parts.ts';
import { readWorkbook } from './workbook.ts';

/** Files that the analyst hands over, each in a folder of its own until it is imported or discarded. */

const partialName = 'partial';
const workbookName = 'workbook.xlsx';
const sheetsName = 'sheets.json';

/** The folder of an upload. The identity is checked by the contract, so it leads nowhere else. */
function folderOf(home: string, uploadId: string): string {
  return join(home, 'imports', uploadId);
}

export interface UploadPiece {
  readonly uploadId: string | undefined;
  readonly name: string;
  readonly content: Uint8Array;
  readonly isLast: boolean;
}

/**
 * Adds a piece to an upload; the first begins it. A file of JSON rows becomes a table when it is whole; of a workbook a
 * sheet has to be written as one (`tableOfWorkbook`).
 *
 * @throws AppError `NOT_FOUND`, `SOURCE_TOO_LARGE`, `FILE_FORMAT`, `FILE_TRUNCATED`
 */
export async function addPiece(
  home: string,
  piece: UploadPiece,
): Promise<{ uploadId: string; bytes: number; isWorkbook: boolean }> {
  const uploadId = piece.uploadId ?? randomBytes(16).toString('hex');
  const folder = folderOf(home, uploadId);
  if (piece.uploadId === undefined) await mkdir(folder, { recursive: true });
  else if (!existsSync(folder)) throw missing(uploadId);
  const partial = join(folder, partialName);
  await appendFile(partial, piece.content);
  const { size } = await stat(partial);
  if (size > largestFileBytes) {
    await discardUpload(home, uploadId);
    throw new AppError('SOURCE_TOO_LARGE', `The file has more than ${largestFileBytes} bytes.`);
  }
  if (piece.isLast && (await isWorkbookFile(partial))) {
    await rename(partial, join(folder, workbookName));
    // The table's name is known before the table is there: it tells what the upload is called.
    await writeFile(join(folder, tableName(piece.name)), '');
    return { uploadId, bytes: size, isWorkbook: true };
  }
  if (piece.isLast) {
    const whole = join(folder, tableName(piece.name));
    await rename(partial, whole);
    if (/\.json$/i.test(piece.name)) await tableOfJson(whole);
  }
  return { uploadId, bytes: size, isWorkbook: false };
}

/**
 * The bytes of a table on this computer.
 *
 * @throws AppError `USAGE` where its name is not that of a table, `NOT_FOUND`, `SOURCE_TOO_LARGE`
 */
export async function readOwnFile(path: string): Promise<Uint8Array> {
  if (!/\.(csv|tsv|txt|json|xlsx)$/i.test(path)) {
    throw new AppError('USAGE', 'Expected a table: .csv, .tsv, .txt, .json or .xlsx.', { detail: { path } });
  }
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new AppError('NOT_FOUND', `There is no file ${path}.`, { detail: { path } });
  if (found.size > largestFileBytes) {
    throw new AppError('SOURCE_TOO_LARGE', `The file has more than ${largestFileBytes} bytes.`);
  }
  return readFile(path);
}

/** What the file is called here: its own name with nothing in it that a path could be made of. */
function tableName(name: string): string {
  const stem = name
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
    .slice(0, 80);
  return `${stem === '' ? 'table' : stem}.csv`;
}

/** JSON of rows, as a list or as the first list within an object, written as a table in its place. */
async function tableOfJson(path: string): Promise<void> {
  const value = parseJson(decodeText(await readFile(path)).text);
  const rows: unknown = Array.isArray(value) ? value : Object.values(value as object).find(Array.isArray);
  if (!Array.isArray(rows) || rows.some((row) => typeof row !== 'object' || row === null)) {
    throw new AppError('FILE_FORMAT', 'The file is not JSON of rows: expected a list of objects.');
  }
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row as object)))];
  await writeFile(path, papaparse.unparse({ fields, data: rows as object[] }, { newline: '\n' }));
}

async function isWorkbookFile(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  return looksLikeWorkbook(buffer.subarray(0, bytesRead));
}

/** The sheets of an upload, and which one is its table. */
export interface UploadSheets {
  readonly names: readonly string[];
  readonly chosen: string;
}

/** The sheets of an upload; undefined where it is no workbook. */
export async function sheetsOfUpload(home: string, uploadId: string): Promise<UploadSheets | undefined> {
  const text = await readFile(join(folderOf(home, uploadId), sheetsName), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as UploadSheets);
}

export interface WorkbookTask {
  readonly home: string;
  readonly uploadId: string;
  readonly sheet: string | undefined;
}

/**
 * Writes a sheet of a workbook as the upload's table: the named one, or the first that holds rows.
 *
 * @throws AppError `FILE_FORMAT`, `FILE_TRUNCATED`, `SOURCE_TOO_LARGE`, `NOT_FOUND`
 */
export async function writeSheet({ home, uploadId, sheet }: WorkbookTask): Promise<UploadSheets> {
  const folder = folderOf(home, uploadId);
  const { names, chosen, rows } = readWorkbook(await readFile(join(folder, workbookName)), sheet);
  const table = papaparse.unparse(rows as string[][], { newline: '\n', delimiter: ',' });
  await writeFile(await uploadPath(home, uploadId), table);
  await writeFile(join(folder, sheetsName), JSON.stringify({ names, chosen }));
  return { names, chosen };
}

/** The path of a whole upload. @throws AppError `NOT_FOUND` */
export async function uploadPath(home: string, uploadId: string): Promise<string> {
  const folder = folderOf(home, uploadId);
  const names = await readdir(folder).catch(() => []);
  const name = names.find((one) => one.endsWith('.csv'));
  if (name === undefined) throw missing(uploadId);
  return join(folder, name);
}

/** Writes the mapping beside the file, where the run finds it. */
export async function keepMapping(home: string, uploadId: string, mapping: unknown): Promise<string> {
  const path = join(folderOf(home, uploadId), 'mapping.json');
  await writeFile(path, `${JSON.stringify(mapping, null, 2)}\n`);
  return path;
}

export async function discardUpload(home: string, uploadId: string): Promise<boolean> {
  const folder = folderOf(home, uploadId);
  if (!existsSync(folder)) return false;
  await rm(folder, { recursive: true });
  return true;
}

function missing(uploadId: string): AppError {
  return new AppError('NOT_FOUND', 'The file was not handed over, or has been discarded.', {
    detail: { uploadId },
  });
}
