import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { openReader } from '../../../db/client.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const program = new URL('../../fixtures/interruptible.ts', import.meta.url).pathname;
const morning = Date.UTC(2026, 10, 20, 8);
const nextDay = Date.UTC(2026, 10, 21, 9);

/** Runs the program and kills it as soon as it has said `killAfter` lines; gives all lines. */
async function runProgram(
  path: string,
  command: 'start' | 'resume',
  options: { clock: number; killAfter?: number },
) {
  const child = spawn(process.execPath, [program, path, command, String(options.clock)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<NodeJS.Signals | number | null>((done) => {
    child.on('exit', (code, signal) => {
      done(signal ?? code);
    });
  });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === options.killAfter) child.kill('SIGKILL');
  }
  return { lines, ended: await ended };
}

/** Every row of every table but those in which runs are kept. */
function content(path: string): Record<string, unknown[]> {
  using database = openReader(path);
  const tables = database.sqlite
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'run%' ORDER BY name`)
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables.map((table) => [table, database.sqlite.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()]),
  );
}

function runStates(path: string): unknown[] {
  using database = openReader(path);
  return database.sqlite.prepare('SELECT stage, state, instant, today FROM run ORDER BY id').all();
}

describe('a run whose process is killed', async () => {
  using folder = temporaryFolder();
  const path = folder.join('unbroken.sqlite');
  const unbroken = await runProgram(path, 'start', { clock: morning });
  const expected = content(path);

  test('would have written both stages unbroken', () => {
    expect(unbroken.lines.at(-1)).toBe('done {"getting":{"sum":1560},"calculation":{"count":40}}');
    expect([expected.sport?.length, expected.country?.length]).toEqual([80, 40]);
  });

  test.each([[17], [40], [55]])(
    'after %i transactions is interrupted, and resumed comes to the same rows as an unbroken one',
    async (killAfter) => {
      using home = temporaryFolder();
      const file = home.join('auspex.sqlite');
      const broken = await runProgram(file, 'start', { clock: morning, killAfter });
      expect(broken.ended).toBe('SIGKILL');
      expect(content(file)).not.toEqual(expected);
      const resumed = await runProgram(file, 'resume', { clock: nextDay });
      expect(resumed.lines.at(-1)).toBe(unbroken.lines.at(-1));
      expect(content(file)).toEqual(expected);
      expect(runStates(file)).toEqual(
        ['pipeline', 'getting', 'calculation'].map((stage) => ({
          stage,
          state: 'done',
          instant: morning,
          today: '2026-11-20',
        })),
      );
      // What was committed is not done again; only the item in the middle of which it was killed may be.
      const twice = resumed.lines.filter((line) => broken.lines.includes(line));
      expect(twice.length).toBeLessThanOrEqual(1);
    },
  );

  test('again and again gets there in the end', async () => {
    using home = temporaryFolder();
    const file = home.join('auspex.sqlite');
    await runProgram(file, 'start', { clock: morning, killAfter: 1 });
    await runProgram(file, 'resume', { clock: nextDay, killAfter: 45 });
    await runProgram(file, 'resume', { clock: nextDay });
    expect(content(file)).toEqual(expected);
  });
});
