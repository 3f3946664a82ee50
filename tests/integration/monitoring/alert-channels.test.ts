import { readFile, readdir } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import { createEngineHost, type EngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { memorySecrets } from '../../fixtures/channels.ts';
import { startTelegram } from '../../fixtures/channel-servers.ts';
import { createForecastDatabase } from '../../fixtures/forecast-database.ts';
import { temporaryFolder, type TemporaryFolder } from '../../fixtures/temporary.ts';

const dayMs = 86_400_000;
let folder: TemporaryFolder;
let now: number;
let host: EngineHost;

beforeEach(() => {
  folder = temporaryFolder();
  now = Date.parse('2024-03-01T08:00:00Z');
  const database = openWriter(resolvePaths({ home: folder.path }).database);
  const made = createForecastDatabase(database);
  made.addChampionship({ code: 'E0' });
  for (const day of ['2024-02-10', '2024-02-11'])
    made.addMatch({ championship: 'E0', day, home: 'A', away: 'B', goals: [1, 0] });
  for (let i = 0; i < 10; i++)
    for (const day of ['2024-01-10', '2024-01-20'])
      made.addMatch({ championship: 'E0', day, home: `H${i}`, away: `G${i}`, goals: [1, 0] });
  database.close();
  host = open();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function open(): EngineHost {
  return createEngineHost({
    paths: resolvePaths({ home: folder.path }),
    clock: { now: () => now },
    secrets: memorySecrets({ 'channel.posts.token': 'T0KEN' }),
    threads: 1,
  });
}

async function look(parameters: Record<string, unknown> = {}): Promise<void> {
  const { runId } = await host.client.runs.start({ stage: 'monitor', parameters });
  expect(await host.context.runs().finished(runId)).toMatchObject({ state: 'done' });
}

/** A folder that takes alerts alone. */
const shelf = async (name: string, settings: Record<string, unknown>): Promise<void> => {
  const place = { folder: folder.join(name), documents: [] };
  await host.client.channels.put({ name, kind: 'folder', settings: { ...place, ...settings } });
};
const filesOf = async (name: string): Promise<string[]> =>
  (await readdir(folder.join(name), { recursive: true }).catch(() => []))
    .filter((path) => path.endsWith('.txt'))
    .sort();

/** Ten more doubles make a critical alert of the warning. */
function makeWorse(): void {
  host.context
    .writer()
    .sqlite.exec("UPDATE match SET match_day = '2024-01-11' WHERE match_day = '2024-01-20'");
}

test('an alert goes once to each channel that carries its severity, in the channel’s languages', async () => {
  await shelf('both', { alerts: 'warning' });
  await shelf('russian', { alerts: 'warning', languages: ['ru'] });
  await shelf('grave', { alerts: 'critical' });
  await shelf('none', {});
  await look();
  expect(await host.client.channels.send({})).toMatchObject({ sent: 3 });
  expect(await filesOf('both')).toEqual([
    'alert/2024-03-01/08-00-00-000.en.txt',
    'alert/2024-03-01/08-00-00-000.ru.txt',
  ]);
  expect(await filesOf('russian')).toEqual(['alert/2024-03-01/08-00-00-000.ru.txt']);
  expect([await filesOf('grave'), await filesOf('none')]).toEqual([[], []]);

  now += dayMs;
  await look();
  expect(await host.client.channels.send({})).toMatchObject({ sent: 0 });
});

test('the message says what, since when, how bad, and what to do', async () => {
  await shelf('both', { alerts: 'warning' });
  await look();
  await host.client.channels.send({});
  const read = (language: string) =>
    readFile(folder.join('both', 'alert', '2024-03-01', `08-00-00-000.${language}.txt`), 'utf8');
  const english = await read('en');
  for (const words of [
    'WARNING: MATCHES ARE THERE TWICE',
    'E0',
    'Since: 1 Mar 2024, 08:00 GMT+0.',
    'Figure: 1; warning from 1; critical from 10.',
    'What to do: ',
  ])
    expect(english).toContain(words);
  expect(await read('ru')).toContain('ПРЕДУПРЕЖДЕНИЕ');
  expect(await read('ru')).toContain('Что делать: ');
});

test('an alert that grows critical is news once more, and not each time that it does', async () => {
  await shelf('both', { alerts: 'warning', languages: ['en'] });
  await shelf('grave', { alerts: 'critical', languages: ['en'] });
  await look();
  now += dayMs;
  makeWorse();
  await look();
  await host.client.channels.send({});
  expect(await filesOf('both')).toHaveLength(2);
  expect(await filesOf('grave')).toEqual(['alert/2024-03-02/08-00-00-000.en.txt']);

  const { sqlite } = host.context.writer();
  sqlite.exec("UPDATE alert SET severity = 'warning'");
  now += dayMs;
  await look();
  expect(await host.client.monitoring.alerts({})).toMatchObject([{ severity: 'critical' }]);
  expect(await host.client.channels.send({})).toMatchObject({ sent: 0 });
});

test('quiet hours hold an alert back until they end; the schedule sends it then', async () => {
  await host.client.settings.set({ key: 'schedule.quietHours', value: '07:00-09:30' });
  await shelf('both', { alerts: 'warning', languages: ['en'] });
  await look();
  expect(await host.client.channels.send({})).toMatchObject({ sent: 0 });
  expect(await host.client.channels.outbox({})).toMatchObject([
    { state: 'pending', dueAt: Date.parse('2024-03-01T09:30:00Z') },
  ]);
  now = Date.parse('2024-03-01T09:30:00Z');
  host.keepSchedule();
  await host.context.schedule().idle();
  expect(await filesOf('both')).toHaveLength(1);
});

test('what an old day looked like raises nothing, clears nothing and is told to nobody', async () => {
  await shelf('both', { alerts: 'warning' });
  await look({ date: '2024-02-20' });
  expect(await host.client.monitoring.alerts({})).toEqual([]);
  expect(await host.client.channels.outbox({})).toEqual([]);
  await look();
  await look({ date: '2024-02-01' });
  await look({ date: '2024-02-02' });
  expect(await host.client.monitoring.alerts({})).toHaveLength(1);
  expect(await host.client.monitoring.days({})).toHaveLength(4);
});

test('an alert that was not queued because the program ended is so by the next watch, one that was seen is not', async () => {
  await look();
  await shelf('both', { alerts: 'warning', languages: ['en'] });
  await host[Symbol.asyncDispose]();
  host = open();
  now += dayMs;
  await look();
  const [item] = await host.client.channels.outbox({});
  expect(item).toMatchObject({ document: 'alert/2024-03-01/08-00-00-000.en' });

  await shelf('later', { alerts: 'warning' });
  const [alert] = await host.client.monitoring.alerts({});
  await host.client.monitoring.acknowledge({ id: alert!.id });
  now += dayMs;
  await look();
  expect(await host.client.channels.outbox({})).toHaveLength(1);
});

test('a messenger shows an alert once, however often what waits is sent', async () => {
  await using server = await startTelegram('T0KEN');
  const settings = { chat: '@alarm', address: server.address, documents: [], alerts: 'warning' };
  await host.client.channels.put({
    name: 'posts',
    kind: 'telegram',
    settings: { ...settings, languages: ['en'] },
  });
  await look();
  await host.client.channels.send({});
  await host.client.channels.send({});
  const texts = [...server.messages.values()].map((message) => JSON.stringify(message));
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain('MATCHES ARE THERE TWICE');
});

test('a channel that was told of an alert is told once of its end, and what it had been; no other is', async () => {
  await shelf('both', { alerts: 'warning', languages: ['en', 'ru'] });
  await shelf('grave', { alerts: 'critical' });
  await look();
  host.context.writer().sqlite.exec("DELETE FROM match WHERE match_day = '2024-02-11'");
  for (let report = 0; report < 3; report++) {
    now += dayMs;
    await look();
  }
  expect(await host.client.monitoring.alerts({})).toEqual([]);
  await host.client.channels.send({});
  const ends = (await filesOf('both')).filter((path) => path.includes('cleared'));
  expect(ends).toEqual([
    'alert/2024-03-03/08-00-00-000-cleared.en.txt',
    'alert/2024-03-03/08-00-00-000-cleared.ru.txt',
  ]);
  const [english, russian] = await Promise.all(
    ends.map((path) => readFile(folder.join('both', path), 'utf8')),
  );
  expect(english).toContain('CLEARED: MATCHES ARE THERE TWICE');
  expect(english).toContain('From 1 Mar 2024, 08:00 GMT+0 to 3 Mar 2024, 08:00 GMT+0.');
  expect(russian).toContain('ТРЕВОГА СНЯТА');
  expect(await filesOf('grave')).toEqual([]);
});
