import { z } from 'zod';
import { base } from './base.ts';
import { errorCodes } from './errors.ts';

const problem = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

export const backupSchema = z.object({
  /** Its file's name in the folder of backups. */
  name: z.string(),
  createdAt: z.number(),
  reason: z.string(),
  bytes: z.number(),
  schemaVersion: z.number().int(),
  applicationVersion: z.string(),
});
export type BackupEntry = z.infer<typeof backupSchema>;

/** Where a file stands, from the root on: the engine has no folder that a user is in. */
const path = z
  .string()
  .max(4000)
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/, 'expected a whole path, from the root on');

const rescuedTableSchema = z.object({
  name: z.string(),
  rows: z.number().int(),
  /** False when some of its rows could not be read. */
  isWhole: z.boolean(),
});

/** What is left to do when the database is damaged. All of it works without an open database. */
export const recoveryProcedures = {
  /** Whether the database can be opened, and what else has been found out about it since the engine began. */
  status: base.output(
    z.object({
      problem: problem.nullable(),
      database: z.string(),
      bytes: z.number(),
      /** Newest first. */
      backups: z.array(backupSchema),
    }),
  ),
  /** Reads the whole database; null when nothing is wrong with it. */
  check: base.output(z.object({ problem: problem.nullable(), durationMs: z.number() })),
  /** Puts a backup in the place of the database. What was there is kept beside it. */
  restore: base
    .input(z.object({ name: z.string().min(1).max(300) }))
    .output(z.object({ setAside: z.string().nullable() })),
  /** Writes everything but the secrets into one verified file, which must not exist yet. */
  exportProject: base
    .input(z.object({ file: path }))
    .output(z.object({ file: z.string(), bytes: z.number(), sha256: z.string() })),
  /** Puts such a file in the place of the database. What was there is kept beside it. */
  importProject: base.input(z.object({ file: path })).output(z.object({ setAside: z.string().nullable() })),
  /** Writes what can still be read into a new folder: one file for each table, one JSON object for each row. */
  rescue: base.output(z.object({ folder: z.string(), tables: z.array(rescuedTableSchema) })),
} as const;
