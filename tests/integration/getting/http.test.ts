import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { AppError } from '../../../engine/contract/errors.ts';
import { createFetcher } from '../../../engine/host/fetcher.ts';
import { tried } from '../../fixtures/faults.ts';
import { gettingWorkshop } from '../../fixtures/getting.ts';

const header = 'Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR';
const season = (code: string) => `${header}\n${code},03/02/2024,15:00,Arsenal,Fulham,2,1,H\n`;
type Answer = (request: IncomingMessage, response: ServerResponse, visit: number) => void;

/** A site on loopback: one handler a path, 404 for the rest, and a list of who came. */
async function site(answers: Record<string, Answer>) {
  const visits: { path: string; at: number }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    visits.push({ path, at: performance.now() });
    const answer = answers[path];
    if (answer) answer(request, response, visits.filter((visit) => visit.path === path).length);
    else response.writeHead(404).end('not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    visits,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
const send =
  (status: number, body = '', headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };
const path = (code: string) => `/mmz4281/2324/${code}.csv`;
const caught = async (promise: Promise<unknown>) =>
  await promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

test('every way in which a site can fail is an error of its own file, and the rest is read', async () => {
  await using server = await site({
    [path('E0')]: send(200, season('E0')),
    [path('E2')]: send(403),
    [path('E3')]: send(429, '', { 'retry-after': '0' }),
    [path('EC')]: send(500),
    [path('D1')]: (_, response) => {
      response.writeHead(200).write(header);
    },
    [path('D2')]: send(200, '<html><body>Sign in</body></html>'),
    [path('F1')]: (_, response) => {
      response.writeHead(200, { 'content-length': '4000' }).write(header);
      setTimeout(() => response.destroy(), 20);
    },
    [path('F2')]: send(200, season('F2')),
    '/fixtures.csv': send(200, 'Div,Date,HomeTeam,AwayTeam\nE0,25/05/2024,Fulham,Arsenal\n'),
  });
  await using workshop = gettingWorkshop({ timeoutMs: 300, retries: 1 });
  const championships = ['E0', 'E1', 'E2', 'E3', 'EC', 'D1', 'D2', 'F1', 'F2'];
  const failing = ['E1', 'E2', 'E3', 'EC', 'D1', 'D2', 'F1'];
  const survivals = failing.map(() => tried('slow, half and refused answers'));
  const { state, files, totals } = await workshop.get({
    from: server.address,
    scope: 'today',
    championships,
  });
  expect(state).toBe('done');
  const codeOf = (code: string) => files[path(code).slice(1)]!.error?.code;
  expect(Object.fromEntries(championships.map((code) => [code, codeOf(code)]))).toEqual({
    ...{ E0: undefined, E1: 'SOURCE_NOT_FOUND', E2: 'SOURCE_REFUSED', E3: 'SOURCE_RATE_LIMITED' },
    ...{
      EC: 'SOURCE_UNREACHABLE',
      D1: 'SOURCE_TIMEOUT',
      D2: 'FILE_FORMAT',
      F1: 'SOURCE_UNREACHABLE',
      F2: undefined,
    },
  });
  expect(totals).toMatchObject({ new: 3, files: { read: 3, failed: 7 } });
  expect(workshop.rows("SELECT count(*) AS n FROM run_log WHERE level = 'error'")).toEqual([{ n: 7 }]);
  for (const survived of survivals) survived();
});

test('what has not changed is neither sent nor read again', async () => {
  const answer: Answer = (request, response) => {
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else
      response
        .writeHead(200, { etag: '"v1"', 'last-modified': 'Wed, 22 May 2024 08:00:00 GMT' })
        .end(season('E0'));
  };
  await using server = await site({
    [path('E0')]: answer,
    '/fixtures.csv': send(200, 'Div,Date,HomeTeam,AwayTeam\n'),
  });
  await using workshop = gettingWorkshop();
  const parameters = { from: server.address, scope: 'today', championships: ['E0'] };
  expect((await workshop.get(parameters)).totals).toMatchObject({ new: 1, files: { read: 2 } });
  expect((await workshop.get(parameters)).totals).toMatchObject({ new: 0, files: { read: 0, unchanged: 2 } });
  expect((await workshop.get({ ...parameters, force: true })).totals).toMatchObject({
    unchanged: 1,
    files: { read: 2 },
  });
});

test('a run in which nothing at all could be read fails with the kind of its errors', async () => {
  await using server = await site({});
  await using workshop = gettingWorkshop();
  const { state, errorCode } = await workshop.get({
    from: server.address,
    scope: 'today',
    championships: ['E0'],
  });
  expect([state, errorCode]).toEqual(['failed', 'SOURCE_NOT_FOUND']);
});

test('a new season’s file may be missing in August, and only then', async () => {
  await using server = await site({ '/fixtures.csv': send(200, 'Div,Date,HomeTeam,AwayTeam\n') });
  await using workshop = gettingWorkshop();
  workshop.clock.time = Date.UTC(2024, 7, 2);
  const parameters = { from: server.address, scope: 'today', championships: ['E0'] };
  expect((await workshop.get(parameters)).totals.files).toMatchObject({ notPublished: 1, failed: 0 });
  workshop.clock.time = Date.UTC(2024, 8, 20);
  expect((await workshop.get(parameters)).totals.files).toMatchObject({ notPublished: 0, failed: 1 });
});

test('trouble that may pass is tried again after a growing wait, and Retry-After is obeyed', async () => {
  const recovering: Answer = (_, response, visit) => {
    if (visit === 1) response.writeHead(503).end();
    else if (visit === 2) response.writeHead(429, { 'retry-after': '1' }).end();
    else response.writeHead(200).end('at last');
  };
  await using server = await site({ '/file': recovering, '/busy': send(429, '', { 'retry-after': '3600' }) });
  const fetcher = createFetcher({ intervalMs: 0, backOffMs: 40, random: () => 0 });
  const answer = await fetcher.fetch({ address: `${server.address}/file` });
  expect(answer.kind === 'content' && new TextDecoder().decode(answer.body)).toBe('at last');
  const [first, second, third] = server.visits.map(({ at }) => at) as [number, number, number];
  // Timers may fire a millisecond early.
  expect(second - first).toBeGreaterThanOrEqual(39);
  expect(third - second).toBeGreaterThanOrEqual(999);
  // An hour is longer than anyone waits here.
  expect(await caught(fetcher.fetch({ address: `${server.address}/busy` }))).toBe('SOURCE_RATE_LIMITED');
  expect(server.visits.filter((visit) => visit.path === '/busy')).toHaveLength(1);
});

test('a body above the limit, another protocol and a cancelled request end at once', async () => {
  const flood: Answer = (_, response) => {
    response.writeHead(200);
    for (let i = 0; i < 50; i++) response.write(Buffer.alloc(1000));
    response.end();
  };
  await using server = await site({
    '/big': send(200, 'x'.repeat(5000)),
    '/flood': flood,
    '/slow': () => undefined,
  });
  const fetcher = createFetcher({ intervalMs: 0, largestBytes: 1000, retries: 0 });
  expect(await caught(fetcher.fetch({ address: `${server.address}/big` }))).toBe('SOURCE_TOO_LARGE');
  expect(await caught(fetcher.fetch({ address: `${server.address}/flood` }))).toBe('SOURCE_TOO_LARGE');
  expect(await caught(fetcher.fetch({ address: 'file:///etc/hosts' }))).toBe('USAGE');
  expect(await caught(fetcher.fetch({ address: 'http://127.0.0.1:1/' }))).toBe('SOURCE_UNREACHABLE');
  const cancel = new AbortController();
  const slow = caught(fetcher.fetch({ address: `${server.address}/slow`, signal: cancel.signal }));
  setTimeout(() => {
    cancel.abort();
  }, 20);
  expect(await slow).toBe('CANCELLED');
});

test('baltbet is followed from a tournament to its seasons’ matches and their prices', async () => {
  const json = (value: unknown) => send(200, JSON.stringify(value), { 'content-type': 'application/json' });
  const match = {
    id: 7,
    sId: 1,
    tId: 203,
    snId: 9,
    time: Date.UTC(2024, 4, 25, 16) / 1000,
    homeId: 1,
    awayId: 2,
  };
  const teams = [
    { id: 1, name: 'Химки' },
    { id: 2, name: 'ЦСКА' },
  ];
  const prices = ['1', 'X', '2'].map((name) => ({ name, odds: 2.9 }));
  await using server = await site({
    '/tournaments/203/seasons': json([
      { id: 9, tId: 203, year: '23/24' },
      { id: 3, tId: 203, year: '20/21' },
    ]),
    '/seasons/9/matches': json({ teams, matches: [match] }),
    '/coefs/7': json({ main: [{ name: 'Результат', coefs: prices }] }),
  });
  await using workshop = gettingWorkshop();
  const { totals } = await workshop.get({
    ...{ source: 'baltbet', from: server.address, scope: 'today', championships: ['RUS'] },
  });
  expect(totals).toMatchObject({ new: 1, quotes: { new: 1 } });
  expect(server.visits.map((visit) => visit.path)).toEqual([
    ...['/tournaments/203/seasons', '/seasons/9/matches', '/coefs/7'],
  ]);
});
