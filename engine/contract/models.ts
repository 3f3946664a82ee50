import { z } from 'zod';
import { sports } from './domain.ts';

/** The registry of models: versions, who is champion and challenger, and what the gate between them said. */

export const modelAliases = ['champion', 'challenger'] as const;
export type ModelAlias = (typeof modelAliases)[number];

const promotionReasons = [
  /** There was no champion. */
  'first',
  /** The interval of the mean difference stays within the tolerance. */
  'no-regression',
  /** It does not. */
  'regression',
  'too-few-matches',
  /** Better than the closing market by more than it can honestly be. */
  'leak-alarm',
] as const;

/** A mean of paired differences of log loss, challenger minus champion (negative: the challenger is better), with its interval. */
const pairedFigureSchema = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  standardError: z.number(),
  pValue: z.number(),
});

/** What the gate said and on which figures. Losses are natural-log losses; figures are null where they cannot be had. */
export const promotionDecisionSchema = z.object({
  promoted: z.boolean(),
  reason: z.enum(promotionReasons),
  /** First and last match day of the judged period. */
  from: z.string().nullable(),
  until: z.string().nullable(),
  matches: z.number().int(),
  days: z.number().int(),
  challengerLoss: z.number().nullable(),
  championLoss: z.number().nullable(),
  difference: pairedFigureSchema.nullable(),
  /** The closing market's loss and the challenger's on the matches that have a closing price. */
  close: z
    .object({ matches: z.number().int(), marketLoss: z.number(), challengerLoss: z.number() })
    .nullable(),
  rules: z.object({
    tolerance: z.number(),
    confidence: z.number(),
    minimumMatches: z.number().int(),
    minimumDays: z.number().int(),
    leakMargin: z.number(),
    draws: z.number().int(),
    seed: z.number().int(),
  }),
});
export type PromotionDecision = z.infer<typeof promotionDecisionSchema>;

export const modelVersionSchema = z.object({
  id: z.number().int(),
  /** Code of the championship; null for a pooled one. */
  championship: z.string().nullable(),
  sport: z.enum(sports),
  family: z.string(),
  /** Counts up per championship, or sport for a pooled one, and family. */
  version: z.number().int(),
  experimentRunId: z.number().int().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  /** Figures by name, on the days below. */
  evaluation: z.record(z.string(), z.unknown()),
  evaluatedFrom: z.string().nullable(),
  evaluatedUntil: z.string().nullable(),
  /** Trials of a study that its parameters won against; 0 where they were not tuned. */
  trials: z.number().int(),
  dataHash: z.string(),
  seed: z.number().int(),
  codeVersion: z.string(),
  createdAt: z.number(),
  /** Where it is champion or challenger now: championship codes, null for the pooled place of its sport. */
  aliases: z.array(z.object({ alias: z.enum(modelAliases), championship: z.string().nullable() })),
});
export type ModelVersion = z.infer<typeof modelVersionSchema>;

/** One row of who was champion or challenger when. */
export const aliasEntrySchema = z.object({
  id: z.number().int(),
  championship: z.string().nullable(),
  sport: z.enum(sports),
  alias: z.enum(modelAliases),
  /** null where the name was taken away. */
  modelVersionId: z.number().int().nullable(),
  since: z.number(),
  reason: z.string(),
  /** The entry that a rollback goes back to. */
  previousId: z.number().int().nullable(),
  promotionId: z.number().int().nullable(),
});
export type AliasEntry = z.infer<typeof aliasEntrySchema>;

export const promotionEntrySchema = z.object({
  id: z.number().int(),
  championship: z.string().nullable(),
  sport: z.enum(sports),
  challengerId: z.number().int(),
  championId: z.number().int().nullable(),
  instant: z.number(),
  decision: promotionDecisionSchema,
});
export type PromotionEntry = z.infer<typeof promotionEntrySchema>;

/** A fitted model behind a version: one fold of its walk-forward training. */
export const foldModelSchema = z.object({
  id: z.number().int(),
  championship: z.string().nullable(),
  family: z.string(),
  seasonCode: z.string(),
  trainFrom: z.string().nullable(),
  trainUntil: z.string().nullable(),
  trainCount: z.number().int(),
  checksum: z.string(),
});
export type FoldModel = z.infer<typeof foldModelSchema>;
