import { z } from 'zod';
import { answerAgeSchema } from './analysis.ts';
import { base } from './base.ts';
import { languages, sports } from './domain.ts';
import { reportKinds } from './stages.ts';

/** Forecasts of all types, what their like came to, how they were selected, and the documents they stand in. */

/** The ten types that are published, in the order in which documents list them: each total with its amount after it. */
export const publishedTypes = [
  '1x2',
  'both-score',
  'total',
  'total-amount',
  'home-total',
  'home-total-amount',
  'away-total',
  'away-total-amount',
  'home-scores',
  'away-scores',
] as const;
export type PublishedType = (typeof publishedTypes)[number];

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD');
const share = z.number().min(0).max(1);

/** Which forecasts are meant; what is left out does not narrow. */
export const forecastFilterSchema = z.object({
  from: day.optional(),
  /** Included. */
  until: day.optional(),
  championships: z.array(z.string().max(40)).max(200).optional(),
  types: z.array(z.enum(publishedTypes)).optional(),
  /** Only what a rule of selection took. */
  isSelected: z.boolean().optional(),
  state: z.enum(['any', 'coming', 'settled']).default('any'),
  origin: z.enum(['any', 'live', 'replay']).default('any'),
  /** Bounds of the probability of the forecast label: how strong a forecast is. */
  minimumProbability: share.optional(),
  maximumProbability: share.optional(),
  minimumConfidence: share.optional(),
  /** Only forecasts whose set at 80 % holds one label alone. */
  isCertain: z.boolean().optional(),
  /** Part of a team's name. */
  team: z.string().max(100).optional(),
});
export type ForecastFilter = z.infer<typeof forecastFilterSchema>;

export const forecastOrders = ['kick-off', 'probability', 'confidence', 'championship'] as const;
export type ForecastOrder = (typeof forecastOrders)[number];

const selectionRecordSchema = z.object({
  target: z.number(),
  delta: z.number(),
  threshold: z.number(),
  /** The record that the rule rests on. */
  n: z.number().int(),
  hits: z.number().int(),
  bound: z.number(),
  from: z.string(),
  until: z.string(),
  /** Selected by the rule and settled since it was fixed and before this forecast. */
  sinceN: z.number().int(),
  sinceHits: z.number().int(),
});

/** One forecast of one type. Null is "not enough history" or, for what a type does not have, nothing. */
export const saidForecastSchema = z.object({
  outcomeId: z.number().int(),
  matchId: z.number().int(),
  type: z.enum(publishedTypes),
  line: z.number().nullable(),
  /** `H`, `D`, `A`; `yes`, `no`; `over`, `under`. */
  label: z.string(),
  championship: z.string(),
  championshipName: z.string(),
  isSample: z.boolean(),
  season: z.string(),
  day: z.string(),
  kickOff: z.number(),
  kickOffPrecision: z.enum(['minute', 'day']),
  home: z.string(),
  away: z.string(),
  status: z.string(),
  homeGoals: z.number().int().nullable(),
  awayGoals: z.number().int().nullable(),
  origin: z.enum(['live', 'replay']),
  madeAt: z.number(),
  /** Of the label. */
  probability: z.number(),
  /** Home, draw, away of the result; null for the other types. */
  probabilities: z.array(z.number()).length(3).nullable(),
  confidence: z.number().nullable(),
  credibility: z.number().nullable(),
  set80: z.number().int().nullable(),
  set90: z.number().int().nullable(),
  /** Amounts: expected goals and their intervals, both ends included. */
  expected: z.number().nullable(),
  interval80: z.tuple([z.number(), z.number()]).nullable(),
  interval90: z.tuple([z.number(), z.number()]).nullable(),
  /** Price of the label at the instant of the forecast; held for the result alone. */
  odds: z.number().nullable(),
  selection: selectionRecordSchema.nullable(),
  /** Null until it is settled. */
  isHit: z.boolean().nullable(),
  held80: z.boolean().nullable(),
  held90: z.boolean().nullable(),
});
export type SaidForecast = z.infer<typeof saidForecastSchema>;

/** What the forecasts of one type and label came to in a championship. */
export const labelRecordSchema = z.object({
  championship: z.string(),
  type: z.enum(publishedTypes),
  label: z.string(),
  origin: z.enum(['live', 'replay']),
  n: z.number().int(),
  hits: z.number().int(),
  /** Mean probability given. */
  meanProbability: z.number(),
  /** 90 % exact interval of the hit rate. */
  low: z.number(),
  high: z.number(),
  /** Lowest and highest hit rate of a season, of seasons with at least 50; null with fewer than two such. */
  stability: z.object({ low: z.number(), high: z.number(), seasons: z.number().int() }).nullable(),
  lastTen: z.object({ n: z.number().int(), hits: z.number().int() }),
});
export type LabelRecord = z.infer<typeof labelRecordSchema>;

/** One filter of a selection year: what was looked at, what it promised, what came of it. */
export const selectionAccountRowSchema = z.object({
  sport: z.enum(sports),
  type: z.enum(publishedTypes),
  /** Null: all labels together. */
  label: z.string().nullable(),
  from: z.string(),
  until: z.string(),
  status: z.enum(['selected', 'target-not-reached', 'not-enough-history']),
  target: z.number(),
  delta: z.number(),
  /** Thresholds looked at; null where the rule does not tell. */
  tried: z.number().int().nullable(),
  /** Past forecasts of the filter. */
  considered: z.number().int(),
  promised: z.object({ n: z.number().int(), hits: z.number().int(), bound: z.number() }).nullable(),
  /** What was selected and settled in the year. */
  realised: z.object({ n: z.number().int(), hits: z.number().int() }).nullable(),
  /** Taking past hit rates at face value: what that promised, and what came of it in the year. */
  naive: z
    .object({
      threshold: z.number(),
      n: z.number().int(),
      hits: z.number().int(),
      realised: z.object({ n: z.number().int(), hits: z.number().int() }),
    })
    .nullable(),
  /** Coming forecasts that the filter looked at, and how many it let through. */
  coming: z.object({ n: z.number().int(), selected: z.number().int() }),
});
export type SelectionAccountRow = z.infer<typeof selectionAccountRowSchema>;

const documentSchema = z.object({
  kind: z.enum(['forecast', 'outcome']),
  day,
  variant: z.enum(['regular', 'quality']),
  language: z.enum(languages),
  format: z.string().max(20),
});

/** A report as it lies in the folder of documents. */
const reportSchema = z.object({
  kind: z.enum(reportKinds),
  day,
  languages: z.array(z.enum(languages)).min(1),
  formats: z.array(z.string()).min(1),
});

export const forecastProcedures = {
  list: base
    .input(
      forecastFilterSchema.extend({
        order: z.enum(forecastOrders).default('kick-off'),
        isDescending: z.boolean().default(false),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(20_000).default(100),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(saidForecastSchema) })),
  /** What there is to choose from. */
  scope: base.output(
    z.object({
      today: day,
      /** The last days with a forecast, settled or any; null without forecasts. */
      lastSettled: day.nullable(),
      last: day.nullable(),
      championships: z.array(
        z.object({ code: z.string(), name: z.string(), country: z.string(), isSample: z.boolean() }),
      ),
    }),
  ),
  /** Days with forecasts, the newest first: those to come before those of the past. */
  days: base.input(z.object({ limit: z.number().int().min(1).max(2000).default(200) })).output(
    z.array(
      z.object({
        day,
        matches: z.number().int(),
        forecasts: z.number().int(),
        selected: z.number().int(),
        isComing: z.boolean(),
        /** `forecast` and `outcome`, as far as they were published. */
        published: z.array(z.string()),
      }),
    ),
  ),
  /** What forecasts of the same championship, type and label came to so far; worked out beside the screens. */
  records: base.output(z.object({ records: z.array(labelRecordSchema), age: answerAgeSchema })),
  /** The filters of the selection years, the newest first. */
  account: base.output(z.object({ rows: z.array(selectionAccountRowSchema), age: answerAgeSchema })),
  /** A document as it was published or, where it was not, as it would be now. */
  preview: base.input(documentSchema).output(
    z.object({
      name: z.string(),
      mediaType: z.string(),
      isPublished: z.boolean(),
      base64: z.string(),
    }),
  ),
  /** Reports that were made (of the week, of all time, of the models, of the evaluation), the newest first. */
  reports: base.output(z.array(reportSchema)),
  /** One of them in a language and a format that it has. */
  report: base
    .input(
      z.object({
        kind: z.enum(reportKinds),
        day,
        language: z.enum(languages),
        format: z.string().max(20),
      }),
    )
    .output(z.object({ name: z.string(), mediaType: z.string(), base64: z.string() })),
  /** The formats of documents. */
  formats: base.output(z.array(z.object({ format: z.string(), mediaType: z.string(), isText: z.boolean() }))),
} as const;
