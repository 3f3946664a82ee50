import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { championship } from './reference.ts';
import { experiment, experimentRun } from './tracking.ts';

export const study = sqliteTable('study', {
  id: integer('id').primaryKey(),
  experimentId: integer('experiment_id').references(() => experiment.id, { onDelete: 'set null' }),
  name: text('name').notNull(),
  family: text('family').notNull(),
  championshipId: integer('championship_id').references(() => championship.id),
  parameters: text('parameters').notNull(),
  space: text('space').notNull(),
  direction: text('direction', { enum: ['minimise', 'maximise'] }).notNull(),
  seed: integer('seed').notNull(),
  dataHash: text('data_hash').notNull(),
  state: text('state', { enum: ['running', 'done', 'failed', 'cancelled'] }).notNull(),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at'),
});

export const trial = sqliteTable('trial', {
  id: integer('id').primaryKey(),
  studyId: integer('study_id')
    .notNull()
    .references(() => study.id, { onDelete: 'cascade' }),
  number: integer('number').notNull(),
  experimentRunId: integer('experiment_run_id').references(() => experimentRun.id, { onDelete: 'set null' }),
  parameters: text('parameters').notNull(),
  state: text('state', { enum: ['running', 'complete', 'pruned', 'failed'] }).notNull(),
  value: real('value'),
  errorMessage: text('error_message'),
  startedAt: integer('started_at').notNull(),
  finishedAt: integer('finished_at'),
});

export const trialValue = sqliteTable(
  'trial_value',
  {
    trialId: integer('trial_id')
      .notNull()
      .references(() => trial.id, { onDelete: 'cascade' }),
    step: integer('step').notNull(),
    value: real('value'),
  },
  (table) => [primaryKey({ columns: [table.trialId, table.step] })],
);
