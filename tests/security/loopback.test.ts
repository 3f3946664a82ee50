import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { noncePlaceholder } from '../../engine/contract/content-policy.ts';
import { createEngineHost, type EngineHost } from '../../engine/host/engine-host.ts';
import { startLoopbackHost, type LoopbackHost } from '../../engine/host/loopback/loopback-host.ts';
import { createSessions } from '../../engine/host/loopback/sessions.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const controlKey = 'known-to-programs-of-the-same-user-alone';
const folder = temporaryFolder();
let engine: EngineHost;
let host: LoopbackHost;
let cookie: string;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request as it stands, with nothing added or tidied. */
function ask(
  path: string,
  headers: Record<string, string | undefined> = {},
  method = 'GET',
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const given = Object.entries({ host: `127.0.0.1:${host.port}`, ...headers });
  const call = request(
    {
      host: '127.0.0.1',
      port: host.port,
      path,
      method,
      setHost: false,
      headers: Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<string, string>,
    },
    (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode!, headers: response.headers, text });
      });
    },
  );
  call.on('error', reject);
  call.end();
  return promise;
}

/** The status with which an upgrade is refused, or 101. */
function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
  socket.on('open', () => {
    socket.terminate();
    resolve(101);
  });
  socket.on('unexpected-response', (_, response) => {
    resolve(response.statusCode!);
    response.destroy();
  });
  socket.on('error', () => {});
  return promise;
}

const cookieOf = (answer: Answer): string => answer.headers['set-cookie']![0]!.split(';', 1)[0]!;
const tokenPath = (): string => {
  const { pathname, search } = new URL(host.issueAddress());
  return pathname + search;
};

beforeAll(async () => {
  const screens = folder.join('screens');
  mkdirSync(folder.join('screens', 'assets'), { recursive: true });
  writeFileSync(folder.join('screens', 'index.html'), `<style nonce="${noncePlaceholder}"></style>`);
  writeFileSync(folder.join('screens', 'assets', 'main.js'), 'void 0;');
  writeFileSync(folder.join('secret.txt'), 'secret');
  engine = createEngineHost({ paths: resolvePaths({ home: folder.join('home') }) });
  host = await startLoopbackHost({ engine, screens, controlKey, largestMessage: 1 << 20 });
  cookie = cookieOf(await ask(tokenPath()));
});

afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

describe('who is let in', () => {
  test('a token opens one session, once', async () => {
    const path = tokenPath();
    const first = await ask(path);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(first.headers['set-cookie']![0]).toMatch(
      /^auspex-session-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    const second = await ask(path);
    expect(second).toMatchObject({ status: 403 });
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('a used token in a browser that has its session leads on to the screens', async () => {
    expect(await ask('/open?token=used', { cookie })).toMatchObject({ status: 303 });
  });

  test('a token is worth nothing after its time', () => {
    let now = 0;
    const sessions = createSessions({ now: () => now, tokenLifetimeMs: 1000 });
    const [early, late] = [sessions.issueToken(), sessions.issueToken()];
    now = 1000;
    expect(sessions.exchange(early)).toBeDefined();
    now = 1001;
    expect(sessions.exchange(late)).toBeUndefined();
  });

  test('sessions outlive the engine as digests, from which no session can be had', () => {
    let digests: readonly string[] = [];
    const sessions = createSessions({
      onChange: (changed) => {
        digests = changed;
      },
    });
    const session = sessions.exchange(sessions.issueToken())!;
    const restarted = createSessions({ earlier: digests });
    expect(restarted.isOpen(session)).toBe(true);
    expect(restarted.isOpen(digests[0])).toBe(false);
  });

  test.each([
    ['no cookie', undefined],
    ['an empty session', 'auspex-session-PORT='],
    ['a guessed session', 'auspex-session-PORT=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['the cookie of another port', 'auspex-session-1=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['a very long cookie', `auspex-session-PORT=${'A'.repeat(8000)}`],
  ])('%s opens neither the page, nor a file, nor the line to the engine', async (_, given) => {
    const headers = given === undefined ? {} : { cookie: given.replace('PORT', String(host.port)) };
    expect(await ask('/', headers)).toMatchObject({ status: 401 });
    expect(await ask('/assets/main.js', headers)).toMatchObject({ status: 401 });
    const origin = `http://127.0.0.1:${host.port}`;
    expect(await upgrade('/rpc', { ...headers, origin })).toBe(401);
  });

  test.each([
    ['/open', 403],
    ['/open?token=', 403],
    ['/open?token=' + 'x'.repeat(4000), 403],
    ['/open?token=%00%ff', 403],
  ])('%s opens no session', async (path, status) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('who may ask at all', () => {
  const rebinding = [
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    'localhost.evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '0.0.0.0:PORT',
    '[::1]:PORT',
    '127.0.0.1:PORT@evil.example',
    '2130706433:PORT',
    'LOCALHOST.:PORT',
    '',
  ];
  test.each(rebinding)('a request for the host "%s" is refused before anything else', async (name) => {
    const given = name.replace('PORT', String(host.port));
    expect(await ask('/', { host: given, cookie })).toMatchObject({ status: 421 });
  });

  test('both names of this machine are answered', async () => {
    expect(await ask('/', { host: `127.0.0.1:${host.port}`, cookie })).toMatchObject({ status: 200 });
    expect(await ask('/', { host: `localhost:${host.port}`, cookie })).toMatchObject({ status: 200 });
  });

  test.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://127.0.0.1:PORT.evil.example',
    'file://',
    'chrome-extension://abcdef',
    '',
  ])('a page of "%s" reaches neither files nor the engine, with a stolen cookie either', async (page) => {
    const origin = page.replace('PORT', String(host.port));
    expect(await ask('/', { origin, cookie })).toMatchObject({ status: 403 });
    expect(await upgrade('/rpc', { origin, cookie })).toBe(403);
  });

  test('a WebSocket that does not say where it comes from is refused', async () => {
    expect(await upgrade('/rpc', { cookie })).toBe(403);
  });

  test.each(['cross-site', 'same-site'])('a %s request of a page is refused, a link is not', async (site) => {
    const from = { cookie, 'sec-fetch-site': site };
    expect(await ask('/assets/main.js', { ...from, 'sec-fetch-mode': 'no-cors' })).toMatchObject({
      status: 403,
    });
    expect(await ask('/', { ...from, 'sec-fetch-mode': 'navigate' })).toMatchObject({ status: 200 });
  });

  test('it listens on this machine alone', async () => {
    const addresses = (await import('node:os')).networkInterfaces();
    const others = Object.values(addresses).flatMap((list) => list ?? []);
    for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      const socket = connect(host.port, address);
      await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
    expect(new URL(host.issueAddress()).hostname).toBe('127.0.0.1');
  });
});

describe('a further address', () => {
  const control = (headers: Record<string, string>, method = 'POST') =>
    ask('/control/address', headers, method);

  test('is given to a program that shows the key', async () => {
    const { status, text } = await control({ authorization: `Bearer ${controlKey}` });
    expect(status).toBe(200);
    expect(text).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\?token=[\w-]{43}\n$/);
  });

  test.each<[string, Record<string, string>]>([
    ['without a key', {}],
    ['with another key', { authorization: 'Bearer wrong' }],
    ['with the key in another scheme', { authorization: `Basic ${controlKey}` }],
    ['from a page of our own', { authorization: `Bearer ${controlKey}`, 'sec-fetch-site': 'same-origin' }],
  ])('is refused %s', async (_, headers) => {
    expect(await control(headers)).toMatchObject({ status: 403 });
  });
});

describe('what is served', () => {
  test('the page has a nonce of its own each time, in its policy and in its text', async () => {
    const pages = [await ask('/', { cookie }), await ask('/index.html', { cookie })];
    const nonces = pages.map(({ headers, text }) => {
      const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy'] as string)![1]!;
      expect(text).toBe(`<style nonce="${nonce}"></style>`);
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
    expect(nonces[0]!.length).toBeGreaterThanOrEqual(22);
  });

  test('the policy lets in nothing but the own files', async () => {
    const { headers } = await ask('/', { cookie });
    const policy = headers['content-security-policy'] as string;
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/);
    expect(policy).not.toMatch(/unsafe|data:|https:|\*/);
    for (const name of ['base-uri', 'form-action', 'frame-ancestors', 'object-src']) {
      expect(policy).toContain(`${name} 'none'`);
    }
  });

  test.each(['/', '/assets/main.js', '/nothing', '/open', '/control/address'])(
    'the answer for %s carries the headers that keep it apart from other sites',
    async (path) => {
      const { headers } = await ask(path, { cookie });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    },
  );

  test('files come with their kind', async () => {
    expect(await ask('/assets/main.js', { cookie })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript' },
      text: 'void 0;',
    });
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/....//secret.txt',
    '/assets/%252e%252e/%252e%252e/secret.txt',
    '//secret.txt',
    '/screens/../../secret.txt',
    '/%00',
    '/%',
    '/assets',
    '/assets/',
  ])('%s leads nowhere', async (path) => {
    const { status, text } = await ask(path, { cookie });
    expect(status).toBe(404);
    expect(text).not.toContain('secret');
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s changes nothing', async (method) => {
    expect(await ask('/', { cookie }, method)).toMatchObject({ status: 405 });
  });
});

describe('what is too much', () => {
  const origin = (): string => `http://127.0.0.1:${host.port}`;

  test('headers beyond all measure are refused', async () => {
    expect(await ask('/', { cookie, 'x-much': 'x'.repeat(20_000) })).toMatchObject({ status: 431 });
  });

  test('a message that is too large ends its line, and the engine answers the next', async () => {
    const open = async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, {
        origin: origin(),
        headers: { cookie },
      });
      await once(socket, 'open');
      return socket;
    };
    const first = await open();
    first.send('x'.repeat((1 << 20) + 1));
    const [code] = (await once(first, 'close')) as [number];
    expect([1006, 1009]).toContain(code);
    const second = await open();
    second.send(JSON.stringify({ i: '1', p: { u: '/system/about', b: { json: {} } } }));
    const [message] = (await once(second, 'message')) as [Buffer];
    expect(message.toString()).toContain('languages');
    second.close();
  });

  test('a line is opened at its own address alone', async () => {
    expect(await upgrade('/', { origin: origin(), cookie })).toBe(404);
    expect(await upgrade('/rpc/x', { origin: origin(), cookie })).toBe(404);
  });

  test('a request that is none is answered and forgotten', async () => {
    const socket = connect(host.port, '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: x\r\n\r\n');
    const [part] = (await once(socket, 'data')) as [Buffer];
    expect(part.toString()).toMatch(/^HTTP\/1\.1 400 /);
    expect(await ask('/', { cookie })).toMatchObject({ status: 200 });
  });
});
