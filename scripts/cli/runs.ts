import { AppError, type ErrorCode } from '../../engine/contract/errors.ts';
import type { Run } from '../../engine/contract/runs.ts';
import type { RunKind } from '../../engine/contract/stages.ts';
import type { EngineClient } from '../../engine/host/engine-host.ts';
import { exitCodes, type Console } from './console.ts';
import { createProgress } from './progress.ts';

export interface RunOutcome {
  readonly run: Run;
  readonly exitCode: number;
}

/** Starts a run, shows its progress and waits for its end; Ctrl+C cancels it. */
export async function startAndWatch(
  client: EngineClient,
  console: Console,
  request: { readonly stage: RunKind; readonly parameters: Readonly<Record<string, unknown>> },
): Promise<RunOutcome> {
  const { runId } = await client.runs.start({ stage: request.stage, parameters: { ...request.parameters } });
  return watchToTheEnd(client, console, runId);
}

export async function watchToTheEnd(
  client: EngineClient,
  console: Console,
  runId: number,
): Promise<RunOutcome> {
  const progress = createProgress(console.locale);
  const cancel = () => void client.runs.cancel({ runId });
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  try {
    for await (const event of await client.runs.watch({ runId })) progress.show(event);
  } finally {
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
    progress.finish(runId);
  }
  const { run, children } = await client.runs.show({ runId });
  if (run.state === 'cancelled')
    throw new AppError('CANCELLED', `Run ${runId} was cancelled.`, { detail: { runId } });
  if (run.state !== 'done') {
    throw new AppError(
      (run.errorCode ?? 'INTERNAL') as ErrorCode,
      run.errorMessage ?? `Run ${runId} is ${run.state}.`,
      {
        detail: { runId },
      },
    );
  }
  const parts = [run, ...children];
  const failed = parts.reduce((sum, part) => sum + part.itemsFailed, 0);
  const done = parts.reduce((sum, part) => sum + part.itemsDone, 0);
  if (failed > 0) console.note(console.locale.t('cli.failed-items', { count: failed, run: runId }));
  return { run, exitCode: failed > 0 && done === 0 ? exitCodes.error : exitCodes.done };
}
