import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { forgetUnresolved } from '../../../db/storage/football/getting.ts';
import { openChangeSet, updateChangeSet } from '../../../db/storage/change-sets.ts';
import { AppError } from '../../contract/errors.ts';
import { championships } from '../../football/getting/championships.ts';
import { previewTable } from '../../football/getting/imports/preview.ts';
import { tryWriting } from '../../football/getting/imports/trial.ts';
import {
  addPiece,
  discardUpload,
  keepMapping,
  readOwnFile,
  sheetsOfUpload,
  uploadPath,
} from '../../football/getting/imports/uploads.ts';
import type { UploadPiece, UploadSheets, WorkbookTask } from '../../football/getting/imports/uploads.ts';
import type { ParseResult, ParseTask } from '../../football/getting/reading.ts';
import { findSource } from '../../football/getting/sources/index.ts';
import { dayAt } from '../../contract/zones.ts';
import { runTask } from '../../runtime/run-task.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.imports;
const source = findSource('csv');
const worker = new URL('../../workers/getting.ts', import.meta.url);

export const imports = {
  championships: procedures.championships.handler(() =>
    championships.map(({ code, name, country }) => ({ code, name: { en: name.en, ru: name.ru }, country })),
  ),
  upload: procedures.upload.handler(({ input, context, signal }) => {
    const { uploadId, name, base64, isLast } = input;
    return take(context, { uploadId, name, content: Buffer.from(base64, 'base64'), isLast }, signal);
  }),
  open: procedures.open.handler(async ({ input, context, signal }) => {
    const name = basename(input.path);
    const content = await readOwnFile(input.path);
    const piece = { uploadId: undefined, name, content, isLast: true };
    return { ...(await take(context, piece, signal)), name };
  }),
  preview: procedures.preview.handler(async ({ input, context, signal }) => {
    const { home } = context.paths;
    const { uploadId, sheet, ...how } = input;
    let sheets = await sheetsOfUpload(home, uploadId);
    if (sheets && sheet !== undefined && sheet !== sheets.chosen) {
      sheets = await takeSheet(context, { home, uploadId, sheet }, signal);
    }
    const bytes = await readFile(await uploadPath(home, uploadId));
    const { names, chosen } = sheets ?? {};
    return {
      ...previewTable(bytes, how),
      sheets: names && chosen !== undefined ? { names: [...names], chosen } : null,
    };
  }),
  tryOut: procedures.tryOut.handler(async ({ input, context, signal }) => {
    const address = await uploadPath(context.paths.home, input.uploadId);
    const parsed = await parse(context, { ...input, path: address }, signal ?? new AbortController().signal);
    const stored = source.storedName?.(input.mapping) ?? source.name;
    return tryWriting(context.writer(), parsed, { source: stored, address });
  }),
  start: procedures.start.handler(async ({ input, context }) => {
    const { uploadId, mapping, subject } = input;
    const from = await uploadPath(context.paths.home, uploadId);
    const path = await keepMapping(context.paths.home, uploadId, mapping);
    const madeAt = context.clock.now();
    const changeSetId = openChangeSet(context.writer(), { kind: 'import', subject, madeAt });
    const run = context
      .runs()
      .start('getting', { source: source.name, from, mapping: path, changeSet: changeSetId });
    updateChangeSet(context.writer(), changeSetId, { runId: run.id });
    return { runId: run.id, changeSetId };
  }),
  discard: procedures.discard.handler(async ({ input, context }) => {
    const { home } = context.paths;
    // Names that stopped the trial of this file wait for no answer any more.
    const address = await uploadPath(home, input.uploadId).catch(() => undefined);
    if (address !== undefined) forgetUnresolved(context.writer(), address);
    return { discarded: await discardUpload(home, input.uploadId) };
  }),
};

/** Adds a piece; of a workbook that is whole, a sheet becomes the upload's table. */
async function take(
  context: EngineContext,
  piece: UploadPiece,
  signal: AbortSignal | undefined,
): Promise<{ uploadId: string; bytes: number }> {
  const { home } = context.paths;
  const { uploadId, bytes, isWorkbook } = await addPiece(home, piece);
  if (isWorkbook) {
    try {
      await takeSheet(context, { home, uploadId, sheet: undefined }, signal);
    } catch (error) {
      await discardUpload(home, uploadId);
      throw error;
    }
  }
  return { uploadId, bytes };
}

/** Writes a sheet as the upload's table, in a worker. */
function takeSheet(
  context: EngineContext,
  task: WorkbookTask,
  signal = new AbortController().signal,
): Promise<UploadSheets> {
  return runTask({ consumer: context.consumer(), signal }, { worker, handler: 'tableOfWorkbook', task });
}

/** Reads the file in a worker, as the run will. @throws AppError `FILE_*`, `CONFIGURATION_INVALID` */
async function parse(
  context: EngineContext,
  { path, mapping }: { readonly path: string; readonly mapping: unknown },
  signal: AbortSignal,
) {
  const now = context.clock.now();
  const task: ParseTask = {
    source: source.name,
    content: { path },
    meta: {
      key: basename(path),
      hints: {},
      wanted: undefined,
      futureFrom: now,
      seenAt: now,
      today: dayAt(now, context.settings().get('zone')),
      mapping,
    },
    knownHash: undefined,
  };
  const result = await runTask<ParseResult>(
    { consumer: context.consumer(), signal },
    { worker, handler: 'parseFile', task },
  );
  if (result.kind === 'parsed') return result.file;
  throw new AppError('INTERNAL', 'A file that was never read cannot be unchanged.');
}
