import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const document = sqliteTable('document', {
  id: integer('id').primaryKey(),
  kind: text('kind', {
    enum: ['forecast', 'outcome', 'digest', 'all-time', 'model-card', 'evaluation'],
  }).notNull(),
  day: text('day').notNull(),
  variant: text('variant', { enum: ['regular', 'quality'] }).notNull(),
  language: text('language').notNull(),
  format: text('format').notNull(),
  path: text('path').notNull().unique(),
  sha256: text('sha256').notNull(),
  madeAt: integer('made_at').notNull(),
});
