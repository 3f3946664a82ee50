import { expect, test } from 'vitest';
import { createPoliteQueue } from '../../../engine/host/polite-queue.ts';

/** A clock that only waiting and the work itself move on. */
function simulatedTime() {
  let now = 1000;
  return {
    now: () => now,
    wait: (ms: number) => Promise.resolve(void (now += ms)),
    pass(ms: number) {
      now += ms;
    },
  };
}

const { signal } = new AbortController();

test('requests to one host begin one after the other, an interval apart', async () => {
  const time = simulatedTime();
  const queue = createPoliteQueue(60, time);
  const begun: number[] = [];
  const request = (takes: number) =>
    queue.run('a', signal, () => {
      begun.push(time.now());
      time.pass(takes);
      return Promise.resolve();
    });
  await Promise.all([request(10), request(100), request(0)]);
  // The second took longer than the interval: nobody waits after it.
  expect(begun).toEqual([1000, 1060, 1160]);
});

test('another host need not wait, and a failed request lets the next one begin', async () => {
  const time = simulatedTime();
  const queue = createPoliteQueue(60, time);
  const begun: Record<string, number> = {};
  const at = (name: string, task: () => Promise<void> = () => Promise.resolve()) => {
    begun[name] = time.now();
    return task();
  };
  await expect(
    queue.run('a', signal, () => at('a', () => Promise.reject(new Error('refused')))),
  ).rejects.toThrow('refused');
  await queue.run('b', signal, () => at('b'));
  await queue.run('a', signal, () => at('a again'));
  expect(begun).toEqual({ a: 1000, b: 1000, 'a again': 1060 });
});
