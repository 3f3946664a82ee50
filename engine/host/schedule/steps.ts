import { addDays, dayAt } from '../../contract/zones.ts';
import type { z } from 'zod';
import { taskParameters, type ScheduleTask, type TaskKind } from '../../contract/schedule.ts';
import type { RunKind } from '../../contract/stages.ts';
import { validate } from '../../runtime/validate.ts';
import type { EngineClient, EngineContext } from '../engine-host.ts';
import { decideChallenge, decideFeatures } from './challenge.ts';

/** A run that turned out to be needed. */
export interface DecidedRun {
  readonly stage: RunKind;
  readonly parameters: Record<string, unknown>;
  /** Called as soon as the run is in the queue. */
  begun?(runId: number): void;
}

/**
 * One thing that a task does: a run of the engine, one that is needed only at times, or a call of its contract. Each may be
 * done twice without harm.
 */
export type TaskStep =
  | { readonly step: string; readonly stage: RunKind; readonly parameters: Record<string, unknown> }
  | { readonly step: string; decide(context: EngineContext): DecidedRun | undefined }
  | {
      readonly step: string;
      act(client: EngineClient, context: EngineContext, signal: AbortSignal): Promise<unknown>;
    };

type Steps = { [Kind in TaskKind]: (given: z.infer<(typeof taskParameters)[Kind]>) => readonly TaskStep[] };

const run = (stage: RunKind, parameters: Record<string, unknown> = {}): TaskStep => ({
  step: stage,
  stage,
  parameters,
});

const stepsOf: Steps = {
  backup: () => [
    {
      step: 'backup',
      act: (client, _, signal) => client.system.backup({ reason: 'scheduled' }, { signal }),
    },
  ],
  fetch: (given) => [run('getting', given)],
  retrain: ({ championships }) =>
    (['calculation', 'processing', 'forecast'] as const).map((stage) =>
      run(stage, { scope: 'all-time', ...(championships && { championships }) }),
    ),
  forecast: ({ championships }) =>
    (['calculation', 'processing', 'forecast'] as const).map((stage) =>
      run(stage, { scope: 'today', ...(championships && { championships }) }),
    ),
  publish: ({ championships, reports, formats }) => [
    run('publisher', {
      scope: 'today',
      ...(championships && { championships }),
      ...(reports && { reports }),
      ...(formats && { formats }),
    }),
    {
      step: 'send',
      async act(client, context, signal) {
        const today = dayAt(context.clock.now(), context.settings().get('zone'));
        // Yesterday's results are published again as the last matches end; its forecasts would come too late.
        await client.channels.send({ day: addDays(today, -1), kinds: ['outcome'] }, { signal });
        await client.channels.send({ day: today }, { signal });
      },
    },
  ],
  // With its details, so that it can be published as a report.
  evaluate: ({ championships }) => [
    run('evaluate', { details: true, ...(championships && { championships }) }),
  ],
  monitor: ({ challenges }) => [
    run('monitor'),
    ...(challenges
      ? [
          { step: 'calculation', decide: decideFeatures },
          { step: 'processing', decide: decideChallenge },
        ]
      : []),
  ],
};

/** @throws AppError `USAGE` if what is kept with the task does not fit its kind (any more) */
export function stepsOfTask({ name, kind, parameters }: ScheduleTask): readonly TaskStep[] {
  const given = validate(taskParameters[kind] as z.ZodType, parameters, {
    code: 'USAGE',
    subject: `task ${name}`,
  });
  return (stepsOf[kind] as (given: unknown) => readonly TaskStep[])(given);
}
