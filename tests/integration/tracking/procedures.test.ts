import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { versionForecasts } from '../../../db/queries/football/promotion.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { deserializeEstimator } from '../../../engine/kernel/modeling/serialization.ts';
import { createMatrix } from '../../../engine/kernel/modeling/matrix.ts';
import { runCommandLine } from '../../../scripts/cli/program.ts';
import { runOnnx } from '../../fixtures/onnx.ts';
import { registryHome } from '../../fixtures/registry-home.ts';

const rows = createMatrix(2, ['elo', 'form'], Float64Array.of(1, 0, -1, 2));

describe('through the contract', () => {
  test('the first version is promoted, a better one passes the gate, a worse one is refused, and all of it is told', async () => {
    using home = await registryHome();
    await using host = createEngineHost(home);
    const { models } = host.client;
    const { plain, better, worse } = home.ids;
    const first = await models.promote({ id: plain });
    expect(first).toMatchObject({
      decision: { promoted: true, reason: 'first', matches: 120, days: 40 },
      champion: { championship: 'X0', modelVersionId: plain },
    });
    expect(first.decision.challengerLoss).toBeCloseTo(Math.log(3), 9);
    // The sharp book's closing price stands for the market: 1/2 for what happened.
    expect(first.decision.close).toMatchObject({ matches: 120 });
    expect(first.decision.close!.marketLoss).toBeCloseTo(Math.log(2), 6);

    const refused = await models.promote({ id: worse });
    expect(refused).toMatchObject({ decision: { promoted: false, reason: 'regression' }, champion: null });
    expect(refused.decision.difference!.low).toBeGreaterThan(0.05);
    const tried = await models.compare({ champion: plain, challenger: better, differencesOnly: true });
    expect(tried.decision.reason).toBe('no-regression');
    expect(tried.comparison.rows.map(({ key }) => key)).toEqual(['dataHash', 'C', 'logLoss']);
    const passed = await models.promote({ id: better });
    expect(passed).toMatchObject({ decision: { promoted: true, reason: 'no-regression' } });
    expect(passed.decision.difference!.high).toBeLessThan(0);

    expect((await models.list({})).map(({ id, aliases }) => [id, aliases.length])).toEqual([
      [worse, 0],
      [better, 1],
      [plain, 0],
    ]);
    const shown = await models.show({ id: worse });
    expect(shown.promotions).toMatchObject([{ championId: plain, decision: { reason: 'regression' } }]);
    expect(shown.models).toMatchObject([{ seasonCode: '2023', trainUntil: '2023-06-01' }]);
    expect(await models.rollback({ championship: 'X0', reason: 'a slip' })).toMatchObject({
      modelVersionId: plain,
    });
    const history = await models.history({ championship: 'X0' });
    expect(history.map(({ modelVersionId, reason }) => [modelVersionId, reason])).toEqual([
      [plain, 'a slip'],
      [better, 'no-regression'],
      [plain, 'first'],
    ]);
    await expect(models.promote({ id: plain })).rejects.toMatchObject({ data: { code: 'USAGE' } });
    await expect(models.rollback({ championship: 'X1', reason: 'r' })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    });
  });

  test('the gate looks at the days it is given, and refuses too few of them', async () => {
    using home = await registryHome();
    await using host = createEngineHost(home);
    const { plain, better } = home.ids;
    await host.client.models.promote({ id: plain });
    const { decision } = await host.client.models.promote({
      id: better,
      from: '2023-08-11',
      until: '2023-08-20',
    });
    expect(decision).toMatchObject({
      reason: 'too-few-matches',
      from: '2023-08-11',
      until: '2023-08-20',
      matches: 30,
    });
  });

  test('a match within the training of a model is no evidence about it', async () => {
    using home = await registryHome();
    using database = openWriter(home.paths.database);
    const matches = (championshipId: number | null) =>
      versionForecasts(database, home.ids.better, { championshipId }).map(({ day }) => day);
    expect([matches(1).length, matches(null).length, matches(2).length]).toEqual([120, 120, 0]);
    database.sqlite.exec(`UPDATE model SET train_until = '2023-08-20'`);
    expect(matches(1)).toHaveLength(60);
    expect(matches(1)[0]).toBe('2023-08-21');
  });

  test('a fitted model is exported as ONNX and as JSON with its checksum, and says what it leans on', async () => {
    using home = await registryHome();
    await using host = createEngineHost(home);
    const { models } = host.client;
    const id = home.ids.plain;
    const onnx = await models.export({ id, format: 'onnx' });
    expect(onnx.fileName).toBe('X0-logistic-2023.onnx');
    const { probabilities } = await runOnnx(Buffer.from(onnx.base64, 'base64'), rows);
    const expected = home.estimator.predictProbability(rows);
    expected.forEach((p, at) => {
      expect(probabilities![at]).toBeCloseTo(p, 5);
    });
    const json = await models.export({ id, format: 'json', season: '2023' });
    const copy = deserializeEstimator(
      JSON.parse(Buffer.from(json.base64, 'base64').toString()) as { payload: string; checksum: string },
    );
    expect(copy.predictProbability(rows)).toEqual(expected);
    const { importances } = await models.importances({ id });
    expect(importances!.map(({ feature }) => feature).sort()).toEqual(['elo', 'form']);
    expect(importances![0]!.value).toBeGreaterThanOrEqual(importances![1]!.value);
    {
      using database = openWriter(home.paths.database);
      database.sqlite.exec(`UPDATE model SET family = 'pool', payload = '{"weights":[1]}'`);
    }
    await expect(models.export({ id, format: 'onnx' })).rejects.toMatchObject({
      data: { code: 'EXPORT_UNSUPPORTED', detail: { family: 'pool' } },
    });
    await expect(models.export({ id, format: 'onnx', season: '1999' })).rejects.toThrow(
      'no model for 1999; held: 2023',
    );
  });

  test('experiments are listed, found, shown and compared', async () => {
    using home = await registryHome();
    await using host = createEngineHost(home);
    const { experiments } = host.client;
    expect(await experiments.list()).toMatchObject([{ name: 'processing', runs: 2 }]);
    const metric = { key: 'logLoss', is: '<' as const, value: 0.99 };
    const found = await experiments.runs({ metric, tags: { season: '2023' } });
    expect(found.map(({ name }) => name)).toEqual(['better']);
    const shown = await experiments.show({ id: found[0]!.id });
    expect(shown.metrics).toHaveLength(2);
    const compared = await experiments.compare({ ids: [1, 2], differencesOnly: true });
    expect(compared.rows.map(({ key }) => key)).toEqual(['C', 'logLoss']);
    await expect(experiments.show({ id: 99 })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
    expect(await experiments.send()).toMatchObject({ pending: 0 });
  });
});

describe('on the command line', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  async function run(
    home: string,
    ...words: string[]
  ): Promise<{ code: number; text: string; notes: string }> {
    const written: string[] = [];
    const noted: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => noted.push(String(text)) > 0);
    const code = await runCommandLine(['--home', home, ...words]);
    vi.restoreAllMocks();
    return { code, text: written.join(''), notes: noted.join('') };
  }

  test('models are listed, compared, promoted, rolled back, exported and explained, in both languages', async () => {
    using home = await registryHome();
    const { path } = home.folder;
    const [plain, better, worse] = [home.ids.plain, home.ids.better, home.ids.worse].map(String) as [
      string,
      string,
      string,
    ];
    expect((await run(path, 'models', 'promote', plain)).text).toContain('passed (the first champion)');
    const refused = await run(path, 'models', 'promote', worse);
    expect(refused.code).toBe(0);
    expect(refused.text).toMatch(/refused \(regression cannot be ruled out\)/);
    expect(refused.text).toMatch(/interval from 0\.\d+ to 0\.\d+; the upper end may be 0\.0020 at most/);
    const passed = await run(path, '--json', 'models', 'promote', better, '--tolerance', '0.001');
    expect(JSON.parse(passed.text)).toMatchObject({
      decision: { promoted: true, rules: { tolerance: 0.001 } },
    });
    const listed = await run(path, 'models', 'list', '--championship', 'X0');
    expect(listed.text).toMatch(/X0 +logistic +2 +0\.9500 .*champion/);
    expect((await run(path, 'models', 'list', '--championship', 'pooled')).text).toContain(
      'no model versions',
    );
    const russian = await run(path, '--lang', 'ru', 'models', 'compare', plain, better, '--diff');
    expect(russian.text).toContain('параметр C');
    expect(russian.text).toContain('ухудшения нет');
    expect((await run(path, 'models', 'show', better)).text).toContain('logLoss 0.95');
    expect((await run(path, 'models', 'history', 'X0')).text).toContain('the first champion');
    expect((await run(path, 'models', 'rollback', 'X0')).text).toContain(`again model version ${plain}`);
    const file = home.folder.join('out', 'model.onnx');
    expect((await run(path, 'models', 'export', plain, '--to', file)).text.trim()).toBe(file);
    expect((await runOnnx(readFileSync(file), rows))['label']).toHaveLength(2);
    expect((await run(path, 'models', 'importances', plain)).text).toMatch(/elo +\d\.\d{4}/);
    expect((await run(path, 'models', 'show', '99')).code).toBe(1);
  });

  test('experiments are listed by condition, shown and compared', async () => {
    using home = await registryHome();
    const { path } = home.folder;
    expect((await run(path, 'experiments')).text).toMatch(/processing +2/);
    const found = await run(
      path,
      'experiments',
      'list',
      'processing',
      '--metric',
      'logLoss < 0.99',
      '--tag',
      'season=2023',
    );
    expect(found.text).toContain('logLoss 0.9500');
    expect(found.text).not.toContain('plain');
    expect((await run(path, 'experiments', 'show', '1')).text).toContain('logLoss 1 (2 steps)');
    const compared = await run(path, 'experiments', 'compare', '1', '2', '--diff');
    expect(compared.text).toMatch(/parameter C +0 +0\.050000 +≠/);
    expect((await run(path, 'experiments', 'list', '--metric', 'logLoss')).code).toBe(2);
    expect((await run(path, 'experiments', 'send')).text).toContain('0 waiting');
  });
});
