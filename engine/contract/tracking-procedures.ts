import { z } from 'zod';
import { base } from './base.ts';
import { sports } from './domain.ts';
import { modelCardSchema } from './model-card.ts';
import {
  aliasEntrySchema,
  foldModelSchema,
  modelVersionSchema,
  promotionDecisionSchema,
  promotionEntrySchema,
} from './models.ts';
import {
  artefactSchema,
  comparisonSchema,
  experimentRunSchema,
  experimentSchema,
  experimentSearchSchema,
  metricPointSchema,
} from './tracking.ts';

const id = z.number().int().positive();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD');
/** Code of a championship; null is the pooled place of a sport. */
const championship = z.string().min(1).nullable();
/** Whose pooled place is meant; a championship has its own sport. */
const place = { championship, sport: z.enum(sports).default('football') };
/** Which of a version's fitted models; default the one trained last. */
const fold = { id, season: z.string().optional() };
const period = { from: day.optional(), until: day.optional() };

export const experimentProcedures = {
  list: base.output(z.array(experimentSchema)),
  runs: base.input(experimentSearchSchema).output(z.array(experimentRunSchema)),
  show: base.input(z.object({ id })).output(
    z.object({
      run: experimentRunSchema,
      metrics: z.array(metricPointSchema),
      artefacts: z.array(artefactSchema),
    }),
  ),
  compare: base
    .input(z.object({ ids: z.array(id).min(2).max(50), differencesOnly: z.boolean().default(false) }))
    .output(comparisonSchema),
  /** What was kept with a run: its text where it lies in the database and is no larger than 1 MB. */
  artefact: base.input(z.object({ id })).output(z.object({ text: z.string().nullable() })),
  /** Sends what waits for the MLflow server of the settings. */
  send: base.output(
    z.object({
      pending: z.number().int(),
      sent: z.number().int(),
      refused: z.number().int(),
      problem: z.string().nullable(),
    }),
  ),
};

export const modelProcedures = {
  list: base
    .input(
      z.object({
        championship: championship.optional(),
        sport: z.enum(sports).optional(),
        family: z.string().optional(),
        limit: z.number().int().min(1).max(1000).default(100),
      }),
    )
    .output(z.array(modelVersionSchema)),
  show: base.input(z.object({ id })).output(
    z.object({
      version: modelVersionSchema,
      models: z.array(foldModelSchema),
      promotions: z.array(promotionEntrySchema),
    }),
  ),
  /** Data, training, checks and scores of a version, for whoever has to trust it. */
  card: base.input(z.object({ id })).output(modelCardSchema),
  /** Two versions side by side, and what the gate would say of the second one against the first. */
  compare: base
    .input(z.object({ champion: id, challenger: id, differencesOnly: z.boolean().default(false), ...period }))
    .output(z.object({ comparison: comparisonSchema, decision: promotionDecisionSchema })),
  /** Asks the gate, records its answer, and makes the version champion where that is yes. */
  promote: base
    .input(
      z.object({
        id,
        /** Default the version's own championship; null is the pooled place of its sport. */
        championship: championship.optional(),
        ...period,
        tolerance: z.number().min(0).max(0.05).optional(),
      }),
    )
    .output(z.object({ decision: promotionDecisionSchema, champion: aliasEntrySchema.nullable() })),
  rollback: base.input(z.object({ ...place, reason: z.string().min(1).max(500) })).output(aliasEntrySchema),
  /** Takes the last rollback of a place back; the gate's yes of then holds again. */
  takeRollbackBack: base
    .input(z.object({ ...place, reason: z.string().min(1).max(500) }))
    .output(aliasEntrySchema),
  history: base.input(z.object(place)).output(z.array(aliasEntrySchema)),
  export: base.input(z.object({ ...fold, format: z.enum(['onnx', 'json']) })).output(
    z.object({
      model: foldModelSchema,
      fileName: z.string(),
      mediaType: z.string(),
      base64: z.string(),
    }),
  ),
  importances: base.input(z.object(fold)).output(
    z.object({
      model: foldModelSchema,
      /** Largest first; null where the family has none. */
      importances: z.array(z.object({ feature: z.string(), value: z.number() })).nullable(),
    }),
  ),
};
