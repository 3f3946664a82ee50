import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const workspaceItem = sqliteTable(
  'workspace_item',
  {
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    value: text('value').notNull(),
    changedAt: integer('changed_at').notNull(),
    deletedAt: integer('deleted_at'),
  },
  (table) => [primaryKey({ columns: [table.kind, table.name] })],
);

export const edit = sqliteTable('edit', {
  id: integer('id').primaryKey(),
  kind: text('kind').notNull(),
  subject: text('subject').notNull(),
  inverse: text('inverse').notNull(),
  isUndone: integer('is_undone').notNull().default(0),
  instant: integer('instant').notNull(),
});

export const outgoingCall = sqliteTable(
  'outgoing_call',
  {
    id: integer('id').primaryKey(),
    instant: integer('instant').notNull(),
    purpose: text('purpose').notNull(),
    method: text('method').notNull(),
    host: text('host').notNull(),
    outcome: text('outcome').notNull(),
    bytes: integer('bytes'),
    durationMs: real('duration_ms').notNull(),
  },
  (table) => [index('outgoing_call_by_host').on(table.host, table.instant)],
);
