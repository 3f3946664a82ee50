import { z } from 'zod';
import { figureSchema } from './evaluation-details.ts';
import { base } from './base.ts';
import { tunableFamilies } from './stages.ts';
import { dimensionSchema } from './studies.ts';

/** Trainings of the analyst's own, and the report of the sanity checks before and after one. */

const value = z.union([z.number(), z.string(), z.boolean()]);

export const checkResultSchema = z.object({
  /** Worded by `checks.<name>` of the locale files. */
  name: z.string(),
  status: z.enum(['pass', 'warn', 'fail', 'skipped']),
  /** null where it was skipped. */
  figure: z.number().nullable(),
  figureKind: z.enum(['share', 'count', 'number']),
  /** The developer's sentence. */
  sentence: z.string(),
  /** Why a fail was let through. */
  overriddenBecause: z.string().nullable(),
});
export type CheckResultRecord = z.infer<typeof checkResultSchema>;

const trainingFoldSchema = z.object({
  /** The season scored, or the day that training ends before. */
  name: z.string(),
  trainingMatches: z.number().int(),
  matches: z.number().int(),
  logLoss: z.number(),
  rps: z.number(),
  brier: z.number(),
  accuracy: z.number(),
  /** The family with its own parameters on the same matches. */
  present: z.number(),
});

export const trainingReportSchema = z.object({
  experimentRun: z.number().int(),
  family: z.enum(tunableFamilies),
  championship: z.string().nullable(),
  folds: z.array(trainingFoldSchema),
  matches: z.number().int(),
  logLoss: figureSchema,
  rps: figureSchema,
  brier: figureSchema,
  accuracy: figureSchema,
  /** Log loss less that of the family with its own parameters: negative is better. 95 % block bootstrap by match day. */
  difference: figureSchema,
  /** The closing market's log loss on the matches that have a closing price, beside the training's own there. */
  closing: z.object({ n: z.number().int(), market: z.number(), own: z.number() }).nullable(),
  checks: z.object({ failed: z.number().int(), warned: z.number().int() }),
});
export type TrainingReport = z.infer<typeof trainingReportSchema>;

/** Name of the artefact with the checks: a JSON list of `checkResultSchema`. */
export const checksArtefact = 'checks.json';

export const trainableSchema = z.object({
  family: z.enum(tunableFamilies),
  /** What may be set, with sensible bounds, and the family's own value; null where it chooses for itself. */
  parameters: z.array(z.object({ name: z.string(), dimension: dimensionSchema, own: value.nullable() })),
  presets: z.array(
    z.object({
      /** `own`, another name of the locale files, or `study`. */
      name: z.string(),
      /** Whose winner it is. */
      study: z.number().int().nullable(),
      parameters: z.record(z.string(), value),
    }),
  ),
  /** Search spaces of its studies, the first being the default. */
  spaces: z.array(z.string()),
});
export type Trainable = z.infer<typeof trainableSchema>;

export const trainingProcedures = {
  options: base.output(
    z.object({
      families: z.array(trainableSchema),
      championships: z.array(z.object({ code: z.string(), name: z.string(), country: z.string() })),
    }),
  ),
};
