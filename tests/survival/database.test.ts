import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup } from '../../db/backup.ts';
import { openReader, openWriter } from '../../db/client.ts';
import { AppError } from '../../engine/contract/errors.ts';
import { createEngineHost } from '../../engine/host/engine-host.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import { createRandom } from '../../engine/kernel/math/random.ts';
import { faultCount, tried } from '../fixtures/faults.ts';
import {
  contentOf,
  differences,
  finishedItems,
  makeShortSample,
  runPipeline,
  type Content,
} from '../fixtures/killed-pipeline.ts';
import { temporaryFolder, type TemporaryFolder } from '../fixtures/temporary.ts';

const instant = Date.UTC(2026, 10, 18, 9, 30);
const random = createRandom(7);
let folder: TemporaryFolder;
let sample: string;
/** A home whose engine was killed half-way, with its log still beside the database. */
let torn: string;
let unbroken: Content;

beforeAll(async () => {
  folder = temporaryFolder();
  sample = folder.join('sample');
  await makeShortSample(sample, ['X3']);
  const home = folder.join('unbroken');
  expect(await runPipeline({ home, sample, instant }, 'start')).toBe('done');
  unbroken = contentOf(home);
  torn = folder.join('torn');
  // A machine that is slow to look may find the work done already; half of it is left to be in time with.
  let end = 'done';
  for (let after = finishedItems(home) / 2; end === 'done' && after >= 1; after /= 2) {
    rmSync(torn, { recursive: true, force: true });
    end = await runPipeline({ home: torn, sample, instant }, 'start', after);
  }
  expect(end).toBe('SIGKILL');
}, 600_000);

afterAll(() => {
  folder[Symbol.dispose]();
});

function copyOfTorn(name: string): string {
  const home = folder.join(name);
  mkdirSync(home, { recursive: true });
  for (const file of ['auspex.sqlite', 'auspex.sqlite-wal'])
    if (existsSync(join(torn, file))) copyFileSync(join(torn, file), join(home, file));
  if (existsSync(join(torn, 'documents')))
    cpSync(join(torn, 'documents'), join(home, 'documents'), { recursive: true });
  return home;
}

const check = (home: string): unknown => {
  using database = openWriter(join(home, 'auspex.sqlite'));
  return database.sqlite.pragma('integrity_check', { simple: true });
};

describe('a power cut', () => {
  it('that tears the log off anywhere leaves a sound database, never ahead of what was committed', () => {
    const size = statSync(join(torn, 'auspex.sqlite-wal')).size;
    const before = finishedItems(torn);
    expect(size).toBeGreaterThan(0);
    const kept = new Set<number>();
    for (let i = 0; i < faultCount(8); i++) {
      const home = copyOfTorn(`wal-${i}`);
      const survived = tried('log torn off');
      truncateSync(join(home, 'auspex.sqlite-wal'), random.integer(size + 1));
      expect(check(home)).toBe('ok');
      const items = finishedItems(home);
      expect(items).toBeLessThanOrEqual(before);
      kept.add(items);
      survived();
      rmSync(home, { recursive: true });
    }
    // The cuts fell into different transactions, so something was cut off each time.
    expect(kept.size).toBeGreaterThan(1);
  });

  it('loses nothing that cannot be made again: the resumed run ends with the content of an unbroken one', async () => {
    const home = copyOfTorn('wal-resumed');
    const survived = tried('log torn off');
    const wal = join(home, 'auspex.sqlite-wal');
    truncateSync(wal, Math.floor(statSync(wal).size * 0.7));
    expect(await runPipeline({ home, sample, instant }, 'resume')).toBe('done');
    expect(differences(contentOf(home), unbroken)).toEqual([]);
    survived();
  }, 120_000);
});

describe('a damaged database', () => {
  it('is never used as if it were whole, and a backup takes its place', () => {
    const home = folder.join('damaged');
    mkdirSync(home);
    const path = join(home, 'auspex.sqlite');
    const whole = readFileSync(folder.join('unbroken/auspex.sqlite'));
    const wholeCount = unbroken.tables['match']!.length;
    for (let i = 0; i < faultCount(8); i++) {
      const damaged = Buffer.from(whole);
      const survived = tried('page of the database corrupted');
      // A run of noise over a page or more, in the file's head now and then.
      const at = i % 4 === 0 ? random.integer(200) : random.integer(whole.length - 6000);
      for (let k = 0; k < 5000; k++) damaged[at + k] = random.integer(256);
      writeFileSync(path, damaged);
      let finding: unknown;
      try {
        using database = openReader(path);
        finding = database.sqlite.pragma('integrity_check', { simple: true });
      } catch (error) {
        finding = error instanceof AppError ? error.code : (error as { code?: string }).code;
      }
      expect(finding, `noise at ${at}`).not.toBe('ok');
      survived();
      rmSync(path);
    }
    const backup = join(home, 'backup.sqlite');
    writeFileSync(backup, whole);
    writeFileSync(path, whole.subarray(0, 5000));
    restoreBackup(backup, path);
    using restored = openReader(path);
    expect(restored.sqlite.prepare('SELECT count(*) FROM match').pluck().get()).toBe(wholeCount);
  });
});

describe('a full disk', () => {
  it('fails a run wherever it fills up, and once there is room the run is resumed to all its rows', async () => {
    const parameters = { source: 'football-data', from: sample, championships: ['X1', 'X3'] };
    const limit = (sqlite: BetterSqlite3.Database, pages: number) =>
      sqlite.pragma(`max_page_count = ${pages}`);
    const rows = unbroken.tables['match']!.length;
    for (let i = 0; i < faultCount(2); i++) {
      const home = folder.join(`full-${i}`);
      await using host = createEngineHost({
        paths: resolvePaths({ home }),
        clock: { now: () => instant },
        threads: 1,
      });
      const { client } = host;
      const { sqlite } = host.context.writer();
      const finished = async (runId: number) => {
        for await (const event of await client.runs.watch({ runId })) void event;
        return (await client.runs.show({ runId })).run;
      };
      const survived = tried('disk full');
      limit(sqlite, Number(sqlite.pragma('page_count', { simple: true })) + 2 + random.integer(15));
      const { runId } = await client.runs.start({ stage: 'getting', parameters });
      const run = await finished(runId);
      expect([run.state, run.errorCode]).toEqual(['failed', 'DISK_WRITE_FAILED']);
      limit(sqlite, 1_000_000);
      expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
      await client.runs.resume({ runId });
      expect((await finished(runId)).state).toBe('done');
      expect(sqlite.prepare('SELECT count(*) FROM match').pluck().get()).toBe(rows);
      survived();
    }
  }, 120_000);

  it('fails the run with its code and a sentence, and once there is room the run is resumed to the same content', async () => {
    const home = folder.join('full');
    const survived = tried('disk full');
    const paths = resolvePaths({ home });
    const parameters = {
      source: 'football-data',
      from: sample,
      championships: ['X1', 'X3'],
      date: '2026-11-18',
    };
    {
      await using host = createEngineHost({ paths, clock: { now: () => instant }, threads: 1 });
      const { sqlite } = host.context.writer();
      const pages = Number(sqlite.pragma('page_count', { simple: true }));
      sqlite.pragma(`max_page_count = ${pages + 40}`);
      const { runId } = await host.client.runs.start({ stage: 'pipeline', parameters });
      for await (const event of await host.client.runs.watch({ runId })) void event;
      const { run } = await host.client.runs.show({ runId });
      expect([run.state, run.errorCode]).toEqual(['failed', 'DISK_WRITE_FAILED']);
      expect(run.errorMessage).toContain('room');
    }
    expect(check(home)).toBe('ok');
    expect(await runPipeline({ home, sample, instant }, 'resume')).toBe('done');
    expect(differences(contentOf(home), unbroken)).toEqual([]);
    survived();
  }, 120_000);
});
