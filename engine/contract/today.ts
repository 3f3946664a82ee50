import { z } from 'zod';
import { base } from './base.ts';
import { championshipRefSchema, daySchema, matchViewSchema, meanSchema, rateSchema } from './match-view.ts';

/** The first screen: a day's matches, what came of the last ones, and what needs a look. */

const dayCountSchema = z.object({
  day: z.string(),
  matches: z.number().int(),
  finished: z.number().int(),
  forecasts: z.number().int(),
  quality: z.number().int(),
});
export type DayCount = z.infer<typeof dayCountSchema>;

const dayViewSchema = z.object({
  /** The day that is today in the analyst's zone. */
  today: z.string(),
  zone: z.string(),
  day: z.string(),
  now: z.number(),
  championships: z.array(
    z.object({ championship: championshipRefSchema, matches: z.array(matchViewSchema) }),
  ),
  totals: z.object({
    matches: z.number().int(),
    forecasts: z.number().int(),
    quality: z.number().int(),
    failed: z.number().int(),
  }),
  /** The nearest days with matches before and after this one. */
  nearest: z.object({ before: dayCountSchema.nullable(), after: dayCountSchema.nullable() }),
});
export type DayView = z.infer<typeof dayViewSchema>;

const dayResultsSchema = z.object({
  /** Null where no match was finished before. */
  day: z.string().nullable(),
  matches: z.array(matchViewSchema),
  hits: rateSchema,
  /** Sum of the probabilities given to the labels: the hits that were to be expected. */
  expectedHits: z.number(),
  held80: rateSchema,
  logLoss: meanSchema,
});

const attentionKinds = [
  'failed-run',
  'interrupted-run',
  'failed-items',
  'stale-source',
  'no-source',
  'forecast-missing',
  'names-unresolved',
  'delivery-dead',
  'alert',
] as const;

const attentionSchema = z.object({
  kind: z.enum(attentionKinds),
  severity: z.enum(['info', 'warning', 'critical']),
  /** What it is about: a stage, a source, a rule. */
  subject: z.string(),
  instant: z.number().nullable(),
  count: z.number().int(),
  runId: z.number().int().nullable(),
  /** Code of an error, or the rule of an alert. */
  code: z.string().nullable(),
});
export type Attention = z.infer<typeof attentionSchema>;

/** How often a claimed value was gone by the close: what a value on the screen is worth. */
const edgeBandSchema = z.object({
  from: z.number(),
  to: z.number().nullable(),
  /** Of the claims with a closing price: those that the fair closing price denied. */
  noise: rateSchema,
  /** Profit of one unit on each claim. */
  yield: meanSchema,
});
export type EdgeBand = z.infer<typeof edgeBandSchema>;

export const todayProcedures = {
  day: base.input(z.object({ day: daySchema.optional() })).output(dayViewSchema),
  calendar: base.input(z.object({ from: daySchema, until: daySchema })).output(z.array(dayCountSchema)),
  /** The last day before `before` on which matches were finished. */
  results: base.input(z.object({ before: daySchema })).output(dayResultsSchema),
  attention: base.output(z.array(attentionSchema)),
  edges: base.input(z.object({ before: daySchema })).output(
    z.object({
      /** Forecasts with a price that were looked at, newest first. */
      considered: z.number().int(),
      from: z.string().nullable(),
      until: z.string().nullable(),
      bands: z.array(edgeBandSchema),
    }),
  ),
} as const;
