import { setTimeout as sleep } from 'node:timers/promises';

/** Lets one task at a time use a host, and leaves an interval between their beginnings. */
export interface PoliteQueue {
  run<Value>(host: string, signal: AbortSignal, task: () => Promise<Value>): Promise<Value>;
}

export interface QueueTime {
  /** Milliseconds from any start. */
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const realTime: QueueTime = {
  now: () => performance.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
};

export function createPoliteQueue(intervalMs: number, time: QueueTime = realTime): PoliteQueue {
  const tails = new Map<string, Promise<void>>();
  const begun = new Map<string, number>();
  return {
    async run(host, signal, task) {
      const before = tails.get(host) ?? Promise.resolve();
      const { promise: finished, resolve: finish } = Promise.withResolvers<undefined>();
      const tail = before.then(() => finished);
      tails.set(host, tail);
      try {
        await before;
        const wait = (begun.get(host) ?? -Infinity) + intervalMs - time.now();
        if (wait > 0) await time.wait(wait, signal);
        begun.set(host, time.now());
        return await task();
      } finally {
        finish(undefined);
        if (tails.get(host) === tail) tails.delete(host);
      }
    },
  };
}
