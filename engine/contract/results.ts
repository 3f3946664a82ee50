import { z } from 'zod';
import { answerAgeSchema } from './analysis.ts';
import { base } from './base.ts';
import { sports } from './domain.ts';
import { forecastFilterSchema, publishedTypes } from './forecasts.ts';

/** What settled forecasts came to. Every figure is worked out beside the screens and kept for the state of the data. */

const tally = { n: z.number().int(), hits: z.number().int() };

/** Settled forecasts that have something in common. Intervals are exact, at 90 %. */
export const recordGroupSchema = z.object({
  /** The type, the championship's code, the season, the month, or the strength's lower end. */
  key: z.string(),
  name: z.string(),
  ...tally,
  /** Mean probability given to the label: the hit rate to be expected. */
  meanProbability: z.number(),
  low: z.number(),
  high: z.number(),
  /** Mean square of probability less event. */
  brier: z.number(),
  held80: z.object({ n: z.number().int(), held: z.number().int() }),
  held90: z.object({ n: z.number().int(), held: z.number().int() }),
});
export type RecordGroup = z.infer<typeof recordGroupSchema>;

export const recordSchema = z.object({
  /** Null where nothing is settled. */
  all: recordGroupSchema.nullable(),
  /** How many were made before kick-off; the others are replays. */
  live: z.number().int(),
  byType: z.array(recordGroupSchema),
  /** Type and label: `total over`. */
  byLabel: z.array(recordGroupSchema),
  byChampionship: z.array(recordGroupSchema),
  bySeason: z.array(recordGroupSchema),
  byMonth: z.array(recordGroupSchema),
  /** By probability of the label, in steps of 5 points. */
  byStrength: z.array(recordGroupSchema),
  bySelection: z.array(recordGroupSchema),
});
export type ResultRecord = z.infer<typeof recordSchema>;

const figure = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

const stakingSchema = z.object({
  plan: z.enum(['flat', 'kelly']),
  /** Of each bet as a share of the starting bank, or of the full Kelly stake. */
  fraction: z.number(),
  /** Bank at the end as a multiple of the start. */
  final: z.number(),
  /** Deepest fall as a share of its peak; 5, 50 and 95 % of it over the draws; share of draws that ended in ruin. */
  drawdown: z.number().nullable(),
  drawdowns: z.array(z.number()).length(3),
  ruined: z.number(),
  /** Match days below an earlier peak. */
  longestUnderWater: z.number().int(),
  /** Bank over time, and what the same bets in another order come to: 5, 50 and 95 % of the draws. */
  actual: z.array(z.number()),
  low: z.array(z.number()),
  middle: z.array(z.number()),
  high: z.array(z.number()),
});
export type ResultStaking = z.infer<typeof stakingSchema>;

export const resultBettingSchema = z.object({
  /** Settled forecasts of the result in the filter; those without a price that a bookmaker offered in time; bets. */
  forecasts: z.number().int(),
  withoutPrice: z.number().int(),
  bets: z.number().int(),
  draws: z.number().int(),
  /** Null below two bets. */
  record: z
    .object({
      profit: z.number(),
      yield: figure,
      hitRate: z.number(),
      meanOdds: z.number(),
      /** Bets before a yield of this size differs from nothing at 5 %. */
      requiredBets: z.number().nullable(),
      /** How often bets without any edge at these odds show a yield at least this far from nothing, on that side. */
      noiseProbability: z.number().nullable(),
      longestLosingRun: z.number().int(),
      /** Mean of odds taken times fair closing probability, less 1. */
      closingLineValue: figure.nullable(),
      beatingClose: z.number().nullable(),
      withClose: z.number().int(),
    })
    .nullable(),
  /** Days along the curves, as many as their points. */
  days: z.array(z.string()),
  staking: z.array(stakingSchema),
});
export type ResultBetting = z.infer<typeof resultBettingSchema>;

export const trialSchema = z.object({
  sport: z.enum(sports),
  type: z.enum(publishedTypes),
  /** Null: all. */
  label: z.string().nullable(),
  championship: z.string().nullable(),
  threshold: z.number(),
  past: z.object({ ...tally, meanProbability: z.number() }),
  future: z.object({ ...tally, meanProbability: z.number() }),
});
export type Trial = z.infer<typeof trialSchema>;

export const curseSchema = z.object({
  split: z.string().nullable(),
  past: z.object(tally),
  future: z.object(tally),
  /** Filters looked at: those with enough settled forecasts before the split. */
  trials: z.number().int(),
  /** All of them, for the cloud; at most 600, drawn evenly. */
  cloud: z.array(z.object({ past: z.number(), future: z.number(), n: z.number().int() })),
  /** The best ones by what they did better than their probabilities said. */
  best: z.array(trialSchema),
  /** By how much the best beat their probabilities before the split, and afterwards. */
  bestExcess: z.object({ past: z.number(), future: z.number() }).nullable(),
  /** What the best of as many filters shows where every probability is right: the mean, and one world of twenty. */
  luck: z.object({ mean: z.number(), high: z.number(), worlds: z.number().int() }).nullable(),
  /** The selection that counts its trials, made on the same past. */
  honest: z.object({
    target: z.number(),
    delta: z.number(),
    families: z.number().int(),
    selected: z.number().int(),
    thresholds: z.number().int(),
    past: z.object(tally),
    future: z.object(tally),
  }),
  /** Every family at the loosest threshold whose past reached the target, at face value. */
  naive: z.object({ selected: z.number().int(), past: z.object(tally), future: z.object(tally) }),
});
export type WinnersCurse = z.infer<typeof curseSchema>;

export const bettingQuestionSchema = forecastFilterSchema.extend({
  /** A bet is placed where probability x odds - 1 exceeds it; null places every forecast of the filter. */
  edge: z.number().min(-1).max(1).nullable().default(0),
  /** Part of the full Kelly stake. */
  kellyFraction: z.number().min(0.01).max(1).default(0.25),
});
export type BettingQuestion = z.infer<typeof bettingQuestionSchema>;

export const curseQuestionSchema = forecastFilterSchema.extend({
  /** The first day that no filter was chosen on; default the one that leaves the last third. */
  split: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD')
    .optional(),
  /** Settled forecasts that a filter needs before the split. */
  minimum: z.number().int().min(10).max(5000).default(50),
});
export type CurseQuestion = z.infer<typeof curseQuestionSchema>;

export const resultProcedures = {
  record: base.input(forecastFilterSchema).output(z.object({ record: recordSchema, age: answerAgeSchema })),
  betting: base
    .input(bettingQuestionSchema)
    .output(z.object({ betting: resultBettingSchema, age: answerAgeSchema })),
  curse: base.input(curseQuestionSchema).output(z.object({ curse: curseSchema, age: answerAgeSchema })),
} as const;
