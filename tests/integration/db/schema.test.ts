import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWriter } from '../../../db/client.ts';
import type { Database } from '../../../db/client.ts';
import * as schema from '../../../db/schema/index.ts';
import { expectIndexed } from '../../fixtures/query-plan.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const tables: SQLiteTable[] = Object.values(schema).filter((value) => is(value, SQLiteTable));

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: 0 | 1;
  readonly pk: number;
  readonly dflt_value: string | null;
}

const folder = temporaryFolder();
let database: Database;

beforeAll(() => {
  database = openWriter(folder.join('auspex.sqlite'));
});
afterAll(() => {
  database.close();
  folder[Symbol.dispose]();
});

const columnsOf = (table: string) => database.sqlite.pragma(`table_info(${table})`) as ColumnInfo[];

test('drizzle knows exactly the tables that the migrations make', () => {
  const made = database.sqlite
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all();
  expect(tables.map(getTableName).sort()).toEqual(made);
});

test('every table is STRICT', () => {
  const lax = database.sqlite
    .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0`)
    .pluck()
    .all();
  expect(lax.filter((name) => !String(name).startsWith('sqlite_'))).toEqual([]);
});

describe.each(tables.map((table) => [getTableName(table), table] as const))('%s', (name, table) => {
  const config = getTableConfig(table);

  test('has the columns, types and nullability that drizzle is told', () => {
    const keys = new Set(config.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
    const told = Object.values(getTableColumns(table)).map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      required: column.notNull || column.primary,
      key: column.primary || keys.has(column.name),
      // drizzle counts the number that SQLite gives to a new row as a default.
      hasDefault: column.hasDefault && !column.primary,
    }));
    const made = columnsOf(name).map((column) => ({
      name: column.name,
      type: column.type,
      required: column.notnull === 1 || column.pk > 0,
      key: column.pk > 0,
      hasDefault: column.dflt_value !== null,
    }));
    expect(told).toEqual(made);
  });

  test('points at the tables that drizzle is told', () => {
    const told = config.foreignKeys.map((key) => {
      const { columns, foreignTable } = key.reference();
      const onDelete = key.onDelete?.toUpperCase() ?? 'NO ACTION';
      return `${columns[0]?.name} -> ${getTableName(foreignTable)} ${onDelete}`;
    });
    const made = database.sqlite.pragma(`foreign_key_list(${name})`) as {
      from: string;
      table: string;
      on_delete: string;
    }[];
    expect(told.sort()).toEqual(made.map((key) => `${key.from} -> ${key.table} ${key.on_delete}`).sort());
  });
});

describe('the query plan', () => {
  test.each([
    ['SELECT * FROM run WHERE parent_id = ? ORDER BY id', 'run_by_parent', [1]],
    ['SELECT * FROM run_log WHERE run_id = ? ORDER BY id', 'run_log_by_run', [1]],
    ['SELECT * FROM match WHERE match_day = ? ORDER BY kick_off', 'match_by_day', ['2026-11-20']],
    ['SELECT * FROM match WHERE home_team_id = ? AND match_day < ?', 'match_by_home', [1, '2026-11-20']],
    ['SELECT * FROM match WHERE away_team_id = ? AND match_day < ?', 'match_by_away', [1, '2026-11-20']],
  ])('of "%s" uses %s', (sql, uses, parameters) => {
    expectIndexed(database, sql, { uses, parameters });
  });

  test.each([
    ['SELECT key, result FROM run_item WHERE run_id = ? AND state = ?', [1, 'done']],
    ['SELECT * FROM odds_quote WHERE match_id = ?', [1]],
    ['SELECT * FROM standings WHERE match_id = ?', [1]],
    ['SELECT vector FROM feature WHERE match_id = ? AND feature_set_id = ?', [1, 1]],
    ['SELECT * FROM prediction WHERE match_id = ?', [1]],
    ['SELECT * FROM outcome WHERE match_id = ?', [1]],
    // What removing a match must look up.
    ['SELECT 1 FROM outcome WHERE prediction_id = ?', [1]],
    ['SELECT 1 FROM statistic WHERE outcome_id = ?', [1]],
    ['SELECT * FROM trial WHERE study_id = ? ORDER BY number', [1]],
    ['SELECT value FROM trial_value WHERE trial_id = ? ORDER BY step', [1]],
    ['SELECT * FROM experiment_metric WHERE experiment_run_id = ? ORDER BY key, step', [1]],
    ['SELECT * FROM experiment_artefact WHERE experiment_run_id = ?', [1]],
    // What removing an experiment or a run of one must look up.
    ['SELECT 1 FROM study WHERE experiment_id = ?', [1]],
    ['SELECT 1 FROM trial WHERE experiment_run_id = ?', [1]],
    ['SELECT 1 FROM model_version WHERE experiment_run_id = ?', [1]],
    ['SELECT 1 FROM model_version WHERE artefact_id = ?', [1]],
    ['SELECT 1 FROM tracking_call WHERE experiment_run_id = ?', [1]],
    ['SELECT 1 FROM experiment_run WHERE run_id = ?', [1]],
  ])('of "%s" reads no big table whole', (sql, parameters) => {
    expectIndexed(database, sql, { parameters });
  });

  test('helper notices a table that is read whole', () => {
    expect(() => {
      expectIndexed(database, 'SELECT * FROM match WHERE round = ?', { parameters: ['1'] });
    }).toThrow('match would be read whole');
    expect(() => {
      expectIndexed(database, 'SELECT * FROM match AS m WHERE m.round = ?', { parameters: ['1'] });
    }).toThrow('name it in `aliases`');
  });
});

test('a forecast cannot be changed, only made anew', () => {
  const { sqlite } = database;
  sqlite.exec(`
    INSERT INTO sport VALUES (1, 'football', 'Football');
    INSERT INTO country VALUES (1, 'XX', 'Nowhere');
    INSERT INTO championship (id, sport_id, country_id, code, name, zone, season_rule)
      VALUES (1, 1, 1, 'X0', 'First', 'UTC', 'calendar');
    INSERT INTO season VALUES (1, 1, '2026', 2026);
    INSERT INTO team VALUES (1, 1, 1, 'Reds'), (2, 1, 1, 'Blues');
    INSERT INTO match (id, season_id, home_team_id, away_team_id, match_day, kick_off, kick_off_precision, status, source)
      VALUES (1, 1, 1, 2, '2026-11-20', 1000, 'minute', 'scheduled', 'test');
    INSERT INTO model (id, family, season_code, feature_names, classes, parameters, seed, trained_at, train_count,
        data_hash, payload, checksum, libraries)
      VALUES (1, 'base-rate', '2026', '[]', '["H","D","A"]', '{}', 1, 1, 1, 'a', '{}', 'b', '{}');
    INSERT INTO prediction (id, match_id, model_id, as_of, made_at, origin, data_hash, home, draw, away)
      VALUES (1, 1, 1, 500, 500, 'live', 'a', 0.5, 0.3, 0.2);
  `);
  expect(() => sqlite.exec('UPDATE prediction SET home = 0.6, draw = 0.2')).toThrow('immutable');
});
