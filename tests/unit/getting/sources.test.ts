import { describe, expect, test } from 'vitest';
import { decisions, statisticColumns } from '../../../db/storage/football/match-batch.ts';
import { matchStatuses } from '../../../engine/contract/domain.ts';
import { dayText } from '../../../engine/contract/zones.ts';
import { hintsOfPath } from '../../../engine/football/getting/sources/football-data/list.ts';
import { findSource, sources } from '../../../engine/football/getting/sources/index.ts';
import type { ListRequest } from '../../../engine/football/getting/source.ts';
import { parseText } from '../../fixtures/getting.ts';

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;
const utc = (text: string) => Date.parse(`${text}Z`);

const request = (origin: ListRequest['origin'], more: Partial<ListRequest> = {}): ListRequest => ({
  ...{ origin, scope: 'all-time', today: '2024-05-22', championships: undefined, mapping: undefined },
  ...more,
});
const site = (address: string) => ({ kind: 'address', address }) as const;
const folder = (...files: string[]) => ({ kind: 'folder', path: '/data', files }) as const;

describe('football-data’s list', () => {
  const list = (given: ListRequest) =>
    findSource('football-data').list(given) as { key: string; isOptional?: boolean }[];

  test.each([
    ['E0/0506.csv', { championship: 'E0', firstYear: 2005 }],
    ['mmz4281/9394/E0.csv', { championship: 'E0', firstYear: 1993 }],
    ['SP1_2324.csv', { championship: 'SP1', firstYear: 2023 }],
    ['data/2324-D1.csv', { championship: 'D1', firstYear: 2023 }],
    ['E0.csv', { championship: 'E0' }],
    ['new/RUS.csv', { championship: 'RUS' }],
    ['X3/2021.csv', { championship: 'X3', firstYear: 2021 }],
    ['fixtures.csv', { isFixtures: true }],
    ['backup 2021/E0.csv', { championship: 'E0' }],
    ['E0_2024.csv', { championship: 'E0' }],
    ['notes.csv', {}],
  ])('%s says what it holds', (path, hints) => {
    expect(hintsOfPath(path)).toEqual(hints);
  });

  test('a folder is read by division and season, and fixtures last', () => {
    const files = ['fixtures.csv', 'SP1/2324.csv', 'E0/2324.csv', 'E0/2223.csv', 'README.md'];
    expect(list(request(folder(...files))).map(({ key }) => key)).toEqual([
      ...['E0/2223.csv', 'E0/2324.csv', 'SP1/2324.csv', 'fixtures.csv'],
    ]);
    const today = list(request(folder(...files), { scope: 'today', championships: new Set(['E0']) }));
    expect(today.map(({ key }) => key)).toEqual(['E0/2324.csv', 'fixtures.csv']);
  });

  test('the site is asked for each season that it has, for extra leagues once, and for both kinds of fixtures', () => {
    const wanted = new Set(['EC', 'NOR']);
    const keys = list(request(site('http://127.0.0.1/'), { championships: wanted })).map(({ key }) => key);
    expect(keys).toHaveLength(19 + 1 + 2);
    expect(keys).toContain('mmz4281/0506/EC.csv');
    expect(keys).toContain('mmz4281/2324/EC.csv');
    expect(keys.slice(-3)).toEqual(['new/NOR.csv', 'fixtures.csv', 'new_league_fixtures.csv']);
  });

  test('a season that is about to begin may be missing', () => {
    const items = (today: string) =>
      list(request(site('http://x'), { scope: 'today', today, championships: new Set(['E0']) }));
    expect(items('2024-07-20')[0]).toMatchObject({ key: 'mmz4281/2425/E0.csv', isOptional: true });
    expect(items('2024-09-20')[0]).toMatchObject({ key: 'mmz4281/2425/E0.csv', isOptional: false });
  });

  test('the sample is read only where somebody asks for it', () => {
    expect(list(request(site('http://x'))).some(({ key }) => key.includes('X1'))).toBe(false);
  });
});

test('an unknown source is refused with the known ones', () => {
  expect(() => findSource('elsewhere')).toThrow(code('SOURCE_UNKNOWN'));
  expect(() => findSource('elsewhere')).toThrow(sources.map(({ name }) => name).join(', '));
});

describe('openfootball', () => {
  const parse = (matches: unknown[], hints = { championship: 'F1', firstYear: 2019 }) =>
    parseText(JSON.stringify({ name: 'x', matches }), { source: 'openfootball', hints });
  const match = { round: 'Matchday 1', date: '2019-08-09', time: '20:45', team1: 'AS Monaco', team2: 'Lyon' };

  test('times are local, scores are those of ninety minutes, and what came after stands beside them', () => {
    const cup = { ...match, score: { ft: [1, 0], ht: [0, 0], et: [1, 1], p: [4, 3] } };
    const [batch] = parse([cup]).batches;
    expect(batch!.kickOff[0]).toBe(utc('2019-08-09T18:45'));
    expect([...batch!.goals]).toEqual([1, 0, 0, 0, 1, 1, 4, 3]);
    expect(decisions[batch!.decidedBy[0]!]).toBe('penalties');
    expect(batch!.rounds).toEqual(['Matchday 1']);
  });

  test('awarded, cancelled and coming matches are told apart', () => {
    const { batches } = parse([
      { ...match, score: { ft: [0, 3] }, status: 'awarded' },
      { ...match, team1: 'Nice', score: {}, status: 'cancelled' },
      { ...match, team1: 'Nancy', date: '2024-06-01' },
    ]);
    const statuses = [...batches[0]!.status].map((status) => matchStatuses[status]);
    expect(statuses).toEqual(['awarded', 'cancelled', 'scheduled']);
    expect([...batches[0]!.resultKnownAt].map(Number.isNaN)).toEqual([false, true, true]);
  });

  test('what is no match is refused by itself', () => {
    const { refused, batches } = parse([
      ...[{ ...match, score: { ft: [1, 'x'] } }, { ...match, team2: 'AS Monaco' }, match, match],
      { ...match, team1: 'Nice', date: '2024-06-01', score: { ft: [1, 0] } },
    ]);
    expect(refused.map(({ line }) => line)).toEqual([1, 2, 4, 5]);
    expect(batches[0]!.count).toBe(1);
  });

  test('other documents are refused as a whole', () => {
    const given = { source: 'openfootball', hints: { championship: 'F1', firstYear: 2019 } };
    expect(() => parseText('{"clubs": []}', given)).toThrow(code('FILE_COLUMNS'));
    expect(() => parseText('{"matches": [{"date": "20', given)).toThrow(code('FILE_TRUNCATED'));
    expect(() => parseText('[1, 2,,]', given)).toThrow(code('FILE_FORMAT'));
    expect(() => parseText('{"matches": []}', { source: 'openfootball' })).toThrow(code('FILE_FORMAT'));
  });
});

describe('baltbet', () => {
  const teams = [
    { id: 1, name: 'Химки' },
    { id: 2, name: 'ЦСКА' },
  ];
  const match = {
    id: 7,
    sId: 1,
    tId: 203,
    snId: 9,
    time: utc('2024-05-25T16:00') / 1000,
    homeId: 1,
    awayId: 2,
  };
  const seasons = JSON.stringify([{ id: 9, tId: 203, year: '23/24' }]);
  const parse = (matches: unknown[], companions: Record<string, string> = {}) =>
    parseText(JSON.stringify({ teams, matches }), {
      ...{ source: 'baltbet', key: 'seasons_9_matches.json' },
      companions: { tournaments_203_seasons: seasons, ...companions },
    });

  test('a played match has the score of normal time, its season and the day in its own zone', () => {
    const played = {
      ...match,
      time: utc('2020-08-08T21:30') / 1000,
      result: { period: 'nt', home: 0, away: 2, winner: 'away' },
      periods: [{ period: 'p1', home: 0, away: 1 }, { period: 'ft', home: 0, away: 2 }, 'noise'],
    };
    const [batch] = parse([played]).batches;
    expect([...batch!.goals.subarray(0, 4)]).toEqual([0, 2, 0, 1]);
    expect(dayText(batch!.day[0]!)).toBe('2020-08-09');
    expect([batch!.championship, batch!.season]).toEqual(['RUS', '2023/24']);
  });

  test('prices have decimal commas and signs; handicaps and totals pair by their line', () => {
    const coefs = JSON.stringify({
      main: [
        {
          name: 'Результат',
          coefs: [
            { odds: 1.7, name: '1' },
            { odds: 3.8, name: 'X' },
            { odds: 4.7, name: '2' },
          ],
        },
        {
          name: 'Фора',
          coefs: [
            { odds: 2.2, name: 'Ф1к', value: '-1' },
            { odds: 1.63, name: 'Ф2к', value: '+1' },
          ],
        },
        {
          name: 'Тотал',
          coefs: [
            { odds: 1.82, name: 'Бол', value: '2,5' },
            { odds: 1.95, name: 'Мен', value: '2,5' },
          ],
        },
        {
          name: 'Двойной шанс',
          coefs: [
            { odds: 1.17, name: '1X' },
            { odds: 1.24, name: '12' },
            { odds: 2.1, name: 'X2' },
          ],
        },
        { name: 'Счёт', coefs: [{ odds: 9, name: '1:0' }] },
      ],
    });
    const { quotes } = parse([match], { coefs_7: coefs }).batches[0]!;
    expect([...quotes.market]).toEqual([1, 3, 2, 4]);
    expect([...quotes.line]).toEqual([0, -1, 2.5, 0]);
    expect([...quotes.prices.subarray(3, 5)]).toEqual([2.2, 1.63]);
  });

  test('ice hockey goes by regular time, and what came after a draw is kept beside it', () => {
    const hockey = { ...match, sId: 4, tId: 900004, time: utc('2024-02-25T16:00') / 1000 };
    const scoreOf = (rest: object) => {
      const { batches, refused } = parse([{ ...hockey, ...rest }]);
      const [batch] = batches;
      return batch ? [...batch.goals, decisions[batch.decidedBy[0]!]] : refused[0]!.reason;
    };
    const ft = { period: 'ft', home: 2, away: 2 };
    expect(scoreOf({ result: { period: 'nt', home: 4, away: 1 } })).toEqual([
      ...[4, 1, -1, -1, -1, -1, -1, -1],
      'regular',
    ]);
    const overtime = [2, 2, -1, -1, 2, 3, -1, -1, 'extra-time'];
    expect(scoreOf({ result: { period: 'ot', home: 2, away: 3 }, periods: [ft] })).toEqual(overtime);
    // Without its periods, the loser's goals tell what the drawn regular time was.
    expect(scoreOf({ result: { period: 'ot', home: 2, away: 3 } })).toEqual(overtime);
    expect(scoreOf({ result: { period: 'so', home: 3, away: 2 }, periods: [ft] })).toEqual([
      ...[2, 2, -1, -1, 2, 2, 1, 0],
      'penalties',
    ]);
    expect(scoreOf({ sId: 1, result: { period: 'nt', home: 4, away: 1 } })).toBe(
      'The tournament 900004 is one of ice-hockey, but the match is not.',
    );
  });

  test('missing keys cost at most their match, and other sports are set aside', () => {
    const { batches, refused, warnings } = parse([
      ...[{ ...match, sId: 5 }, { id: 8 }, { ...match, homeId: 99 }, { ...match, tId: 5 }],
      { ...match, isCanceled: true, result: { home: 1, away: 0 } },
    ]);
    expect(batches.map(({ count }) => count)).toEqual([1]);
    expect(matchStatuses[batches[0]!.status[0]!]).toBe('cancelled');
    expect(refused.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(warnings).toEqual([{ line: 0, reason: '1 matches of other sports were set aside.' }]);
  });
});

describe('csv with a mapping', () => {
  const mapping = {
    source: 'xg',
    championship: { column: 'Лига', codes: { РПЛ: 'RUS' } },
    columns: {
      date: 'Дата',
      time: 'Время',
      home: 'Хозяева',
      away: 'Гости',
      homeGoals: 'Г1',
      awayGoals: 'Г2',
      homeExpectedGoals: 'xG1',
    },
    zone: 'Europe/Moscow',
    odds: [{ bookmaker: { code: 'B365' }, market: '1x2', columns: ['П1', 'Х', 'П2'] }],
  };
  const text =
    'Лига;Дата;Время;Хозяева;Гости;Г1;Г2;xG1;П1;Х;П2\nРПЛ;2023-08-06;19:00;Зенит;Динамо;2.0;1.0;1,85;1,5;4,2;6,5\n';
  const windows1251 = Uint8Array.from([...text], (letter) => {
    const at = letter.codePointAt(0)!;
    return at >= 0x410 && at <= 0x44f ? at - 0x410 + 0xc0 : at;
  });

  test('Windows-1251, semicolons, decimal commas, ISO dates and a zone of its own are read', () => {
    const [batch] = parseText(windows1251, { source: 'csv', mapping }).batches;
    expect(batch).toMatchObject({ championship: 'RUS', season: '2023/24', teams: ['Зенит', 'Динамо'] });
    expect(batch!.kickOff[0]).toBe(utc('2023-08-06T16:00'));
    expect(batch!.statistics[statisticColumns.indexOf('home_expected_goals')]).toBe(1.85);
    expect([...batch!.quotes.prices]).toEqual([1.5, 4.2, 6.5]);
  });

  test('a column that the file lacks, a wrong mapping and none at all are refused by name', () => {
    expect(() => parseText('Дата;Гости\n1;2\n', { source: 'csv', mapping })).toThrow(/Время, Хозяева/);
    expect(() => parseText(text, { source: 'csv', mapping: { ...mapping, zone: 'Mars' } })).toThrow(
      /zone.*IANA/,
    );
    expect(() => parseText(text, { source: 'csv' })).toThrow(code('CONFIGURATION_INVALID'));
  });
});
