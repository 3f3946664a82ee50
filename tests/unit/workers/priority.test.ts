import { expect, test } from 'vitest';
import { giveWay } from '../../../engine/workers/priority.ts';

function threadOf(start: number) {
  const thread = {
    priority: start,
    get: () => thread.priority,
    set(priority: number) {
      // As Linux does for an ordinary user.
      if (priority < thread.priority) throw new Error('EACCES');
      thread.priority = priority;
    },
  };
  return thread;
}

test.each([
  [0, 5],
  [5, 5],
  [15, 15],
])('work in a thread of priority %i is done at %i', (start, expected) => {
  const thread = threadOf(start);
  giveWay(thread);
  expect(thread.priority).toBe(expected);
});

test('work is done where no priority can be asked for', () => {
  const refuse = () => {
    throw new Error('EPERM');
  };
  expect(() => {
    giveWay({ get: refuse, set: refuse });
  }).not.toThrow();
});
