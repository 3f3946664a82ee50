import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createBackup, listBackups, restoreBackup, verifyBackup } from '../../../db/backup.ts';
import { openReader, openWriter } from '../../../db/client.ts';
import { schemaVersion } from '../../../db/migration-files.ts';
import type { TemporaryFolder } from '../../fixtures/temporary.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;
const instant = Date.UTC(2026, 10, 20, 12);

function sports(path: string): unknown[] {
  using database = openReader(path);
  return database.sqlite.prepare('SELECT code FROM sport ORDER BY id').pluck().all();
}

function databaseWith(folder: TemporaryFolder, ...codes: string[]): string {
  using database = openWriter(folder.join('auspex.sqlite'));
  const insert = database.sqlite.prepare('INSERT OR IGNORE INTO sport (code, name) VALUES (?, ?)');
  for (const one of codes) insert.run(one, one);
  return database.path;
}

describe('a backup', () => {
  test('of a database at work holds what is committed and says what it is', () => {
    using folder = temporaryFolder();
    using database = openWriter(folder.join('auspex.sqlite'));
    database.sqlite.exec(`INSERT INTO sport (code, name) VALUES ('football', 'Football')`);
    const { file, manifest } = createBackup(database.path, folder.join('backups'), { now: () => instant });
    expect(sports(file)).toEqual(['football']);
    expect(manifest).toMatchObject({
      application: 'auspex',
      applicationVersion: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      schemaVersion: schemaVersion(),
      createdAt: '2026-11-20T12:00:00.000Z',
      reason: 'manual',
      bytes: readFileSync(file).length,
    });
    expect(listBackups(folder.join('backups'))).toEqual([{ file, manifest }]);
    verifyBackup(file);
  });

  test('that fails leaves nothing behind', () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    writeFileSync(path, 'no database at all, '.repeat(500));
    expect(() => createBackup(path, folder.join('backups'))).toThrow(code('BACKUP_FAILED'));
    expect(readdirSync(folder.join('backups'))).toEqual([]);
  });

  test('pushes the oldest of its kind out, and no others', () => {
    using folder = temporaryFolder();
    const path = databaseWith(folder, 'football');
    const backups = folder.join('backups');
    createBackup(path, backups, { reason: 'before-0002', now: () => instant });
    for (let day = 1; day <= 4; day++)
      createBackup(path, backups, { keep: 2, now: () => instant + day * 86_400_000 });
    expect(
      listBackups(backups).map(({ manifest }) => [manifest.reason, manifest.createdAt.slice(0, 10)]),
    ).toEqual([
      ['manual', '2026-11-24'],
      ['manual', '2026-11-23'],
      ['before-0002', '2026-11-20'],
    ]);
    expect(readdirSync(backups)).toHaveLength(6);
  });
});

describe('restoring', () => {
  test('puts the backup in place and keeps what was there', () => {
    using folder = temporaryFolder();
    const path = databaseWith(folder, 'football');
    const { file } = createBackup(path, folder.join('backups'));
    databaseWith(folder, 'hockey');
    const { setAside } = restoreBackup(file, path, { now: () => instant });
    expect(sports(path)).toEqual(['football']);
    expect(sports(setAside!)).toEqual(['football', 'hockey']);
    databaseWith(folder, 'chess');
    expect([sports(path), sports(setAside!)]).toEqual([
      ['football', 'chess'],
      ['football', 'hockey'],
    ]);
  });

  test('works where no database is, and where the present one is beyond reading', () => {
    using folder = temporaryFolder();
    const path = databaseWith(folder, 'football');
    const { file } = createBackup(path, folder.join('backups'));
    rmSync(path);
    expect(restoreBackup(file, path)).toEqual({ setAside: undefined });
    writeFileSync(path, 'rubbish');
    // A left-over write-ahead log would be replayed over the restored file.
    writeFileSync(`${path}-wal`, 'rubbish');
    const { setAside } = restoreBackup(file, path);
    expect(readFileSync(setAside!, 'utf8')).toBe('rubbish');
    expect(sports(path)).toEqual(['football']);
  });

  test('keeps what a killed program had committed but not yet copied out of its log', () => {
    using folder = temporaryFolder();
    using source = temporaryFolder();
    using database = openWriter(source.join('auspex.sqlite'));
    database.sqlite.exec(`INSERT INTO sport (code, name) VALUES ('football', 'Football')`);
    const { file } = createBackup(database.path, folder.join('backups'));
    database.sqlite.exec(`INSERT INTO sport (code, name) VALUES ('hockey', 'Hockey')`);
    const path = folder.join('auspex.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(`${database.path}${suffix}`, `${path}${suffix}`);
    const { setAside } = restoreBackup(file, path);
    expect([sports(path), sports(setAside!)]).toEqual([['football'], ['football', 'hockey']]);
  });

  test.each([
    [
      'changed',
      (file: string) => {
        writeFileSync(file, readFileSync(file).fill(7, 5000, 5100));
      },
    ],
    [
      'cut off',
      (file: string) => {
        writeFileSync(file, readFileSync(file).subarray(0, 9000));
      },
    ],
    [
      'changed and without a manifest',
      (file: string) => {
        rmSync(`${file}.json`);
        writeFileSync(file, readFileSync(file).fill(0xff, 4096, 12_000));
      },
    ],
    [
      'no database',
      (file: string) => {
        rmSync(`${file}.json`);
        writeFileSync(file, 'text');
      },
    ],
  ])('refuses a backup that is %s, and the database stays', (_name, damage) => {
    using folder = temporaryFolder();
    const path = databaseWith(folder, 'football');
    const { file } = createBackup(path, folder.join('backups'));
    databaseWith(folder, 'hockey');
    damage(file);
    expect(() => restoreBackup(file, path)).toThrow(code('BACKUP_FAILED'));
    expect(sports(path)).toEqual(['football', 'hockey']);
  });

  test('refuses while the database is open for writing, and a backup that is not there', () => {
    using folder = temporaryFolder();
    using database = openWriter(folder.join('auspex.sqlite'));
    const { file } = createBackup(database.path, folder.join('backups'));
    expect(() => restoreBackup(file, database.path)).toThrow(code('DATABASE_BUSY'));
    renameSync(file, `${file}.moved`);
    expect(() => restoreBackup(file, database.path)).toThrow(code('NOT_FOUND'));
    expect(existsSync(`${database.path}.restoring`)).toBe(false);
  });
});
