import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

export const run = sqliteTable('run', {
  id: integer('id').primaryKey(),
  parentId: integer('parent_id').references((): AnySQLiteColumn => run.id),
  stage: text('stage').notNull(),
  parameters: text('parameters').notNull(),
  state: text('state', {
    enum: ['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'],
  }).notNull(),
  instant: integer('instant').notNull(),
  today: text('today').notNull(),
  phase: text('phase'),
  itemsTotal: integer('items_total').notNull().default(0),
  itemsDone: integer('items_done').notNull().default(0),
  itemsFailed: integer('items_failed').notNull().default(0),
  startedAt: integer('started_at').notNull(),
  finishedAt: integer('finished_at'),
  errorCode: text('error_code'),
  errorMessage: text('error_message'),
  result: text('result'),
});

export const runItem = sqliteTable(
  'run_item',
  {
    runId: integer('run_id')
      .notNull()
      .references(() => run.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    state: text('state', { enum: ['done', 'failed', 'cancelled'] }).notNull(),
    durationMs: real('duration_ms').notNull(),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    result: text('result'),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
);

export const runLog = sqliteTable('run_log', {
  id: integer('id').primaryKey(),
  runId: integer('run_id')
    .notNull()
    .references(() => run.id, { onDelete: 'cascade' }),
  instant: integer('instant').notNull(),
  level: text('level', { enum: ['info', 'warn', 'error'] }).notNull(),
  code: text('code'),
  message: text('message').notNull(),
  detail: text('detail'),
});
