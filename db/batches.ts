import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from './client.ts';
import { toDatabaseError } from './errors.ts';

export interface Batches<Item> {
  readonly items: Iterable<Item>;
  readonly write: (item: Item) => void;
  /** A batch ends with the item during which this time was reached; default 40. */
  readonly budgetMs?: number;
  /** Stops between two batches by throwing the signal's reason; what was committed stays. */
  readonly signal?: AbortSignal;
}

/**
 * Writes many items through the one writing connection in transactions that each last about `budgetMs`, and lets other
 * calls in between two of them. An error undoes its batch only and is thrown: writing the items again must be harmless
 * (upserts), as it must be for a run that is resumed.
 *
 * @returns how many items were written
 */
export async function writeInBatches<Item>(
  database: Database,
  { items, write, budgetMs = 40, signal }: Batches<Item>,
): Promise<number> {
  const iterator = items[Symbol.iterator]();
  let count = 0;
  const writeBatch = database.sqlite.transaction((): boolean => {
    const until = performance.now() + budgetMs;
    do {
      const next = iterator.next();
      if (next.done) return false;
      write(next.value);
      count++;
    } while (performance.now() < until);
    return true;
  });
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (!writeBatch.immediate()) return count;
      await nextTurn();
    }
  } catch (error) {
    throw toDatabaseError(error, database.path);
  } finally {
    iterator.return?.();
  }
}
