import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { checkResultSchema } from '../../../engine/contract/training.ts';
import type { RunKind } from '../../../engine/contract/stages.ts';
import { createEngineHost, type EngineClient, type EngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { drawLeague } from '../../../scripts/bench/league.ts';
import { insertMatches } from '../../fixtures/match-database.ts';
import { temporaryFolder, type TemporaryFolder } from '../../fixtures/temporary.ts';

let folder: TemporaryFolder;
let host: EngineHost;
let now = Date.UTC(2026, 10, 18, 9, 30);
/** Every look at it is a little later, so that what came after what can be told. */
const clock = { now: () => now++ };

/** A league of twelve seasons, forecast as it was played. */
beforeAll(async () => {
  folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.path });
  {
    using database = openWriter(paths.database);
    insertMatches(database, { code: 'T1', rows: drawLeague({ clubs: 12, seasons: 12, seed: 5 }) });
  }
  host = createEngineHost({ paths, clock, threads: 2 });
  for (const stage of ['calculation', 'processing', 'forecast'] as const) {
    await finish(host.client, stage, {});
  }
}, 180_000);

afterAll(async () => {
  await host[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function inHost<Value>(work: (client: EngineClient) => Promise<Value>): Promise<Value> {
  return work(host.client);
}

async function finish(client: EngineClient, stage: RunKind, parameters: Record<string, unknown>) {
  const { runId } = await client.runs.start({ stage, parameters });
  for await (const _ of await client.runs.watch({ runId }));
  const { run } = await client.runs.show({ runId });
  expect(run.state, run.errorMessage ?? '').toBe('done');
  return run;
}

describe('calibration of stored forecasts', () => {
  it('is judged for a model, a championship and a period, each match once', async () => {
    await inHost(async (client) => {
      const { championships, models, from, until } = await client.calibration.options();
      expect(championships.map(({ code }) => code)).toEqual(['T1']);
      expect(models).toContain('published');
      const all = await client.calibration.report({});
      expect(all).toMatchObject({ from, until });
      expect(all.n).toBeGreaterThan(800);
      expect(all.reliability.map((curve) => curve.class)).toEqual(['H', 'D', 'A']);
      expect(all.verdict.tests).toHaveLength(9);
      const covered = all.coverage.filter(({ by, level }) => by === 'class' && level === 0.8);
      const total = all.coverage.find(({ by, level }) => by === 'all' && level === 0.8)!;
      expect(covered.reduce((sum, { n }) => sum + n, 0)).toBe(total.n);
      expect(
        all.coverage.filter(({ by }) => by === 'set-size').every(({ promised }) => promised === null),
      ).toBe(true);

      const half = await client.calibration.report({ until: '2018-12-31' });
      const rest = await client.calibration.report({ from: '2019-01-01' });
      expect(half.n + rest.n).toBe(all.n);
      const raw = await client.calibration.report({ model: 'logistic', championship: 'T1' });
      expect(raw.coverage).toEqual([]);
      expect(raw.scores!.logLoss.value).not.toBe(all.scores!.logLoss.value);
    });
  });

  it('says that a day is too little to judge, and that an unknown championship holds nothing', async () => {
    await inHost(async (client) => {
      const { until } = await client.calibration.options();
      const day = await client.calibration.report({ from: until!, until: until! });
      expect(day.n).toBeGreaterThan(0);
      expect(day).toMatchObject({ scores: null, reliability: [], verdict: { level: 'too-few' } });
      await expect(client.calibration.report({ from: 'yesterday' })).rejects.toThrow();
      expect((await client.calibration.report({ championship: 'NO' })).n).toBe(0);
      expect(await client.calibration.report({ origin: 'live' })).toMatchObject({ n: 0, live: 0 });
    });
  });

  it('is worked out once for a state of the data', async () => {
    await inHost(async (client) => {
      const [first, second] = await Promise.all([
        client.calibration.report({}),
        client.calibration.report({}),
      ]);
      expect(second).toEqual(first);
      const stored = await client.calibration.report({ model: 'published' });
      expect(stored.age).toEqual(first.age);
    });
  });
});

describe('features', () => {
  it('have a catalogue entry each, with a definition and a rule for what is missing', async () => {
    await inHost(async (client) => {
      const { sets, features } = await client.features.catalogue();
      expect(sets.reduce((sum, { count }) => sum + count, 0)).toBe(features.length);
      for (const { name, description, unit, asOf, missing } of features) {
        expect(
          [name, description, unit, asOf, missing].every((text) => text.trim() !== ''),
          name,
        ).toBe(true);
      }
      const russian = await client.features.catalogue({ language: 'ru' });
      expect(russian.features.map(({ name }) => name)).toEqual(features.map(({ name }) => name));
      expect(russian.features[0]!.unit).toBe('пункты рейтинга');
    });
  });

  it('are measured in a run, whose report is kept until the data change', async () => {
    await inHost(async (client) => {
      expect(await client.features.report({})).toBeNull();
      const run = await finish(client, 'features', { family: 'logistic' });
      expect(run.result).toMatchObject({ features: 50 });
      const report = (await client.features.report({ family: 'logistic' }))!;
      expect(report.isStale).toBe(false);
      expect(report.features).toHaveLength(50);
      const informed = report.features.flatMap(({ information }) => (information ? [information] : []));
      expect(informed.length).toBeGreaterThan(30);
      for (const { pValue, adjusted } of informed) expect(adjusted).toBeGreaterThanOrEqual(pValue);
      // What the model does not use cannot hurt it when it is shuffled.
      const used = report.features.filter(({ permutation }) => permutation !== null);
      expect(used.map(({ name }) => name).sort()).toEqual(
        report.shap!.features.map(({ name }) => name).sort(),
      );
      expect(report.model!.from > report.model!.trainUntil!).toBe(true);
      const { names, values } = report.correlation;
      names.forEach((_, at) => expect(values[at]![at]).toBe(1));
      expect(await client.features.report({ family: 'boosting' })).toBeNull();
      await finish(client, 'calculation', {});
      expect((await client.features.report({ family: 'logistic' }))!.isStale).toBe(true);
    });
  });

  it('are refused of a championship that is not held', async () => {
    await inHost(async (client) => {
      const { runId } = await client.runs.start({ stage: 'features', parameters: { championship: 'NO' } });
      for await (const _ of await client.runs.watch({ runId }));
      expect((await client.runs.show({ runId })).run).toMatchObject({
        state: 'failed',
        errorCode: 'NOT_FOUND',
      });
    });
  });

  it('do not drift between two halves of one invented season more than chance lets them', async () => {
    await inHost(async (client) => {
      const { seasons } = await client.features.periods();
      const [before, last] = [seasons.at(-2)!, seasons.at(-1)!];
      const drift = await client.features.drift({
        reference: { from: before.from, until: before.until },
        current: { from: last.from, until: last.until },
      });
      expect(drift.features).toHaveLength(50);
      expect(drift.referenceRows).toBe(before.n);
      expect(drift.currentRows).toBe(last.n);
      const same = await client.features.drift({
        reference: { from: last.from, until: last.until },
        current: { from: last.from, until: last.until },
      });
      expect(same.features.filter(({ stability }) => (stability?.value ?? 0) > 1e-9)).toEqual([]);
    });
  });

  it('name what selection kept and dropped, each feature once', async () => {
    await inHost(async (client) => {
      const folds = await client.features.selection();
      expect(folds.length).toBeGreaterThan(3);
      for (const { kept, dropped } of folds) {
        const names = [...kept, ...dropped].map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(names).toHaveLength(50);
      }
    });
  });
});

describe('a training of the analyst’s own', () => {
  it('leaves its curves, its figures and its checks, and puts nothing to use', async () => {
    await inHost(async (client) => {
      const versions = await client.models.list({});
      const run = await finish(client, 'train', {
        family: 'boosting',
        parameters: { nEstimators: 12 },
        seasons: 2,
        name: 'twelve trees',
      });
      expect(run.result).toMatchObject({ family: 'boosting', matches: 264, folds: [{}, {}] });
      const [tracked] = await client.experiments.runs({ experiment: 'training', limit: 10 });
      expect(tracked).toMatchObject({ name: 'twelve trees', state: 'done', parameters: { nEstimators: 12 } });
      const { metrics, artefacts } = await client.experiments.show({ id: tracked!.id });
      const curves = metrics.filter(({ key }) => key.startsWith('validation/'));
      expect(new Set(curves.map(({ key }) => key)).size).toBe(2);
      expect(curves.length).toBeGreaterThan(2);
      const { text } = await client.experiments.artefact({ id: artefacts[0]!.id });
      const checks = (JSON.parse(text!) as unknown[]).map((check) => checkResultSchema.parse(check));
      expect(checks.map(({ name }) => name)).toContain('feature-drift');
      expect(await client.models.list({})).toEqual(versions);
    });
  });

  it('differs in nothing from the family as it is where no parameter is given', async () => {
    await inHost(async (client) => {
      const run = await finish(client, 'train', { family: 'logistic', seasons: 2 });
      expect(run.result).toMatchObject({ difference: { value: 0, low: 0, high: 0 } });
    });
  });

  it('is refused with a sentence where a parameter makes no sense', async () => {
    await inHost(async (client) => {
      const { runId } = await client.runs.start({
        stage: 'train',
        parameters: { family: 'boosting', parameters: { learningRate: -1 }, seasons: 2 },
      });
      for await (const _ of await client.runs.watch({ runId }));
      const { run } = await client.runs.show({ runId });
      expect(run).toMatchObject({ state: 'failed', errorCode: 'CONFIGURATION_INVALID' });
      expect(run.errorMessage).toContain('learningRate');
      const [tracked] = await client.experiments.runs({ experiment: 'training', limit: 1 });
      expect(tracked).toMatchObject({ state: 'failed', errorCode: 'CONFIGURATION_INVALID' });
    });
  });

  it('can be stopped, and says so in the experiment too', async () => {
    await inHost(async (client) => {
      const { runId } = await client.runs.start({
        stage: 'train',
        parameters: {
          family: 'boosting',
          parameters: { nEstimators: 5000, learningRate: 0.001 },
          seasons: 5,
        },
      });
      for await (const event of await client.runs.watch({ runId })) {
        if (event.kind === 'progress' && event.phase === 'folds') break;
      }
      expect(await client.runs.cancel({ runId })).toEqual({ state: 'cancelled' });
      const [tracked] = await client.experiments.runs({ experiment: 'training', limit: 1 });
      expect(tracked?.state).toBe('cancelled');
    });
  });

  it('offers only what the families understand', async () => {
    await inHost(async (client) => {
      const { families, championships } = await client.training.options();
      expect(championships.map(({ code }) => code)).toEqual(['T1']);
      for (const { family, presets, parameters } of families) {
        const known = parameters.map(({ name }) => name);
        for (const preset of presets) {
          for (const name of Object.keys(preset.parameters))
            expect(known, `${family} ${preset.name}`).toContain(name);
        }
      }
    });
  });
});

describe('studies', () => {
  it('are listed with their best trial, and put to use one a family', async () => {
    await inHost(async (client) => {
      const tune = { family: 'logistic', trials: 13, seasons: 2, parallel: 2 };
      await finish(client, 'tune', tune);
      await finish(client, 'tune', { ...tune, trials: 3, seed: 9 });
      const [second, first] = await client.studies.list();
      expect(first).toMatchObject({ state: 'done', trials: { complete: 13 }, inUse: false });
      const { trials, present, space } = await client.studies.show({ id: first!.id });
      const losses = trials.flatMap(({ value }) => value ?? []);
      expect(first!.best!.value).toBe(Math.min(...losses));
      expect(present).toBeGreaterThan(0.9);
      expect(Object.keys(space)).toEqual(['C', 'maximum']);
      const importances = await client.studies.importances({ id: first!.id });
      expect(importances).toMatchObject({ trials: 13 });
      expect(await client.studies.importances({ id: second!.id })).toBeNull();

      expect(await client.studies.use({ id: first!.id, inUse: true })).toEqual({
        previous: '',
        now: String(first!.id),
      });
      expect(await client.studies.use({ id: second!.id, inUse: true })).toEqual({
        previous: String(first!.id),
        now: String(second!.id),
      });
      expect((await client.studies.list()).map(({ inUse }) => inUse)).toEqual([true, false]);
      await expect(client.studies.show({ id: 99 })).rejects.toThrow('no study 99');
    });
  });
});

describe('a model card', () => {
  it('scores what was said after training, championship by championship, beside the base rate', async () => {
    await inHost(async (client) => {
      const [version] = await client.models.list({ family: 'boosting' });
      const card = await client.models.card({ id: version!.id });
      const [all, ...parts] = card.scores;
      expect(all!.championship).toBeNull();
      expect(parts.reduce((sum, { n }) => sum + n, 0)).toBe(all!.n);
      expect(all!.logLoss.low! < all!.logLoss.value! && all!.logLoss.value! < all!.logLoss.high!).toBe(true);
      expect(all!.baseRate!.n).toBe(all!.n);
      expect(card.folds.at(-1)!.checks.map(({ status }) => status)).toContain('pass');
      expect(card.featureNames).toHaveLength(card.folds.at(-1)!.features);
      await expect(client.models.card({ id: 99 })).rejects.toThrow();
    });
  });
});
