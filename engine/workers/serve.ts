import { isMainThread, parentPort } from 'node:worker_threads';
import { AppError, toErrorRecord } from '../contract/errors.ts';
import { Transfer } from '../contract/work.ts';
import type { WorkAnswer, WorkMessage, WorkerContext, WorkerPost } from '../contract/work.ts';
import { giveWay } from './priority.ts';

export { transfer } from '../contract/work.ts';
export type { WorkerContext } from '../contract/work.ts';

if (process.platform === 'linux' && !isMainThread) giveWay();

/** Loops may report every step: all but the first and the last within this time are left out. */
const reportEveryMs = 50;

/**
 * Makes a function of a task into what the consumer calls in a worker thread:
 * `export const parseFile = serve(async (task: ParseTask, context) => ...)`. What it throws goes back with its code.
 * A handler that has seen `context.signal.aborted` counts as cancelled, whatever it returns then, so that a half-done
 * result is never taken for a whole one.
 */
export function serve<Task, Result>(
  handler: (
    task: Task,
    context: WorkerContext,
  ) => Result | Transfer<Result> | Promise<Result | Transfer<Result>>,
): (message: unknown) => Promise<WorkAnswer<Result>> {
  return async (message) => {
    const { id, task, cancelFlag, reports } = message as WorkMessage<Task>;
    const started = performance.now();
    const elapsed = () => performance.now() - started;
    let sawCancel = false;
    let reportedAt = -Infinity;
    let hasReported = false;
    const context: WorkerContext = {
      signal: {
        get aborted() {
          sawCancel ||= Atomics.load(cancelFlag, 0) !== 0;
          return sawCancel;
        },
      },
      report(done, total) {
        if (!reports) return;
        const now = performance.now();
        if (done < total && now - reportedAt < reportEveryMs) return;
        reportedAt = now;
        hasReported = true;
        post({ kind: 'auspex-progress', id, done, total });
      },
    };
    const answer = async (): Promise<WorkAnswer<Result>> => {
      try {
        const result = await handler(task, context);
        if (sawCancel) return { status: 'cancelled', durationMs: elapsed() };
        if (!(result instanceof Transfer)) return { status: 'done', value: result, durationMs: elapsed() };
        post({ kind: 'auspex-moved', id, value: result.value }, result.buffers);
        return { status: 'moved', durationMs: elapsed() };
      } catch (error) {
        if (sawCancel || (error instanceof AppError && error.code === 'CANCELLED')) {
          return { status: 'cancelled', durationMs: elapsed() };
        }
        const stack = error instanceof Error && error.stack ? { stack: error.stack } : {};
        return { status: 'failed', error: toErrorRecord(error), ...stack, durationMs: elapsed() };
      }
    };
    const answered = await answer();
    if (!hasReported || answered.status === 'moved') return answered;
    post({ kind: 'auspex-end', id });
    return { ...answered, trailing: true };
  };
}

function post(message: WorkerPost, buffers: readonly ArrayBuffer[] = []): void {
  if (!parentPort) throw new Error('A handler of engine/workers was called outside of a worker thread.');
  parentPort.postMessage(message, [...buffers]);
}
