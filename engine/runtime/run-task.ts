import { AppError, fromErrorRecord } from '../contract/errors.ts';
import type { WorkProgress } from './consumer.ts';
import type { StageContext } from './stage.ts';

/** Runs one task in a worker thread and answers its result; throws the worker's error, or CANCELLED. */
export async function runTask<Result>(
  context: Pick<StageContext, 'consumer' | 'signal'>,
  options: {
    readonly worker: URL;
    readonly handler: string;
    readonly task: unknown;
    readonly onProgress?: (progress: WorkProgress) => void;
  },
): Promise<Result> {
  const { worker, handler, task, onProgress } = options;
  const work = context.consumer.run<unknown, unknown, Result>({
    worker,
    handler,
    items: [task],
    toTask: (item) => item,
    signal: context.signal,
    ...(onProgress ? { onProgress } : {}),
  });
  for await (const item of work) {
    if (item.status === 'done') return item.value;
    if (item.status === 'failed') throw fromErrorRecord(item.error);
  }
  throw new AppError('CANCELLED', 'The work was cancelled.');
}
