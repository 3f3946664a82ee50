import { describe, expect, test } from 'vitest';
import { matchStatuses } from '../../../engine/contract/domain.ts';
import type { MatchBatch } from '../../../db/storage/football/match-batch.ts';
import { dayText } from '../../../engine/contract/zones.ts';
import { parseText, present } from '../../fixtures/getting.ts';

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;
const utc = (text: string) => Date.parse(`${text}Z`);
const header = 'Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR';
const e0 = { hints: { championship: 'E0', firstYear: 2023 } };

function matchesOf(batch: MatchBatch) {
  return Array.from({ length: batch.count }, (_, row) => ({
    line: batch.line[row],
    home: batch.teams[batch.home[row]!],
    away: batch.teams[batch.away[row]!],
    day: dayText(batch.day[row]!),
    score: `${batch.goals[row * 8]}-${batch.goals[row * 8 + 1]}`,
    status: matchStatuses[batch.status[row]!],
  }));
}

function quotesOf({ quotes }: MatchBatch) {
  return Array.from({ length: quotes.count }, (_, i) => ({
    bookmaker: quotes.bookmakers[quotes.bookmaker[i]!]!.code,
    market: quotes.market[i],
    phase: quotes.phase[i],
    line: quotes.line[i],
    instant: quotes.instant[i],
    prices: [...quotes.prices.subarray(i * 3, i * 3 + 3)].filter((price) => !Number.isNaN(price)),
  }));
}

describe('football-data files', () => {
  test('columns are found by name, in any order, with a byte order mark and blank rows at the end', () => {
    const text =
      '\uFEFFAwayTeam,FTR,HomeTeam,Div,Date,FTAG,FTHG,,\nBolton,D,Aston Villa ,E0,13/08/05,2,2,,\n,,,,,,,,\n\n';
    const { batches, rowsRead, refusedCount } = parseText(text, {
      hints: { championship: 'E0', firstYear: 2005 },
    });
    expect(batches[0]!.season).toBe('2005/06');
    expect(matchesOf(batches[0]!)).toEqual([
      { line: 2, home: 'Aston Villa', away: 'Bolton', day: '2005-08-13', score: '2-2', status: 'finished' },
    ]);
    expect([rowsRead, refusedCount]).toEqual([1, 0]);
  });

  test('a late match keeps the source’s day, whatever the zone makes of its kick-off', () => {
    const rows = 'T1,06/08/2022,23:30,Besiktas,Altay,1,0,H\nT1,07/08/2022,00:15,Goztep,Bursaspor,0,0,D';
    const { batches } = parseText(`${header}\n${rows}\n`, { hints: { championship: 'T1', firstYear: 2022 } });
    expect(matchesOf(batches[0]!).map(({ day }) => day)).toEqual(['2022-08-06', '2022-08-07']);
    expect([...batches[0]!.kickOff]).toEqual([utc('2022-08-06T22:30'), utc('2022-08-06T23:15')]);
  });

  test('odds of every kind get their market, phase, line and instant', () => {
    const odds =
      'B365H,B365D,B365A,PSCH,PSCD,PSCA,P>2.5,P<2.5,AHCh,B365CAHH,B365CAHA,BbMxAHH,BbMxAHA,BbAHh,HC';
    const row =
      'E0,03/02/2024,15:00,Arsenal,Fulham,2,1,H,1.5,4.2,6.5,1.48,4.5,7.1,1.8,2.1,-1.25,1.95,1.98,2,1.9,-1,7';
    const { batches } = parseText(`${header},${odds}\n${row}\n`, e0);
    const friday = utc('2024-02-02T15:00');
    const kickOff = utc('2024-02-03T15:00');
    expect(quotesOf(batches[0]!)).toEqual([
      { bookmaker: 'B365', market: 1, phase: 2, line: 0, instant: friday, prices: [1.5, 4.2, 6.5] },
      { bookmaker: 'PS', market: 1, phase: 3, line: 0, instant: kickOff, prices: [1.48, 4.5, 7.1] },
      { bookmaker: 'PS', market: 2, phase: 2, line: 2.5, instant: friday, prices: [1.8, 2.1] },
      { bookmaker: 'B365', market: 3, phase: 3, line: -1.25, instant: kickOff, prices: [1.95, 1.98] },
      { bookmaker: 'BbMx', market: 3, phase: 2, line: -1, instant: friday, prices: [2, 1.9] },
    ]);
  });

  test('absurd odds are refused by themselves, the best of the market may lie below 1, and the match stays', () => {
    const odds = 'B365H,B365D,B365A,BWH,BWD,BWA,MaxH,MaxD,MaxA,WHH,WHD,WHA';
    const row = 'E0,03/02/2024,15:00,Arsenal,Fulham,2,1,H,3.2,3.4,3.6,1.5,2.5,3,3.2,3.5,3.3,2.1,,3.5';
    const { batches, warnings, refusedCount } = parseText(`${header},${odds}\n${row}\n`, e0);
    expect(matchesOf(batches[0]!)).toHaveLength(1);
    expect(quotesOf(batches[0]!).map(({ bookmaker }) => bookmaker)).toEqual(['Max']);
    expect(refusedCount).toBe(0);
    expect(warnings.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '2: Bet365 pre-match odds are refused: the inverse prices add up to 0.884, below 0.97.',
      '2: Bet&Win pre-match odds are refused: the inverse prices add up to 1.400, above 1.3.',
      '2: William Hill pre-match odds are refused: a price is missing.',
    ]);
  });

  test('in a file that has both nearly everywhere, 3-0 without odds and statistics is a walkover', () => {
    const columns = `${header},HS,AS,B365H,B365D,B365A`;
    const played = (day: number, score: string) =>
      `T1,${day}/02/2023,16:00,Altay,Club ${day},${score},9,8,2,3.4,3.6`;
    const rows = [10, 11, 12, 13, 14, 15, 16, 17].map((day) => played(day, '3,0,H'));
    const empty = [
      'T1,25/02/2023,13:00,Umraniyespor,Gaziantep,3,0,H,,,,,',
      'T1,26/02/2023,13:00,Altay,Goztep,2,0,H,,,,,',
    ];
    const hints = { championship: 'T1', firstYear: 2022 };
    const told = parseText([columns, ...rows, ...empty, ''].join('\n'), { hints });
    const statuses = matchesOf(told.batches[0]!).map(({ status }) => status);
    expect(statuses).toEqual([...rows.map(() => 'finished'), 'awarded', 'finished']);
    expect(told.warnings[0]!.reason).toContain('stored as awarded');
    const few = parseText([columns, ...rows.slice(0, 3), ...empty, ''].join('\n'), { hints });
    expect(matchesOf(few.batches[0]!).every(({ status }) => status === 'finished')).toBe(true);
  });

  test.each([
    [
      'scores that disagree with the result',
      'E0,03/02/2024,15:00,Arsenal,Fulham,2,1,A',
      "The result 'A' disagrees with the score 2-1.",
    ],
    ['a team playing itself', 'E0,03/02/2024,15:00,Arsenal,Arsenal,2,1,H', 'Arsenal cannot play itself.'],
    [
      'a result from the future',
      'E0,25/05/2024,15:00,Arsenal,Fulham,2,1,H',
      'The match of 2024-05-25 has a result but has not been played yet.',
    ],
    [
      'an impossible score',
      'E0,03/02/2024,15:00,Arsenal,Fulham,2,-1,H',
      "The score '2' to '-1' is impossible.",
    ],
    [
      'a fantastic score',
      'E0,03/02/2024,15:00,Arsenal,Fulham,99,1,H',
      "The score '99' to '1' is impossible.",
    ],
    ['half a score', 'E0,03/02/2024,15:00,Arsenal,Fulham,2,,', 'Only one of the two teams has goals.'],
    [
      'a result without goals',
      'E0,03/02/2024,15:00,Arsenal,Fulham,,,H',
      "The result is given as 'H' but no goals are.",
    ],
    ['another division', 'E1,03/02/2024,15:00,Arsenal,Fulham,2,1,H', 'The division is E1, in a file of E0.'],
    ['an unknown division', 'Z9,03/02/2024,15:00,Arsenal,Fulham,2,1,H', "The division 'Z9' is unknown."],
    ['no date', 'E0,2nd Feb,15:00,Arsenal,Fulham,2,1,H', "'2nd Feb' is no date."],
    ['a day that is none', 'E0,30/02/2024,15:00,Arsenal,Fulham,2,1,H', "'30/02/2024' is no date."],
    [
      'a day of another season',
      'E0,03/02/2023,15:00,Arsenal,Fulham,2,1,H',
      'The date 2023-02-03 is not in the season 2023/24.',
    ],
    ['a missing team', 'E0,03/02/2024,15:00,Arsenal,,2,1,H', 'A team is missing.'],
    [
      'a match that stands there already',
      'E0,10/02/2024,15:00,Everton,Leeds,1,1,D',
      'The match stands on line 2 already.',
    ],
  ])('%s is refused with line and reason, and the rest is read', (_, row, reason) => {
    const good = 'E0,10/02/2024,15:00,Everton,Leeds,1,1,D';
    const { batches, refused, rowsRead } = parseText(`${header}\n${good}\n${row}\n`, e0);
    expect(matchesOf(batches[0]!).map(({ home }) => home)).toEqual(['Everton']);
    expect(refused).toEqual([{ line: 3, reason }]);
    expect(rowsRead).toBe(2);
  });

  test.each([
    [
      'wrong columns',
      'Date,Home,Goals\n03/02/2024,Arsenal,2\n',
      'FILE_COLUMNS',
      /AwayTeam or Away or AT, FTHG or HG, FTAG or AG/,
    ],
    ['another table', 'name;price\nbread;2\n', 'FILE_COLUMNS', /lacks the columns Date/],
    ['a web page', '<!DOCTYPE html><html></html>', 'FILE_FORMAT', /web page/],
    ['nothing', '', 'FILE_FORMAT', /empty/],
    [
      'a broken download',
      `${header}\nE0,03/02/2024,15:00,Arsenal,Fulham,2,1,H\nE0,04/02/2024,15:0`,
      'FILE_TRUNCATED',
      /line 3/,
    ],
    [
      'an unknown division alone',
      `${header}\nZ9,03/02/2024,15:00,Arsenal,Fulham,2,1,H\n`,
      'FILE_FORMAT',
      /'Z9' is unknown/,
    ],
  ])('%s is refused as a whole', (_, text, expected, message) => {
    expect(() => parseText(text)).toThrow(code(expected));
    expect(() => parseText(text)).toThrow(message);
  });

  test('extra leagues hold their seasons in a column; 2021 is a calendar year there', () => {
    const columns = 'Country,League,Season,Date,Time,Home,Away,HG,AG,Res,PSCH,PSCD,PSCA';
    const rows = [
      'USA,MLS,2021,11/07/2021,03:30,LA,NY,1,0,H,2,3.5,3.9',
      'USA,MLS,2022,10/07/2022,01:00,LA,NY,1,1,D,,,',
    ];
    const { batches } = parseText([columns, ...rows, ''].join('\n'), { hints: { championship: 'USA' } });
    expect(batches.map(({ season }) => season)).toEqual(['2021', '2022']);
    expect(batches[0]!.kickOff[0]).toBe(utc('2021-07-11T02:30'));
  });

  test('fixtures of many divisions are scheduled, with their prices as of the look; unwanted ones are left out', () => {
    const text = [
      'Div,Date,Time,HomeTeam,AwayTeam,B365H,B365D,B365A,PSCH,PSCD,PSCA',
      'E0,25/05/2024,15:00,Arsenal,Fulham,1.5,4.2,6.5,,,',
      'SC0,25/05/2024,15:00,Celtic,Hearts,1.3,5,9,,,',
      'E0,22/05/2024,12:30,Everton,Leeds,2,3.4,3.6,,,',
      '',
    ].join('\n');
    const { batches } = parseText(text, { hints: { isFixtures: true }, wanted: new Set(['E0']) });
    expect(batches.map(({ championship }) => championship)).toEqual(['E0']);
    expect(matchesOf(batches[0]!).map(({ status }) => status)).toEqual(['scheduled', 'scheduled']);
    expect(quotesOf(batches[0]!)).toEqual([
      { bookmaker: 'B365', market: 1, phase: 2, line: 0, instant: present, prices: [1.5, 4.2, 6.5] },
    ]);
  });
});
