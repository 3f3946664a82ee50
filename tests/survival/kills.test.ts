import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
/** Shares of the work after which the process is killed: a few by default, drawn at random where many are asked for. */
const kills = faultCount(3);
const random = createRandom(20_261_121);
const points = kills === 3 ? [0.05, 0.4, 0.8] : Array.from({ length: kills }, () => random.uniform());

let folder: TemporaryFolder;
let sample: string;
let unbroken: Content;
let transactions: number;

beforeAll(async () => {
  folder = temporaryFolder();
  sample = folder.join('sample');
  await makeShortSample(sample, ['X1', 'X3']);
  const home = folder.join('unbroken');
  expect(await runPipeline({ home, sample, instant }, 'start')).toBe('done');
  unbroken = contentOf(home);
  transactions = finishedItems(home);
}, 600_000);

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

  it.each(points)(
    'after %f of its work ends, once resumed, with the content of an unbroken one',
    async (share) => {
      const home = folder.join(`killed-${share}`);
      const process = { home, sample, instant };
      // A machine that is slow to look may find the work done already; half of it is left to be in time with.
      const from = Math.max(1, Math.floor(share * transactions));
      let end = 'done';
      for (let after = from; end === 'done' && after >= 1; after = Math.floor(after / 2)) {
        rmSync(home, { recursive: true, force: true });
        end = await runPipeline(process, 'start', after);
      }
      expect(end).toBe('SIGKILL');
      const survived = tried('pipeline killed');
      expect(finishedItems(home)).toBeLessThanOrEqual(transactions);
      expect(await runPipeline(process, 'resume')).toBe('done');
      expect(differences(contentOf(home), unbroken)).toEqual([]);
      survived();
      rmSync(home, { recursive: true });
    },
    600_000,
  );
});
