import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { writeInBatches } from '../../../db/batches.ts';
import { openReader, openWriter } from '../../../db/client.ts';
import { listMigrations } from '../../../db/migration-files.ts';
import { tried } from '../../fixtures/faults.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

const addSport = 'INSERT INTO sport (code, name) VALUES (?, ?)';

describe('the writer', () => {
  test('creates folder and file with the settings that every connection needs', () => {
    using folder = temporaryFolder();
    using database = openWriter(folder.join('deep', 'home', 'auspex.sqlite'));
    const read = (name: string) => database.sqlite.pragma(name, { simple: true });
    expect({
      journal: read('journal_mode'),
      synchronous: read('synchronous'),
      foreignKeys: read('foreign_keys'),
      busyTimeout: read('busy_timeout'),
      applicationId: read('application_id'),
      version: read('user_version'),
    }).toEqual({
      journal: 'wal',
      synchronous: 1,
      foreignKeys: 1,
      busyTimeout: 5000,
      applicationId: 0x41555350,
      version: listMigrations().length,
    });
  });

  test('is alone: a second one is refused with the name of the first, and let in after it', () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    const first = openWriter(path);
    expect(() => openWriter(path)).toThrow(code('DATABASE_BUSY'));
    expect(() => openWriter(path)).toThrow(`process ${process.pid}`);
    first.close();
    openWriter(path).close();
  });

  test('in another process keeps its place until that process is killed, and not longer', async () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    const child = spawn(
      process.execPath,
      [new URL('../../fixtures/hold-database.ts', import.meta.url).pathname, path],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(createInterface(child.stdout), 'line');
    const survived = tried('two instances on one database');
    expect(() => openWriter(path)).toThrow(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    using database = openWriter(path);
    expect(database.sqlite.prepare('SELECT count(*) FROM sport').pluck().get()).toBe(1);
    survived();
  });
});

describe('a reader', () => {
  test('sees what the writer has committed and cannot write', () => {
    using folder = temporaryFolder();
    using writer = openWriter(folder.join('auspex.sqlite'));
    writer.sqlite.prepare(addSport).run('football', 'Football');
    using reader = openReader(writer.path);
    writer.sqlite.prepare(addSport).run('hockey', 'Hockey');
    expect(reader.sqlite.prepare('SELECT code FROM sport ORDER BY id').pluck().all()).toEqual([
      'football',
      'hockey',
    ]);
    expect(() => reader.sqlite.prepare(addSport).run('chess', 'Chess')).toThrow(/readonly/);
  });

  test('of a database that is not there is told so', () => {
    using folder = temporaryFolder();
    expect(() => openReader(folder.join('absent.sqlite'))).toThrow(code('NOT_FOUND'));
  });
});

describe('a file that cannot be trusted is refused with what to do', () => {
  const filled = (path: string) => {
    using database = openWriter(path);
    const insert = database.sqlite.prepare(addSport);
    for (let i = 0; i < 2000; i++) insert.run(`s${i}`, 'x'.repeat(50));
  };

  test.each([
    [
      'a text file',
      (path: string) => {
        writeFileSync(path, 'not a database, '.repeat(20));
      },
    ],
    [
      'one that lost its end',
      (path: string) => {
        filled(path);
        truncateSync(path, 8192);
      },
    ],
    [
      'one whose first page is overwritten',
      (path: string) => {
        filled(path);
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0xff, 100, 4096));
      },
    ],
  ])('%s', (_name, make) => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    const survived = tried('page of the database corrupted');
    make(path);
    for (const open of [openWriter, openReader]) {
      expect(() => open(path)).toThrow(code('DATABASE_CORRUPT'));
      expect(() => open(path)).toThrow(/restore the newest backup/);
    }
    survived();
  });

  test("another program's SQLite file, which stays as it was", async () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    const { default: BetterSqlite3 } = await import('better-sqlite3');
    const other = new BetterSqlite3(path);
    other.exec('CREATE TABLE theirs (a)');
    other.close();
    const before = readFileSync(path);
    expect(() => openWriter(path)).toThrow(code('DATABASE_CORRUPT'));
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('migrations', () => {
  function migrationsFolder(
    folder: { join(...names: string[]): string },
    files: Record<string, string>,
  ): string {
    const path = folder.join('migrations');
    mkdirSync(path, { recursive: true });
    for (const [name, sql] of Object.entries(files)) writeFileSync(`${path}/${name}`, sql);
    return path;
  }
  const first = { '0001_first.sql': 'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1), (2);' };

  test('0001 makes the tables of an empty database without a backup, and once', () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    openWriter(path).close();
    openWriter(path).close();
    using database = openWriter(path);
    expect(database.sqlite.prepare('SELECT code FROM market ORDER BY id').pluck().all()).toEqual([
      '1x2',
      'total',
      'asian-handicap',
      'double-chance',
      'both-score',
    ]);
    expect(readdirSync(folder.path).includes('backups')).toBe(false);
  });

  test('that came later are applied in order, each after a verified backup of what was there', () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    openWriter(path, { migrations: migrationsFolder(folder, first) }).close();
    const migrations = migrationsFolder(folder, {
      '0002_second.sql': 'ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x * 10;',
      '0003_third.sql': 'CREATE TABLE b (z INTEGER) STRICT; INSERT INTO b SELECT y FROM a;',
    });
    using database = openWriter(path, { migrations });
    expect(database.sqlite.prepare('SELECT z FROM b ORDER BY z').pluck().all()).toEqual([10, 20]);
    const backups = readdirSync(folder.join('backups')).filter((name) => name.endsWith('.json'));
    const versions = backups.map((name) => {
      const text = readFileSync(folder.join('backups', name), 'utf8');
      const { reason, schemaVersion } = JSON.parse(text) as { reason: string; schemaVersion: number };
      return [reason, schemaVersion];
    });
    expect(versions.sort()).toEqual([
      ['before-0002', 1],
      ['before-0003', 2],
    ]);
  });

  test('that make a table anew keep what is in it: documents from before reports were some', () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    const migrations = folder.join('earlier');
    mkdirSync(migrations);
    for (const { name, sql } of listMigrations().slice(0, 17)) writeFileSync(`${migrations}/${name}`, sql);
    const columns = 'id, kind, day, variant, language, format, path, sha256, made_at';
    const held = [7, 'outcome', '2026-11-20', 'quality', 'ru', 'html', 'outcome/a.html', 'f00d', 5];
    {
      using earlier = openWriter(path, { migrations });
      const insert = `INSERT INTO document (${columns}) VALUES (${held.map(() => '?').join(', ')})`;
      earlier.sqlite.prepare(insert).run(...held);
      expect(() => earlier.sqlite.exec("UPDATE document SET kind = 'digest'")).toThrow('CHECK');
    }
    using database = openWriter(path);
    expect(database.sqlite.prepare(`SELECT ${columns} FROM document`).raw().all()).toEqual([held]);
    database.sqlite.exec("UPDATE document SET kind = 'digest'");
    expect(() => database.sqlite.exec("UPDATE document SET kind = 'gossip'")).toThrow('CHECK');
    const again = `INSERT INTO document (${columns}) VALUES (8, 'digest', '', 'regular', '', '', 'outcome/a.html', '', 0)`;
    expect(() => database.sqlite.exec(again)).toThrow('UNIQUE');
  });

  test('that give each sport its place keep who was champion, and sort versions and rules by what they forecast', () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    const migrations = folder.join('earlier');
    mkdirSync(migrations);
    for (const { name, sql } of listMigrations().slice(0, 18)) writeFileSync(`${migrations}/${name}`, sql);
    {
      using earlier = openWriter(path, { migrations });
      earlier.sqlite.exec(`
        INSERT INTO sport VALUES (1, 'football', 'Football'), (2, 'ice-hockey', 'Ice hockey');
        INSERT INTO country VALUES (1, 'XX', 'Nowhere');
        INSERT INTO championship (id, sport_id, country_id, code, name, zone, season_rule) VALUES
          (1, 1, 1, 'F1', 'F', 'UTC', 'calendar'), (2, 2, 1, 'I1', 'I', 'UTC', 'calendar'),
          (3, 2, 1, 'I2', 'J', 'UTC', 'calendar');
        INSERT INTO season VALUES (1, 1, '2026', 2026), (2, 2, '2026', 2026);
        INSERT INTO team VALUES (1, 1, 1, 'A'), (2, 1, 1, 'B');
        INSERT INTO match (id, season_id, home_team_id, away_team_id, match_day, kick_off, kick_off_precision, status, source)
          VALUES (1, 1, 1, 2, '2026-11-20', 1, 'day', 'scheduled', 't'), (2, 2, 1, 2, '2026-11-20', 1, 'day', 'scheduled', 't');
        INSERT INTO model (id, championship_id, family, season_code, feature_names, classes, parameters, seed, trained_at,
          train_count, data_hash, payload, checksum, libraries) VALUES
          (1, NULL, 'pool', 's', '[]', '[]', '{}', 0, 0, 0, 'm1', '{}', 'c1', '{}'),
          (2, NULL, 'pool', 's', '[]', '[]', '{}', 0, 0, 0, 'm2', '{}', 'c2', '{}');
        INSERT INTO prediction (id, match_id, model_id, as_of, made_at, origin, data_hash, home, draw, away) VALUES
          (1, 1, 1, 0, 0, 'live', 'p1', 0.5, 0.3, 0.2), (2, 2, 2, 0, 0, 'live', 'p2', 0.5, 0.3, 0.2);
        INSERT INTO outcome (id, match_id, prediction_id, model_id, forecast_type, as_of, made_at, origin, data_hash, home,
          draw, away, label, probability, temperature, calibration_count, window_scope, window_count) VALUES
          (1, 1, 1, 1, '1x2', 0, 0, 'live', 'o1', 0.5, 0.3, 0.2, 'H', 0.5, 1, 0, 'none', 0),
          (2, 2, 2, 2, '1x2', 0, 0, 'live', 'o2', 0.5, 0.3, 0.2, 'H', 0.5, 1, 0, 'none', 0);
        INSERT INTO model_version (id, family, version, parameters, evaluation, data_hash, seed, code_version, created_at)
          VALUES (1, 'pool', 1, '{}', '{}', 'a', 0, '', 0), (2, 'pool', 2, '{}', '{}', 'b', 0, '', 0);
        INSERT INTO model_version_model VALUES (1, 1), (2, 2);
        INSERT INTO promotion (id, championship_id, challenger_id, instant, promoted, decision)
          VALUES (1, NULL, 1, 0, 1, '{}'), (2, 2, 2, 0, 1, '{}'), (3, 3, 2, 0, 1, '{}');
        INSERT INTO model_alias (id, championship_id, alias, model_version_id, since, reason, promotion_id) VALUES
          (1, NULL, 'champion', 1, 0, 'first', 1), (2, 2, 'champion', 2, 0, 'first', 2), (3, 3, 'champion', 2, 0, 'first', 3);
        INSERT INTO selection_rule (id, forecast_type, target, delta, threshold, record_count, record_hits, bound,
          record_from, record_until, made_at, data_hash) VALUES
          (1, '1x2', 0.7, 0.1, 0.7, 1, 1, 0.7, 'f', 'u', 0, 'r1'), (2, '1x2', 0.7, 0.1, 0.7, 1, 1, 0.7, 'f', 'u', 0, 'r2');
        INSERT INTO statistic (outcome_id, selection_rule_id, made_at, since_count, since_hits)
          VALUES (1, 1, 0, 0, 0), (2, 2, 0, 0, 0);`);
      const family = earlier.sqlite.prepare(
        `INSERT INTO selection_family (id, forecast_type, label, applies_from, applies_until, target, delta, status,
           families, tried, record_count, threshold, made_at, data_hash)
         VALUES (?, 'total', ?, 'f', 'u', 0.7, 0.1, ?, 2, 9, 99, ?, 5, ?)`,
      );
      family.run(1, 'over', 'selected', 0.7, 'f1');
      family.run(2, 'under', 'target-not-reached', null, 'f2');
      family.run(3, 'over', 'selected', 0.7, 'f3');
      family.run(4, 'under', 'target-not-reached', null, 'f4');
      const said = earlier.sqlite.prepare(
        `INSERT INTO outcome_type (outcome_id, type_code, forecast_type, line, label, probability, window_scope,
           window_count, selection_family_id, since_count, since_hits)
         VALUES (?, 5, 'total', 2.5, 'over', 0.8, 'none', 0, ?, 0, 0)`,
      );
      said.run(1, 1);
      said.run(2, 3);
    }
    using database = openWriter(path);
    const sportOf = (table: string) =>
      database.sqlite.prepare(`SELECT id, sport FROM ${table} ORDER BY id`).raw().all();
    const both = [
      [1, 'football'],
      [2, 'ice-hockey'],
    ];
    expect(sportOf('model_version')).toEqual(both);
    expect(sportOf('selection_rule')).toEqual(both);
    // Those that selected nothing stand beside one of their run that did.
    expect(sportOf('selection_family').map((row) => (row as [number, string])[1])).toEqual([
      'football',
      'football',
      'ice-hockey',
      'ice-hockey',
    ]);
    const aliases = 'SELECT championship_id, sport, model_version_id FROM model_alias ORDER BY id';
    expect(database.sqlite.prepare(aliases).raw().all()).toEqual([
      [null, 'football', 1],
      [null, 'ice-hockey', 2],
    ]);
    expect(() => database.sqlite.exec('UPDATE model_alias SET since = 9')).toThrow('history');
    expect(() => database.sqlite.exec('UPDATE promotion SET instant = 9')).toThrow('history');
  });

  test('that fail leave the database as it was', () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    const migrations = migrationsFolder(folder, first);
    openWriter(path, { migrations }).close();
    migrationsFolder(folder, { '0002_broken.sql': 'INSERT INTO a VALUES (3); CREATE TABLE a (x);' });
    expect(() => openWriter(path, { migrations })).toThrow(
      'Migration 0002_broken.sql failed, nothing was changed',
    );
    writeFileSync(`${migrations}/0002_broken.sql`, 'INSERT INTO a VALUES (4);');
    using database = openWriter(path, { migrations });
    expect(database.sqlite.prepare('SELECT x FROM a').pluck().all()).toEqual([1, 2, 4]);
  });

  test('with a gap in their numbers are a broken program', () => {
    using folder = temporaryFolder();
    const migrations = migrationsFolder(folder, { ...first, '0003_third.sql': '' });
    expect(() => openWriter(folder.join('auspex.sqlite'), { migrations })).toThrow('0002_');
  });

  test('of a newer program make the database unusable for this one, for writing and reading', () => {
    using folder = temporaryFolder();
    const path = folder.join('auspex.sqlite');
    const database = openWriter(path);
    database.sqlite.pragma('user_version = 99');
    database.close();
    expect(() => openWriter(path)).toThrow(code('DATABASE_NEWER'));
    expect(() => openReader(path)).toThrow(code('DATABASE_NEWER'));
  });
});

describe('batches', () => {
  test('let other calls in between and write everything', async () => {
    using folder = temporaryFolder();
    using database = openWriter(folder.join('auspex.sqlite'));
    const insert = database.sqlite.prepare(addSport);
    let between = 0;
    const timer = setInterval(() => between++, 0);
    const count = await writeInBatches(database, {
      items: Array.from({ length: 5000 }, (_, i) => i),
      write: (i) => insert.run(`s${i}`, 'x'),
      budgetMs: 1,
    });
    clearInterval(timer);
    expect([count, database.sqlite.prepare('SELECT count(*) FROM sport').pluck().get()]).toEqual([
      5000, 5000,
    ]);
    expect(between).toBeGreaterThan(0);
  });

  test('undo the failing one, keep those before it, and throw', async () => {
    using folder = temporaryFolder();
    using database = openWriter(folder.join('auspex.sqlite'));
    const insert = database.sqlite.prepare(addSport);
    const writing = writeInBatches(database, {
      items: ['a', 'b', 'b', 'c'],
      write: (name) => insert.run(name, name),
      budgetMs: 0,
    });
    await expect(writing).rejects.toThrow(/UNIQUE/);
    expect(database.sqlite.prepare('SELECT code FROM sport').pluck().all()).toEqual(['a', 'b']);
    expect(database.sqlite.inTransaction).toBe(false);
  });
});
