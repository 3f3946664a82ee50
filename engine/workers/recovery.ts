import { mkdirSync } from 'node:fs';
import { createBackup, restoreBackup, verifyDatabase } from '../../db/backup.ts';
import { exportProject, importProject } from '../../db/project.ts';
import { rescueTables } from '../../db/rescue.ts';
import { serve } from './serve.ts';

/** Reads the whole database and answers the version of its tables. */
export const checkDatabase = serve(({ database }: { readonly database: string }) => verifyDatabase(database));

export const backUpDatabase = serve(
  ({
    database,
    folder,
    reason,
    keep,
    now,
  }: {
    readonly database: string;
    readonly folder: string;
    readonly reason: string;
    readonly keep: number;
    readonly now: number;
  }) => createBackup(database, folder, { reason, keep, now: () => now }),
);

export const restoreDatabase = serve(
  ({ database, backup, now }: { readonly database: string; readonly backup: string; readonly now: number }) =>
    restoreBackup(backup, database, { now: () => now }).setAside ?? null,
);

export const rescueDatabase = serve(
  ({ database, folder }: { readonly database: string; readonly folder: string }) => {
    mkdirSync(folder, { recursive: true });
    return rescueTables(database, folder);
  },
);

export const writeProject = serve(
  ({ database, file, now }: { readonly database: string; readonly file: string; readonly now: number }) =>
    exportProject(database, file, { now: () => now }),
);

export const readProject = serve(
  async ({
    database,
    file,
    now,
  }: {
    readonly database: string;
    readonly file: string;
    readonly now: number;
  }) => (await importProject(file, database, { replaces: true, now: () => now })).setAside ?? null,
);
