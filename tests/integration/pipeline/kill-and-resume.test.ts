import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSample } from '../../../engine/football/getting/sample/make-sample.ts';
import { temporaryFolder, type TemporaryFolder } from '../../fixtures/temporary.ts';

const child = fileURLToPath(new URL('../../fixtures/pipeline-process.ts', import.meta.url));
const instant = Date.UTC(2026, 10, 18, 9, 30);
/** Bookkeeping of the runs themselves: attempts and durations differ, and may. */
const bookkeeping = new Set(['run', 'run_item', 'run_log']);

let folder: TemporaryFolder;
let sample: string;
let unbroken: Content;
let transactions: number;

interface Content {
  readonly tables: Record<string, unknown[]>;
  readonly documents: Record<string, string>;
}

beforeAll(async () => {
  folder = temporaryFolder();
  sample = folder.join('sample');
  await makeSample({ today: '2026-11-18', folder: sample });
  for (const division of ['X1', 'X2', 'X3']) {
    const seasons = readdirSync(join(sample, division)).sort();
    for (const season of division === 'X2' ? seasons : seasons.slice(0, -3))
      rmSync(join(sample, division, season));
  }
  const home = folder.join('unbroken');
  expect(await runChild(home, 'start')).toBe('done');
  unbroken = contentOf(home);
  transactions = finishedItems(home);
}, 120_000);

afterAll(() => {
  folder[Symbol.dispose]();
});

describe('a pipeline that is killed', () => {
  it('has something to lose: rows in every table that the five stages write', () => {
    for (const table of [
      'match',
      'odds_quote',
      'standings',
      'feature',
      'model',
      'prediction',
      'outcome',
      'document',
    ]) {
      expect(unbroken.tables[table]!.length, table).toBeGreaterThan(0);
    }
    expect(unbroken.tables['outcome']!.some((row) => (row as { origin: string }).origin === 'live')).toBe(
      true,
    );
    expect(Object.keys(unbroken.documents).length).toBeGreaterThan(50);
  });

  it.each([0.05, 0.3, 0.5, 0.8])(
    'after %f of its work ends, once resumed, with the content of an unbroken one',
    async (share) => {
      const home = folder.join(`killed-${share}`);
      await runChild(home, 'start', Math.max(1, Math.floor(share * transactions)));
      expect(finishedItems(home)).toBeLessThan(transactions);
      expect(await runChild(home, 'resume')).toBe('done');
      const content = contentOf(home);
      for (const [table, rows] of Object.entries(unbroken.tables))
        expect(content.tables[table], table).toEqual(rows);
      expect(Object.keys(content.documents)).toEqual(Object.keys(unbroken.documents));
      for (const [path, text] of Object.entries(unbroken.documents)) {
        expect(content.documents[path] === text, path).toBe(true);
      }
    },
    120_000,
  );
});

/** Runs the engine to its end, or kills it (SIGKILL) as soon as so many items are finished. */
function runChild(home: string, action: 'start' | 'resume', killAfter?: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [child, home, sample, String(instant), action]);
    let output = '';
    process_.stdout.on('data', (part: Buffer) => (output += part.toString()));
    process_.stderr.on('data', (part: Buffer) => (output += part.toString()));
    const watch =
      killAfter === undefined
        ? undefined
        : setInterval(() => {
            if (finishedItems(home) >= killAfter) process_.kill('SIGKILL');
          }, 5);
    process_.on('error', reject);
    process_.on('close', () => {
      clearInterval(watch);
      resolve(output.trim());
    });
  });
}

function finishedItems(home: string): number {
  const path = join(home, 'auspex.sqlite');
  if (!existsSync(path)) return 0;
  try {
    const sqlite = new BetterSqlite3(path, { readonly: true });
    try {
      return sqlite.prepare<[], { n: number }>('SELECT count(*) AS n FROM run_item').get()!.n;
    } finally {
      sqlite.close();
    }
  } catch {
    // The file is being made right now.
    return 0;
  }
}

function contentOf(home: string): Content {
  const sqlite = new BetterSqlite3(join(home, 'auspex.sqlite'), { readonly: true });
  const names = sqlite
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .all()
    .map(({ name }) => name)
    .filter((name) => !bookkeeping.has(name));
  const tables = Object.fromEntries(
    names.map((name) => [
      name,
      // A tracked run is named anew each time that it is made; everything else must be the same.
      sqlite
        .prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`)
        .all()
        .map(({ uid: _, ...row }) => row),
    ]),
  );
  sqlite.close();
  const documents = Object.fromEntries(
    readdirSync(join(home, 'documents'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(home.length), readFileSync(path, 'utf8')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { tables, documents };
}
