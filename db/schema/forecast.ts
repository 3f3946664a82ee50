import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { match } from './match.ts';
import { bookmaker } from './odds.ts';
import { goalPrediction, model, prediction } from './processing.ts';
import { championship } from './reference.ts';

export const outcome = sqliteTable('outcome', {
  id: integer('id').primaryKey(),
  matchId: integer('match_id')
    .notNull()
    .references(() => match.id, { onDelete: 'cascade' }),
  predictionId: integer('prediction_id')
    .notNull()
    .references(() => prediction.id),
  modelId: integer('model_id')
    .notNull()
    .references(() => model.id),
  forecastType: text('forecast_type').notNull(),
  asOf: integer('as_of').notNull(),
  madeAt: integer('made_at').notNull(),
  origin: text('origin', { enum: ['live', 'replay'] }).notNull(),
  dataHash: text('data_hash').notNull(),
  home: real('home').notNull(),
  draw: real('draw').notNull(),
  away: real('away').notNull(),
  label: text('label').notNull(),
  probability: real('probability').notNull(),
  temperature: real('temperature'),
  calibrationCount: integer('calibration_count').notNull(),
  pValueHome: real('p_value_home'),
  pValueDraw: real('p_value_draw'),
  pValueAway: real('p_value_away'),
  confidence: real('confidence'),
  credibility: real('credibility'),
  windowScope: text('window_scope', { enum: ['championship', 'pooled', 'none'] }).notNull(),
  windowCount: integer('window_count').notNull(),
  set80: integer('set_80'),
  set90: integer('set_90'),
  priceBookmakerId: integer('price_bookmaker_id').references(() => bookmaker.id),
  priceInstant: integer('price_instant'),
  priceHome: real('price_home'),
  priceDraw: real('price_draw'),
  priceAway: real('price_away'),
  goalPredictionId: integer('goal_prediction_id').references(() => goalPrediction.id),
  homeGoalFactor: real('home_goal_factor'),
  goalLevelCount: integer('goal_level_count'),
  awayGoalFactor: real('away_goal_factor'),
});

export const selectionRule = sqliteTable('selection_rule', {
  id: integer('id').primaryKey(),
  championshipId: integer('championship_id').references(() => championship.id),
  forecastType: text('forecast_type').notNull(),
  target: real('target').notNull(),
  delta: real('delta').notNull(),
  threshold: real('threshold').notNull(),
  recordCount: integer('record_count').notNull(),
  recordHits: integer('record_hits').notNull(),
  bound: real('bound').notNull(),
  recordFrom: text('record_from').notNull(),
  recordUntil: text('record_until').notNull(),
  madeAt: integer('made_at').notNull(),
  dataHash: text('data_hash').notNull(),
  sport: text('sport').notNull().default('football'),
});

export const statistic = sqliteTable('statistic', {
  id: integer('id').primaryKey(),
  outcomeId: integer('outcome_id')
    .notNull()
    .unique()
    .references(() => outcome.id, { onDelete: 'cascade' }),
  selectionRuleId: integer('selection_rule_id')
    .notNull()
    .references(() => selectionRule.id),
  madeAt: integer('made_at').notNull(),
  sinceCount: integer('since_count').notNull(),
  sinceHits: integer('since_hits').notNull(),
});

export const selectionFamily = sqliteTable('selection_family', {
  id: integer('id').primaryKey(),
  forecastType: text('forecast_type').notNull(),
  label: text('label').notNull(),
  appliesFrom: text('applies_from').notNull(),
  appliesUntil: text('applies_until').notNull(),
  target: real('target').notNull(),
  delta: real('delta').notNull(),
  status: text('status', { enum: ['selected', 'target-not-reached', 'not-enough-history'] }).notNull(),
  families: integer('families').notNull(),
  tried: integer('tried').notNull(),
  recordFrom: text('record_from'),
  recordUntil: text('record_until'),
  recordCount: integer('record_count').notNull(),
  threshold: real('threshold'),
  selectedCount: integer('selected_count'),
  selectedHits: integer('selected_hits'),
  bound: real('bound'),
  naiveThreshold: real('naive_threshold'),
  naiveCount: integer('naive_count'),
  naiveHits: integer('naive_hits'),
  madeAt: integer('made_at').notNull(),
  dataHash: text('data_hash').notNull(),
  sport: text('sport').notNull().default('football'),
});

export const outcomeType = sqliteTable(
  'outcome_type',
  {
    outcomeId: integer('outcome_id')
      .notNull()
      .references(() => outcome.id, { onDelete: 'cascade' }),
    typeCode: integer('type_code').notNull(),
    forecastType: text('forecast_type').notNull(),
    line: real('line'),
    label: text('label').notNull(),
    probability: real('probability').notNull(),
    pValueFirst: real('p_value_first'),
    pValueSecond: real('p_value_second'),
    confidence: real('confidence'),
    credibility: real('credibility'),
    windowScope: text('window_scope', { enum: ['championship', 'pooled', 'none'] }).notNull(),
    windowCount: integer('window_count').notNull(),
    set80: integer('set_80'),
    set90: integer('set_90'),
    expected: real('expected'),
    low80: integer('low_80'),
    high80: integer('high_80'),
    low90: integer('low_90'),
    high90: integer('high_90'),
    selectionFamilyId: integer('selection_family_id').references(() => selectionFamily.id),
    sinceCount: integer('since_count'),
    sinceHits: integer('since_hits'),
  },
  (table) => [primaryKey({ columns: [table.outcomeId, table.typeCode] })],
);
