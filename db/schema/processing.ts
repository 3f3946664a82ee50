import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { featureSet } from './calculation.ts';
import { match } from './match.ts';
import { championship } from './reference.ts';

export const model = sqliteTable('model', {
  id: integer('id').primaryKey(),
  championshipId: integer('championship_id').references(() => championship.id),
  family: text('family').notNull(),
  seasonCode: text('season_code').notNull(),
  featureSetId: integer('feature_set_id').references(() => featureSet.id),
  featureNames: text('feature_names').notNull(),
  classes: text('classes').notNull(),
  parameters: text('parameters').notNull(),
  seed: integer('seed').notNull(),
  trainedAt: integer('trained_at').notNull(),
  trainFrom: text('train_from'),
  trainUntil: text('train_until'),
  trainCount: integer('train_count').notNull(),
  dataHash: text('data_hash').notNull(),
  payload: text('payload').notNull(),
  checksum: text('checksum').notNull(),
  libraries: text('libraries').notNull(),
  notes: text('notes').notNull().default('{}'),
});

export const prediction = sqliteTable('prediction', {
  id: integer('id').primaryKey(),
  matchId: integer('match_id')
    .notNull()
    .references(() => match.id, { onDelete: 'cascade' }),
  modelId: integer('model_id')
    .notNull()
    .references(() => model.id),
  asOf: integer('as_of').notNull(),
  madeAt: integer('made_at').notNull(),
  origin: text('origin', { enum: ['live', 'replay'] }).notNull(),
  dataHash: text('data_hash').notNull(),
  home: real('home').notNull(),
  draw: real('draw').notNull(),
  away: real('away').notNull(),
});

export const goalPrediction = sqliteTable('goal_prediction', {
  id: integer('id').primaryKey(),
  matchId: integer('match_id')
    .notNull()
    .references(() => match.id, { onDelete: 'cascade' }),
  modelId: integer('model_id')
    .notNull()
    .references(() => model.id),
  asOf: integer('as_of').notNull(),
  madeAt: integer('made_at').notNull(),
  origin: text('origin', { enum: ['live', 'replay'] }).notNull(),
  dataHash: text('data_hash').notNull(),
  law: text('law').notNull(),
  homeIntensity: real('home_intensity').notNull(),
  awayIntensity: real('away_intensity').notNull(),
  extras: text('extras').notNull(),
});
