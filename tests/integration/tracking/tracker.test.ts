import { describe, expect, test } from 'vitest';
import {
  artefactContent,
  listArtefacts,
  listExperiments,
  metricHistory,
  readExperimentRun,
  searchExperimentRuns,
  searchStatement,
} from '../../../db/queries/tracking.ts';
import { countTrackingCalls } from '../../../db/queries/tracking-calls.ts';
import { createExperimentLogger } from '../../../engine/kernel/modeling/callbacks/experiment-logger.ts';
import { expectIndexed } from '../../fixtures/query-plan.ts';
import { trackingHome } from '../../fixtures/tracking.ts';

describe('a tracked run', () => {
  test('keeps parameters, metrics by step, tags, artefacts and how it ended', () => {
    using home = trackingHome();
    const { database, tracker, clock } = home;
    const run = tracker.startRun({
      experiment: 'processing',
      name: 'X0/logistic',
      family: 'logistic',
      championshipId: 1,
      parameters: { C: 0.1, selection: { maximum: 24 } },
      tags: { season: '2023/24' },
      dataHash: 'abc',
      seed: 7,
    });
    run.logParameters({ C: 0.01 });
    run.logMetric('logLoss', 1.01, 0);
    run.logMetric('logLoss', 0.98, 1);
    run.logMetric('logLoss', Number.NaN, 2);
    run.logArtefact({ name: 'dropped.json', kind: 'selection', content: '["form"]' });
    const id = run.logArtefact({ name: 'dropped.json', kind: 'selection', content: '["form","rest"]' });
    clock.at = 3_000;
    run.end();

    expect(readExperimentRun(database, run.id)).toMatchObject({
      experiment: 'processing',
      name: 'X0/logistic',
      championship: 'X0',
      parameters: { C: 0.01, selection: { maximum: 24 } },
      tags: { season: '2023/24' },
      metrics: { logLoss: null },
      dataHash: 'abc',
      seed: 7,
      codeVersion: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      machine: { node: process.versions.node },
      state: 'done',
      startedAt: 1_000,
      finishedAt: 3_000,
    });
    expect(metricHistory(database, run.id).map(({ step, value }) => [step, value])).toEqual([
      [0, 1.01],
      [1, 0.98],
      [2, null],
    ]);
    expect(listArtefacts(database, run.id)).toMatchObject([{ id, name: 'dropped.json', bytes: 15 }]);
    expect(Buffer.from(artefactContent(database, id)!).toString()).toBe('["form","rest"]');
    expect(listExperiments(database)).toMatchObject([{ name: 'processing', runs: 1, lastStartedAt: 1_000 }]);
  });

  test('writes the measures of epochs in batches, and the last of them at its end', () => {
    using home = trackingHome();
    const run = home.tracker.startRun({ experiment: 'boosting', name: 'a' });
    const logger = createExperimentLogger((points) => {
      run.logMetrics(points);
    });
    const held = () => metricHistory(home.database, run.id).length;
    logger.onTrainBegin?.(600);
    for (let epoch = 0; epoch < 499; epoch++)
      logger.onEpochEnd?.({ epoch, total: 600, measures: { loss: 1 } });
    expect(held()).toBe(0);
    logger.onEpochEnd?.({ epoch: 499, total: 600, measures: { loss: 1 } });
    expect(held()).toBe(500);
    for (let epoch = 500; epoch < 600; epoch++)
      logger.onEpochEnd?.({ epoch, total: 600, measures: { loss: 1 } });
    expect(held()).toBe(500);
    run.end();
    expect(held()).toBe(600);
  });

  test('that nobody ended failed, and takes nothing more once it is over', () => {
    using home = trackingHome();
    const left = home.tracker.startRun({ experiment: 'e', name: 'left' });
    {
      using run = left;
      run.logMetric('loss', 2);
    }
    expect(readExperimentRun(home.database, left.id)).toMatchObject({
      state: 'failed',
      metrics: { loss: 2 },
    });
    const run = home.tracker.startRun({ experiment: 'e', name: 'right' });
    run.end('cancelled');
    expect(() => {
      run.logMetric('loss', 1);
      run.flush();
    }).toThrow('is over');
  });

  test('goes on with the one of the same name when the run of the engine is resumed', () => {
    using home = trackingHome();
    const { database, tracker } = home;
    database.sqlite.exec(`INSERT INTO run (id, stage, parameters, state, instant, today, started_at)
      VALUES (5, 'processing', '{}', 'running', 1000, '2026-11-20', 1000)`);
    const start = { experiment: 'processing', name: 'X0/logistic', runId: 5, parameters: { C: 1 } };
    const first = tracker.startRun(start);
    first.logMetrics([{ name: 'loss', step: 0, value: 3 }]);
    first.flush();
    expect(tracker.interruptUnfinished()).toBe(1);
    expect(readExperimentRun(database, first.id).state).toBe('interrupted');
    const second = tracker.startRun({ ...start, parameters: { depth: 2 } });
    second.logMetrics([{ name: 'loss', step: 0, value: 2 }]);
    second.end();
    expect(second.id).toBe(first.id);
    expect(readExperimentRun(database, first.id)).toMatchObject({
      state: 'done',
      parameters: { C: 1, depth: 2 },
      metrics: { loss: 2 },
    });
  });

  test('masks secrets in parameters and tags', () => {
    using home = trackingHome();
    const run = home.tracker.startRun({
      experiment: 'e',
      name: 'n',
      parameters: { apiKey: 'abc', from: 'https://user:pw@host/x' },
      tags: { source: 'https://user:pw@host/x' },
    });
    run.end('failed', { code: 'INTERNAL', message: 'GET https://user:pw@host failed', detail: {} });
    expect(JSON.stringify(readExperimentRun(home.database, run.id))).not.toMatch(/abc|pw/);
  });

  test('queues nothing for a server where none is set, and everything where one is', () => {
    using quiet = trackingHome();
    quiet.tracker.startRun({ experiment: 'e', name: 'n', tags: { a: 'b' } }).end();
    expect(countTrackingCalls(quiet.database).pending).toBe(0);
    using mirrored = trackingHome({ mlflowAddress: 'http://127.0.0.1:9' });
    mirrored.tracker.startRun({ experiment: 'e', name: 'n', tags: { a: 'b' } }).end();
    expect(countTrackingCalls(mirrored.database)).toMatchObject({ pending: 3, sent: 0, refused: 0 });
  });
});

describe('searching', () => {
  function filled() {
    const home = trackingHome();
    const add = (name: string, loss: readonly number[], more: { tag: string; experiment?: string }) => {
      const run = home.tracker.startRun({
        experiment: more.experiment ?? 'processing',
        name,
        family: name,
        championshipId: name === 'pooled' ? null : 1,
        tags: { season: more.tag },
      });
      loss.forEach((value, step) => {
        run.logMetric('logLoss', value, step);
      });
      run.end();
    };
    add('logistic', [0.9, 1.01], { tag: '2022/23' });
    add('boosting', [1.2, 0.99], { tag: '2023/24' });
    add('pooled', [1.1], { tag: '2023/24', experiment: 'tuning' });
    return home;
  }

  test.each([
    [{}, ['pooled', 'boosting', 'logistic']],
    [{ experiment: 'processing' }, ['boosting', 'logistic']],
    [{ tags: { season: '2023/24' } }, ['pooled', 'boosting']],
    [{ championship: 'X0', family: 'logistic' }, ['logistic']],
    // By the last value: the logistic once had 0.9, too.
    [{ metric: { key: 'logLoss', is: '<' as const, value: 1 } }, ['boosting']],
    [{ metric: { key: 'logLoss', is: '>=' as const, value: 1.01 } }, ['pooled', 'logistic']],
    [{ experiment: 'unknown' }, []],
    [{ state: 'running' as const }, []],
  ])('%j finds %j', (search, names) => {
    using home = filled();
    const found = searchExperimentRuns(home.database, { limit: 10, ...search });
    expect(found.map(({ name }) => name)).toEqual(names);
  });

  test('finds runs through indexes, not by reading them all', () => {
    using home = filled();
    const plan = (search: Parameters<typeof searchStatement>[0], uses: string) => {
      const { sql, values } = searchStatement(search);
      const aliases = {
        r: 'experiment_run',
        e: 'experiment',
        m: 'experiment_metric',
        l: 'experiment_metric',
      };
      expectIndexed(home.database, sql, { parameters: values, aliases, uses, scans: ['experiment_run'] });
    };
    plan({ limit: 5, experiment: 'processing' }, 'experiment_run_by_experiment');
    plan({ limit: 5, tags: { season: 'x' } }, 'experiment_tag_by_value');
    plan({ limit: 5, metric: { key: 'logLoss', is: '<', value: 1 } }, 'experiment_metric_by_value');
    expectIndexed(home.database, "SELECT id FROM tracking_call WHERE state = 'pending' ORDER BY id LIMIT 1", {
      uses: 'tracking_call_pending',
      scans: ['tracking_call'],
    });
  });
});
