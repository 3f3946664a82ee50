import { z } from 'zod';
import { tunableFamilies } from './stages.ts';

/** What `tune` answers. Losses are natural-log losses, of the mean over the folds unless said otherwise; lower is better. */

const parametersSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));

export const tuningTrialSchema = z.object({
  number: z.number().int(),
  state: z.enum(['complete', 'pruned', 'failed']),
  parameters: parametersSchema,
  /** Mean over all folds; null where the trial did not see them all. */
  logLoss: z.number().nullable(),
  /** By fold, as far as it came; null for what was no number. */
  folds: z.array(z.number().nullable()),
  reason: z.string().nullable(),
});

export const tuningReportSchema = z.object({
  study: z.number().int(),
  name: z.string(),
  family: z.enum(tunableFamilies),
  /** Null where all championships were tuned together. */
  championship: z.string().nullable(),
  preset: z.string(),
  sampler: z.string(),
  pruner: z.string(),
  parallel: z.number().int(),
  seed: z.number().int(),
  folds: z.array(
    z.object({ name: z.string(), trainingMatches: z.number().int(), matches: z.number().int() }),
  ),
  /** Seasons that were neither trained on nor scored. */
  sealed: z.array(z.string()),
  /** `asked` is the number of attempts that the best one was picked from. */
  trials: z.object({
    asked: z.number().int(),
    complete: z.number().int(),
    pruned: z.number().int(),
    failed: z.number().int(),
  }),
  best: tuningTrialSchema,
  /** The family as it is now, on the same folds. */
  present: z.object({ logLoss: z.number(), folds: z.array(z.number()) }),
  /** The best complete trials, best first. */
  leading: z.array(tuningTrialSchema),
  /** Null where too few trials were completed. */
  importances: z
    .object({
      parameters: z.array(z.object({ name: z.string(), share: z.number() })),
      /** Out-of-bag share of the losses' variance that the parameters explain; near 0 or below, the shares say nothing. */
      explained: z.number(),
      trials: z.number().int(),
    })
    .nullable(),
});
export type TuningReport = z.infer<typeof tuningReportSchema>;
export type TuningTrial = z.infer<typeof tuningTrialSchema>;
