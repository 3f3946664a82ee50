import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { model } from './processing.ts';
import { championship } from './reference.ts';
import { experimentArtefact, experimentRun } from './tracking.ts';

export const modelVersion = sqliteTable('model_version', {
  id: integer('id').primaryKey(),
  championshipId: integer('championship_id').references(() => championship.id),
  family: text('family').notNull(),
  version: integer('version').notNull(),
  experimentRunId: integer('experiment_run_id').references(() => experimentRun.id, { onDelete: 'set null' }),
  artefactId: integer('artefact_id').references(() => experimentArtefact.id, { onDelete: 'set null' }),
  parameters: text('parameters').notNull(),
  evaluation: text('evaluation').notNull(),
  evaluatedFrom: text('evaluated_from'),
  evaluatedUntil: text('evaluated_until'),
  trials: integer('trials').notNull().default(0),
  dataHash: text('data_hash').notNull(),
  seed: integer('seed').notNull(),
  codeVersion: text('code_version').notNull(),
  createdAt: integer('created_at').notNull(),
  sport: text('sport').notNull().default('football'),
});

export const modelVersionModel = sqliteTable(
  'model_version_model',
  {
    modelVersionId: integer('model_version_id')
      .notNull()
      .references(() => modelVersion.id, { onDelete: 'cascade' }),
    modelId: integer('model_id')
      .notNull()
      .references(() => model.id),
  },
  (table) => [primaryKey({ columns: [table.modelVersionId, table.modelId] })],
);

export const promotion = sqliteTable('promotion', {
  id: integer('id').primaryKey(),
  championshipId: integer('championship_id').references(() => championship.id),
  challengerId: integer('challenger_id')
    .notNull()
    .references(() => modelVersion.id),
  championId: integer('champion_id').references(() => modelVersion.id),
  instant: integer('instant').notNull(),
  promoted: integer('promoted').notNull(),
  decision: text('decision').notNull(),
  sport: text('sport').notNull().default('football'),
});

export const modelAlias = sqliteTable('model_alias', {
  id: integer('id').primaryKey(),
  championshipId: integer('championship_id').references(() => championship.id),
  alias: text('alias', { enum: ['champion', 'challenger'] }).notNull(),
  modelVersionId: integer('model_version_id').references(() => modelVersion.id),
  since: integer('since').notNull(),
  reason: text('reason').notNull(),
  previousId: integer('previous_id').references((): AnySQLiteColumn => modelAlias.id),
  promotionId: integer('promotion_id').references(() => promotion.id),
  sport: text('sport').notNull().default('football'),
});
