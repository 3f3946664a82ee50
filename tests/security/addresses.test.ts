import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { refuseSecrets } from '../../engine/channels/plain-settings.ts';
import { post } from '../../engine/channels/http.ts';
import { isLocalAddress } from '../../engine/football/getting/sources/news/model-scorer.ts';
import { createFetcher } from '../../engine/host/fetcher.ts';
import { createMlflowClient } from '../../engine/host/mlflow/client.ts';
import { AddressRefused, guardedFetch } from '../../engine/runtime/guarded-fetch.ts';
import { looksOwn, networkOf, refusalOf } from '../../engine/runtime/network-guard.ts';
import { z } from 'zod';

/** An address, and who may call it: sources and feeds, servers that the analyst names, a model of his own. */
const table: readonly (readonly [string, 'source' | '-', 'server' | '-', 'model' | '-'])[] = [
  ['https://example.org/feed', 'source', 'server', '-'],
  ['http://127.0.0.1:8080/', 'source', 'server', 'model'],
  ['http://localhost/', 'source', 'server', 'model'],
  ['http://2130706433/', 'source', 'server', 'model'],
  ['http://0x7f.1/', 'source', 'server', 'model'],
  ['http://0177.0.0.1/', 'source', 'server', 'model'],
  ['http://[::1]/', 'source', 'server', 'model'],
  ['http://[::ffff:127.0.0.1]/', 'source', 'server', 'model'],
  ['http://192.168.1.10/', 'source', 'server', 'model'],
  ['http://10.1.2.3/', 'source', 'server', 'model'],
  ['http://172.31.255.255/', 'source', 'server', 'model'],
  ['http://[fd12::1]/', 'source', 'server', 'model'],
  ['http://rebound.example/', '-', 'server', '-'],
  ['http://rebound6.example/', '-', 'server', '-'],
  ['http://half.example/', '-', 'server', '-'],
  ['http://nas.local/', 'source', 'server', '-'],
  ['http://mlflow:5000/', 'source', 'server', '-'],
  ['http://169.254.169.254/latest/meta-data/', '-', '-', '-'],
  ['http://2852039166/', '-', '-', '-'],
  ['http://0xA9FEA9FE/', '-', '-', '-'],
  ['http://0251.0376.0251.0376/', '-', '-', '-'],
  ['http://169.254.169.254./', '-', '-', '-'],
  ['http://[::ffff:169.254.169.254]/', '-', '-', '-'],
  ['http://[::ffff:a9fe:a9fe]/', '-', '-', '-'],
  ['http://[::169.254.169.254]/', '-', '-', '-'],
  ['http://[64:ff9b::a9fe:a9fe]/', '-', '-', '-'],
  ['http://[2002:a9fe:a9fe::1]/', '-', '-', '-'],
  ['http://[fd00:ec2::254]/', '-', '-', '-'],
  ['http://[fe80::1]/', '-', '-', '-'],
  ['http://100.100.100.200/', '-', '-', '-'],
  ['http://168.63.129.16/', '-', '-', '-'],
  ['http://metadata.google.internal/', '-', '-', '-'],
  ['http://0.0.0.0/', '-', '-', '-'],
  ['http://0/', '-', '-', '-'],
  ['http://[::]/', '-', '-', '-'],
  ['http://224.0.0.1/', '-', '-', '-'],
  ['http://255.255.255.255/', '-', '-', '-'],
  ['http://me:secret@example.org/', '-', '-', '-'],
  ['http://me@127.0.0.1/', '-', '-', '-'],
  ['file:///etc/passwd', '-', '-', '-'],
  ['ftp://example.org/', '-', '-', '-'],
  ['gopher://127.0.0.1:6379/_FLUSHALL', '-', '-', '-'],
  ['data:text/plain,hello', '-', '-', '-'],
  ['blob:http://127.0.0.1/1', '-', '-', '-'],
  ['javascript:alert(1)', '-', '-', '-'],
];

const names: Readonly<Record<string, readonly string[]>> = {
  'example.org': ['93.184.216.34'],
  'rebound.example': ['192.168.0.1'],
  'rebound6.example': ['::ffff:10.0.0.1'],
  'half.example': ['93.184.216.34', '127.0.0.1'],
  'nas.local': ['192.168.0.9'],
  mlflow: ['172.18.0.3'],
  'metadata.google.internal': ['169.254.169.254'],
};
const resolve = (name: string) =>
  name in names ? Promise.resolve(names[name]!) : Promise.reject(new Error('ENOTFOUND'));

describe('an address that somebody gave', () => {
  test.each(table)('%s is for %s, %s, %s', async (text, source, server, model) => {
    const address = new URL(text);
    const asSource = await refusalOf(address, { mayBeOwn: looksOwn(address), resolve });
    const asServer = await refusalOf(address, { mayBeOwn: true, resolve });
    expect([
      asSource === undefined ? 'source' : '-',
      asServer === undefined ? 'server' : '-',
      isLocalAddress(text) ? 'model' : '-',
    ]).toEqual([source, server, model]);
  });

  test('a name that nobody knows is left to the call, which says so', async () => {
    const unknown = new URL('http://nowhere.example/');
    expect(await refusalOf(unknown, { mayBeOwn: false, resolve })).toBeUndefined();
  });

  test('an answer of the name server that is no address is not called', () => {
    expect(networkOf('nonsense')).toBe('forbidden');
    expect(networkOf('fe80::1%eth0')).toBe('forbidden');
  });
});

/** A server that sends everybody elsewhere, and counts who comes to what it guards. */
async function startRedirects(location: string) {
  let secretReads = 0;
  const server = createServer((request, response) => {
    if (request.url === '/secret') secretReads++;
    if (request.url === '/start') response.writeHead(302, { location }).end();
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
    else response.end('content');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    secretReads: () => secretReads,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

describe('a source', () => {
  const quick = { intervalMs: 0, backOffMs: 1, retries: 0 };

  test.each([
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'http://me:pass@127.0.0.1/',
    'ftp://a.b/',
  ])('that sends the program to %s is not followed', async (location) => {
    await using server = await startRedirects(location);
    const asked = createFetcher(quick).fetch({ address: `http://127.0.0.1:${server.port}/start` });
    const refusal: unknown = await asked.catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'CONFIGURATION_INVALID' });
    expect(String(refusal)).not.toContain('pass@');
  });

  test("of one's own network may lead on within it, but not round for ever", async () => {
    await using server = await startRedirects('/secret');
    const fetcher = createFetcher(quick);
    const base = `http://127.0.0.1:${server.port}`;
    expect(await fetcher.fetch({ address: `${base}/start` })).toMatchObject({ kind: 'content' });
    expect(server.secretReads()).toBe(1);
    await expect(fetcher.fetch({ address: `${base}/round` })).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
  });

  test('whose public name leads into the private network is not called', async () => {
    await using server = await startRedirects('/secret');
    const fetcher = createFetcher({ ...quick, resolve: () => Promise.resolve(['127.0.0.1']) });
    const asked = fetcher.fetch({ address: `http://feeds.example:${server.port}/secret` });
    await expect(asked).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    expect(server.secretReads()).toBe(0);
  });
});

describe('a name server that answers differently each time', () => {
  test('is asked once, and what was checked is what is connected to', async () => {
    await using server = await startRedirects('/secret');
    const asked: string[] = [];
    const resolveOnce = (name: string): Promise<readonly string[]> =>
      Promise.resolve([asked.push(name) === 1 ? '127.0.0.1' : '169.254.169.254']);
    const address = new URL(`http://nas.local:${server.port}/secret`);
    const answer = await guardedFetch(address, {}, { mayBeOwn: true, resolve: resolveOnce });
    expect([await answer.text(), asked]).toEqual(['content', ['nas.local']]);
  });

  test('gets nothing from the private network by its second answer', async () => {
    await using server = await startRedirects('/secret');
    let asked = 0;
    // First where a source may lie, then where nobody else should look.
    const rebound = () => Promise.resolve([asked++ === 0 ? '93.184.216.34' : '127.0.0.1']);
    const address = `http://feeds.example:${server.port}/secret`;
    expect(await refusalOf(new URL(address), { mayBeOwn: false, resolve: rebound })).toBeUndefined();
    const fetcher = createFetcher({ intervalMs: 0, backOffMs: 1, retries: 0, resolve: rebound });
    await expect(fetcher.fetch({ address })).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    expect([asked, server.secretReads()]).toEqual([2, 0]);
  });

  test('is connected to where all of its answers may be called, under the name that was asked for', async () => {
    await using server = await startRedirects('/secret');
    const address = new URL(`http://nas.local:${server.port}/secret`);
    const guard = { mayBeOwn: true, resolve: () => Promise.resolve(['127.0.0.1']) };
    const answer = await guardedFetch(address, {}, guard);
    expect(await answer.text()).toBe('content');
    const mixed = { mayBeOwn: true, resolve: () => Promise.resolve(['127.0.0.1', '169.254.169.254']) };
    await expect(guardedFetch(address, {}, mixed)).rejects.toBeInstanceOf(AddressRefused);
    expect(server.secretReads()).toBe(1);
  });
});

test('channels and MLflow never call the place where clouds keep credentials', async () => {
  const address = 'http://169.254.169.254/';
  const { signal } = new AbortController();
  await expect(post(address, { body: 'x' }, signal)).rejects.toMatchObject({ fate: 'refused' });
  const client = createMlflowClient({ address, timeoutMs: 1000 });
  await expect(client.get('experiments/list', {}, z.unknown())).rejects.toThrow('is not called');
});

test('a webhook with a password in its address is not kept', () => {
  for (const address of [
    'http://me:pass@example.org/',
    'http:me:pass@example.org',
    'https:\\\\me@example.org',
  ])
    expect(() => {
      refuseSecrets({ address });
    }).toThrow('user name or a password');
  expect(() => {
    refuseSecrets({ address: 'https://example.org/@me', chat: '@channel' });
  }).not.toThrow();
});
