import { index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

export const scheduleTask = sqliteTable('schedule_task', {
  name: text('name').primaryKey(),
  kind: text('kind').notNull(),
  cron: text('cron').notNull(),
  parameters: text('parameters').notNull().default('{}'),
  enabled: integer('enabled', { mode: 'boolean' }).notNull().default(true),
  settledUntil: integer('settled_until').notNull().default(0),
});

export const scheduleOccasion = sqliteTable(
  'schedule_occasion',
  {
    id: integer('id').primaryKey(),
    task: text('task').notNull(),
    kind: text('kind').notNull(),
    dueAt: integer('due_at').notNull(),
    byHand: integer('by_hand', { mode: 'boolean' }).notNull().default(false),
    missed: integer('missed').notNull().default(0),
    state: text('state', { enum: ['running', 'done', 'failed', 'cancelled', 'interrupted'] }).notNull(),
    attempts: integer('attempts').notNull().default(1),
    startedAt: integer('started_at').notNull(),
    finishedAt: integer('finished_at'),
    steps: text('steps').notNull().default('[]'),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
  },
  (table) => [unique().on(table.task, table.dueAt), index('schedule_occasion_started').on(table.startedAt)],
);
