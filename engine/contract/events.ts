import { z } from 'zod';
import { runStates } from './runs.ts';
import { runKinds } from './stages.ts';

/** How a run stands, short enough to be sent ten times a second. */
export const runGlanceSchema = z.object({
  runId: z.number().int(),
  parentId: z.number().int().nullable(),
  stage: z.enum(runKinds),
  state: z.enum(runStates),
  phase: z.string().nullable(),
  done: z.number(),
  total: z.number(),
  errorCode: z.string().nullable(),
});
export type RunGlance = z.infer<typeof runGlanceSchema>;

/**
 * What the engine tells every screen that listens. `hello` comes first; a `hello` with another `startedAt` means that the
 * engine was started again. `changed` names the group of procedures whose answers may be different now; `data` stands
 * for everything that runs write.
 */
export const engineEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hello'),
    startedAt: z.number(),
    version: z.string(),
    /** Unfinished runs, the one under way first. */
    runs: z.array(runGlanceSchema),
  }),
  z.object({ kind: z.literal('run'), run: runGlanceSchema }),
  z.object({ kind: z.literal('changed'), group: z.string() }),
  z.object({ kind: z.literal('alert'), title: z.string(), address: z.string().nullable() }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;
