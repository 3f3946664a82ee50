import { index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

export const channel = sqliteTable('channel', {
  name: text('name').primaryKey(),
  kind: text('kind').notNull(),
  settings: text('settings').notNull(),
  isEnabled: integer('is_enabled').notNull().default(1),
  createdAt: integer('created_at').notNull(),
});

export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey(),
    channel: text('channel')
      .notNull()
      .references(() => channel.name, { onDelete: 'cascade' }),
    document: text('document').notNull(),
    sha256: text('sha256').notNull(),
    revision: integer('revision').notNull().default(1),
    payload: text('payload'),
    state: text('state', { enum: ['pending', 'sent', 'uncertain', 'dead'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    dueAt: integer('due_at').notNull(),
    createdAt: integer('created_at').notNull(),
    settledAt: integer('settled_at'),
    problem: text('problem'),
  },
  (table) => [
    unique().on(table.channel, table.document),
    index('outbox_by_state').on(table.state, table.dueAt, table.id),
  ],
);

export const outboxPart = sqliteTable(
  'outbox_part',
  {
    outboxId: integer('outbox_id')
      .notNull()
      .references(() => outbox.id, { onDelete: 'cascade' }),
    part: text('part').notNull(),
    revision: integer('revision').notNull(),
    state: text('state', { enum: ['begun', 'arrived'] }).notNull(),
    remoteId: text('remote_id'),
    instant: integer('instant').notNull(),
  },
  (table) => [primaryKey({ columns: [table.outboxId, table.part] })],
);

export const delivery = sqliteTable(
  'delivery',
  {
    id: integer('id').primaryKey(),
    outboxId: integer('outbox_id')
      .notNull()
      .references(() => outbox.id, { onDelete: 'cascade' }),
    part: text('part'),
    instant: integer('instant').notNull(),
    event: text('event', {
      enum: ['arrived', 'found', 'delayed', 'lost', 'uncertain', 'dead', 'revived'],
    }).notNull(),
    detail: text('detail'),
  },
  (table) => [index('delivery_by_outbox').on(table.outboxId, table.id)],
);
