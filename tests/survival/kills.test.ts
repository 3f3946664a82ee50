import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSample } from '../../engine/football/getting/sample/make-sample.ts';
import { createRandom } from '../../engine/kernel/math/random.ts';
import { faultCount } from '../fixtures/faults.ts';
import {
  contentOf,
  differences,
  finishedItems,
  runPipeline,
  type Content,
} from '../fixtures/killed-pipeline.ts';
import { temporaryFolder, type TemporaryFolder } from '../fixtures/temporary.ts';

const instant = Date.UTC(2026, 10, 18, 9, 30);
/** Shares of the work after which the process is killed: a few by default, drawn at random where many are asked for. */
const kills = faultCount(4);
const random = createRandom(20_261_121);
const points = kills === 4 ? [0.05, 0.3, 0.5, 0.8] : Array.from({ length: kills }, () => random.uniform());

let folder: TemporaryFolder;
let sample: string;
let unbroken: Content;
let transactions: number;

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
      await runPipeline(process, 'start', Math.max(1, Math.floor(share * transactions)));
      expect(finishedItems(home)).toBeLessThanOrEqual(transactions);
      expect(await runPipeline(process, 'resume')).toBe('done');
      expect(differences(contentOf(home), unbroken)).toEqual([]);
      rmSync(home, { recursive: true });
    },
    600_000,
  );
});
