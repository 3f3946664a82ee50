import { isDefinedError, ORPCError } from '@orpc/client';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../engine/contract/errors.ts';
import type { RunEvent } from '../../engine/contract/runs.ts';
import { createEngineHost, type EngineHost } from '../../engine/host/engine-host.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import { heldFetcher } from '../fixtures/held-fetcher.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { transports, type ContractClient, type Line, type Transport } from '../fixtures/transports.ts';

/** The engine on an empty home and a network that does not answer, with a way to it. */
async function workshop(open: (host: EngineHost) => Promise<Transport>) {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(temporaryFolder());
  const fetcher = heldFetcher();
  const host = resources.use(
    createEngineHost({ paths: resolvePaths({ home: folder.path }), fetcher, threads: 1 }),
  );
  const transport = resources.use(await open(host));
  const owned = resources.move();
  return {
    host,
    fetcher,
    connect: () => transport.connect(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const inProcess = (host: EngineHost): Promise<Transport> =>
  Promise.resolve({
    connect: () => Promise.resolve({ client: host.client as unknown as ContractClient } as Line),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });

const fetching = {
  stage: 'getting',
  parameters: { source: 'football-data', championships: ['E0'] },
} as const;

const refusal = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => expect.fail('expected a refusal'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ORPCError);
  expect(isDefinedError(error)).toBe(true);
  const { code, data } = error as ORPCError<string, { code: ErrorCode; message: string; detail: object }>;
  expect(code).toBe('APP_ERROR');
  return data;
};

describe.each(Object.entries({ 'in-process': inProcess, ...transports }))('over %s', (name, open) => {
  test('a call is answered as the contract says', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    expect(await client.system.about()).toMatchObject({
      home: shop.host.context.paths.home,
      languages: ['en', 'ru'],
    });
    expect(await client.settings.set({ key: 'backup.keep', value: 3 })).toEqual({ value: 3 });
  });

  test('two hundred calls at once get an answer each, and each its own', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    const runIds = Array.from({ length: 200 }, (_, n) => n + 1);
    const answers = await Promise.all(runIds.map((runId) => refusal(client.runs.show({ runId }))));
    expect(answers.map(({ detail }) => detail)).toEqual(runIds.map((runId) => ({ runId })));
  });

  test('a refusal keeps its code, its sentence and its detail, and nothing else', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    expect(await refusal(client.runs.show({ runId: 77 }))).toEqual({
      code: 'NOT_FOUND',
      message: 'There is no run 77.',
      detail: { runId: 77 },
    });
  });

  test.each([
    ['a number that is none', { runId: Number.NaN }],
    ['a text in the place of a number', { runId: "1' OR '1'='1" }],
    ['nothing', undefined],
    ['a list', [1, 2, 3]],
    ['a number beyond all numbers', { runId: Number.POSITIVE_INFINITY }],
    ['a prototype', JSON.parse('{"__proto__":{"runId":1}}')],
  ])('an input that is %s is refused as USAGE, naming what was expected', async (_, input) => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    const { code, detail } = await refusal(client.runs.show(input as { runId: number }));
    expect(code).toBe('USAGE');
    expect(detail).toEqual({ issues: [expect.stringContaining('expected')] });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('five megabytes go there and back whole', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    const key = 'ж€😀 '.repeat(500_000);
    const { message } = await refusal(client.settings.set({ key, value: 1 }));
    expect(message.includes(key)).toBe(true);
  });

  test('a stream brings everything of a run until it is over, and then ends', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    const { runId } = await client.runs.start(fetching);
    const stream = await client.runs.watch({ runId });
    await shop.fetcher.asked;
    shop.fetcher.letGo();
    const events: RunEvent[] = [];
    for await (const event of stream) events.push(event);
    const states = events.filter(({ kind }) => kind === 'state');
    expect(states.at(-1)).toMatchObject({ state: 'failed', errorCode: 'SOURCE_NOT_FOUND' });
    expect(events.some(({ kind }) => kind === 'log')).toBe(true);
  });

  test('a stream of a run that does not exist is refused as any call', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    const watching = (async () => {
      for await (const _ of await client.runs.watch({ runId: 5 }));
    })();
    expect(await refusal(watching)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a stream that nobody wants any more ends at once, and its run goes on', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    const { runId } = await client.runs.start(fetching);
    const leave = new AbortController();
    const stream = await client.runs.watch({ runId }, { signal: leave.signal });
    await shop.fetcher.asked;
    await stream.next();
    await stream.return?.(undefined);
    leave.abort();
    expect(await client.runs.show({ runId })).toMatchObject({ run: { state: 'running' } });
    expect(shop.fetcher.abandoned).toBe(0);
  });

  test('cancelling a run reaches the work itself and answers when it has ended', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    const { runId } = await client.runs.start(fetching);
    await shop.fetcher.asked;
    expect(await client.runs.cancel({ runId })).toEqual({ state: 'cancelled' });
    expect(shop.fetcher.abandoned).toBeGreaterThan(0);
  });

  test.skipIf(name === 'in-process')('a procedure that does not exist is refused', async () => {
    await using shop = await workshop(open);
    const { client } = await shop.connect();
    const unknown = client as unknown as Record<string, Record<string, () => Promise<unknown>>>;
    await expect(unknown.system!.destroy!()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(unknown.constructor!.prototype!()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(unknown['..']!['../system/about']!()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe.each(Object.entries(transports))('over %s', (_, open) => {
  test('a line that breaks ends its calls and streams, and a new one finds the run as it is', async () => {
    await using shop = await workshop(open);
    const first = await shop.connect();
    const { runId } = await first.client.runs.start(fetching);
    await shop.fetcher.asked;
    const stream = await first.client.runs.watch({ runId });
    await stream.next();
    const pending = first.client.runs.cancel({ runId: 99_999 }).catch(() => 'ended');
    const reading = (async () => {
      for await (const event of stream) if (event.kind === 'state' && event.state === 'done') return 'done';
      return 'ended';
    })().catch(() => 'ended');
    await first.cut();
    expect(await Promise.all([pending, reading])).toEqual(['ended', 'ended']);

    const second = await shop.connect();
    expect(await second.client.runs.show({ runId })).toMatchObject({ run: { state: 'running' } });
    expect(await second.client.runs.cancel({ runId })).toEqual({ state: 'cancelled' });
  });

  test('two lines see the same run', async () => {
    await using shop = await workshop(open);
    const [left, right] = [await shop.connect(), await shop.connect()];
    const { runId } = await left.client.runs.start(fetching);
    const stream = await right.client.runs.watch({ runId });
    await shop.fetcher.asked;
    await left.client.runs.cancel({ runId });
    const events: RunEvent[] = [];
    for await (const event of stream) events.push(event);
    expect(events.at(-1)).toMatchObject({ kind: 'state', state: 'cancelled' });
  });

  test.each([
    ['no JSON', '}{'],
    ['no message', '"hello"'],
    ['a message without a call', '{"i":"1","p":{}}'],
    ['bytes', Uint8Array.from({ length: 64 }, (_, n) => (n * 37) % 256)],
    ['brackets without end', '['.repeat(100_000)],
  ])('what is %s ends its own line and harms neither the engine nor other lines', async (_, data) => {
    await using shop = await workshop(open);
    const [bad, good] = [await shop.connect(), await shop.connect()];
    bad.sendRaw(data);
    await bad.ended;
    expect(await good.client.system.about()).toMatchObject({ languages: ['en', 'ru'] });
  });
});
