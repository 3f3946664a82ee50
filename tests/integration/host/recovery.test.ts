import { closeSync, openSync, readFileSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBackup } from '../../../db/backup.ts';
import { openWriter } from '../../../db/client.ts';
import { createEngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const instant = Date.UTC(2026, 10, 20, 12);
const sports = 2000;

/** A home whose database holds many rows over many pages, with one backup of it. */
function home() {
  const folder = temporaryFolder();
  const paths = resolvePaths({ home: folder.path });
  {
    using database = openWriter(paths.database);
    const insert = database.sqlite.prepare('INSERT INTO sport (code, name) VALUES (?, ?)');
    database.sqlite.transaction(() => {
      for (let n = 0; n < sports; n++) insert.run(`sport-${n}`, 'x'.repeat(400));
    })();
  }
  const { file } = createBackup(paths.database, paths.backups, { now: () => instant });
  return { paths, backup: file, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** Writes nonsense over a part of a file, as a failing disk does. */
function damage(path: string, at: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(file);
}

const hostOf = (paths: ReturnType<typeof resolvePaths>) =>
  createEngineHost({ paths, clock: { now: () => instant }, threads: 1 });

describe('a database', () => {
  test('that is whole has no problem, and says which backups there are', async () => {
    using folder = home();
    await using host = hostOf(folder.paths);
    expect(await host.client.recovery.status()).toMatchObject({
      problem: null,
      bytes: statSync(folder.paths.database).size,
      backups: [{ name: expect.stringMatching(/-manual\.sqlite$/) as string, createdAt: instant }],
    });
    expect(await host.client.recovery.check()).toMatchObject({ problem: null });
  });

  test('that cannot be opened is told as a problem, and a backup put in its place works at once', async () => {
    using folder = home();
    damage(folder.paths.database, 0, 100);
    await using host = hostOf(folder.paths);
    const { client } = host;
    await expect(client.settings.list()).rejects.toMatchObject({ data: { code: 'DATABASE_CORRUPT' } });
    const { problem, backups } = await client.recovery.status();
    expect(problem).toMatchObject({ code: 'DATABASE_CORRUPT' });

    const { setAside } = await client.recovery.restore({ name: backups[0]!.name });
    expect(readFileSync(setAside!).subarray(0, 100)).toEqual(Buffer.alloc(100, 0xa5));
    expect(await client.recovery.status()).toMatchObject({ problem: null });
    expect(await client.settings.set({ key: 'backup.keep', value: 4 })).toEqual({ value: 4 });
    expect(host.context.reader().sqlite.prepare('SELECT count(*) FROM sport').pluck().get()).toBe(sports);
  });

  test('that turns out to be damaged inside is known as such from the first query that meets it', async () => {
    using folder = home();
    // Behind the schema, which every opening reads.
    damage(folder.paths.database, statSync(folder.paths.database).size / 2, 200_000);
    await using host = hostOf(folder.paths);
    const { client } = host;
    expect(await client.recovery.status()).toMatchObject({ problem: null });
    expect(await client.recovery.check()).toMatchObject({ problem: { code: 'DATABASE_CORRUPT' } });
    expect(await client.recovery.status()).toMatchObject({ problem: { code: 'DATABASE_CORRUPT' } });
  });

  test('that is damaged inside gives what can be read, from both sides of the damage, and says what is not whole', async () => {
    using folder = home();
    damage(folder.paths.database, Math.floor(statSync(folder.paths.database).size / 2), 20_000);
    const before = readFileSync(folder.paths.database);
    await using host = hostOf(folder.paths);
    const rescued = await host.client.recovery.rescue();
    const sport = rescued.tables.find(({ name }) => name === 'sport')!;
    expect(sport.isWhole).toBe(false);
    expect(sport.rows).toBeGreaterThan(sports / 2);
    expect(sport.rows).toBeLessThan(sports);
    const lines = readFileSync(join(rescued.folder, 'sport.jsonl'), 'utf8').trimEnd().split('\n');
    const codes = lines.map((line) => (JSON.parse(line) as { code: string }).code);
    expect(new Set(codes).size).toBe(sport.rows);
    expect(codes).toContain('sport-0');
    expect(codes).toContain(`sport-${sports - 1}`);
    expect(rescued.tables.find(({ name }) => name === 'championship')).toEqual({
      name: 'championship',
      rows: 0,
      isWhole: true,
    });
    expect(readFileSync(folder.paths.database).equals(before)).toBe(true);
  });

  test('of which nothing can be read is refused as damaged', async () => {
    using folder = home();
    writeFileSync(folder.paths.database, 'no database');
    await using host = hostOf(folder.paths);
    await expect(host.client.recovery.rescue()).rejects.toMatchObject({ data: { code: 'DATABASE_CORRUPT' } });
  });
});

describe('a restore', () => {
  test.each(['../auspex.sqlite', '/etc/passwd', 'nothing.sqlite', '..'])(
    'of "%s" is refused: only backups of the folder are taken',
    async (name) => {
      using folder = home();
      await using host = hostOf(folder.paths);
      await expect(host.client.recovery.restore({ name })).rejects.toMatchObject({
        data: { code: 'NOT_FOUND' },
      });
    },
  );

  test('of a damaged backup is refused, and the database stays open for work', async () => {
    using folder = home();
    damage(folder.backup, 5000, 1000);
    await using host = hostOf(folder.paths);
    const { client } = host;
    await client.settings.set({ key: 'backup.keep', value: 4 });
    const [backup] = (await client.recovery.status()).backups;
    await expect(client.recovery.restore({ name: backup!.name })).rejects.toMatchObject({
      data: { code: 'BACKUP_FAILED' },
    });
    const settings = await client.settings.list();
    expect(settings.find(({ key }) => key === 'backup.keep')?.value).toBe(4);
    expect(readdirSync(folder.paths.home).filter((name) => name.includes('restoring'))).toEqual([]);
  });
});
