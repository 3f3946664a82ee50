import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { release, transfer } from '../../../engine/contract/work.ts';
import { Consumer } from '../../../engine/runtime/consumer.ts';
import type { ItemResult, Work } from '../../../engine/runtime/consumer.ts';
import { tried } from '../../fixtures/faults.ts';

const worker = new URL('../../fixtures/workers/sample.ts', import.meta.url);

async function collect<Item, Task, Result = unknown>(consumer: Consumer, work: Work<Item, Task>) {
  const results: ItemResult<Item, Result>[] = [];
  for await (const result of consumer.run<Item, Task, Result>(work)) results.push(result);
  return results;
}

const sharedCells = () => new Int32Array(new SharedArrayBuffer(12));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1);
}

describe('results', () => {
  test('come in the order of their items, however long each took', async () => {
    await using consumer = new Consumer({ threads: 2 });
    const results = await collect<number, object, number>(consumer, {
      worker,
      handler: 'double',
      items: [1, 2, 3, 4, 5],
      toTask: (n) => ({ n, waitMs: n === 1 ? 60 : 0 }),
    });
    expect(results.map((r) => r.status === 'done' && [r.index, r.item, r.value])).toEqual([
      [0, 1, 2],
      [1, 2, 4],
      [2, 3, 6],
      [3, 4, 8],
      [4, 5, 10],
    ]);
  });

  test('come as they are ready when that is asked for', async () => {
    await using consumer = new Consumer({ threads: 2 });
    const results = await collect<number, object>(consumer, {
      worker,
      handler: 'double',
      items: [1, 2, 3],
      order: 'completion',
      toTask: (n) => ({ n, waitMs: n === 1 ? 400 : 0 }),
    });
    expect(results.map((r) => r.item)).toEqual([2, 3, 1]);
  });

  test('keep the code and detail of what an item threw, beside the item, and the others go on', async () => {
    await using consumer = new Consumer({ threads: 2 });
    const results = await collect<number, object>(consumer, {
      worker,
      handler: 'refuse',
      items: [1, 2, 3, 4, 5],
      toTask: (n) => ({ n }),
    });
    expect(results.map((r) => (r.status === 'failed' ? r.error.code : r.status))).toEqual([
      'done',
      'ROW_INVALID',
      'INTERNAL',
      'ROW_INVALID',
      'done',
    ]);
    expect(results[1]).toMatchObject({ item: 2, error: { message: 'row 2', detail: { row: 2 } } });
    expect(results[2]).toMatchObject({
      error: { message: 'not mine' },
      stack: expect.stringContaining('sample.ts'),
    });
  });

  test('carry typed arrays over without a copy, both ways', async () => {
    await using consumer = new Consumer({ threads: 1 });
    const [ramp] = await collect<number, object, { values: Float64Array<ArrayBuffer> }>(consumer, {
      worker,
      handler: 'ramp',
      items: [1000],
      toTask: (length) => ({ length }),
    });
    if (ramp?.status !== 'done') throw new Error('expected a result');
    const { values } = ramp.value;
    expect([values.length, values[999]]).toEqual([1000, 999]);
    const [sum] = await collect<Float64Array<ArrayBuffer>, object, number>(consumer, {
      worker,
      handler: 'sum',
      items: [values],
      toTask: (item) => transfer({ values: item }),
    });
    expect(sum).toMatchObject({ status: 'done', value: 499_500 });
    expect(values.length).toBe(0);
  });

  test('a moved result gives its memory back when it is released, and twice is no harm', async () => {
    await using consumer = new Consumer({ threads: 1 });
    const [ramp] = await collect<number, object, { values: Float64Array<ArrayBuffer> }>(consumer, {
      worker,
      handler: 'ramp',
      items: [1000],
      toTask: (length) => ({ length }),
    });
    if (ramp?.status !== 'done') throw new Error('expected a result');
    const { buffer } = ramp.value.values;
    release(ramp.value);
    expect([buffer.detached, buffer.byteLength]).toEqual([true, 0]);
    expect(() => {
      release(ramp.value);
    }).not.toThrow();
  });
});

test('threads without work end where the process holds much memory, and new ones take the next work', async () => {
  const idsOf = async (restAboveMb: number) => {
    await using consumer = new Consumer({ threads: 1, restAboveMb });
    const ids: unknown[] = [];
    for (let call = 0; call < 3; call++) {
      const [result] = await collect<number, object, number>(consumer, {
        worker,
        handler: 'thread',
        items: [0],
        toTask: () => ({}),
      });
      ids.push(result?.status === 'done' ? result.value : result?.status);
    }
    return new Set(ids).size;
  };
  expect([await idsOf(0), await idsOf(1e9)]).toEqual([3, 1]);
});

describe('a failing', () => {
  test.each(['exit', 'memory', 'throw-later'] as const)(
    'thread (%s) is an error of its item alone',
    async (how) => {
      const survived = how === 'memory' ? tried('engine out of memory') : undefined;
      await using consumer = new Consumer({ threads: 2, threadMemoryMb: 32 });
      const results = await collect<number, object>(consumer, {
        worker,
        handler: 'die',
        items: [0, 1, 2, 3, 4, 5, 6, 7],
        toTask: (n) => ({ n, how: n === 2 || n === 5 ? how : 'no' }),
      });
      const code = how === 'throw-later' ? 'WORKER_FAILED' : 'WORKER_KILLED';
      expect(results.map((r) => (r.status === 'failed' ? r.error.code : r.status))).toEqual([
        ...['done', 'done', code],
        ...['done', 'done', code],
        ...['done', 'done'],
      ]);
      survived?.();
    },
  );

  test('task maker, an unknown handler, a missing file and an uncopiable result are errors of their items', async () => {
    await using consumer = new Consumer({ threads: 1 });
    const items = [1];
    const outcomes = await Promise.all([
      collect<number, object>(consumer, {
        worker,
        handler: 'double',
        items,
        toTask: () => {
          throw new Error('no task for this');
        },
      }),
      collect<number, object>(consumer, { worker, handler: 'absent', items, toTask: () => ({}) }),
      collect<number, object>(consumer, {
        worker: new URL('absent.ts', worker),
        handler: 'double',
        items,
        toTask: () => ({}),
      }),
      collect<number, object>(consumer, { worker, handler: 'uncopiable', items, toTask: () => ({}) }),
    ]);
    const messages = outcomes.flat().map((r) => (r.status === 'failed' ? r.error.message : r.status));
    expect(messages).toEqual([
      'no task for this',
      expect.stringMatching(/absent in sample.ts: No handler/),
      expect.stringMatching(/Cannot find module/),
      expect.stringMatching(/uncopiable/),
    ]);
  });

  test('source of items ends the run with its error, after the results that are there', async () => {
    await using consumer = new Consumer({ threads: 2 });
    const seen: unknown[] = [];
    const run = consumer.run<number, object, number>({
      worker,
      handler: 'double',
      items: (function* () {
        yield 1;
        yield 2;
        throw new Error('the file ended');
      })(),
      toTask: (n) => ({ n }),
    });
    const reading = (async () => {
      for await (const result of run) seen.push(result.item);
    })();
    await expect(reading).rejects.toThrow('the file ended');
    expect(seen).toEqual([1, 2]);
  });
});

describe('parallelism', () => {
  test('is bounded, and items are taken no faster than results are read', async () => {
    await using consumer = new Consumer({ threads: 2 });
    let taken = 0;
    const endless = (function* () {
      for (;;) yield taken++;
    })();
    const run = consumer.run<number, number, number>({
      worker,
      handler: 'nothing',
      items: endless,
      toTask: (n) => n,
      concurrency: 1,
    });
    await run.next();
    await run.next();
    await sleep(100);
    expect(taken).toBeLessThanOrEqual(2 + 4 + 1);
    await run.return(undefined);
  });

  test('is shared by two runs at once, and both come to their end', async () => {
    await using consumer = new Consumer({ threads: 2 });
    const many = Array.from({ length: 200 }, (_, i) => i);
    const [a, b] = await Promise.all(
      [1, 2].map(() =>
        collect<number, number>(consumer, { worker, handler: 'nothing', items: many, toTask: (n) => n }),
      ),
    );
    expect([a?.length, b?.length]).toEqual([200, 200]);
  });
});

describe('progress', () => {
  test('of an item arrives with its index, and seldom enough to cost nothing', async () => {
    await using consumer = new Consumer({ threads: 2 });
    const seen: { index: number; done: number; total: number }[] = [];
    await collect<number, object>(consumer, {
      worker,
      handler: 'reportSteps',
      items: [1000, 5],
      toTask: (steps) => ({ steps }),
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen).toContainEqual({ index: 0, done: 0, total: 1000 });
    expect(seen.every(({ index, total }) => total === [1000, 5][index])).toBe(true);
    expect(seen.length).toBeLessThan(100);
  });
});

describe('cancelling', () => {
  test('lets work that reads the flag stop by itself, and takes no more items', async () => {
    await using consumer = new Consumer({ threads: 2, graceMs: 60_000 });
    const cells = sharedCells();
    const controller = new AbortController();
    const reading = collect<number, object>(consumer, {
      worker,
      handler: 'countUntilCancelled',
      items: [0, 1, 2, 3, 4, 5],
      toTask: () => ({ cells }),
      signal: controller.signal,
    });
    await until(() => cells[0] === 2);
    controller.abort();
    const results = await reading;
    expect(results.map((r) => r.status)).toEqual(['cancelled', 'cancelled']);
    expect([...cells]).toEqual([2, 2, 0]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('kills threads that do not listen, and their places work again', async () => {
    await using consumer = new Consumer({ threads: 2, graceMs: 20 });
    const cells = sharedCells();
    const controller = new AbortController();
    const reading = collect<number, object>(consumer, {
      worker,
      handler: 'deaf',
      items: [0, 1, 2],
      toTask: () => ({ cells }),
      signal: controller.signal,
    });
    await until(() => cells[0] === 2);
    controller.abort();
    expect((await reading).map((r) => r.status)).toEqual(['cancelled', 'cancelled']);
    const after = await collect<number, number, number>(consumer, {
      worker,
      handler: 'nothing',
      items: [7, 8, 9],
      toTask: (n) => n,
    });
    expect(after.map((r) => r.status === 'done' && r.value)).toEqual([7, 8, 9]);
  });

  test('before the start does no work', async () => {
    await using consumer = new Consumer({ threads: 1 });
    let asked = 0;
    const results = await collect<number, number>(consumer, {
      worker,
      handler: 'nothing',
      items: [1, 2],
      toTask: (n) => (asked++, n),
      signal: AbortSignal.abort(),
    });
    expect([results.length, asked]).toEqual([0, 0]);
  });

  test('happens when the reader leaves the loop', async () => {
    await using consumer = new Consumer({ threads: 2, graceMs: 60_000 });
    const cells = sharedCells();
    const items = [{ handler: 'x' }, { handler: 'y' }];
    for await (const result of consumer.run<object, object, number>({
      worker,
      handler: 'countUntilCancelled',
      items: (async function* () {
        yield* items;
        await until(() => cells[0] === 2);
        throw new Error('stop here');
      })(),
      toTask: () => ({ cells }),
      order: 'completion',
      signal: AbortSignal.timeout(300),
    })) {
      expect(result.status).toBe('cancelled');
      break;
    }
    expect(cells[1]).toBe(2);
  });

  test('does not wait for a source that gives nothing', async () => {
    await using consumer = new Consumer({ threads: 1 });
    const controller = new AbortController();
    const silent = (async function* (): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => {});
    })();
    const results: ItemResult<number, number>[] = [];
    for await (const result of consumer.run<number, number, number>({
      worker,
      handler: 'nothing',
      items: silent,
      toTask: (n) => n,
      signal: controller.signal,
    })) {
      results.push(result);
      controller.abort();
    }
    expect(results).toHaveLength(1);
  });
});

test('a disposed consumer leaves no thread and no port, and refuses work', async () => {
  const before = process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name));
  const consumer = new Consumer({ threads: 2 });
  const cells = sharedCells();
  const run = consumer.run<number, object, number>({
    worker,
    handler: 'countUntilCancelled',
    items: [1, 2],
    toTask: () => ({ cells }),
  });
  const first = run.next();
  await until(() => cells[0] === 2);
  await consumer[Symbol.asyncDispose]();
  expect((await first).value).toMatchObject({ status: 'cancelled' });
  await run.return(undefined);
  await sleep(20);
  const after = process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name));
  expect(after).toEqual(before);
  await expect(
    collect(consumer, { worker, handler: 'nothing', items: [1], toTask: (n) => n }),
  ).rejects.toThrow('disposed');
});
