import { z } from 'zod';

/** Experiments: what was tried, with which data, settings and code, and what came of it. */

export const experimentRunStates = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export type ExperimentRunState = (typeof experimentRunStates)[number];

export const experimentSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  description: z.string(),
  createdAt: z.number(),
  runs: z.number().int(),
  /** Start of its newest run; null without runs. */
  lastStartedAt: z.number().nullable(),
});
export type Experiment = z.infer<typeof experimentSchema>;

export const experimentRunSchema = z.object({
  id: z.number().int(),
  experimentId: z.number().int(),
  experiment: z.string(),
  /** The run of the engine that it was part of. */
  runId: z.number().int().nullable(),
  uid: z.string(),
  name: z.string(),
  family: z.string().nullable(),
  /** Code of the championship; null where it is pooled or none. */
  championship: z.string().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  tags: z.record(z.string(), z.string()),
  /** The last value of each metric; null for NaN. */
  metrics: z.record(z.string(), z.number().nullable()),
  dataHash: z.string().nullable(),
  seed: z.number().nullable(),
  codeVersion: z.string(),
  machine: z.record(z.string(), z.unknown()),
  state: z.enum(experimentRunStates),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});
export type ExperimentRun = z.infer<typeof experimentRunSchema>;

export const metricPointSchema = z.object({
  key: z.string(),
  step: z.number().int(),
  /** null for NaN. */
  value: z.number().nullable(),
  instant: z.number(),
});
export type MetricPoint = z.infer<typeof metricPointSchema>;

export const artefactSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  kind: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  /** Where it lies when it is not in the database. */
  path: z.string().nullable(),
  createdAt: z.number(),
});
export type Artefact = z.infer<typeof artefactSchema>;

export const metricComparisons = ['<', '<=', '=', '>=', '>'] as const;

/** Which runs to list; every condition given must hold. */
export const experimentSearchSchema = z.object({
  experiment: z.string().optional(),
  family: z.string().optional(),
  championship: z.string().optional(),
  state: z.enum(experimentRunStates).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  /** On the last value of a metric. */
  metric: z.object({ key: z.string(), is: z.enum(metricComparisons), value: z.number() }).optional(),
  limit: z.number().int().min(1).max(1000).default(50),
});
export type ExperimentSearch = z.infer<typeof experimentSearchSchema>;

/**
 * Runs or model versions side by side: one row a property, parameter, tag or metric, one value a column (null where it has
 * none).
 */
export const comparisonSchema = z.object({
  columns: z.array(z.object({ id: z.number().int(), name: z.string() })),
  rows: z.array(
    z.object({
      group: z.enum(['property', 'parameter', 'tag', 'metric']),
      key: z.string(),
      values: z.array(z.unknown()),
      differs: z.boolean(),
    }),
  ),
});
export type Comparison = z.infer<typeof comparisonSchema>;
