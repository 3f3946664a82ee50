import { z } from 'zod';
import { answerAgeSchema } from './analysis.ts';
import { figureSchema } from './evaluation-details.ts';
import { foldModelSchema } from './models.ts';
import { checkResultSchema } from './training.ts';

/** What a reader must know of a model before trusting it (Mitchell et al. 2019, Model Cards for Model Reporting). */

export const cardFoldSchema = foldModelSchema.extend({
  features: z.number().int(),
  libraries: z.record(z.string(), z.string()),
  /** By part of its training: log loss and its like. */
  measures: z.record(z.string(), z.record(z.string(), z.number())),
  checks: z.array(checkResultSchema),
});
export type CardFold = z.infer<typeof cardFoldSchema>;

export const cardScoreSchema = z.object({
  /** Code; null for all together. */
  championship: z.string().nullable(),
  n: z.number().int(),
  logLoss: figureSchema,
  rps: z.number(),
  brier: z.number(),
  accuracy: z.number(),
  /** On the matches among them that have it. */
  baseRate: z.object({ n: z.number().int(), logLoss: z.number() }).nullable(),
  closing: z.object({ n: z.number().int(), logLoss: z.number(), own: z.number() }).nullable(),
});
export type CardScore = z.infer<typeof cardScoreSchema>;

export const modelCardSchema = z.object({
  folds: z.array(cardFoldSchema),
  /** Of the model trained last. */
  featureNames: z.array(z.string()),
  scores: z.array(cardScoreSchema),
  from: z.string().nullable(),
  until: z.string().nullable(),
  age: answerAgeSchema,
});
