import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { run } from './run.ts';

export const changeSet = sqliteTable('change_set', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['import', 'merge'] }).notNull(),
  subject: text('subject').notNull(),
  runId: integer('run_id').references(() => run.id, { onDelete: 'set null' }),
  state: text('state', { enum: ['open', 'done', 'undone'] }).notNull(),
  lastMatchId: integer('last_match_id').notNull(),
  madeAt: integer('made_at').notNull(),
  undoneAt: integer('undone_at'),
});

export const change = sqliteTable('change', {
  id: integer('id').primaryKey(),
  changeSetId: integer('change_set_id')
    .notNull()
    .references(() => changeSet.id, { onDelete: 'cascade' }),
  tableName: text('table_name').notNull(),
  operation: text('operation', { enum: ['insert', 'update', 'delete'] }).notNull(),
  row: text('row').notNull(),
});
