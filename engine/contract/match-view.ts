import { z } from 'zod';
import { errorCodes } from './errors.ts';
import { matchStatuses, outcomeClasses, stageNames } from './domain.ts';

/** What every screen that lists matches shows of one. */

export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD');

export const namesSchema = z.object({ en: z.string(), ru: z.string() });
export const teamRefSchema = z.object({ id: z.number().int(), name: z.string() });
export const championshipRefSchema = z.object({
  code: z.string(),
  name: namesSchema,
  country: namesSchema,
  /** Zone of the championship's calendar. */
  zone: z.string(),
  isSample: z.boolean(),
});
export type ChampionshipRef = z.infer<typeof championshipRefSchema>;

export const classSchema = z.enum(outcomeClasses);
export const threeSchema = z.object({ H: z.number(), D: z.number(), A: z.number() });
export type Three = z.infer<typeof threeSchema>;

/** The price that stands in a forecast: the newest one known at its instant. */
const priceSchema = z.object({ bookmaker: z.string(), instant: z.number(), odds: threeSchema });

/** The record of the rule that selected a forecast, as it was then. */
const qualitySchema = z.object({
  target: z.number(),
  n: z.number().int(),
  hits: z.number().int(),
  bound: z.number(),
  from: z.string(),
  until: z.string(),
  since: z.object({ n: z.number().int(), hits: z.number().int() }),
});

const shownForecastSchema = z.object({
  outcomeId: z.number().int(),
  origin: z.enum(['live', 'replay']),
  madeAt: z.number(),
  asOf: z.number(),
  family: z.string(),
  probabilities: threeSchema,
  label: classSchema,
  probability: z.number(),
  /** Bit masks of the conformal sets: 1 home, 2 draw, 4 away; null where history is too short. */
  set80: z.number().int().nullable(),
  set90: z.number().int().nullable(),
  confidence: z.number().nullable(),
  credibility: z.number().nullable(),
  price: priceSchema.nullable(),
  /** The selection of the highest value at that price: probability x odds - 1. */
  value: z.object({ selection: classSchema, edge: z.number() }).nullable(),
  /** Null where the result's forecast was not selected. */
  quality: qualitySchema.nullable(),
  /** Types beside the result that were selected. */
  qualityTypes: z.number().int(),
});

export const matchViewSchema = z.object({
  matchId: z.number().int(),
  championship: championshipRefSchema,
  season: z.string(),
  day: z.string(),
  kickOff: z.number(),
  kickOffPrecision: z.enum(['minute', 'day']),
  status: z.enum(matchStatuses),
  round: z.string().nullable(),
  home: teamRefSchema,
  away: teamRefSchema,
  score: z.object({ home: z.number().int(), away: z.number().int() }).nullable(),
  forecast: shownForecastSchema.nullable(),
  /** Why a match that is due has no forecast. */
  failure: z.object({ stage: z.enum(stageNames), code: z.enum(errorCodes) }).nullable(),
  /** What came of the forecast; null until the match is finished on the pitch. */
  verdict: z
    .object({
      result: classSchema,
      isHit: z.boolean(),
      held80: z.boolean().nullable(),
      held90: z.boolean().nullable(),
    })
    .nullable(),
});
export type MatchView = z.infer<typeof matchViewSchema>;

/** A share with its interval; `level` is the interval's. Null where there is nothing to count. */
export const rateSchema = z.object({
  n: z.number().int(),
  hits: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  level: z.number(),
});
export type Rate = z.infer<typeof rateSchema>;

/** A mean with its interval. */
export const meanSchema = z.object({
  n: z.number().int(),
  mean: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  level: z.number(),
});
export type Mean = z.infer<typeof meanSchema>;
