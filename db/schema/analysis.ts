import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const analysis = sqliteTable(
  'analysis',
  {
    kind: text('kind').notNull(),
    question: text('question').notNull(),
    dataAt: integer('data_at').notNull(),
    madeAt: integer('made_at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    answer: text('answer').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.question] })],
);
