import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngineHost, type EngineHost } from '../../../engine/host/engine-host.ts';
import { startLoopbackHost, type LoopbackHost } from '../../../engine/host/loopback/loopback-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { openSecretFile } from '../../../engine/host/secret-store.ts';
import { heldFetcher } from '../../fixtures/held-fetcher.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const folder = temporaryFolder();
const fetcher = heldFetcher();
let engine: EngineHost;
let host: LoopbackHost;
let token: string;

const call = (path: string, options: RequestInit & { readonly token?: string } = {}) =>
  fetch(`http://127.0.0.1:${host.port}${path}`, {
    ...options,
    headers: { authorization: `Bearer ${options.token ?? token}`, ...options.headers },
  });
const post = (path: string, body: unknown) =>
  call(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

beforeAll(async () => {
  const paths = resolvePaths({ home: folder.path });
  engine = createEngineHost({
    paths,
    fetcher,
    threads: 1,
    secrets: openSecretFile(folder.join('secrets.json'), 'open'),
  });
  host = await startLoopbackHost({ engine, screens: folder.path });
  token = (await engine.client.api.renewToken()).token;
  await engine.client.settings.set({ key: 'api.enabled', value: true });
});

afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('the REST face', () => {
  test('answers reads by GET, with numbers in the query', async () => {
    expect(await (await call('/api/system/about')).json()).toMatchObject({ languages: ['en', 'ru'] });
    const { runId } = (await (
      await post('/api/runs', { stage: 'getting', parameters: { source: 'football-data' } })
    ).json()) as { runId: number };
    const runs = await (await call('/api/runs?limit=1')).json();
    expect(runs).toMatchObject([{ id: runId, stage: 'getting' }]);
    expect(await (await call(`/api/runs/${runId}`)).json()).toMatchObject({ run: { id: runId } });
    expect(await (await post(`/api/runs/${runId}/cancel`, {})).json()).toEqual({ state: 'cancelled' });
  });

  test('streams what happens in a run as events', async () => {
    const { runId } = await engine.client.runs.start({
      stage: 'getting',
      parameters: { source: 'football-data' },
    });
    await engine.client.runs.cancel({ runId });
    const response = await call(`/api/runs/${runId}/events`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toContain('"state":"cancelled"');
  });

  test.each([
    ['/api/runs/999', 404, 'NOT_FOUND'],
    ['/api/runs/first', 400, 'USAGE'],
    ['/api/runs?limit=-1', 400, 'USAGE'],
    ['/api/runs?limit=many', 400, 'USAGE'],
  ])('refuses %s with %i and %s', async (path, status, code) => {
    const response = await call(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      code,
      message: expect.any(String) as string,
      detail: expect.any(Object) as object,
    });
  });

  test('refuses a body that is no JSON, and one that is too large', async () => {
    const broken = await call('/api/runs', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(broken.status).toBe(400);
    const large = await post('/api/runs', { stage: 'x'.repeat(17 * 2 ** 20) });
    expect(large.status).toBe(413);
  });

  test('knows nothing beside the contract', async () => {
    for (const path of ['/api/', '/api/nothing', '/api/../etc/passwd', '/api/runs/1/destroy']) {
      expect((await call(path)).status, path).not.toBe(200);
    }
  });

  test('describes itself: every procedure of the contract, with its token', async () => {
    const document = (await (await call('/api/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
      security: unknown;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.paths['/runs/{runId}']).toHaveProperty('get');
    expect(document.paths['/settings/set']).toHaveProperty('post');
    expect(document.security).toEqual([{ token: [] }]);
  });
});

describe('whoever calls', () => {
  test.each([
    ['no token', {}],
    ['another token', { authorization: 'Bearer wrong' }],
    ['an empty token', { authorization: 'Bearer ' }],
  ])('with %s is refused, whatever is asked', async (_, headers) => {
    for (const path of ['/api/runs', '/api/openapi.json', '/api/nothing']) {
      const response = await fetch(`http://127.0.0.1:${host.port}${path}`, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('is a page is refused even with the token: programs alone are answered', async () => {
    const origin = `http://127.0.0.1:${host.port}`;
    expect((await call('/api/runs', { headers: { origin } })).status).toBe(401);
    expect((await call('/api/runs', { headers: { origin: 'http://evil.example' } })).status).toBe(403);
  });

  test('has an earlier token is refused from the moment that there is a new one', async () => {
    const earlier = token;
    token = (await engine.client.api.renewToken()).token;
    expect((await call('/api/system/about', { token: earlier })).status).toBe(401);
    expect((await call('/api/system/about')).status).toBe(200);
  });

  test('finds nothing while it is off', async () => {
    await engine.client.settings.set({ key: 'api.enabled', value: false });
    expect((await call('/api/system/about')).status).toBe(404);
    await engine.client.settings.set({ key: 'api.enabled', value: true });
  });
});
