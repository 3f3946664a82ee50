import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import {
  giveToOrdinaryUser,
  ignoresPermissions,
  openToOrdinaryUser,
  ordinaryUserId,
} from '../fixtures/ordinary-user.ts';
import { temporaryFolder, type TemporaryFolder } from '../fixtures/temporary.ts';

const instant = Date.UTC(2026, 10, 18, 9, 30);
const random = createRandom(20_261_122);
let folder: TemporaryFolder;
let unbroken: Content;
let transactions: number;

const pipelineOf = (home: string) => ({ home, sample: folder.join('sample'), instant });

beforeAll(async () => {
  folder = temporaryFolder();
  openToOrdinaryUser(folder.path);
  await makeShortSample(folder.join('sample'), ['X3']);
  const home = folder.join('unbroken');
  expect(await runPipeline(pipelineOf(home), 'start')).toBe('done');
  unbroken = contentOf(home);
  transactions = finishedItems(home);
}, 600_000);

afterAll(() => {
  folder[Symbol.dispose]();
});

describe('an engine that runs out of memory', () => {
  const points = Array.from({ length: faultCount(1) }, () => random.uniform());
  test.skipIf(process.platform === 'win32').each(points)(
    'after %f of its work ends, once resumed, with the content of an unbroken one',
    async (share) => {
      const home = folder.join(`memory-${share}`);
      let end = 'done';
      for (let after = share * transactions; end === 'done' && after >= 0.1; after /= 2) {
        rmSync(home, { recursive: true, force: true });
        end = await runPipeline(
          { ...pipelineOf(home), death: 'memory' },
          'start',
          Math.max(1, Math.floor(after)),
        );
      }
      expect(end).toMatch(/^SIG/);
      const survived = tried('engine out of memory');
      expect(await runPipeline(pipelineOf(home), 'resume')).toBe('done');
      expect(differences(contentOf(home), unbroken)).toEqual([]);
      survived();
      rmSync(home, { recursive: true });
    },
    600_000,
  );
});

describe('a second engine on a database', () => {
  const wanted = faultCount(5);
  test(`is refused ${wanted} times, and the first one ends with the content that it would have had`, async () => {
    const survivals: (() => void)[] = [];
    for (let round = 0; survivals.length < wanted && round < wanted; round++) {
      const home = folder.join(`shared-${round}`);
      let isOver = false;
      const first = runPipeline(pipelineOf(home), 'start').finally(() => (isOver = true));
      while (finishedItems(home) === 0 && !isOver) await sleep(5);
      while (survivals.length < wanted && !isOver) {
        await using second = createEngineHost({
          paths: resolvePaths({ home }),
          clock: { now: () => instant },
          threads: 1,
        });
        const answer = await second.client.settings.set({ key: 'backup.keep', value: 4 }).then(
          () => 'taken',
          (error: unknown) => (error as { data?: { code?: string } }).data?.code,
        );
        if (answer === 'taken') {
          // Only one that came after the first had ended may write.
          expect(await first).toBe('done');
          break;
        }
        survivals.push(tried('two instances on one database'));
        expect(answer).toBe('DATABASE_BUSY');
        await sleep(random.integer(50));
      }
      expect(await first).toBe('done');
      const { setting: _, ...tables } = contentOf(home).tables;
      const { setting: __, ...expected } = unbroken.tables;
      expect(
        differences(
          { tables, documents: contentOf(home).documents },
          { tables: expected, documents: unbroken.documents },
        ),
      ).toEqual([]);
      rmSync(home, { recursive: true });
    }
    expect(survivals).toHaveLength(wanted);
    for (const survived of survivals) survived();
  }, 600_000);
});

test.skipIf(ignoresPermissions)(
  'a run whose documents’ folder is read-only fails, and is resumed to the same content when it can be written',
  async () => {
    const home = folder.join('read-only');
    mkdirSync(folder.join('read-only', 'documents'), { recursive: true });
    giveToOrdinaryUser(home);
    const pipeline = { ...pipelineOf(home), userId: ordinaryUserId };
    const survived = tried('read-only folder');
    chmodSync(folder.join('read-only', 'documents'), 0o555);
    expect(await runPipeline(pipeline, 'start')).toMatch(/^failed: .*documents/);
    chmodSync(folder.join('read-only', 'documents'), 0o755);
    expect(await runPipeline(pipeline, 'resume')).toBe('done');
    expect(differences(contentOf(home), unbroken)).toEqual([]);
    survived();
  },
  300_000,
);
