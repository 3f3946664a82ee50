import { blob, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { championship } from './reference.ts';
import { run } from './run.ts';

export const experiment = sqliteTable('experiment', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  createdAt: integer('created_at').notNull(),
});

export const experimentRun = sqliteTable('experiment_run', {
  id: integer('id').primaryKey(),
  experimentId: integer('experiment_id')
    .notNull()
    .references(() => experiment.id, { onDelete: 'cascade' }),
  runId: integer('run_id').references(() => run.id, { onDelete: 'set null' }),
  uid: text('uid').notNull(),
  name: text('name').notNull(),
  family: text('family'),
  championshipId: integer('championship_id').references(() => championship.id),
  parameters: text('parameters').notNull().default('{}'),
  dataHash: text('data_hash'),
  seed: integer('seed'),
  codeVersion: text('code_version').notNull(),
  machine: text('machine').notNull(),
  state: text('state', { enum: ['running', 'done', 'failed', 'cancelled', 'interrupted'] }).notNull(),
  startedAt: integer('started_at').notNull(),
  finishedAt: integer('finished_at'),
  errorCode: text('error_code'),
  errorMessage: text('error_message'),
});

const ofExperimentRun = () =>
  integer('experiment_run_id')
    .notNull()
    .references(() => experimentRun.id, { onDelete: 'cascade' });

export const experimentTag = sqliteTable(
  'experiment_tag',
  { experimentRunId: ofExperimentRun(), key: text('key').notNull(), value: text('value').notNull() },
  (table) => [primaryKey({ columns: [table.experimentRunId, table.key] })],
);

export const experimentMetric = sqliteTable(
  'experiment_metric',
  {
    experimentRunId: ofExperimentRun(),
    key: text('key').notNull(),
    step: integer('step').notNull(),
    value: real('value'),
    instant: integer('instant').notNull(),
  },
  (table) => [primaryKey({ columns: [table.experimentRunId, table.key, table.step] })],
);

export const experimentArtefact = sqliteTable('experiment_artefact', {
  id: integer('id').primaryKey(),
  experimentRunId: ofExperimentRun(),
  name: text('name').notNull(),
  kind: text('kind').notNull(),
  content: blob('content'),
  path: text('path'),
  bytes: integer('bytes').notNull(),
  sha256: text('sha256').notNull(),
  createdAt: integer('created_at').notNull(),
});

export const trackingCall = sqliteTable('tracking_call', {
  id: integer('id').primaryKey(),
  experimentRunId: ofExperimentRun(),
  kind: text('kind', { enum: ['start', 'log', 'artefact', 'end'] }).notNull(),
  payload: text('payload').notNull(),
  state: text('state', { enum: ['pending', 'sent', 'refused'] })
    .notNull()
    .default('pending'),
  attempts: integer('attempts').notNull().default(0),
  problem: text('problem'),
  queuedAt: integer('queued_at').notNull(),
  settledAt: integer('settled_at'),
});

export const trackingName = sqliteTable(
  'tracking_name',
  {
    address: text('address').notNull(),
    kind: text('kind', { enum: ['experiment', 'run'] }).notNull(),
    localId: integer('local_id').notNull(),
    remoteId: text('remote_id').notNull(),
    artefactRoot: text('artefact_root'),
  },
  (table) => [primaryKey({ columns: [table.address, table.kind, table.localId] })],
);
