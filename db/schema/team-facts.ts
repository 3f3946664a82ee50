import { integer, primaryKey, real, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import { team } from './reference.ts';

const teamId = () =>
  integer('team_id')
    .notNull()
    .references(() => team.id, { onDelete: 'cascade' });

export const stadium = sqliteTable(
  'stadium',
  {
    teamId: teamId(),
    knownAt: integer('known_at').notNull(),
    name: text('name'),
    latitude: real('latitude').notNull(),
    longitude: real('longitude').notNull(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.knownAt] })],
);

export const manager = sqliteTable(
  'manager',
  {
    teamId: teamId(),
    knownAt: integer('known_at').notNull(),
    name: text('name').notNull(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.knownAt] })],
);

export const squadValue = sqliteTable(
  'squad_value',
  {
    teamId: teamId(),
    knownAt: integer('known_at').notNull(),
    millionEuros: real('million_euros').notNull(),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.knownAt] })],
);

export const absence = sqliteTable(
  'absence',
  {
    teamId: teamId(),
    player: text('player').notNull(),
    knownAt: integer('known_at').notNull(),
    reason: text('reason', { enum: ['injury', 'suspension', 'other'] }).notNull(),
    isKey: integer('is_key').notNull(),
    backAt: integer('back_at'),
    source: text('source').notNull(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.player, table.knownAt] })],
);

export const newsItem = sqliteTable(
  'news_item',
  {
    id: integer('id').primaryKey(),
    teamId: teamId(),
    source: text('source').notNull(),
    guid: text('guid').notNull(),
    address: text('address'),
    publishedAt: integer('published_at'),
    knownAt: integer('known_at').notNull(),
    language: text('language', { enum: ['en', 'ru'] }).notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
  },
  (table) => [unique().on(table.teamId, table.source, table.guid)],
);

export const newsScore = sqliteTable(
  'news_score',
  {
    newsItemId: integer('news_item_id')
      .notNull()
      .references(() => newsItem.id, { onDelete: 'cascade' }),
    scorer: text('scorer').notNull(),
    knownAt: integer('known_at').notNull(),
    sentiment: real('sentiment'),
    injurySeverity: real('injury_severity'),
    managerConfidence: real('manager_confidence'),
  },
  (table) => [primaryKey({ columns: [table.newsItemId, table.scorer] })],
);
