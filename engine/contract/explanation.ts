import { z } from 'zod';
import { base } from './base.ts';
import { languages } from './domain.ts';

/** Why a forecast says what it says: every figure here, and every sentence made of them. */

/** What one measure of a group adds; a measure of both clubs has two values, any other has one. */
export const measureSchema = z.object({
  name: z.string(),
  home: z.number().nullable(),
  away: z.number().nullable(),
  value: z.number().nullable(),
  /** To the log odds of a home win against an away win; null where only the group's sum is known, or the model does not look at it. */
  contribution: z.number().nullable(),
});

export type Measure = z.infer<typeof measureSchema>;

export const factorSchema = z.object({
  /** Name of the calculator that the features come from; `clubs` is what is learnt of the clubs themselves. */
  group: z.string(),
  /** To ln(P(home) / P(away)) of the published forecast: positive speaks for the home team. */
  contribution: z.number(),
  /** To ln P(draw) - (ln P(home) + ln P(away)) / 2: positive speaks for a draw. */
  drawContribution: z.number(),
  measures: z.array(measureSchema),
});
export type Factor = z.infer<typeof factorSchema>;

export const strengths = ['strong', 'moderate', 'weak'] as const;
export type Strength = (typeof strengths)[number];

const nearMatchSchema = z.object({
  matchId: z.number().int(),
  championship: z.string(),
  matchDay: z.string(),
  home: z.string(),
  away: z.string(),
  homeGoals: z.number().int(),
  awayGoals: z.number().int(),
  /** Root mean square difference in standard deviations over the features. */
  distance: z.number(),
});

export const explanationSchema = z.object({
  matchId: z.number().int(),
  championship: z.string(),
  matchDay: z.string(),
  home: z.string(),
  away: z.string(),
  family: z.string(),
  origin: z.enum(['live', 'replay']),
  madeAt: z.number(),
  probabilities: z.object({ H: z.number(), D: z.number(), A: z.number() }),
  label: z.enum(['H', 'D', 'A']),
  /** ln(P(home) / P(away)): what it is without any feature, and what it came to. Base + contributions = total. */
  logOdds: z.object({ base: z.number(), total: z.number() }),
  /** Of ln P(draw) - (ln P(home) + ln P(away)) / 2. */
  drawLogOdds: z.object({ base: z.number(), total: z.number() }),
  /** Largest first, by the size of their contribution. */
  factors: z.array(factorSchema),
  strength: z.object({
    label: z.enum(strengths),
    /** Calibrated probability of the most probable result, from which the label follows. */
    probability: z.number(),
    cutOffs: z.object({ strong: z.number(), moderate: z.number() }),
    /** Settled forecasts of this strength on earlier days: how many, how many were right, how many made before kick-off. */
    record: z.object({ n: z.number().int(), hits: z.number().int(), live: z.number().int() }),
  }),
  nearest: z.object({
    /** What the distance is measured in. */
    features: z.array(z.string()),
    /** Earlier matches that were compared. */
    considered: z.number().int(),
    matches: z.array(nearMatchSchema),
    /** How a wider circle of the nearest ended. */
    endings: z.object({ n: z.number().int(), H: z.number().int(), D: z.number().int(), A: z.number().int() }),
  }),
  /** The same in words. */
  sentences: z.record(z.enum(languages), z.array(z.string())),
});
export type Explanation = z.infer<typeof explanationSchema>;

export const explanationProcedures = {
  explain: base.input(z.object({ matchId: z.number().int().positive() })).output(explanationSchema),
};
