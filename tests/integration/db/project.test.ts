import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { openReader, openWriter } from '../../../db/client.ts';
import { exportProject, importProject } from '../../../db/project.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { runCommandLine } from '../../../scripts/cli/program.ts';
import { tried } from '../../fixtures/faults.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const now = () => Date.UTC(2026, 10, 21);

function fill(path: string, code: string): void {
  using database = openWriter(path);
  database.sqlite.prepare('INSERT INTO sport (code, name) VALUES (?, ?)').run(code, 'x'.repeat(5000));
}

function sportsOf(path: string): unknown[] {
  using database = openReader(path);
  return database.sqlite.prepare('SELECT code FROM sport').pluck().all();
}

test('a project goes to another home as one file and back, and leaves nothing else behind', async () => {
  using folder = temporaryFolder();
  fill(folder.join('a', 'auspex.sqlite'), 'mine');
  fill(folder.join('b', 'auspex.sqlite'), 'theirs');
  const file = folder.join('out', 'my.auspex');
  await exportProject(folder.join('a', 'auspex.sqlite'), file, { now });
  expect(readdirSync(folder.join('out'))).toEqual(['my.auspex']);
  await expect(exportProject(folder.join('a', 'auspex.sqlite'), file)).rejects.toMatchObject({
    code: 'USAGE',
  });

  expect(await importProject(file, folder.join('c', 'auspex.sqlite'), { replaces: false })).toMatchObject({
    setAside: undefined,
    manifest: { createdAt: '2026-11-21T00:00:00.000Z' },
  });
  expect(sportsOf(folder.join('c', 'auspex.sqlite'))).toEqual(sportsOf(folder.join('a', 'auspex.sqlite')));

  const target = folder.join('b', 'auspex.sqlite');
  await expect(importProject(file, target, { replaces: false })).rejects.toMatchObject({ code: 'USAGE' });
  expect(sportsOf(target)).toContain('theirs');
  const { setAside } = await importProject(file, target, { replaces: true, now });
  expect(sportsOf(target)).toContain('mine');
  expect(sportsOf(setAside!)).toContain('theirs');
  expect(readdirSync(folder.join('b')).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a file that is damaged, cut off, a bomb or no project leaves the database as it was', async () => {
  using folder = temporaryFolder();
  const target = folder.join('auspex.sqlite');
  fill(target, 'mine');
  const file = folder.join('project');
  const { ...manifest } = await exportProject(target, file, { now });
  const whole = readFileSync(file);
  const head = (of: object) => Buffer.from(`AUSPEX-PROJECT/1\n${JSON.stringify(of)}\n`);
  const flipped = Buffer.from(whole);
  flipped[whole.length >> 1]! ^= 1;
  const bomb = 2;
  const broken: readonly (readonly [Buffer, string])[] = [
    [flipped, 'BACKUP_FAILED'],
    [whole.subarray(0, whole.length - 20), 'BACKUP_FAILED'],
    [
      Buffer.concat([head({ ...manifest, bytes: 1000 }), gzipSync(Buffer.alloc(50_000_000))]),
      'BACKUP_FAILED',
    ],
    [Buffer.concat([head(manifest), Buffer.from('no gzip')]), 'BACKUP_FAILED'],
    [Buffer.concat([head({ ...manifest, bytes: -1 }), gzipSync('')]), 'FILE_FORMAT'],
    [Buffer.from('AUSPEX-PROJECT/1\n{"application":'), 'FILE_FORMAT'],
    [Buffer.from('SQLite format 3\0'), 'FILE_FORMAT'],
    [Buffer.alloc(0), 'FILE_FORMAT'],
  ];
  for (const [index, [bytes, code]] of broken.entries()) {
    const survived = tried(index === bomb ? 'zip and XML bombs' : 'backups and projects');
    writeFileSync(file, bytes);
    await expect(importProject(file, target, { replaces: true })).rejects.toMatchObject({ code });
    expect(sportsOf(target)).toContain('mine');
    survived();
  }
  await expect(importProject(folder.join('none'), target, { replaces: true })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(readdirSync(folder.path).filter((name) => /^\.|replaced/.test(name))).toEqual([]);
});

test('the engine exports while it is open, and imports what another one has exported', async () => {
  using folder = temporaryFolder();
  const hostOf = (home: string) =>
    createEngineHost({ paths: resolvePaths({ home: folder.join(home) }), clock: { now } });
  fill(folder.join('a', 'auspex.sqlite'), 'mine');
  fill(folder.join('b', 'auspex.sqlite'), 'theirs');
  await using from = hostOf('a');
  await using to = hostOf('b');
  await from.client.settings.set({ key: 'zone', value: 'Europe/Moscow' });
  const zone = async (): Promise<unknown> =>
    (await to.client.settings.list()).find(({ key }) => key === 'zone')?.value;
  expect(await zone()).toBe('UTC');
  const file = folder.join('p');
  const { bytes } = await from.client.recovery.exportProject({ file });
  expect(bytes).toBeGreaterThan(10_000);
  await expect(from.client.recovery.exportProject({ file: 'here' })).rejects.toThrow();
  const { setAside } = await to.client.recovery.importProject({ file });
  expect(sportsOf(setAside!)).toContain('theirs');
  expect(await zone()).toBe('Europe/Moscow');
});

test('the command line exports, refuses to overwrite, and replaces when told to', async () => {
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
  using folder = temporaryFolder();
  fill(folder.join('a', 'auspex.sqlite'), 'mine');
  const file = folder.join('p');
  const run = (home: string, ...words: string[]) =>
    runCommandLine(['--home', folder.join(home), '--json', 'project', ...words]);
  expect(await run('a', 'export', file)).toBe(0);
  expect(await run('b', 'import', file)).toBe(0);
  expect(sportsOf(folder.join('b', 'auspex.sqlite'))).toContain('mine');
  expect(await run('b', 'import', file)).not.toBe(0);
  expect(await run('b', 'import', file, '--replace')).toBe(0);
});
