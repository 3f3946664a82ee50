import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { openReader } from '../../../db/client.ts';
import { createEngineHost, type EngineHost } from '../../../engine/host/engine-host.ts';
import { resolvePaths } from '../../../engine/host/paths.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const first = [
  'Дата;Хозяева;Гости;HG;AG;xG1;xG2;B365CH;B365CD;B365CA',
  '12.08.2023;Arsenal;Chelsea;2;1;1,75;0,9;2,1;3,4;3,6',
  '19.08.2023;Chelsea;Arsenal;0;0;0,3;0,30000000000000004;2,5;3,2;2,9',
].join('\n');

// A corrected result and price, a new match, a new team, a row that cannot be right.
const second = [
  'Дата;Хозяева;Гости;HG;AG;xG1;xG2;B365CH;B365CD;B365CA',
  '12.08.2023;Arsenal;Chelsea;3;1;1,8;0,9;2,15;3,4;3,6',
  '26.08.2023;Arsenal;Everton;1;1;1,1;1,2;1,5;4,2;7',
  '27.08.2023;Everton;Chelsea;1;x;;;;;',
].join('\n');

const folder = temporaryFolder();
const paths = resolvePaths({ home: folder.join('home') });
let host: EngineHost;
beforeAll(() => {
  host = createEngineHost({ paths, clock: { now: () => Date.UTC(2026, 10, 21, 9) }, threads: 1 });
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function upload(text: string, name = 'матчи.csv'): Promise<string> {
  const bytes = Buffer.from(text);
  const half = bytes.length >> 1;
  const piece = (part: Buffer, isLast: boolean) => ({ name, base64: part.toString('base64'), isLast });
  const { uploadId } = await host.client.imports.upload(piece(bytes.subarray(0, half), false));
  await host.client.imports.upload({ uploadId, ...piece(bytes.subarray(half), true) });
  return uploadId;
}

const mapping = {
  championship: { code: 'E0' },
  columns: {
    date: 'Дата',
    home: 'Хозяева',
    away: 'Гости',
    homeGoals: 'HG',
    awayGoals: 'AG',
    homeExpectedGoals: 'xG1',
    awayExpectedGoals: 'xG2',
  },
  odds: [
    { bookmaker: { code: 'B365' }, market: '1x2', phase: 'closing', columns: ['B365CH', 'B365CD', 'B365CA'] },
  ],
};

async function write(text: string) {
  const started = await host.client.imports.start({
    uploadId: await upload(text),
    mapping,
    subject: 'матчи.csv',
  });
  for await (const event of await host.client.runs.watch({ runId: started.runId })) void event;
  return started;
}

/** Everything that an import may touch, to the last digit. */
function dump(): unknown {
  using database = openReader(paths.database);
  const tables = [
    'championship',
    'season',
    'team',
    'team_alias',
    'match',
    'match_statistics',
    'odds_quote',
    'source_file',
  ];
  return tables.map((table) => database.sqlite.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all());
}

test('a file of this computer is opened by its path, if it is a table', async () => {
  const path = folder.join('own.csv');
  writeFileSync(path, first);
  const opened = await host.client.imports.open({ path });
  expect(opened).toMatchObject({ name: 'own.csv', bytes: Buffer.byteLength(first) });
  expect((await host.client.imports.preview({ uploadId: opened.uploadId })).rowCount).toBe(2);
  for (const [wrong, code] of [
    [folder.join('secret.pem'), 'USAGE'],
    [folder.join('none.csv'), 'NOT_FOUND'],
    ['own.csv', 'USAGE'],
  ] as const) {
    await expect(host.client.imports.open({ path: wrong })).rejects.toMatchObject({ data: { code } });
  }
});

test('a workbook is looked at sheet by sheet and imported like any table', async () => {
  const cell = (value: string | number) => ({ value });
  const kickOff = new Date('2022-08-06T00:00:00Z');
  const heading = mapping.columns;
  const bytes = await writeExcelFile(
    [
      { sheet: 'Notes', data: [['where it is from', 'when'].map(cell), ['here', 'now'].map(cell)] },
      {
        sheet: 'Матчи',
        data: [
          [heading.date, heading.home, heading.away, heading.homeGoals, heading.awayGoals].map(cell),
          [{ value: kickOff, type: Date, format: 'dd.mm.yyyy' }, ...['Arsenal', 'Chelsea', 2, 2].map(cell)],
        ],
      },
    ],
    {},
  ).toBuffer();
  const { uploadId } = await host.client.imports.upload({
    ...{ name: 'матчи.xlsx', base64: bytes.toString('base64'), isLast: true },
  });
  const first = await host.client.imports.preview({ uploadId });
  expect(first).toMatchObject({ sheets: { names: ['Notes', 'Матчи'], chosen: 'Notes' }, rowCount: 1 });
  const second = await host.client.imports.preview({ uploadId, sheet: 'Матчи' });
  expect(second).toMatchObject({
    sheets: { chosen: 'Матчи' },
    rows: [['2022-08-06', 'Arsenal', 'Chelsea', '2', '2']],
    suggestion: { columns: { date: heading.date, home: heading.home } },
  });
  const { homeExpectedGoals: _, awayExpectedGoals: __, ...columns } = heading;
  const meaning = { championship: { code: 'E0' }, columns };
  const trial = await host.client.imports.tryOut({ uploadId, mapping: meaning });
  expect(trial).toMatchObject({ rowsRead: 1, refusedCount: 0 });
  await expect(host.client.imports.preview({ uploadId, sheet: 'Other' })).rejects.toMatchObject({
    data: { code: 'NOT_FOUND' },
  });
  await host.client.imports.discard({ uploadId });
  const broken = {
    name: 'a.xlsx',
    base64: Buffer.from('PK\u0003\u0004rest').toString('base64'),
    isLast: true,
  };
  await expect(host.client.imports.upload(broken)).rejects.toMatchObject({ data: { code: 'FILE_FORMAT' } });
});

describe('a file of the analyst', () => {
  test('is looked at before anything of it is believed: delimiter, commas, days, and what its columns seem to mean', async () => {
    const preview = await host.client.imports.preview({ uploadId: await upload(second) });
    expect(preview).toMatchObject({ encoding: 'utf-8', delimiter: ';', rowCount: 3 });
    expect(preview.suggestion).toEqual({
      columns: {
        date: 'Дата',
        home: 'Хозяева',
        away: 'Гости',
        homeGoals: 'HG',
        awayGoals: 'AG',
        homeExpectedGoals: 'xG1',
        awayExpectedGoals: 'xG2',
      },
      championshipColumn: null,
      odds: [{ bookmaker: 'B365', isClosing: true, columns: ['B365CH', 'B365CD', 'B365CA'] }],
    });
    expect(preview.columns.find(({ name }) => name === 'xG1')).toMatchObject({
      numbers: 2,
      decimalCommas: 2,
    });
  });

  test('names the cells that are no numbers in a column of numbers', async () => {
    const rows = ['n', '1', '2', '3', '4', 'many', '6'];
    const preview = await host.client.imports.preview({ uploadId: await upload(`${rows.join('\n')}\n`) });
    expect(preview.columns[0]!.strays).toEqual([{ line: 6, value: 'many' }]);
  });

  test('is tried without leaving a trace', async () => {
    await write(first);
    const before = dump();
    const trial = await host.client.imports.tryOut({ uploadId: await upload(second), mapping });
    expect(trial).toMatchObject({
      rowsRead: 3,
      matches: { new: 1, changed: 1, unchanged: 0 },
      refusedCount: 1,
      newTeams: ['Everton'],
    });
    expect(trial.refused[0]!.line).toBe(4);
    expect(dump()).toEqual(before);
  });

  test('is taken back to the last digit: what it brought goes, and what it changed is as it was', async () => {
    const before = dump();
    const { changeSetId } = await write(second);
    expect(dump()).not.toEqual(before);
    const [set] = await host.client.data.changes();
    expect(set).toMatchObject({ id: changeSetId, state: 'done', newMatches: 1 });
    expect(set!.changedRows).toBeGreaterThan(0);

    await expect(host.client.data.undo({ id: changeSetId })).resolves.toEqual({ undone: true });
    expect(dump()).toEqual(before);
    await expect(host.client.data.undo({ id: changeSetId })).resolves.toEqual({ undone: false });
  });

  test('may be JSON of rows', async () => {
    const rows = [{ date: '2023-09-02', home: 'Arsenal', away: 'Chelsea', homeGoals: 1, awayGoals: 0 }];
    const uploadId = await upload(JSON.stringify({ matches: rows }), 'matches.json');
    const preview = await host.client.imports.preview({ uploadId });
    expect(preview.columns.map(({ name }) => name)).toEqual([
      'date',
      'home',
      'away',
      'homeGoals',
      'awayGoals',
    ]);
    await host.client.imports.discard({ uploadId });
    await expect(host.client.imports.preview({ uploadId })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    });
  });

  test.each([
    ['nothing', '', 'FILE_FORMAT'],
    ['a web page', '<!doctype html><html></html>', 'FILE_FORMAT'],
  ])('is refused when it is %s', async (_, text, code) => {
    const uploadId = await upload(text);
    await expect(host.client.imports.preview({ uploadId })).rejects.toMatchObject({ data: { code } });
  });

  test('waits for the names that nobody knows, and gets by once they are answered', async () => {
    const other = { ...mapping, source: 'other' };
    const uploadId = await upload(
      [
        'Дата;Хозяева;Гости;HG;AG;xG1;xG2;B365CH;B365CD;B365CA',
        '12.08.2023;The Arsenal;Chelsea;2;1;;;;;',
      ].join('\n'),
    );
    const stopped = await host.client.imports.tryOut({ uploadId, mapping: other });
    expect(stopped.matches).toBeNull();
    expect(stopped.unresolved.map(({ name, suggestions }) => [name, suggestions[0]?.team])).toEqual([
      ['The Arsenal', 'Arsenal'],
    ]);
    const [waiting] = await host.client.teams.unresolved();
    await host.client.teams.addAlias({ ...waiting!, sport: 'football', team: 'Arsenal' });
    const going = await host.client.imports.tryOut({ uploadId, mapping: other });
    expect(going.matches).toEqual({ new: 0, changed: 0, unchanged: 1 });

    await host.client.data.removeAlias({
      source: 'other',
      sport: 'football',
      country: 'ENG',
      name: 'The Arsenal',
    });
    expect(await host.client.teams.unresolved()).toMatchObject([{ name: 'The Arsenal' }]);
    await host.client.imports.discard({ uploadId });
  });
});

describe('two teams that are one', () => {
  test('become one, and two again when that is taken back', async () => {
    await write(`${first}\n02.09.2023;Chelsea FC;Liverpool;1;0;;;;;`);
    const [pair] = await host.client.data.similarTeams();
    expect([pair!.keep.name, pair!.other.name]).toEqual(['Chelsea', 'Chelsea FC']);
    const before = dump();
    const { changeSetId, matches } = await host.client.data.mergeTeams({
      keep: pair!.keep.id,
      other: pair!.other.id,
    });
    expect(matches).toBe(pair!.other.matches);
    expect(await host.client.data.similarTeams()).toEqual([]);
    await host.client.data.undo({ id: changeSetId });
    expect(dump()).toEqual(before);
  });
});

describe('the list of matches', () => {
  const page = (question: object) => host.client.matches.page(question);

  test('is newest first, and any other order is asked for by columns', async () => {
    const newest = await page({ limit: 2 });
    expect(newest.total).toBe(3);
    expect(newest.rows.map(({ matchDay }) => matchDay)).toEqual(['2023-09-02', '2023-08-19']);
    const byGoals = await page({ sort: [{ column: 'totalGoals', direction: 'asc' }] });
    expect(byGoals.rows.map(({ homeGoals, awayGoals }) => homeGoals! + awayGoals!)).toEqual([0, 1, 3]);
    const offset = await page({ sort: [{ column: 'totalGoals', direction: 'asc' }], offset: 2 });
    expect(offset.rows).toEqual([byGoals.rows[2]]);
  });

  test('keeps missing values last, whichever way it is sorted', async () => {
    for (const direction of ['asc', 'desc'] as const) {
      const { rows } = await page({ sort: [{ column: 'homeExpectedGoals', direction }] });
      expect(rows.at(-1)!.homeExpectedGoals).toBeNull();
    }
  });

  test('is filtered by text without accents or case, by numbers, days and values together', async () => {
    const filters = {
      team: { kind: 'text', contains: 'árSENAL' },
      totalGoals: { kind: 'number', min: 1 },
      matchDay: { kind: 'day', until: '2023-08-31' },
      status: { kind: 'set', values: ['finished'] },
    } as const;
    const { rows, total } = await page({ filters });
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      home: 'Arsenal',
      homeGoals: 2,
      closing: { home: 2.1, draw: 3.4, away: 3.6 },
    });
  });

  test('refuses columns and filters that do not fit by USAGE', async () => {
    const asked = [
      { sort: [{ column: 'nothing', direction: 'asc' }] },
      { filters: { home: { kind: 'number', min: 1 } } },
      { filters: { homeGoals: { kind: 'day', from: '2023-01-01' } } },
    ];
    for (const question of asked) {
      await expect(page(question)).rejects.toMatchObject({ data: { code: 'USAGE' } });
    }
  });

  test('is read anew when the data change', async () => {
    const question = { sort: [{ column: 'home', direction: 'asc' as const }] };
    expect((await page(question)).total).toBe(3);
    const { changeSetId } = await write(`${first}\n09.09.2023;Arsenal;Liverpool;1;0;;;;;`);
    expect((await page(question)).total).toBe(4);
    await host.client.data.undo({ id: changeSetId });
    expect((await page(question)).total).toBe(3);
  });
});

describe('what the data are made of', () => {
  test('names sources with what they brought, checks what is held, and counts it by month', async () => {
    const sources = await host.client.data.sources();
    expect(sources.find(({ name }) => name === 'csv')).toMatchObject({
      storedNames: ['csv'],
      canRunAlone: false,
    });
    const { report } = await host.client.data.quality();
    expect(report.matches).toBe(3);
    expect(report.findings.find(({ check }) => check === 'duplicates')).toMatchObject({
      status: 'pass',
      count: 0,
    });
    expect(report.findings.find(({ check }) => check === 'odds-missing')).toMatchObject({
      status: 'info',
      count: 1,
      of: 3,
    });
    const { coverage } = await host.client.data.coverage();
    expect(coverage.months).toEqual(['2023-08', '2023-09']);
    expect(coverage.counts.closing).toEqual([[2, 0]]);
  });
});
