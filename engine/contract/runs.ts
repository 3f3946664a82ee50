import { z } from 'zod';
import { runKinds } from './stages.ts';

export const runStates = ['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = (typeof runStates)[number];

export const runSchema = z.object({
  id: z.number().int(),
  parentId: z.number().int().nullable(),
  stage: z.enum(runKinds),
  state: z.enum(runStates),
  parameters: z.record(z.string(), z.unknown()),
  /** The instant that all rows of the run are stamped with. */
  instant: z.number(),
  today: z.string(),
  phase: z.string().nullable(),
  itemsTotal: z.number().int(),
  itemsDone: z.number().int(),
  itemsFailed: z.number().int(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  result: z.unknown(),
});
export type Run = z.infer<typeof runSchema>;

export const runItemSchema = z.object({
  key: z.string(),
  state: z.enum(['done', 'failed', 'cancelled']),
  durationMs: z.number(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  result: z.unknown(),
});
export type RunItem = z.infer<typeof runItemSchema>;

export const runLogLineSchema = z.object({
  instant: z.number(),
  level: z.enum(['info', 'warn', 'error']),
  code: z.string().nullable(),
  message: z.string(),
  detail: z.record(z.string(), z.unknown()).nullable(),
});
export type RunLogLine = z.infer<typeof runLogLineSchema>;

/** What `runs.watch` yields: the run and, in a pipeline, its children. */
export const runEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    runId: z.number().int(),
    stage: z.enum(runKinds),
    phase: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  z.object({
    kind: z.literal('log'),
    runId: z.number().int(),
    stage: z.enum(runKinds),
    line: runLogLineSchema,
  }),
  z.object({
    kind: z.literal('state'),
    runId: z.number().int(),
    stage: z.enum(runKinds),
    state: z.enum(runStates),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
  }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
