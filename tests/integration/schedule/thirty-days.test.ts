import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { insertAlert } from '../../../db/storage/monitoring.ts';
import type { Finding } from '../../../engine/contract/monitoring.ts';
import { makeSample } from '../../../engine/football/getting/sample/make-sample.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { memorySecrets } from '../../fixtures/channels.ts';
import { writeSourceOf } from '../../fixtures/schedule-days.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const program = fileURLToPath(new URL('../../fixtures/schedule-process.ts', import.meta.url));
const at = (text: string): number => Date.parse(text);
const begins = '2026-03-25T00:00:00Z';
const ends = '2026-04-24T12:00:00Z';

const drift: Finding = {
  ...{ rule: 'martingale', subject: 'football', level: 'critical', isCalm: false, unit: 'wealth', n: 120 },
  ...{ value: 25, warnAt: 10, criticalAt: 20, detail: { highest: 25, alarmAt: 20 } },
};

/** A receiver of documents. `onArrival` may kill the sender before it gets its answer. */
async function startReceiver() {
  const arrived: { id: string; document: string }[] = [];
  const receiver = { arrived, address: '', onArrival: (): void => undefined };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      const id = String(request.headers['webhook-id']);
      // Known ids are answered with "conflict", as receivers of such messages do.
      const isKnown = arrived.some((one) => one.id === id);
      if (!isKnown) arrived.push({ id, document: (JSON.parse(body) as { document: string }).document });
      receiver.onArrival();
      response.writeHead(isKnown ? 409 : 204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return Object.assign(receiver, {
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

/** A stretch of days without sleep: killed at the first line that begins so, or let be until its end. */
interface Stretch {
  readonly until: string;
  readonly killAt?: string;
  /** Killed when a document arrives on such a day. */
  readonly killOnArrival?: true;
  /** How long nobody is there afterwards. */
  readonly sleepHours?: number;
}

const stretches: readonly Stretch[] = [
  { until: ends, killAt: 'running forecast 2026-03-28' },
  { until: ends, killAt: 'running publisher 2026-03-30', sleepHours: 6 },
  { until: '2026-04-03T22:00:00Z', sleepHours: 1 },
  { until: ends, killOnArrival: true },
  { until: ends, killAt: 'running processing 2026-04-06' },
  // Closed for two days and a half: Friday morning to Sunday afternoon.
  { until: '2026-04-10T03:00:00Z', sleepHours: 57 },
  { until: ends, killAt: 'running getting 2026-04-14' },
  { until: ends, killAt: 'running monitor 2026-04-18' },
  { until: ends },
];

test('thirty days with crashes and sleeps: one document a day and channel, no day judged twice, one promotion and one refused', async () => {
  using folder = temporaryFolder();
  const season = folder.join('season');
  const home = folder.join('home');
  await makeSample({ today: '2026-05-05', folder: season });
  writeSourceOf('2026-03-25', { season, folder: folder.join('home', 'source'), championship: 'X1' });
  await using receiver = await startReceiver();
  const open = (instant: string) =>
    createEngineHost({
      paths: resolvePaths({ home }),
      clock: { now: () => at(instant) },
      secrets: memorySecrets({ 'channel.post.key': 'KEY' }),
    });

  // The analyst sets everything up in the evening before.
  {
    await using host = open(begins);
    const { client } = host;
    const source = {
      ...{ source: 'football-data', from: folder.join('home', 'source'), championships: ['X1'] },
      scope: 'all-time',
    };
    await client.settings.set({ key: 'zone', value: 'Europe/Berlin' });
    const { runId } = await client.runs.start({ stage: 'pipeline', parameters: source });
    expect(await host.context.runs().finished(runId)).toMatchObject({ state: 'done' });
    await client.channels.put({
      name: 'post',
      kind: 'webhook',
      settings: { address: receiver.address, languages: ['en'], documents: ['forecast/regular'] },
    });
    await client.channels.put({ name: 'shelf', kind: 'folder', settings: { folder: folder.join('shelf') } });
    await client.schedule.set({ name: 'results', kind: 'fetch', cron: '30 6 * * *', parameters: source });
    await client.schedule.set({ name: 'forecast', kind: 'forecast', cron: '15 7 * * *', parameters: {} });
    await client.schedule.set({ name: 'publish', kind: 'publish', cron: '45 7 * * *', parameters: {} });
    await client.schedule.set({ name: 'monitor', kind: 'monitor', cron: '0 7 * * *', parameters: {} });
    await client.schedule.set({ name: 'retrain', kind: 'retrain', cron: '0 5 6 * *', parameters: {} });
    await client.schedule.set({ name: 'evaluate', kind: 'evaluate', cron: '0 9 20 * *', parameters: {} });
    for (const name of ['results', 'forecast', 'publish', 'retrain', 'monitor', 'evaluate']) {
      await client.schedule.enable({ name, enabled: true });
    }
  }
  receiver.arrived.length = 0;
  {
    // The evening's watch has found that the sets no longer keep their promise.
    await using host = open('2026-03-25T00:01:00Z');
    insertAlert(host.context.writer(), {
      severity: 'critical',
      finding: drift,
      instant: at('2026-03-25T00:01:00Z'),
    });
  }

  let now = at(begins);
  let kills = 0;
  for (const { until, killAt, killOnArrival, sleepHours = 0 } of stretches) {
    const child = spawn(process.execPath, [program, home, season, String(now), String(at(until))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const kill = (): void => {
      if (child.exitCode === null && child.kill('SIGKILL')) kills++;
    };
    receiver.onArrival = killOnArrival ? kill : () => undefined;
    now = await follow(child, { now, until: at(until), kill, killAt });
    now += sleepHours * 3_600_000;
  }
  expect(kills).toBe(6);

  await using host = open(ends);
  const { client } = host;
  const occasions = await client.schedule.occasions({ limit: 1000 });
  expect(occasions.filter(({ state }) => state !== 'done')).toEqual([]);
  // Every day on which somebody was there before its end was forecast, published and judged; none of them twice.
  const dayOf = (instant: number): string => new Date(instant + 2 * 3_600_000).toISOString().slice(0, 10);
  const days = Array.from({ length: 31 }, (_, index) =>
    dayOf(at('2026-03-25T10:00:00Z') + index * 86_400_000),
  );
  const lost = ['2026-04-10', '2026-04-11'];
  for (const task of ['results', 'forecast', 'publish', 'monitor']) {
    const done = occasions.filter((one) => one.task === task).map(({ startedAt }) => dayOf(startedAt));
    expect([...done].sort(), task).toEqual(days.filter((day) => !lost.includes(day)));
  }
  const repeated = occasions.filter(({ attempts }) => attempts > 1);
  expect(repeated.length).toBeGreaterThanOrEqual(4);
  expect(occasions.some(({ missed }) => missed > 0)).toBe(true);

  // One document a day and channel: what was published arrived, each once, whatever was cut off.
  const published = readdirSync(folder.join('home', 'documents', 'forecast')).filter((day) =>
    /^\d/.test(day),
  );
  const sent = receiver.arrived.map(({ document }) => document.split('/')[1]!);
  const within = published.filter((day) => days.includes(day) && day >= '2026-03-26');
  expect([...sent].sort()).toEqual(within.filter((day) => !lost.includes(day)));
  expect(within.length).toBeGreaterThan(8);
  const outbox = await client.channels.outbox({ limit: 1000 });
  expect(outbox.filter(({ state }) => state !== 'sent')).toEqual([]);

  // Judged day by day without a gap but for the sleep.
  const judged = (await client.monitoring.days({ limit: 100 })).map(({ day }) => day);
  expect(judged.filter((day) => days.includes(day)).sort()).toEqual(
    days.filter((day) => !lost.includes(day)),
  );

  // Drift asked for challengers a week after the last training, once, and the gate let them through.
  const challengers = await client.monitoring.challengers({});
  expect(challengers).toMatchObject([
    {
      state: 'done',
      startedAt: at('2026-04-01T05:00:00Z'),
      reasons: [{ rule: 'martingale', subject: 'football', value: 25 }],
      decisions: [
        { family: 'logistic', decision: { promoted: true, reason: 'no-regression', matches: 380 } },
      ],
    },
  ]);
  expect(challengers[0]!.newVersions).toBeGreaterThan(0);
  const [promotion] = challengers[0]!.decisions;
  expect(promotion!.decision.difference!.high).toBeLessThanOrEqual(promotion!.decision.rules.tolerance);

  // The bad file made challengers that seem to beat the market by far: refused, and the champion stays.
  const versions = await client.models.list({ family: 'logistic' });
  expect(versions.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
  const answers = await Promise.all(versions.map(({ id }) => client.models.show({ id })));
  const refused = answers
    .flatMap(({ promotions }) => promotions)
    .map(({ instant, decision }) => ({ day: dayOf(instant), ...decision }))
    .filter(({ promoted }) => !promoted);
  expect(refused).toMatchObject([{ day: '2026-04-13', reason: 'leak-alarm', matches: 380 }]);
  const { close, rules } = refused[0]!;
  expect(close!.marketLoss - close!.challengerLoss).toBeGreaterThan(rules.leakMargin);
  const champions = await client.models.history({ championship: null });
  expect(
    champions.map(({ modelVersionId }) => versions.find(({ id }) => id === modelVersionId)?.version),
  ).toEqual([2, 1]);
}, 600_000);

/** Reads what a child says until it is over or killed; answers the last instant that it reached. */
async function follow(
  child: ChildProcess,
  { now, until, kill, killAt }: { now: number; until: number; kill(): void; killAt: string | undefined },
): Promise<number> {
  const exit = once(child, 'exit') as Promise<[number | null]>;
  let reached = now;
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('at ')) reached = Number(line.slice(3));
    if (line === 'over') reached = until;
    if (line === killAt) kill();
  }
  const [code] = await exit;
  if (code !== 0 && code !== null) throw new Error(`The schedule's process ended with code ${code}.`);
  return reached;
}
