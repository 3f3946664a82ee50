import { beforeEach, expect, test } from 'vitest';
import type { RunGlance } from '../../../../engine/contract/events.ts';
import { forgetRestart, hear, remainingMs, useEngine } from '../../../../renderer/frame/engine-state.ts';

const run = (change: Partial<RunGlance> = {}): RunGlance => ({
  runId: 1,
  parentId: null,
  stage: 'pipeline',
  state: 'running',
  phase: 'training',
  done: 0,
  total: 10,
  errorCode: null,
  ...change,
});

beforeEach(() => {
  useEngine.setState({ startedAt: undefined, restarts: 0, takenUp: [], runs: [], beganAt: {} });
});

test('a run is known while it is under way and forgotten when it is over', () => {
  hear({ kind: 'run', run: run() }, 0);
  expect(useEngine.getState().runs).toHaveLength(1);
  hear({ kind: 'run', run: run({ state: 'done' }) }, 5);
  expect(useEngine.getState().runs).toEqual([]);
});

test('another engine that says hello is a restart, with the whole runs it goes on with', () => {
  hear({ kind: 'hello', startedAt: 1, version: '1', runs: [] }, 0);
  expect(useEngine.getState().restarts).toBe(0);
  hear({ kind: 'hello', startedAt: 1, version: '1', runs: [] }, 1);
  expect(useEngine.getState().restarts).toBe(0);
  hear({ kind: 'hello', startedAt: 2, version: '1', runs: [run(), run({ runId: 2, parentId: 1 })] }, 2);
  expect(useEngine.getState()).toMatchObject({ restarts: 1, takenUp: [{ runId: 1 }] });
  forgetRestart();
  expect(useEngine.getState().takenUp).toEqual([]);
});

test('the remaining time is told only when the pace is known', () => {
  const began = { instant: 0, done: 0 };
  expect(remainingMs({ done: 5, total: 10 }, began, 10_000)).toBe(10_000);
  expect(remainingMs({ done: 1, total: 10 }, began, 10_000)).toBeUndefined();
  expect(remainingMs({ done: 5, total: 10 }, began, 1000)).toBeUndefined();
  expect(remainingMs({ done: 5, total: 0 }, began, 10_000)).toBeUndefined();
  expect(remainingMs({ done: 5, total: 10 }, undefined, 10_000)).toBeUndefined();
});
