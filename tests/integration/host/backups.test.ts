import { writeFileSync, utimesSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

test('backups of the schedule are named so, and of each kind the newest stay', async () => {
  using folder = temporaryFolder();
  let now = Date.parse('2026-01-10T02:00:00Z');
  const paths = resolvePaths({ home: folder.path });
  await using host = createEngineHost({ paths, clock: { now: () => now }, threads: 1 });
  const { client } = host;
  await client.settings.set({ key: 'backup.keep', value: 2 });
  await client.system.backup({});
  for (let day = 0; day < 3; day++) {
    now += 86_400_000;
    const { id } = await client.schedule.runNow({ name: 'backup' });
    expect(await client.schedule.finished({ id })).toMatchObject({ state: 'done' });
  }
  const { backups } = await client.recovery.status();
  expect(
    backups.map(({ reason, createdAt }) => [reason, new Date(createdAt).toISOString().slice(0, 10)]),
  ).toEqual([
    ['scheduled', '2026-01-13'],
    ['scheduled', '2026-01-12'],
    ['manual', '2026-01-10'],
  ]);
});

test('while a backup is made the engine goes on', async () => {
  using folder = temporaryFolder();
  await using host = createEngineHost({ paths: resolvePaths({ home: folder.path }), threads: 1 });
  await host.client.settings.set({ key: 'zone', value: 'Europe/Berlin' });
  let isOver = false;
  const made = host.client.system.backup({}).finally(() => {
    isOver = true;
  });
  let answers = 0;
  while (!isOver) {
    await host.client.system.about();
    answers++;
    await new Promise(setImmediate);
  }
  await made;
  // A copy made on the engine's own thread would have left room for one or two.
  expect(answers).toBeGreaterThan(10);
});

test('a backup that is given up leaves no copy, and what a kill left behind goes a day later', async () => {
  using folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.path });
  await using host = createEngineHost({ paths, threads: 1 });
  await host.client.system.backup({});
  const stop = new AbortController();
  const given = host.client.system.backup({}, { signal: stop.signal });
  stop.abort();
  await expect(given).rejects.toThrow();
  const old = `${paths.backups}/auspex-old-manual.sqlite.part`;
  const fresh = `${paths.backups}/auspex-fresh-manual.sqlite.part`;
  for (const path of [old, fresh]) writeFileSync(path, 'half');
  utimesSync(old, new Date(0), new Date(0));
  await host.client.system.backup({});
  const names = await readdir(paths.backups);
  expect(names.filter((name) => name.endsWith('.sqlite'))).toHaveLength(2);
  expect(names.filter((name) => name.endsWith('.part'))).toEqual(['auspex-fresh-manual.sqlite.part']);
});
