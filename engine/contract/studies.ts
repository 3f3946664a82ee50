import { z } from 'zod';
import { base } from './base.ts';

/** Tuning studies: what was tried, which trial is the best so far, and which parameters mattered. */

const id = z.number().int().positive();
const value = z.union([z.number(), z.string(), z.boolean()]);
const parameters = z.record(z.string(), value);

const studyStates = ['running', 'done', 'failed', 'cancelled'] as const;

export const dimensionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('float'), low: z.number(), high: z.number(), log: z.boolean() }),
  z.object({ kind: z.literal('integer'), low: z.number(), high: z.number(), log: z.boolean() }),
  z.object({ kind: z.literal('categorical'), choices: z.array(value) }),
]);
export type Dimension = z.infer<typeof dimensionSchema>;

export const studySchema = z.object({
  id: z.number().int(),
  name: z.string(),
  family: z.string(),
  championship: z.string().nullable(),
  state: z.enum(studyStates),
  sampler: z.string(),
  pruner: z.string(),
  preset: z.string(),
  maximumTrials: z.number().int(),
  seed: z.number().int(),
  createdAt: z.number(),
  /** The engine's run that it belongs to. */
  runId: z.number().int().nullable(),
  trials: z.object({
    running: z.number().int(),
    complete: z.number().int(),
    pruned: z.number().int(),
    failed: z.number().int(),
  }),
  /** The complete trial with the least loss. */
  best: z.object({ number: z.number().int(), value: z.number() }).nullable(),
  /** Whether its family is trained with the best trial's parameters. */
  inUse: z.boolean(),
});
export type Study = z.infer<typeof studySchema>;

export const studyTrialSchema = z.object({
  number: z.number().int(),
  state: z.enum(['running', 'complete', 'pruned', 'failed']),
  parameters,
  /** Mean log loss over all folds; null where it did not see them all. */
  value: z.number().nullable(),
  /** By fold, as far as it came; null for what was no number. */
  steps: z.array(z.number().nullable()),
  reason: z.string().nullable(),
});
export type StudyTrial = z.infer<typeof studyTrialSchema>;

export const studyDetailSchema = z.object({
  study: studySchema,
  space: z.record(z.string(), dimensionSchema),
  folds: z.array(z.string()),
  /** Seasons that were neither trained on nor scored. */
  sealed: z.array(z.string()),
  trials: z.array(studyTrialSchema),
  /** The family as it is, on the same folds; null before the study is done. */
  present: z.number().nullable(),
});
export type StudyDetail = z.infer<typeof studyDetailSchema>;

export const studyProcedures = {
  list: base.output(z.array(studySchema)),
  show: base.input(z.object({ id })).output(studyDetailSchema),
  /** How much each parameter mattered; null while fewer than 12 trials are complete. */
  importances: base.input(z.object({ id })).output(
    z
      .object({
        parameters: z.array(z.object({ name: z.string(), share: z.number() })),
        /** Out-of-bag share of the losses' variance that the parameters explain; near 0, the shares say nothing. */
        explained: z.number(),
        trials: z.number().int(),
      })
      .nullable(),
  ),
  /**
   * Puts the best trial's parameters to use from the next `processing` on, in place of another study of the family, or takes
   * them back. Answers the setting `processing.studies` as it was, for taking this back.
   */
  use: base
    .input(z.object({ id, inUse: z.boolean() }))
    .output(z.object({ previous: z.string(), now: z.string() })),
};
