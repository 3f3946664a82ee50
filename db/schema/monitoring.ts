import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { run } from './run.ts';

export const monitoringReport = sqliteTable('monitoring_report', {
  day: text('day').primaryKey(),
  runId: integer('run_id').references(() => run.id, { onDelete: 'set null' }),
  madeAt: integer('made_at').notNull(),
  report: text('report').notNull(),
});

export const alert = sqliteTable('alert', {
  id: integer('id').primaryKey(),
  rule: text('rule').notNull(),
  subject: text('subject').notNull(),
  severity: text('severity', { enum: ['warning', 'critical'] }).notNull(),
  raisedAt: integer('raised_at').notNull(),
  seenAt: integer('seen_at').notNull(),
  clearedAt: integer('cleared_at'),
  acknowledgedAt: integer('acknowledged_at'),
  calm: integer('calm').notNull().default(0),
  detail: text('detail').notNull(),
  worseAt: integer('worse_at'),
});

export const challenger = sqliteTable('challenger', {
  runId: integer('run_id')
    .primaryKey()
    .references(() => run.id, { onDelete: 'cascade' }),
  reasons: text('reasons').notNull(),
});
