import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const sport = sqliteTable('sport', {
  id: integer('id').primaryKey(),
  code: text('code').notNull().unique(),
  name: text('name').notNull(),
});

export const country = sqliteTable('country', {
  id: integer('id').primaryKey(),
  code: text('code').notNull().unique(),
  name: text('name').notNull(),
});

export const championship = sqliteTable('championship', {
  id: integer('id').primaryKey(),
  sportId: integer('sport_id')
    .notNull()
    .references(() => sport.id),
  countryId: integer('country_id')
    .notNull()
    .references(() => country.id),
  code: text('code').notNull().unique(),
  name: text('name').notNull(),
  tier: integer('tier').notNull().default(1),
  zone: text('zone').notNull(),
  seasonRule: text('season_rule', { enum: ['autumn-spring', 'calendar'] }).notNull(),
  isSample: integer('is_sample').notNull().default(0),
  foundingSource: text('founding_source'),
});

export const season = sqliteTable('season', {
  id: integer('id').primaryKey(),
  championshipId: integer('championship_id')
    .notNull()
    .references(() => championship.id),
  code: text('code').notNull(),
  firstYear: integer('first_year').notNull(),
});

export const team = sqliteTable('team', {
  id: integer('id').primaryKey(),
  sportId: integer('sport_id')
    .notNull()
    .references(() => sport.id),
  countryId: integer('country_id')
    .notNull()
    .references(() => country.id),
  name: text('name').notNull(),
});

export const teamAlias = sqliteTable('team_alias', {
  id: integer('id').primaryKey(),
  teamId: integer('team_id')
    .notNull()
    .references(() => team.id, { onDelete: 'cascade' }),
  source: text('source').notNull(),
  sportId: integer('sport_id')
    .notNull()
    .references(() => sport.id),
  countryId: integer('country_id')
    .notNull()
    .references(() => country.id),
  name: text('name').notNull(),
});

export const teamUnresolved = sqliteTable(
  'team_unresolved',
  {
    source: text('source').notNull(),
    sportId: integer('sport_id')
      .notNull()
      .references(() => sport.id),
    countryId: integer('country_id')
      .notNull()
      .references(() => country.id),
    name: text('name').notNull(),
    address: text('address').notNull(),
    suggestions: text('suggestions').notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.sportId, table.countryId, table.name] })],
);
