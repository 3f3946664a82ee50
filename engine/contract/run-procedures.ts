import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import { runEventSchema, runItemSchema, runLogLineSchema, runSchema, runStates } from './runs.ts';
import { runKinds } from './stages.ts';

const runId = z.object({ runId: z.number().int().positive() });

/** Work that takes a while: asking for it, watching it, stopping it, going on with it. */
export const runProcedures = {
  start: base
    .route({ method: 'POST', path: '/runs' })
    .input(z.object({ stage: z.enum(runKinds), parameters: z.record(z.string(), z.unknown()).default({}) }))
    .output(runId),
  /** The newest runs that are no parts of others. */
  list: base
    .route({ method: 'GET', path: '/runs' })
    .input(
      z.object({
        limit: z.number().int().min(1).max(1000).default(50),
        states: z.array(z.enum(runStates)).min(1).optional(),
        stage: z.enum(runKinds).optional(),
        /** Only runs before this one: the next page. */
        before: z.number().int().optional(),
      }),
    )
    .output(z.array(runSchema)),
  show: base
    .route({ method: 'GET', path: '/runs/{runId}' })
    .input(runId)
    .output(
      z.object({
        run: runSchema,
        children: z.array(runSchema),
        items: z.array(runItemSchema),
        log: z.array(runLogLineSchema),
      }),
    ),
  watch: base
    .route({ method: 'GET', path: '/runs/{runId}/events' })
    .input(runId)
    .output(eventIterator(runEventSchema)),
  cancel: base
    .route({ method: 'POST', path: '/runs/{runId}/cancel' })
    .input(runId)
    .output(z.object({ state: z.string() })),
  /** Goes on with an unfinished run; of a finished one the items that failed are tried again. */
  resume: base.route({ method: 'POST', path: '/runs/{runId}/resume' }).input(runId).output(runId),
} as const;
