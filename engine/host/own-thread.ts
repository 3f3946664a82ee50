import { Consumer } from '../runtime/consumer.ts';
import { runTask } from '../runtime/run-task.ts';

/**
 * Does one piece of work in a thread of its own and waits for it: what must neither hold up this thread nor wait for the
 * engine's pool, which asks the database how many threads it may have.
 */
export async function inOwnThread<Result>(
  work: { readonly worker: URL; readonly handler: string; readonly task: object },
  signal?: AbortSignal,
): Promise<Result> {
  await using consumer = new Consumer({ threads: 1 });
  return await runTask<Result>({ consumer, signal: signal ?? new AbortController().signal }, work);
}
