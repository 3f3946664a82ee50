import { z } from 'zod';
import { evaluationDetailsSchema } from './evaluation-details.ts';

/** What `evaluate` answers. Losses are natural-log losses; RPS is halved (1/2 of the two cumulative terms); Brier sums three classes. */

export const scoresSchema = z.object({
  logLoss: z.number(),
  rps: z.number(),
  brier: z.number(),
  accuracy: z.number(),
});

const scoresWithCount = scoresSchema.extend({ n: z.number().int() });

const gapClosedSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const evaluationRowSchema = z.object({
  code: z.string(),
  /**
   * Matches scored: those with a result on the pitch, a forecast and a closing price; where not one of them has a closing
   * price, those with a result and a forecast.
   */
  n: z.number().int(),
  model: scoresSchema,
  baseRate: scoresSchema,
  market: z.object({
    /** On the matches that have a pre-match price as well. */
    preMatch: scoresWithCount.nullable(),
    /** Null where no closing prices are held. */
    closing: scoresSchema.nullable(),
  }),
  /**
   * (base rate - model) / (base rate - closing market) in log loss, with a 95 % block-bootstrap interval by match day; null
   * without a market.
   */
  gapClosed: gapClosedSchema.nullable(),
  conformal: z.array(
    z.object({
      level: z.number(),
      n: z.number().int(),
      all: z.number(),
      H: z.number(),
      D: z.number(),
      A: z.number(),
      meanSize: z.number(),
    }),
  ),
  /** Every family's raw walk-forward probabilities on the same matches; the model above is the champion, calibrated. */
  families: z.array(
    scoresSchema.extend({
      name: z.string(),
      n: z.number().int(),
      /** Log loss of the pre-match market on these matches; null where one of them has no such price. */
      preMatchLogLoss: z.number().nullable(),
      gapClosed: gapClosedSchema.nullable(),
    }),
  ),
  selection: z
    .object({
      target: z.number(),
      delta: z.number(),
      /** Forecasts that a rule existed for. */
      n: z.number().int(),
      selected: z.number().int(),
      share: z.number(),
      hits: z.number().int(),
      precision: z.number().nullable(),
      /** 90 % Clopper-Pearson lower bound of the realised precision. */
      bound: z.number().nullable(),
    })
    .nullable(),
});

/** No matches in the seasons asked for, too little before them for a model, or no result yet. */
const skipReasons = ['no-matches', 'no-history', 'no-results'] as const;
export type SkipReason = (typeof skipReasons)[number];

export const evaluationReportSchema = z.object({
  from: z.string(),
  to: z.string(),
  model: z.string(),
  /** Which family was champion from which day on: each chosen by a gate on earlier forecasts alone. */
  champions: z.array(z.object({ from: z.string().nullable(), family: z.string() })),
  championships: z.array(evaluationRowSchema),
  /** All championships that have a market to compare with; where none has one, all. */
  all: evaluationRowSchema.nullable(),
  /** Championships that could not be scored, with the reason. */
  skipped: z.array(z.object({ code: z.string(), reason: z.enum(skipReasons) })),
  /** True where the model beats the closing market by more than 0.01 log loss: a leak until proven otherwise. */
  leakAlarm: z.boolean(),
  /** Only where a report was asked for. */
  details: evaluationDetailsSchema.optional(),
});

export type Scores = z.infer<typeof scoresSchema>;
export type EvaluationRow = z.infer<typeof evaluationRowSchema>;
export type EvaluationReport = z.infer<typeof evaluationReportSchema>;
