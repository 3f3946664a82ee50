import { expect, test } from 'vitest';
import type { ExperimentRun } from '../../../../engine/contract/tracking.ts';
import { compareRuns } from '../../../../engine/runtime/tracking/compare.ts';

function run(id: number, differing: Partial<ExperimentRun>): ExperimentRun {
  return {
    id,
    experimentId: 1,
    experiment: 'e',
    runId: null,
    uid: String(id),
    name: `run ${id}`,
    family: 'boosting',
    championship: 'X0',
    parameters: {},
    tags: {},
    metrics: {},
    dataHash: 'abc',
    seed: 0,
    codeVersion: '0.1.0',
    machine: {},
    state: 'done',
    startedAt: 0,
    finishedAt: 1,
    errorCode: null,
    errorMessage: null,
    ...differing,
  };
}

const runs = [
  run(1, { parameters: { depth: 6, noise: { kind: 'none' } }, metrics: { logLoss: 1, rounds: 5 } }),
  run(2, { parameters: { depth: 6, noise: { kind: 'some' } }, metrics: { logLoss: 0.9 }, seed: 1 }),
];

test('a comparison puts every property, parameter and metric of the runs side by side', () => {
  const { rows } = compareRuns(runs);
  expect(rows.find(({ key }) => key === 'depth')).toEqual({
    group: 'parameter',
    key: 'depth',
    values: [6, 6],
    differs: false,
  });
  expect(rows.find(({ key }) => key === 'rounds')).toMatchObject({ values: [5, null], differs: true });
});

test('a comparison of differences leaves out what is alike, and names nested parameters by their path', () => {
  expect(
    compareRuns(runs, { differencesOnly: true }).rows.map(({ group, key }) => `${group} ${key}`),
  ).toEqual(['property seed', 'parameter noise.kind', 'metric logLoss', 'metric rounds']);
});

test('a run compared with itself differs in nothing', () => {
  expect(compareRuns([runs[0]!, runs[0]!], { differencesOnly: true }).rows).toEqual([]);
});
