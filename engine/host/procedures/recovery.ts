import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listBackups, type BackupManifest } from '../../../db/backup.ts';
import type { RescuedTable } from '../../../db/rescue.ts';
import { AppError, toErrorRecord, type ErrorRecord } from '../../contract/errors.ts';
import type { Paths } from '../../ports/index.ts';
import type { EngineContext } from '../engine-host.ts';
import { inOwnThread } from '../own-thread.ts';
import { engine } from './engine.ts';

const procedures = engine.recovery;
const worker = new URL('../../workers/recovery.ts', import.meta.url);

export const recovery = {
  status: procedures.status.handler(({ context }) => ({
    problem: problemOf(context) ?? null,
    database: context.paths.database,
    bytes: statSync(context.paths.database, { throwIfNoEntry: false })?.size ?? 0,
    backups: backupsOf(context.paths),
  })),
  check: procedures.check.handler(async ({ context, signal }) => {
    const started = context.clock.now();
    const problem = await work<number>('checkDatabase', { database: context.paths.database }, signal).then(
      () => null,
      (error: unknown) => toErrorRecord(error),
    );
    if (problem?.code === 'CANCELLED') throw new AppError('CANCELLED', problem.message);
    context.damage.found = problem ?? undefined;
    return { problem, durationMs: context.clock.now() - started };
  }),
  restore: procedures.restore.handler(async ({ input, context }) => {
    const { backups, database } = context.paths;
    if (!backupsOf(context.paths).some(({ name }) => name === input.name)) {
      throw new AppError('NOT_FOUND', `There is no backup ${input.name} in ${backups}.`, {
        detail: { path: join(backups, basename(input.name)) },
      });
    }
    const task = { database, backup: join(backups, input.name), now: context.clock.now() };
    // Not to be stopped half-way by a tab that closes.
    const setAside = await context.whileClosed(() => work<string | null>('restoreDatabase', task));
    announceReplaced(context);
    return { setAside };
  }),
  exportProject: procedures.exportProject.handler(async ({ input, context, signal }) => {
    const task = { database: context.paths.database, file: input.file, now: context.clock.now() };
    const { bytes, sha256 } = await work<BackupManifest>('writeProject', task, signal);
    return { file: input.file, bytes, sha256 };
  }),
  importProject: procedures.importProject.handler(async ({ input, context }) => {
    const task = { database: context.paths.database, file: input.file, now: context.clock.now() };
    const setAside = await context.whileClosed(() => work<string | null>('readProject', task));
    announceReplaced(context);
    return { setAside };
  }),
  rescue: procedures.rescue.handler(async ({ context, signal }) => {
    const { database, home } = context.paths;
    const stamp = new Date(context.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
    const folder = join(home, 'rescue', stamp);
    const tables = await work<readonly RescuedTable[]>('rescueDatabase', { database, folder }, signal);
    return { folder, tables: [...tables] };
  }),
};

/** Everything that the screens show is of another database now. */
function announceReplaced(context: EngineContext): void {
  context.damage.found = undefined;
  for (const group of ['data', 'settings', 'workspace', 'system', 'recovery']) {
    context.events.emit({ kind: 'changed', group });
  }
}

function problemOf(context: EngineContext): ErrorRecord | undefined {
  try {
    context.reader().sqlite.pragma('schema_version');
    return context.damage.found;
  } catch (error) {
    return toErrorRecord(error);
  }
}

function backupsOf(paths: Paths) {
  return listBackups(paths.backups).map(({ file, manifest }) => ({
    name: basename(file),
    createdAt: Date.parse(manifest.createdAt),
    reason: manifest.reason,
    bytes: manifest.bytes,
    schemaVersion: manifest.schemaVersion,
    applicationVersion: manifest.applicationVersion,
  }));
}

function work<Result>(handler: string, task: object, signal?: AbortSignal): Promise<Result> {
  return inOwnThread<Result>({ worker, handler, task }, signal);
}
