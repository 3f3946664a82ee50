import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openWriter } from '../../../db/client.ts';
import { listRuns } from '../../../db/queries/runs.ts';
import { AppError } from '../../../engine/contract/errors.ts';
import type { RunEvent } from '../../../engine/contract/runs.ts';
import { Consumer } from '../../../engine/runtime/consumer.ts';
import { RunService } from '../../../engine/runtime/runs.ts';
import { definePipeline, defineStage } from '../../../engine/runtime/stage.ts';
import type { RunRegistry, Stage, StageContext } from '../../../engine/runtime/stage.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const instant = Date.UTC(2026, 10, 20, 22, 30);
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

const parameters = z.strictObject({ scope: z.string().default('all-time'), date: z.string().optional() });
type Parameters = z.infer<typeof parameters>;
const stage = (run: (context: StageContext, given: Parameters) => unknown) =>
  defineStage(
    parameters,
    (async (context, given) => (await run(context, given)) ?? null) as Stage<Parameters>,
  );

/** A run service on an empty database with a clock that stands still until it is moved. */
function workshop(registry: RunRegistry, options: { zone?: string } = {}) {
  const folder = temporaryFolder();
  const database = openWriter(folder.join('auspex.sqlite'));
  const consumer = new Consumer({ threads: 1 });
  const clock = { time: instant, now: () => clock.time };
  const open = () =>
    new RunService({
      database,
      consumer,
      registry,
      clock,
      zone: () => options.zone ?? 'UTC',
      storeEveryMs: 0,
      sendEveryMs: 0,
    });
  let runs = open();
  return {
    database,
    clock,
    get runs() {
      return runs;
    },
    list: () => listRuns(database, { limit: 50 }),
    show: (runId: number) => runs.show(runId),
    /** As if the program had ended and been started again. */
    async restart() {
      await runs[Symbol.asyncDispose]();
      runs = open();
      return runs;
    },
    reopen() {
      return (runs = open());
    },
    async [Symbol.asyncDispose]() {
      await runs[Symbol.asyncDispose]();
      await consumer[Symbol.asyncDispose]();
      database.close();
      folder[Symbol.dispose]();
    },
  };
}

/** A stage that works until it is cancelled, and tells when it has begun. */
function endless() {
  const begun = Promise.withResolvers<void>();
  const run = stage(async ({ signal }) => {
    begun.resolve();
    while (!signal.aborted) await sleep(1);
  });
  return { run, begun: begun.promise };
}

describe('a run', () => {
  test('is a row with its parameters, its instant and day, and in the end its result', async () => {
    await using shop = workshop({ getting: stage(() => ({ files: 3 })) });
    const started = shop.runs.start('getting', {});
    expect(started).toMatchObject({
      stage: 'getting',
      state: 'queued',
      parameters: { scope: 'all-time' },
      instant,
    });
    shop.clock.time += 5000;
    expect(await shop.runs.finished(started.id)).toMatchObject({
      state: 'done',
      instant,
      today: '2026-11-20',
      startedAt: instant + 5000,
      finishedAt: instant + 5000,
      result: { files: 3 },
      errorCode: null,
    });
    expect(shop.list()).toHaveLength(1);
  });

  test('takes today from the calendar of the zone, and from its parameters if they name a day', async () => {
    const days: string[] = [];
    await using shop = workshop(
      { getting: stage(({ today }) => days.push(today)) },
      { zone: 'Europe/Moscow' },
    );
    await shop.runs.finished(shop.runs.start('getting').id);
    await shop.runs.finished(shop.runs.start('getting', { date: '2024-02-29' }).id);
    expect(days).toEqual(['2026-11-21', '2024-02-29']);
  });

  test('with wrong parameters, or of an unknown kind, is refused and leaves no row', async () => {
    await using shop = workshop({ getting: stage(() => null) });
    expect(() => shop.runs.start('getting', { scope: 7 })).toThrow(code('USAGE'));
    expect(() => shop.runs.start('getting', { scope: 7 })).toThrow(/scope: .*expected string.*got 7/);
    expect(() => shop.runs.start('getting', { colour: 'red' })).toThrow(/colour/);
    expect(() => shop.runs.start('publisher')).toThrow('there are: getting');
    expect(shop.list()).toEqual([]);
  });

  test('that throws is failed with the code and the sentence, and the next one runs', async () => {
    await using shop = workshop({
      getting: stage(() => {
        throw new AppError('SOURCE_UNREACHABLE', 'no answer from https://me:hidden@example.org/x');
      }),
      calculation: stage(() => {
        throw new TypeError('a mistake of ours');
      }),
      forecast: stage(() => 'fine'),
    });
    const runs = [shop.runs.start('getting'), shop.runs.start('calculation'), shop.runs.start('forecast')];
    const ended = await Promise.all(runs.map(({ id }) => shop.runs.finished(id)));
    expect(ended.map(({ state, errorCode, errorMessage }) => [state, errorCode, errorMessage])).toEqual([
      ['failed', 'SOURCE_UNREACHABLE', 'no answer from https://[redacted]@example.org/x'],
      ['failed', 'INTERNAL', 'a mistake of ours'],
      ['done', null, null],
    ]);
    expect(shop.show(runs[0]!.id).log).toMatchObject([{ level: 'error', code: 'SOURCE_UNREACHABLE' }]);
  });

  test('that throws inside of a transaction of its own is failed, and its rows are undone', async () => {
    await using shop = workshop({
      getting: stage(({ database }) => {
        database.sqlite.exec(`BEGIN; INSERT INTO sport (code, name) VALUES ('a', 'A')`);
        throw new AppError('ROW_INVALID', 'in the middle');
      }),
    });
    const run = await shop.runs.finished(shop.runs.start('getting').id);
    expect(run).toMatchObject({ state: 'failed', errorCode: 'ROW_INVALID' });
    expect(shop.database.sqlite.inTransaction).toBe(false);
    expect(shop.database.sqlite.prepare('SELECT count(*) FROM sport').pluck().get()).toBe(0);
  });

  test('waits for the one before it', async () => {
    const order: string[] = [];
    const slow = (name: string) =>
      stage(async () => {
        order.push(`${name} begins`);
        await sleep(5);
        order.push(`${name} ends`);
      });
    await using shop = workshop({ getting: slow('a'), calculation: slow('b') });
    const runs = [shop.runs.start('getting'), shop.runs.start('calculation')];
    await Promise.all(runs.map(({ id }) => shop.runs.finished(id)));
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });
});

describe('items', () => {
  test('are committed together with their rows, or not at all', async () => {
    await using shop = workshop({
      getting: stage((context) => {
        const insert = context.database.sqlite.prepare('INSERT INTO sport (code, name) VALUES (?, ?)');
        context.commitItem('good', 1.5, () => (insert.run('a', 'A'), { rows: 1 }));
        try {
          context.commitItem('bad', 1, () => {
            insert.run('b', 'B');
            context.log('warn', 'told before it broke');
            insert.run('a', 'again');
            return null;
          });
        } catch {
          context.failItem('bad', 2, { code: 'MATCH_CONFLICT', message: 'twice', detail: { row: 2 } });
        }
        return [context.isDone('good'), context.isDone('bad'), context.resultOf('good')];
      }),
    });
    const run = await shop.runs.finished(shop.runs.start('getting').id);
    expect(run).toMatchObject({ state: 'done', itemsFailed: 1, result: [true, false, { rows: 1 }] });
    expect(shop.database.sqlite.prepare('SELECT code FROM sport').pluck().all()).toEqual(['a']);
    const { items, log } = shop.show(run.id);
    expect(items).toEqual([
      {
        key: 'bad',
        state: 'failed',
        durationMs: 2,
        errorCode: 'MATCH_CONFLICT',
        errorMessage: 'twice',
        result: null,
      },
      {
        key: 'good',
        state: 'done',
        durationMs: 1.5,
        errorCode: null,
        errorMessage: null,
        result: { rows: 1 },
      },
    ]);
    expect(log.map(({ level, message }) => [level, message])).toEqual([
      ['warn', 'told before it broke'],
      ['error', 'bad: twice'],
    ]);
  });

  test('that failed are tried again when the run is resumed, and those that are done are not', async () => {
    const tried: string[] = [];
    let broken = true;
    await using shop = workshop({
      getting: stage((context) => {
        for (const key of ['a', 'b', 'c']) {
          if (context.isDone(key)) continue;
          tried.push(key);
          if (key === 'b' && broken)
            context.failItem(key, 0, { code: 'ROW_INVALID', message: 'no', detail: {} });
          else context.commitItem(key, 0, () => undefined);
        }
        if (broken) throw new AppError('SOURCE_TIMEOUT', 'gone');
      }),
    });
    const { id } = shop.runs.start('getting');
    expect(await shop.runs.finished(id)).toMatchObject({ state: 'failed', itemsFailed: 1 });
    broken = false;
    shop.clock.time += 86_400_000;
    expect(shop.runs.resume(id)).toMatchObject({ id, state: 'queued', errorCode: null });
    expect(await shop.runs.finished(id)).toMatchObject({ state: 'done', itemsFailed: 0, instant });
    expect(tried).toEqual(['a', 'b', 'c', 'b']);
  });
});

describe('cancelling', () => {
  test('stops the run under way, whatever its stage returns, and it can be resumed', async () => {
    const { run, begun } = endless();
    await using shop = workshop({ getting: run });
    const { id } = shop.runs.start('getting');
    await begun;
    shop.runs.cancel(id);
    expect(await shop.runs.finished(id)).toMatchObject({
      state: 'cancelled',
      errorCode: 'CANCELLED',
      result: null,
    });
    shop.runs.resume(id);
    shop.runs.cancel(id);
    expect((await shop.runs.finished(id)).state).toBe('cancelled');
  });

  test('takes a waiting run out of the queue at once', async () => {
    const { run, begun } = endless();
    await using shop = workshop({ getting: run, calculation: stage(() => null) });
    const first = shop.runs.start('getting');
    const second = shop.runs.start('calculation');
    await begun;
    expect(shop.runs.cancel(second.id).state).toBe('cancelled');
    await shop.runs.finished(second.id);
    shop.runs.cancel(first.id);
    await shop.runs.finished(first.id);
  });

  test('keeps the error of a stage that broke while it was stopping', async () => {
    const begun = Promise.withResolvers<void>();
    await using shop = workshop({
      getting: stage(async ({ signal }) => {
        begun.resolve();
        while (!signal.aborted) await sleep(1);
        throw new AppError('DISK_WRITE_FAILED', 'full');
      }),
      calculation: stage(async ({ signal }) => {
        await sleep(60_000, undefined, { signal });
      }),
    });
    const { id } = shop.runs.start('getting');
    await begun.promise;
    shop.runs.cancel(id);
    expect(await shop.runs.finished(id)).toMatchObject({
      state: 'cancelled',
      errorCode: 'DISK_WRITE_FAILED',
    });
    const second = shop.runs.start('calculation');
    await sleep(1);
    shop.runs.cancel(second.id);
    expect(await shop.runs.finished(second.id)).toMatchObject({ state: 'cancelled', errorCode: 'CANCELLED' });
  });

  test('a run that is over changes nothing, and an unknown one is not found', async () => {
    await using shop = workshop({ getting: stage(() => null) });
    const { id } = shop.runs.start('getting');
    await shop.runs.finished(id);
    expect(shop.runs.cancel(id).state).toBe('done');
    expect(() => shop.runs.resume(id)).toThrow(code('RUN_NOT_RESUMABLE'));
    expect(() => shop.runs.cancel(99)).toThrow(code('NOT_FOUND'));
  });
});

describe('a program that ends', () => {
  test('leaves its runs interrupted, and they can be resumed by the next one', async () => {
    const { run, begun } = endless();
    await using shop = workshop({ getting: run, calculation: stage(() => 'calculated') });
    const first = shop.runs.start('getting');
    const second = shop.runs.start('calculation');
    await begun;
    const runs = await shop.restart();
    expect(shop.list().map(({ state }) => state)).toEqual(['interrupted', 'interrupted']);
    expect(await runs.finished(first.id)).toMatchObject({ state: 'interrupted' });
    runs.resume(second.id);
    expect(await runs.finished(second.id)).toMatchObject({ state: 'done', result: 'calculated' });
  });

  test('without a word leaves runs that the next one finds and calls interrupted', async () => {
    await using shop = workshop({ getting: stage(() => null) });
    const { id } = shop.runs.start('getting');
    await shop.runs.finished(id);
    shop.database.sqlite.exec(`UPDATE run SET state = 'running', finished_at = NULL`);
    expect((shop.reopen(), shop.show(id).run)).toMatchObject({ state: 'interrupted', finishedAt: instant });
  });
});

describe('a pipeline', () => {
  const plan = definePipeline(parameters, ({ scope }) => [
    { stage: 'getting', parameters: { scope } },
    { stage: 'calculation', parameters: { scope } },
    { stage: 'forecast', parameters: {} },
  ]);

  test('runs its parts one after the other under its own instant and day', async () => {
    const seen: unknown[] = [];
    const part = (name: string) =>
      stage((context, { scope }) => {
        seen.push([name, scope, context.instant, context.today]);
        return name;
      });
    await using shop = workshop({
      pipeline: plan,
      getting: part('g'),
      calculation: part('c'),
      forecast: part('f'),
    });
    const run = await shop.runs.finished(
      shop.runs.start('pipeline', { scope: 'today', date: '2026-01-01' }).id,
    );
    expect(run).toMatchObject({ state: 'done', result: { getting: 'g', calculation: 'c', forecast: 'f' } });
    expect(seen).toEqual([
      ['g', 'today', instant, '2026-01-01'],
      ['c', 'today', instant, '2026-01-01'],
      ['f', 'all-time', instant, '2026-01-01'],
    ]);
    expect(shop.list()).toHaveLength(1);
    expect(shop.show(run.id).children.map(({ stage: name, state }) => [name, state])).toEqual([
      ['getting', 'done'],
      ['calculation', 'done'],
      ['forecast', 'done'],
    ]);
  });

  test('stops at the part that fails, and resumed goes on with that part', async () => {
    const ran: string[] = [];
    let broken = true;
    await using shop = workshop({
      pipeline: plan,
      getting: stage(() => ran.push('g')),
      calculation: stage(() => {
        ran.push('c');
        if (broken) throw new AppError('STANDINGS_MISSING', 'none');
      }),
      forecast: stage(() => ran.push('f')),
    });
    const { id } = shop.runs.start('pipeline');
    expect(await shop.runs.finished(id)).toMatchObject({ state: 'failed', errorCode: 'STANDINGS_MISSING' });
    const { children } = shop.show(id);
    expect(children.map(({ state }) => state)).toEqual(['done', 'failed', 'cancelled']);
    broken = false;
    // A part stands for its pipeline.
    expect(shop.runs.resume(children[1]!.id).id).toBe(id);
    expect(await shop.runs.finished(id)).toMatchObject({ state: 'done', errorCode: null });
    expect(ran).toEqual(['g', 'c', 'c', 'f']);
  });

  test('cancelled through a part is cancelled as a whole', async () => {
    const { run, begun } = endless();
    await using shop = workshop({ pipeline: plan, getting: run, calculation: run, forecast: run });
    const { id } = shop.runs.start('pipeline');
    await begun;
    shop.runs.cancel(shop.show(id).children[0]!.id);
    expect((await shop.runs.finished(id)).state).toBe('cancelled');
    expect(shop.show(id).children.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });
});

describe('watching', () => {
  async function seenBy(events: AsyncIterable<RunEvent>): Promise<unknown[]> {
    const seen: unknown[] = [];
    for await (const event of events) {
      if (event.kind === 'state') seen.push(`${event.stage} ${event.state}`);
      else if (event.kind === 'log') seen.push(`${event.stage}: ${event.line.message}`);
      else seen.push(`${event.stage} ${event.phase} ${event.done}/${event.total}`);
    }
    return seen;
  }

  const chatty = stage(async (context) => {
    context.log('info', 'hello');
    context.progress({ phase: 'rows', done: 1, total: 2 });
    await sleep(1);
    context.progress({ phase: 'rows', done: 2, total: 2 });
  });

  test('shows states, progress and log of a run and its parts until it is over', async () => {
    await using shop = workshop({
      getting: chatty,
      pipeline: definePipeline(parameters, () => [{ stage: 'getting', parameters: {} }]),
    });
    const { id } = shop.runs.start('pipeline');
    expect(await seenBy(shop.runs.watch(id))).toEqual([
      'pipeline queued',
      'pipeline running',
      'pipeline getting 0/1',
      'getting running',
      'getting: hello',
      'getting rows 1/2',
      'getting rows 2/2',
      'getting done',
      'pipeline getting 1/1',
      'pipeline done',
    ]);
    expect(shop.show(id).children[0]).toMatchObject({ phase: 'rows', itemsDone: 2, itemsTotal: 2 });
  });

  test('a run that is over tells its log and its state, and ends', async () => {
    await using shop = workshop({ getting: chatty });
    const { id } = shop.runs.start('getting');
    await shop.runs.finished(id);
    expect(await seenBy(shop.runs.watch(id))).toEqual(['getting: hello', 'getting done']);
  });

  test('slowly misses outdated progress only; leaving early disturbs nobody', async () => {
    await using shop = workshop({
      getting: stage((context) => {
        for (let done = 1; done <= 1000; done++) context.progress({ phase: 'rows', done, total: 1000 });
        context.log('info', 'end');
      }),
    });
    const { id } = shop.runs.start('getting');
    const slow = shop.runs.watch(id);
    for await (const event of shop.runs.watch(id)) {
      expect(event.kind).toBe('state');
      break;
    }
    await shop.runs.finished(id);
    expect(await seenBy(slow)).toEqual([
      'getting queued',
      'getting running',
      'getting rows 1000/1000',
      'getting: end',
      'getting done',
    ]);
  });
});
