import { expect, test } from 'vitest';
import { gettingWorkshop } from '../../fixtures/getting.ts';

const header = 'Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HS,AS,B365H,B365D,B365A';
const season = (...rows: string[]) => [header, ...rows, ''].join('\n');
const arsenal = 'E0,03/02/2024,15:00,Arsenal,Fulham,2,1,H,15,6,1.5,4.2,6.5';
const everton = 'E0,10/02/2024,15:00,Everton,Leeds,1,1,D,9,9,2.1,3.4,3.6';

test('hostile files are refused one by one with a sentence, and the good ones between them are read', async () => {
  await using workshop = gettingWorkshop();
  workshop.file('E0/2324.csv', season(arsenal, everton));
  workshop.file('E1/2324.csv', '<!DOCTYPE html><html><body>404</body></html>');
  workshop.file(
    'E2/2324.csv',
    `${header}\nE2,03/02/2024,15:00,Derby,Bolton,1,0,H,9,9,2,3.4,3.6\nE2,03/02/20`,
  );
  workshop.file('E3/2324.csv', 'Division,When\nE3,today\n');
  workshop.file('D1/2324.csv', '');
  workshop.file('D2/2324.csv', new Uint8Array(33 * 1024 * 1024).fill(65));
  workshop.file('mystery.csv', season(arsenal.replace('E0', 'ZZ')));
  workshop.file(
    'F1/2324.csv',
    season(
      'F1,03/02/2024,15:00,Lyon,Nice,2,1,A,1,1,2,3.4,3.6',
      'F1,03/02/2024,15:00,Nice,Nice,2,1,H,1,1,2,3.4,3.6',
      'F1,25/05/2024,15:00,Nice,Metz,2,1,H,1,1,2,3.4,3.6',
      'F1,03/02/2024,15:00,Lens,Metz,2,1,H,9,8,5,5,5',
    ),
  );
  const { state, files, totals } = await workshop.get();
  expect(state).toBe('done');
  const errors = Object.fromEntries(Object.entries(files).map(([name, { error }]) => [name, error?.code]));
  expect(errors).toEqual({
    'E0/2324.csv': undefined,
    'F1/2324.csv': undefined,
    'E1/2324.csv': 'FILE_FORMAT',
    'E2/2324.csv': 'FILE_TRUNCATED',
    'E3/2324.csv': 'FILE_COLUMNS',
    'D1/2324.csv': 'FILE_FORMAT',
    'D2/2324.csv': 'SOURCE_TOO_LARGE',
    'mystery.csv': 'FILE_FORMAT',
  });
  for (const { error } of Object.values(files)) if (error) expect(error.message).toMatch(/^[A-Z].*[.]$/s);
  expect(totals).toMatchObject({ new: 3, refused: 3, files: { read: 2, failed: 6 } });
  const report = files['F1/2324.csv']!.report!;
  expect(report.refused.map(({ line }) => line)).toEqual([2, 3, 4]);
  expect(report.warnings).toEqual([
    { line: 5, reason: 'Bet365 pre-match odds are refused: the inverse prices add up to 0.600, below 0.97.' },
  ]);
  expect(workshop.rows('SELECT count(*) AS n FROM match')).toEqual([{ n: 3 }]);
  expect(workshop.rows("SELECT count(*) AS n FROM run_item WHERE state = 'failed'")).toEqual([{ n: 6 }]);
});

test('reading a file again changes nothing, also where its content is not taken for known', async () => {
  await using workshop = gettingWorkshop();
  workshop.file('E0/2324.csv', season(arsenal, everton));
  const content = () =>
    ['match', 'match_statistics', 'odds_quote', 'team', 'bookmaker'].map((table) =>
      workshop.rows(`SELECT * FROM ${table}`),
    );
  expect((await workshop.get()).totals).toMatchObject({ new: 2, quotes: { new: 2 }, files: { read: 1 } });
  const before = content();
  expect((await workshop.get()).totals).toMatchObject({ new: 0, files: { unchanged: 1 } });
  expect((await workshop.get({ force: true })).totals).toMatchObject({
    ...{ new: 0, changed: 0, unchanged: 2 },
    ...{ quotes: { new: 0, changed: 0, unchanged: 2 }, files: { read: 1 } },
  });
  expect(content()).toEqual(before);
});

test('a corrected score, price or time updates its rows and leaves nothing stale behind', async () => {
  await using workshop = gettingWorkshop();
  const closing = `${header},PSCH,PSCD,PSCA`;
  workshop.file('E0/2324.csv', `${closing}\n${arsenal},1.48,4.5,7.1\n`);
  await workshop.get();
  // From Saturday to Monday: the same Friday's price, but another kick-off.
  const moved = arsenal
    .replace('03/02/2024,15:00', '05/02/2024,20:00')
    .replace('2,1,H', '2,2,D')
    .replace('1.5,', '1.53,');
  workshop.file('E0/2324.csv', `${closing}\n${moved},1.48,4.5,7.1\n`);
  const { totals, files } = await workshop.get();
  expect(totals).toMatchObject({ new: 0, changed: 1 });
  expect(files['E0/2324.csv']!.report!.warnings.map(({ reason }) => reason)).toEqual([
    'Arsenal v Fulham: the result 2-1 is now 2-2.',
    'Arsenal v Fulham was moved from 2024-02-03 to 2024-02-05.',
  ]);
  expect(workshop.rows('SELECT phase, instant, price_1 FROM odds_quote ORDER BY phase')).toEqual([
    { phase: 2, instant: Date.UTC(2024, 1, 2, 15), price_1: 1.53 },
    { phase: 3, instant: Date.UTC(2024, 1, 5, 20), price_1: 1.48 },
  ]);
});

test('a fixture is moved, then played, and stays one match with every price that was seen', async () => {
  await using workshop = gettingWorkshop();
  const fixtures = (row: string) =>
    workshop.file('fixtures.csv', `Div,Date,Time,HomeTeam,AwayTeam,B365H,B365D,B365A\n${row}\n`);
  fixtures('E0,25/05/2024,15:00,Arsenal,Fulham,1.5,4.2,6.5');
  expect((await workshop.get()).totals.new).toBe(1);
  workshop.clock.time += 3_600_000;
  await workshop.get({ force: true });
  fixtures('E0,30/05/2024,20:00,Arsenal,Fulham,1.55,4.2,6');
  workshop.clock.time += 3_600_000;
  expect((await workshop.get()).totals).toMatchObject({ new: 0, changed: 1 });
  const seen = workshop.rows<{ price_1: number }>('SELECT price_1 FROM odds_quote ORDER BY instant');
  expect(seen.map((row) => row.price_1)).toEqual([1.5, 1.55]);

  workshop.clock.time = Date.UTC(2024, 5, 1);
  workshop.file('fixtures.csv', 'Div,Date,Time,HomeTeam,AwayTeam\n');
  workshop.file('E0/2324.csv', season('E0,30/05/2024,20:00,Arsenal,Fulham,3,0,H,15,6,1.57,4.2,6'));
  expect((await workshop.get()).totals).toMatchObject({ new: 0, changed: 1 });
  expect(workshop.rows('SELECT match_day, status, home_goals FROM match')).toEqual([
    { match_day: '2024-05-30', status: 'finished', home_goals: 3 },
  ]);
  expect(workshop.rows('SELECT count(*) AS n FROM odds_quote')).toEqual([{ n: 3 }]);
});

test('a result that was refused as future is read once its day has come, though the file is the same', async () => {
  await using workshop = gettingWorkshop();
  workshop.file('E0/2324.csv', season('E0,25/05/2024,15:00,Arsenal,Fulham,3,0,H,15,6,1.57,4.2,6'));
  expect((await workshop.get()).totals).toMatchObject({ new: 0, refused: 1 });
  workshop.clock.time = Date.UTC(2024, 4, 26);
  expect((await workshop.get()).totals).toMatchObject({ new: 1, refused: 0 });
});

test('fixtures of a season that was moved into the summer belong to it', async () => {
  await using workshop = gettingWorkshop();
  workshop.clock.time = Date.UTC(2020, 6, 10);
  const rows = [
    'E0,05/07/2020,15:00,Arsenal,Fulham,2,1,H,,,,,',
    'E0,06/07/2020,15:00,Fulham,Everton,0,1,A,,,,,',
  ];
  workshop.file('E0/1920.csv', season(...rows));
  const fixtures = ['E0,15/07/2020,20:00,Everton,Arsenal'];
  workshop.file('fixtures.csv', ['Div,Date,Time,HomeTeam,AwayTeam', ...fixtures, ''].join('\n'));
  await workshop.get();
  expect(workshop.rows('SELECT code FROM season')).toEqual([{ code: '2019/20' }]);
  workshop.file('fixtures.csv', 'Div,Date,Time,HomeTeam,AwayTeam\nE0,16/07/2020,20:00,Arsenal,Fulham\n');
  await workshop.get();
  expect(workshop.rows('SELECT code FROM season ORDER BY code')).toEqual([
    { code: '2019/20' },
    { code: '2020/21' },
  ]);
});

test('an empty folder, a missing one and a foreign address each say what is wrong', async () => {
  await using workshop = gettingWorkshop();
  workshop.file('README.md', 'nothing here');
  const codes = [];
  for (const from of [workshop.folder, `${workshop.folder}/none`, 'ftp://example.org/']) {
    const { state, errorCode, errorMessage } = await workshop.get({ from });
    expect(state).toBe('failed');
    expect(errorMessage).toMatch(/\.$/);
    codes.push(errorCode);
  }
  expect(codes).toEqual(['SOURCE_NOT_FOUND', 'SOURCE_NOT_FOUND', 'USAGE']);
});

test('a team under two names in one file is seen through once its names have become teams', async () => {
  await using workshop = gettingWorkshop();
  const rows = [
    'D2,03/02/2024,12:30,St Pauli,Hamburg,1,0,H,,,,,',
    'D2,03/02/2024,12:30,St. Pauli,Hamburg,1,0,H,,,,,',
    'D2,10/02/2024,12:30,St Pauli,St. Pauli,1,0,H,,,,,',
  ];
  workshop.file('D2/2324.csv', season(...rows));
  const { totals, files } = await workshop.get();
  expect(totals).toMatchObject({ new: 1, refused: 2, newTeams: 2 });
  expect(files['D2/2324.csv']!.report!.refused.map(({ line }) => line)).toEqual([3, 4]);
});
