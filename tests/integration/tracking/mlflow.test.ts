import { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nextTrackingCall } from '../../../db/queries/tracking-calls.ts';
import { createMlflowClient } from '../../../engine/host/mlflow/client.ts';
import { MlflowDelivery } from '../../../engine/host/mlflow/delivery.ts';
import { sendTrackingCalls } from '../../../engine/host/mlflow/sender.ts';
import { openSettings } from '../../../engine/runtime/settings.ts';
import { startMlflowServer, type Misbehaviour } from '../../fixtures/mlflow-server.ts';
import { trackingHome } from '../../fixtures/tracking.ts';

type Home = ReturnType<typeof trackingHome>;

/** A run with two batches of metrics, parameters, tags and an artefact. */
function trackOne(home: Home, name = 'X0/logistic') {
  const run = home.tracker.startRun({
    experiment: 'processing',
    name,
    family: 'logistic',
    championshipId: 1,
    parameters: { C: 0.1, columns: ['a', 'b'] },
    tags: { season: '2023/24' },
    dataHash: 'abc',
    seed: 3,
  });
  run.logMetrics([
    { name: 'log loss @ 1', step: 0, value: 1.01 },
    { name: 'brier', step: 0, value: Number.NaN },
  ]);
  run.flush();
  run.logMetric('brier', 0.6, 1);
  run.logArtefact({ name: 'notes/a b.txt', kind: 'note', content: 'hello' });
  home.clock.at = 9_000;
  run.end();
  return run;
}

const send = (home: Home, address: string, timeoutMs = 2_000) =>
  sendTrackingCalls({
    database: home.database,
    clock: home.clock,
    address,
    client: createMlflowClient({ address, timeoutMs }),
  });

describe('an MLflow server', () => {
  test('gets experiments, runs, parameters, metrics, tags and artefacts, in order', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    trackOne(home);
    expect(await send(home, server.address)).toEqual({ pending: 0, sent: 7, refused: 0, problem: null });
    const [run] = server.runs.values();
    expect([...server.experiments.keys()]).toEqual(['processing']);
    expect(run).toMatchObject({ name: 'X0/logistic', info: { status: 'FINISHED', end_time: 9_000 } });
    expect(Object.fromEntries(run!.params)).toEqual({ C: '0.1', columns: '["a","b"]' });
    expect(run!.metrics).toEqual([
      { key: 'log loss _ 1', value: 1.01, step: 0, timestamp: 1_000 },
      { key: 'brier', value: 'NaN', step: 0, timestamp: 1_000 },
      { key: 'brier', value: 0.6, step: 1, timestamp: 1_000 },
    ]);
    expect(Object.fromEntries(run!.tags)).toMatchObject({
      season: '2023/24',
      'auspex.family': 'logistic',
      'auspex.championship': 'X0',
      'auspex.dataHash': 'abc',
      'auspex.seed': '3',
    });
    expect([...server.artefacts]).toEqual([['/1/r1/artifacts/notes/a b.txt'.slice(1), 'hello']]);
  });

  test('that is away keeps nobody waiting: all is sent in order when it is back', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    trackOne(home);
    trackOne(home, 'X1/logistic');
    const away = 'http://127.0.0.1:1';
    const left = await send(home, away);
    expect(left).toMatchObject({ pending: 14, sent: 0, refused: 0 });
    expect(left.problem).toMatch(/ECONNREFUSED|bad port/);
    expect(await send(home, server.address)).toMatchObject({ pending: 0, sent: 14 });
    expect([...server.runs.values()].map(({ name }) => name)).toEqual(['X0/logistic', 'X1/logistic']);
  });

  const places = [
    'experiments/get-by-name',
    'experiments/create',
    'runs/search',
    'runs/create',
    'runs/update',
  ];
  places.push('runs/log-batch', 'a%20b.txt');
  const kinds: Misbehaviour[] = [
    'status-500',
    'status-429',
    'drop',
    'drop-after',
    'status-500-after',
    'slow',
  ];
  test.each(places.flatMap((path) => kinds.map((kind) => [path, kind] as const)))(
    'has everything once although %s went wrong: %s',
    async (path, kind) => {
      await using server = await startMlflowServer();
      using home = trackingHome({ mlflowAddress: server.address });
      trackOne(home);
      server.misbehave(path, kind);
      let counts = await send(home, server.address, kind === 'slow' ? 100 : 2_000);
      expect(counts.pending).toBeGreaterThan(0);
      while (counts.pending > 0) counts = await send(home, server.address);
      expect(counts).toEqual({ pending: 0, sent: 7, refused: 0, problem: null });
      expect(server.experiments.size).toBe(1);
      expect(server.runs.size).toBe(1);
      const [run] = server.runs.values();
      expect(run!.metrics).toHaveLength(3);
      expect(run!.info.status).toBe('FINISHED');
      expect(server.artefacts.size).toBe(1);
    },
  );

  test('has everything once although we died between its answer and our note of it', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    trackOne(home);
    await send(home, server.address);
    // As if none of the answers had been written down.
    home.database.sqlite.exec(`UPDATE tracking_call SET state = 'pending'; DELETE FROM tracking_name`);
    expect(await send(home, server.address)).toMatchObject({ pending: 0, sent: 7, refused: 0 });
    expect([server.experiments.size, server.runs.size, [...server.runs.values()][0]!.metrics.length]).toEqual(
      [1, 1, 3],
    );
  });

  test('that refuses one call gets the next ones', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    const run = home.tracker.startRun({ experiment: 'e', name: 'n', parameters: { C: 1 } });
    run.logParameters({ C: 2 });
    run.logMetric('loss', 1);
    run.end();
    expect(await send(home, server.address)).toMatchObject({ pending: 0, sent: 4, refused: 1 });
    expect([...server.runs.values()][0]).toMatchObject({
      metrics: [{ key: 'loss' }],
      info: { status: 'FINISHED' },
    });
  });

  test('that keeps artefacts elsewhere is told so, and gets the rest', async () => {
    await using server = await startMlflowServer({ artefactRoot: 's3://bucket' });
    using home = trackingHome({ mlflowAddress: server.address });
    trackOne(home);
    const counts = await send(home, server.address);
    expect(counts).toMatchObject({ pending: 0, sent: 6, refused: 1 });
    expect(counts.problem).toBe('the server keeps artefacts at s3: and takes none itself');
  });

  test('gets a file only as it was logged', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    const path = home.folder.join('model.onnx');
    writeFileSync(path, 'abc');
    const sha256 = createHash('sha256').update('abc').digest('hex');
    const run = home.tracker.startRun({ experiment: 'e', name: 'n' });
    run.logArtefact({ name: 'model.onnx', kind: 'model', path, sha256, bytes: 3 });
    await send(home, server.address);
    expect([...server.artefacts.values()]).toEqual(['abc']);
    run.logArtefact({ name: 'model.onnx', kind: 'model', path, sha256, bytes: 3 });
    writeFileSync(path, 'abd');
    expect((await send(home, server.address)).problem).toContain('has changed');
  });

  test('takes long histories in several batches', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    const run = home.tracker.startRun({ experiment: 'e', name: 'n' });
    run.logMetrics(Array.from({ length: 2_500 }, (_, step) => ({ name: 'loss', step, value: step })));
    run.logParameters(
      Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`p${at}`, 'x'.repeat(9_000)])),
    );
    run.end();
    expect(await send(home, server.address)).toMatchObject({ pending: 0, refused: 0 });
    const [stored] = server.runs.values();
    expect(stored!.metrics.map(({ step }) => step)).toEqual(Array.from({ length: 2_500 }, (_, step) => step));
    expect(stored!.params.size).toBe(150);
    expect(stored!.params.get('p0')).toHaveLength(6_000);
  });

  test('is not mistaken for a page that asks to sign in', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    trackOne(home);
    server.misbehave('experiments/get-by-name', 'html');
    const left = await send(home, server.address);
    expect(left).toMatchObject({ pending: 7, problem: 'the answer is not what an MLflow server says' });
  });
});

describe('the delivery', () => {
  test('sends credentials from the environment and writes them nowhere', async () => {
    await using server = await startMlflowServer({ token: 'TOPsecret123' });
    using home = trackingHome({ mlflowAddress: server.address });
    trackOne(home);
    const { database, clock } = home;
    await using nobody = new MlflowDelivery({ database, clock, environment: {}, lastMs: 0 });
    expect(await nobody.send()).toMatchObject({
      pending: 7,
      problem: expect.stringContaining('401') as string,
    });
    const environment = { MLFLOW_TRACKING_TOKEN: 'TOPsecret123' };
    await using somebody = new MlflowDelivery({ database, clock, environment });
    expect(await somebody.send()).toMatchObject({ pending: 0, sent: 7 });
    expect(database.sqlite.serialize().includes('TOPsecret123')).toBe(false);
  });

  test('sends what waits at the end of the program, within its time', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    trackOne(home);
    {
      await using delivery = new MlflowDelivery(home);
      expect(delivery).toBeDefined();
    }
    expect(server.runs.size).toBe(1);
    trackOne(home, 'second');
    server.misbehave('runs/search', 'slow');
    {
      await using delivery = new MlflowDelivery({ ...home, lastMs: 50 });
      expect(delivery).toBeDefined();
    }
    expect(nextTrackingCall(home.database)).toMatchObject({ kind: 'start', attempts: 1 });
  });

  test('sends by itself, now and then', async () => {
    await using server = await startMlflowServer();
    using home = trackingHome({ mlflowAddress: server.address });
    await using delivery = new MlflowDelivery({ ...home, everyMs: 5 });
    trackOne(home);
    while (nextTrackingCall(home.database)) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await delivery.send()).toMatchObject({ pending: 0, sent: 7 });
  });

  test('does nothing without an address', async () => {
    using home = trackingHome({ mlflowAddress: 'http://127.0.0.1:1' });
    trackOne(home);
    openSettings(home.database, home.clock).reset('tracking.mlflowAddress');
    await using delivery = new MlflowDelivery(home);
    expect(await delivery.send()).toMatchObject({ pending: 7, problem: null });
  });

  test.each(['ftp://host', 'http://user:pw@host', 'host:5000', 'https://host/?token=abc'])(
    'takes no address such as %s',
    (address) => {
      using home = trackingHome();
      const set = () => openSettings(home.database, home.clock).set('tracking.mlflowAddress', address);
      expect(set).toThrow('without a user name');
    },
  );
});
