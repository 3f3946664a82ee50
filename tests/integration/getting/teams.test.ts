import { expect, test } from 'vitest';
import { addAlias, unresolvedNames } from '../../../engine/football/getting/teams.ts';
import { gettingWorkshop } from '../../fixtures/getting.ts';

const season = (...rows: string[]) => ['Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR', ...rows, ''].join('\n');
const played = ['RUS,05/08/2023,Zenit,Ural,3,0,H', 'RUS,06/08/2023,Akhmat Grozny,Sochi,1,1,D'];
const columns = {
  date: 'date',
  home: 'home',
  away: 'away',
  homeGoals: 'hg',
  awayGoals: 'ag',
  homeExpectedGoals: 'xg',
};
const mapping = { source: 'mine', championship: { code: 'RUS' }, columns };

/** The founder's season, and a table of another source for the same championship. */
async function twoSources(rows: string) {
  const workshop = gettingWorkshop();
  workshop.file(
    'main/RUS.csv',
    season(...played)
      .replace('Div,', 'Country,')
      .replaceAll('RUS,', 'Russia,'),
  );
  await workshop.get({ from: `${workshop.folder}/main` });
  const path = workshop.file('mapping.json', JSON.stringify(mapping));
  const get = () =>
    workshop.get({ source: 'csv', mapping: path, from: `${workshop.folder}/other`, force: true });
  const write = (text: string) => workshop.file('other/xg.csv', `date,home,away,hg,ag,xg\n${text}`);
  write(rows);
  return Object.assign(workshop, { other: get, write });
}

test('an unknown name stops its file with suggestions, is never guessed, and goes on with an alias', async () => {
  await using workshop = await twoSources(
    '2023-08-05,Zenit St. Petersburg,URAL,3,0,2.1\n2023-08-06,Terek,Sochi,1,1,0.8\n',
  );
  const stopped = await workshop.other();
  expect([stopped.state, stopped.errorCode]).toEqual(['failed', 'TEAM_UNRESOLVED']);
  expect(stopped.errorMessage).toContain('Zenit St. Petersburg (Zenit ');
  expect(workshop.rows('SELECT count(*) AS n FROM match_statistics')).toEqual([{ n: 0 }]);
  expect(workshop.rows('SELECT count(*) AS n FROM team')).toEqual([{ n: 4 }]);

  const waiting = unresolvedNames(workshop.database);
  expect(waiting.map(({ name, suggestions }) => [name, suggestions[0]!.team])).toEqual([
    // No letters in common with "Akhmat Grozny", but the same day, ground and score.
    ['Terek', 'Akhmat Grozny'],
    ['Zenit St. Petersburg', 'Zenit'],
  ]);
  for (const { source, country, name, suggestions } of waiting) {
    addAlias(workshop.database, { source, sport: 'football', country, name, team: suggestions[0]!.team });
  }
  expect(unresolvedNames(workshop.database)).toEqual([]);
  expect((await workshop.other()).totals).toMatchObject({ new: 0, changed: 2 });
  expect(workshop.rows('SELECT home_expected_goals AS xg FROM match_statistics ORDER BY xg')).toEqual([
    { xg: 0.8 },
    { xg: 2.1 },
  ]);
});

test('another source fills in, reports what contradicts, and changes no result', async () => {
  await using workshop = await twoSources(
    '2023-08-07,Akhmat Grozny,Sochi,2,1,0.8\n2023-08-06,Zenit,Ural,3,0,2.1\n',
  );
  const { files, totals } = await workshop.other();
  expect(files['xg.csv']!.report!.conflicts).toEqual([
    {
      line: 2,
      reason:
        'Akhmat Grozny v Sochi on 2023-08-06 ended 1-1 for football-data but 2-1 for mine: the stored result stays.',
    },
  ]);
  expect(totals).toMatchObject({ new: 0, changed: 1, unchanged: 1, conflicts: 1 });
  expect(workshop.rows('SELECT match_day, home_goals FROM match ORDER BY match_day')).toEqual([
    { match_day: '2023-08-05', home_goals: 3 },
    { match_day: '2023-08-06', home_goals: 1 },
  ]);
  expect(workshop.rows("SELECT count(*) AS n FROM run_log WHERE code = 'MATCH_CONFLICT'")).toEqual([
    { n: 1 },
  ]);
});

test('one meeting a season that two sources date far apart is one match', async () => {
  await using workshop = await twoSources('2024-03-02,Zenit,Ural,3,0,2.1\n');
  const { files, totals } = await workshop.other();
  expect(totals).toMatchObject({ new: 0, conflicts: 1 });
  expect(files['xg.csv']!.report!.conflicts[0]!.reason).toContain('the stored day stays');
});

test('the founder may bring new teams later; a new spelling of an old one is no new team', async () => {
  await using workshop = await twoSources('');
  const rows = [...played, 'RUS,12/08/2023,Z.E.N.I.T. ,Rubin Kazan,1,0,H']
    .join('\n')
    .replaceAll('RUS,', 'Russia,');
  workshop.file('main/RUS.csv', season(rows).replace('Div,', 'Country,'));
  const { totals } = await workshop.get({ from: `${workshop.folder}/main` });
  expect(totals).toMatchObject({ new: 1, newTeams: 1, unchanged: 2 });
});

test('an award that one source knows outlives the other’s plain result', async () => {
  await using workshop = gettingWorkshop();
  workshop.file('fd/E0/2324.csv', season('E0,05/08/2023,Everton,Leeds,3,0,H'));
  const match = {
    date: '2023-08-05',
    team1: 'Everton FC',
    team2: 'Leeds United',
    score: { ft: [3, 0] },
    status: 'awarded',
  };
  workshop.file('of/2023-24/en.1.json', JSON.stringify({ matches: [{ round: 'Matchday 1', ...match }] }));
  const footballData = () => workshop.get({ from: `${workshop.folder}/fd`, force: true });
  await footballData();
  await workshop.get({ source: 'openfootball', from: `${workshop.folder}/of` });
  const stored = workshop.rows('SELECT status, decided_by, round, source FROM match');
  expect(stored).toEqual([
    { status: 'awarded', decided_by: 'award', round: 'Matchday 1', source: 'football-data' },
  ]);
  expect((await footballData()).totals).toMatchObject({ changed: 0, unchanged: 1 });
  expect(workshop.rows('SELECT status, decided_by, round, source FROM match')).toEqual(stored);
});
