import { createBackup } from '../../db/backup.ts';
import type { Instant } from '../contract/domain.ts';
import { serve } from './serve.ts';

export interface BackupTask {
  readonly databasePath: string;
  readonly folder: string;
  readonly keep: number;
  readonly instant: Instant;
}

/** Backs a database up in a thread of its own, since copying and checking a large one takes seconds. */
export const backUp = serve(({ databasePath, folder, keep, instant }: BackupTask) =>
  createBackup(databasePath, folder, { keep, now: () => instant }),
);
