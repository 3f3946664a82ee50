import { findRun } from '../../../db/queries/runs.ts';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import type { ScheduleOccasion } from '../../contract/schedule.ts';
import { dayAt } from '../../contract/zones.ts';
import type { TaskContext } from '../../runtime/schedule/scheduler.ts';
import type { EngineClient, EngineContext } from '../engine-host.ts';
import { stepsOfTask, type TaskStep } from './steps.ts';

/**
 * Does what a task says, step by step. Behind an interruption it goes on with the runs that were begun, if the day is
 * still the same, and leaves out those that are done.
 */
export async function performTask(
  { task, occasion, signal, note }: TaskContext,
  { client, context }: { readonly client: EngineClient; readonly context: EngineContext },
): Promise<void> {
  const begun = occasion.steps;
  const steps: { step: string; runId: number | null }[] = [];
  for (const [index, step] of stepsOfTask(task).entries()) {
    signal.throwIfAborted();
    if ('act' in step) {
      await step.act(client, context, signal);
      steps.push({ step: step.step, runId: null });
      note(steps);
      continue;
    }
    const runId = continuedRun(context, begun[index]) ?? startRun(context, step);
    steps.push({ step: step.step, runId });
    // Before its end is waited for: whoever comes after an interruption must know of it.
    note(steps);
    if (runId !== null) await endOf(context, runId, signal);
  }
}

/** Answers the run's id; null where none is needed. */
function startRun(context: EngineContext, step: Exclude<TaskStep, { act: unknown }>): number | null {
  if ('stage' in step) return context.runs().start(step.stage, step.parameters).id;
  const needed = step.decide(context);
  if (!needed) return null;
  const { id } = context.runs().start(needed.stage, needed.parameters);
  needed.begun?.(id);
  return id;
}

/** A run of an earlier attempt that may stand for the one wanted now; taken up again where it is not over. */
function continuedRun(
  context: EngineContext,
  step: ScheduleOccasion['steps'][number] | undefined,
): number | undefined {
  if (step?.runId == null) return undefined;
  const runs = context.runs();
  const run = findRun(context.reader(), step.runId);
  if (run?.today !== dayAt(context.clock.now(), context.settings().get('zone'))) return undefined;
  if (run.state === 'interrupted') return runs.resume(run.id).id;
  return ['done', 'queued', 'running'].includes(run.state) ? run.id : undefined;
}

/** Waits until a run is over; takes it along when the task is cancelled, leaves it alone when the program ends. */
async function endOf(context: EngineContext, runId: number, signal: AbortSignal): Promise<void> {
  const runs = context.runs();
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => {
    const { reason } = signal as { reason: unknown };
    if (!(reason instanceof AppError && reason.detail.shutdown === true)) runs.cancel(runId);
    aborted.reject(reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const run = await Promise.race([runs.finished(runId), aborted.promise]);
    if (run.state === 'done') return;
    throw new AppError(
      (run.errorCode ?? 'INTERNAL') as ErrorCode,
      run.errorMessage ?? `${run.stage} ${run.state}`,
      {
        detail: { runId },
      },
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
