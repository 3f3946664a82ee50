import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { match } from './match.ts';

export const standings = sqliteTable(
  'standings',
  {
    matchId: integer('match_id')
      .notNull()
      .references(() => match.id, { onDelete: 'cascade' }),
    side: integer('side').notNull(),
    position: integer('position').notNull(),
    played: integer('played').notNull(),
    won: integer('won').notNull(),
    drawn: integer('drawn').notNull(),
    lost: integer('lost').notNull(),
    goalsFor: integer('goals_for').notNull(),
    goalsAgainst: integer('goals_against').notNull(),
    points: integer('points').notNull(),
    homePlayed: integer('home_played').notNull(),
    homeWon: integer('home_won').notNull(),
    homeDrawn: integer('home_drawn').notNull(),
    homeLost: integer('home_lost').notNull(),
    homeGoalsFor: integer('home_goals_for').notNull(),
    homeGoalsAgainst: integer('home_goals_against').notNull(),
    homePoints: integer('home_points').notNull(),
    awayPlayed: integer('away_played').notNull(),
    awayWon: integer('away_won').notNull(),
    awayDrawn: integer('away_drawn').notNull(),
    awayLost: integer('away_lost').notNull(),
    awayGoalsFor: integer('away_goals_for').notNull(),
    awayGoalsAgainst: integer('away_goals_against').notNull(),
    awayPoints: integer('away_points').notNull(),
  },
  (table) => [primaryKey({ columns: [table.matchId, table.side] })],
);

export const featureSet = sqliteTable('feature_set', {
  id: integer('id').primaryKey(),
  code: text('code').notNull(),
  names: text('names').notNull(),
  hash: text('hash').notNull().unique(),
  valueBytes: integer('value_bytes').notNull().default(8),
});

export const feature = sqliteTable(
  'feature',
  {
    matchId: integer('match_id')
      .notNull()
      .references(() => match.id, { onDelete: 'cascade' }),
    featureSetId: integer('feature_set_id')
      .notNull()
      .references(() => featureSet.id),
    asOf: integer('as_of').notNull(),
    hash: text('hash').notNull(),
    vector: blob('vector', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.matchId, table.featureSetId] })],
);
