import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const sourceFile = sqliteTable('source_file', {
  id: integer('id').primaryKey(),
  source: text('source').notNull(),
  address: text('address').notNull(),
  etag: text('etag'),
  lastModified: text('last_modified'),
  sha256: text('sha256').notNull(),
  parserVersion: integer('parser_version').notNull(),
  readAt: integer('read_at').notNull(),
  report: text('report').notNull(),
});
