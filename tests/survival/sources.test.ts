import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { watch } from '../../engine/football/watch/watch.ts';
import { createRandom } from '../../engine/kernel/math/random.ts';
import { faultCount, tried } from '../fixtures/faults.ts';
import { gettingWorkshop, present } from '../fixtures/getting.ts';

const random = createRandom(20_261_124);
const header = [
  'Div',
  'Date',
  'Time',
  'HomeTeam',
  'AwayTeam',
  'FTHG',
  'FTAG',
  'FTR',
  'B365H',
  'B365D',
  'B365A',
];
const teams = ['Arsenal', 'Everton', 'Fulham', 'Leeds', 'Wolves'];
const matches = teams.flatMap((home, h) =>
  teams
    .filter((away) => away !== home)
    .map((away, a) => {
      const day = String(1 + h * 4 + a).padStart(2, '0');
      return ['E0', `${day}/02/2024`, '15:00', home, away, '2', '1', 'H', '1.9', '3.4', '4.2'];
    }),
);
type Table = readonly (readonly string[])[];
const season: Table = [header, ...matches];
const csv = (table: Table, delimiter = ',') => `${table.map((row) => row.join(delimiter)).join('\n')}\n`;
const fixtures = 'Div,Date,HomeTeam,AwayTeam\n';
const kept = (workshop: ReturnType<typeof gettingWorkshop>) =>
  ['match', 'odds_quote', 'team'].map((table) => workshop.rows(`SELECT * FROM ${table}`));

const shuffled = <Item>(items: readonly Item[]): Item[] => {
  const order = items.map(() => random.uniform());
  return [...items.keys()].sort((a, b) => order[a]! - order[b]!).map((index) => items[index]!);
};
const withColumns = (order: readonly number[]): Table =>
  season.map((row) => order.map((at) => row[at] ?? ''));
const columns = [...header.keys()];

/** What a source may do to its file, and whether every row can still be told. */
const changes: readonly (readonly [what: string, isReadable: boolean, file: () => string])[] = [
  ['other order', true, () => csv(withColumns(shuffled(columns)))],
  ['new columns', true, () => csv(season.map((row, at) => [...row, at === 0 ? 'Weather' : 'rain']))],
  ['renamed column', false, () => csv([header.with([1, 3, 4][random.integer(3)]!, 'Renamed'), ...matches])],
  ['no goals', false, () => csv(withColumns(columns.filter((at) => at !== 5 && at !== 6)))],
  ['no names', false, () => csv(matches)],
  ['a page', false, () => `<!DOCTYPE html><html><body>${csv(season)}</body></html>`],
  [
    'JSON',
    false,
    () => JSON.stringify(matches.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at]])))),
  ],
  [
    'days written otherwise',
    false,
    () => csv(season.map((row) => row.with(1, row[1]!.split('/').toReversed().join('.')))),
  ],
];

test('a source that changes its layout takes nothing away: rows that can be told are read, the rest is refused with a code', async () => {
  await using workshop = gettingWorkshop();
  workshop.file('E0/2324.csv', csv(season));
  expect((await workshop.get()).totals).toMatchObject({ new: matches.length });
  const before = kept(workshop);
  for (let index = 0; index < faultCount(8); index++) {
    const [what, isReadable, file] = changes[index % changes.length]!;
    const survived = tried('source changes its layout');
    workshop.file('E0/2324.csv', file());
    const { files, totals, errorCode } = await workshop.get({ force: true });
    const told = files['E0/2324.csv'];
    // A run in which nothing at all could be read has no report of its files.
    const code = told?.error?.code ?? errorCode;
    if (isReadable) expect([code, totals.unchanged], what).toEqual([null, matches.length]);
    else if (code === null) expect(told!.report!.refused, what).toHaveLength(matches.length);
    else expect(code, what).toMatch(/^FILE_/);
    expect(kept(workshop), what).toEqual(before);
    if (code === 'FILE_COLUMNS' || code === 'FILE_FORMAT') {
      const { findings } = watch(workshop.database, { today: '2024-05-22', instant: present });
      const changed = findings.find(({ rule }) => rule === 'layout-changed');
      expect(changed, what).toMatchObject({ value: 1, level: 'warning' });
    }
    workshop.file('E0/2324.csv', csv(season));
    expect((await workshop.get({ force: true })).totals).toMatchObject({ unchanged: matches.length });
    survived();
  }
});

/** Ways of sending half of something, or nothing, or all of it too slowly; `at` is a share of it. */
const manners: readonly ((response: ServerResponse, body: string, at: number) => void)[] = [
  (response, body, at) => {
    // Says how long it is, and breaks off.
    response.writeHead(200, { 'content-length': Buffer.byteLength(body) }).write(body.slice(0, at));
    setTimeout(() => response.destroy(), 5);
  },
  (response, body, at) => {
    // Does not say how long it is, and breaks off.
    response.writeHead(200).write(body.slice(0, at));
    setTimeout(() => response.destroy(), 5);
  },
  (response, body, at) => {
    // Falls silent.
    response.writeHead(200).write(body.slice(0, at));
  },
  (response, body, at) => {
    // Ends in good order, half-way.
    response.writeHead(200).end(body.slice(0, at));
  },
  (response) => void response.destroy(),
  () => undefined,
];

test('slow and half answers take nothing away, and once the answer is whole everything is there', async () => {
  const body = csv(season);
  let answer = (response: ServerResponse): void => void response.writeHead(200).end(body);
  const server = createServer((request, response) => {
    if (request.url === '/fixtures.csv') response.writeHead(200).end(fixtures);
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const from = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const parameters = { from, scope: 'today', championships: ['E0'], force: true };
  try {
    await using workshop = gettingWorkshop({ timeoutMs: 1000, retries: 0 });
    let all: unknown[][] | undefined;
    for (let index = 0; index < faultCount(6); index++) {
      const survived = tried('slow, half and refused answers');
      const manner = manners[index % manners.length]!;
      answer = (response) => {
        manner(response, body, 1 + random.integer(body.length - 2));
      };
      await workshop.get(parameters);
      // The first one meets an empty database, the others one that holds everything.
      if (all) expect(kept(workshop)).toEqual(all);
      answer = (response) => void response.writeHead(200).end(body);
      await workshop.get(parameters);
      if (all) expect(kept(workshop)).toEqual(all);
      else all = kept(workshop);
      expect(all[0]).toHaveLength(matches.length);
      survived();
    }
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
