import { z } from 'zod';
import { answerAgeSchema } from './analysis.ts';
import { base } from './base.ts';
import { sports } from './domain.ts';
import {
  classDiagnosticsSchema,
  coverageRowSchema,
  diagnosticsSchema,
  evaluationDetailsSchema,
  figureSchema,
  reliabilitySchema,
} from './evaluation-details.ts';

/** Whether stored forecasts came as often as they said: of one model, one championship and one period. */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD');

/** Whose probabilities: what was published, the market at the close, or the raw ones of a family. */
export const judgedModels = [
  'published',
  'logistic',
  'ordered-logit',
  'boosting',
  'network',
  'pool',
  'market-informed',
  'base-rate',
  'market',
  'closing',
] as const;
export type JudgedModel = (typeof judgedModels)[number];

export const calibrationQuestionSchema = z.object({
  model: z.enum(judgedModels).default('published'),
  /** Code; null for all together. */
  championship: z.string().min(1).nullable().default(null),
  /** First and last match day; open where not given. */
  from: day.optional(),
  until: day.optional(),
  /** `live` keeps only what was made before kick-off. */
  origin: z.enum(['all', 'live']).default('all'),
});
export type CalibrationQuestion = z.infer<typeof calibrationQuestionSchema>;

const calibrationTests = ['calibration-error', 'spiegelhalter', 'kuiper'] as const;

const verdictLevels = [
  /** Too few matches for any word. */
  'too-few',
  /** No test finds more than chance does. */
  'calibrated',
  /** A single test is below 5 %, but so many were tried that chance explains it. */
  'hint',
  /** Beyond chance, but by less than a percentage point. */
  'slight',
  /** Beyond chance, and large enough to matter. */
  'miscalibrated',
] as const;

export const verdictSchema = z.object({
  level: z.enum(verdictLevels),
  /** Every test with its p-value, and Holm's adjustment over all of them. */
  tests: z.array(
    z.object({
      class: z.enum(['H', 'D', 'A']),
      test: z.enum(calibrationTests),
      pValue: z.number(),
      adjusted: z.number(),
    }),
  ),
  /** The class whose probabilities are furthest off, and by how much: debiased, so 0 where chance explains it all. */
  worst: z.object({ class: z.enum(['H', 'D', 'A']), error: z.number() }).nullable(),
  /** How its probabilities err: on average too high or too low, or too far from or too near to the middle. */
  direction: z.enum(['too-high', 'too-low', 'too-bold', 'too-timid']).nullable(),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const calibrationReportSchema = z.object({
  n: z.number().int(),
  /** Of these, made before kick-off. */
  live: z.number().int(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  /** Fewer matches than this get no diagnosis. */
  minimum: z.number().int(),
  scores: z
    .object({ logLoss: figureSchema, rps: figureSchema, brier: figureSchema, accuracy: figureSchema })
    .nullable(),
  classes: z.array(classDiagnosticsSchema),
  reliability: z.array(reliabilitySchema.omit({ family: true })),
  draws: diagnosticsSchema.shape.draws.nullable(),
  sharpness: diagnosticsSchema.shape.sharpness.nullable(),
  verdict: verdictSchema,
  /** The most probable class of each forecast as one event, by championship. */
  championships: z.array(
    z.object({
      code: z.string(),
      n: z.number().int(),
      meanProbability: z.number(),
      hitRate: z.number(),
      error: z.number(),
      expected: z.number(),
      high: z.number(),
      pValue: z.number(),
    }),
  ),
  /** Of the published sets alone; empty for others. */
  coverage: z.array(
    coverageRowSchema.extend({
      /** 90 % of what sets that keep their promise show in so many forecasts; null where they promise nothing of the group. */
      promised: z.object({ mean: z.number(), low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  coverageLaw: evaluationDetailsSchema.shape.coverageLaw,
  martingale: evaluationDetailsSchema.shape.martingale.nullable(),
});
export type CalibrationReport = z.infer<typeof calibrationReportSchema>;

export const calibrationProcedures = {
  /** What can be asked about. */
  options: base.output(
    z.object({
      models: z.array(z.enum(judgedModels)),
      championships: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          country: z.string(),
          sport: z.enum(sports),
          isSample: z.boolean(),
        }),
      ),
      /** First and last day of a settled forecast. */
      from: z.string().nullable(),
      until: z.string().nullable(),
    }),
  ),
  report: base
    .input(calibrationQuestionSchema)
    .output(calibrationReportSchema.extend({ age: answerAgeSchema })),
};
