import { expect, test } from 'vitest';
import type { EngineEvent, RunGlance } from '../../../engine/contract/events.ts';
import { isQuiet, noticeWishesOf, tellsOfRun } from '../../../engine/contract/notices.ts';
import { RunClock } from '../../../engine/contract/run-clock.ts';

const glance = (runId: number, state: RunGlance['state'], given: Partial<RunGlance> = {}): RunGlance => ({
  ...{ runId, parentId: null, stage: 'pipeline', state, phase: null, done: 0, total: 0, errorCode: null },
  ...given,
});
const run = (...given: Parameters<typeof glance>): EngineEvent => ({ kind: 'run', run: glance(...given) });

test('a run is timed from when it is under way; its wait in the queue is not counted', () => {
  const clock = new RunClock();
  clock.hear(run(1, 'queued'), 0);
  clock.hear(run(1, 'running'), 50_000);
  clock.hear(run(1, 'running', { done: 1, total: 2 }), 60_000);
  expect(clock.hear(run(1, 'done'), 70_000)).toEqual({
    ...{ runId: 1, stage: 'pipeline', state: 'done', durationMs: 20_000, errorCode: null },
  });
});

test('a part of a run ends nothing, and what a new engine goes on with is timed from its greeting', () => {
  const clock = new RunClock();
  clock.hear(run(2, 'running', { parentId: 1 }), 0);
  expect(clock.hear(run(2, 'done', { parentId: 1 }), 5)).toBeUndefined();
  clock.hear({ kind: 'hello', startedAt: 1, version: '1', runs: [glance(7, 'running')] }, 100);
  expect(clock.hear(run(7, 'failed', { errorCode: 'INTERNAL' }), 140)).toMatchObject({ durationMs: 40 });
  expect(clock.hear(run(8, 'cancelled'), 150)).toMatchObject({ runId: 8, durationMs: 0 });
});

test('what is told of follows the wishes: long runs, failed ones, never those that were stopped', () => {
  const wishes = noticeWishesOf((key) => key !== 'notifications.alerts');
  const ended = { runId: 1, stage: 'pipeline', errorCode: null } as const;
  const told = [
    tellsOfRun({ ...ended, state: 'done', durationMs: 29_999 }, wishes),
    tellsOfRun({ ...ended, state: 'done', durationMs: 30_000 }, wishes),
    tellsOfRun({ ...ended, state: 'failed', durationMs: 1 }, wishes),
    tellsOfRun({ ...ended, state: 'cancelled', durationMs: 90_000 }, wishes),
    tellsOfRun(
      { ...ended, state: 'failed', durationMs: 1 },
      noticeWishesOf(() => undefined),
    ),
  ];
  expect(told).toEqual([false, true, true, false, false]);
});

test.each([
  ['23:00-07:00', 'UTC', '22:59', false],
  ['23:00-07:00', 'UTC', '23:00', true],
  ['23:00-07:00', 'UTC', '06:59', true],
  ['23:00-07:00', 'UTC', '07:00', false],
  ['12:00-13:30', 'UTC', '13:29', true],
  ['12:00-12:00', 'UTC', '12:00', false],
  ['', 'UTC', '03:00', false],
  // Moscow's clock is three hours ahead.
  ['23:00-07:00', 'Europe/Moscow', '20:00', true],
  ['23:00-07:00', 'Europe/Moscow', '04:00', false],
])('quiet hours %s in %s: at %s UTC it is quiet: %s', (quietHours, zone, time, isSilent) => {
  const now = Date.parse(`2026-03-01T${time}:00Z`);
  expect(isQuiet(now, { ...noticeWishesOf(() => true), quietHours, zone })).toBe(isSilent);
});
