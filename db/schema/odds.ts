import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { match } from './match.ts';

export const bookmaker = sqliteTable('bookmaker', {
  id: integer('id').primaryKey(),
  code: text('code').notNull().unique(),
  name: text('name').notNull(),
  kind: text('kind', { enum: ['bookmaker', 'exchange', 'average', 'best'] }).notNull(),
});

export const market = sqliteTable('market', {
  id: integer('id').primaryKey(),
  code: text('code').notNull().unique(),
  selections: text('selections').notNull(),
});

export const oddsQuote = sqliteTable(
  'odds_quote',
  {
    matchId: integer('match_id')
      .notNull()
      .references(() => match.id, { onDelete: 'cascade' }),
    marketId: integer('market_id')
      .notNull()
      .references(() => market.id),
    bookmakerId: integer('bookmaker_id')
      .notNull()
      .references(() => bookmaker.id),
    line: real('line').notNull().default(0),
    phase: integer('phase').notNull(),
    instant: integer('instant').notNull(),
    price1: real('price_1').notNull(),
    price2: real('price_2').notNull(),
    price3: real('price_3'),
  },
  (table) => [
    primaryKey({
      columns: [table.matchId, table.marketId, table.bookmakerId, table.line, table.phase, table.instant],
    }),
  ],
);
