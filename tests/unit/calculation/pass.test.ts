import { describe, expect, it } from 'vitest';
import type {
  Calculator,
  FixtureView,
  PlayedView,
  SeasonStart,
} from '../../../engine/football/calculation/calculator.ts';
import { runPass } from '../../../engine/football/calculation/pass.ts';
import { tableColumns, tableWidth } from '../../../engine/football/calculation/tables.ts';
import { makeHistory } from '../../fixtures/history.ts';
import type { MatchRow } from '../../fixtures/history.ts';

const season = '2020/21';
const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

type Event =
  | { readonly seen: number; readonly day: string }
  | { readonly asked: FixtureView }
  | { readonly start: SeasonStart }
  | { readonly enter: number };

/** A calculator that only writes down what it is shown. */
function recorder(events: Event[]): Calculator {
  return {
    name: 'recorder',
    family: 'form',
    parameters: {},
    features: [{ name: 'nothing', unit: '', description: '', asOf: '', missing: '' }],
    create: () => ({
      startSeason: (start) => events.push({ start }),
      enter: (club) => events.push({ enter: club }),
      before: (match) => events.push({ asked: match }),
      after(results: readonly PlayedView[]) {
        for (const { fixture } of results) {
          const day = new Date(fixture.day * 86_400_000).toISOString().slice(0, 10);
          events.push({ seen: fixture.home, day });
        }
      },
    }),
  };
}

function record(rows: readonly MatchRow[]): Event[] {
  const events: Event[] = [];
  runPass(makeHistory(rows), [recorder(events)]);
  return events;
}

describe('the pass', () => {
  it('asks for all matches of a day before it shows any of their results', () => {
    const events = record([
      { id: 1, season, day: '2020-09-01', home: 1, away: 2, goals: [1, 0] },
      { id: 2, season, day: '2020-09-01', home: 3, away: 4, goals: [0, 0] },
      { id: 3, season, day: '2020-09-02', home: 1, away: 3, goals: [2, 2] },
    ]);
    const kinds = events.flatMap((event) => ('asked' in event ? ['asked'] : 'seen' in event ? ['seen'] : []));
    expect(kinds).toEqual(['asked', 'asked', 'seen', 'seen', 'asked']);
  });

  it('gives a view of a match that holds no goal and no statistic', () => {
    const events = record([
      { id: 1, season, day: '2020-09-01', home: 1, away: 2, goals: [77, 5], statistics: { homeShots: 313 } },
    ]);
    const asked = events.find((event) => 'asked' in event)!.asked;
    expect(Object.keys(asked).filter((key) => /goals|shots|corner|result|award|known/i.test(key))).toEqual(
      [],
    );
    expect(JSON.stringify(asked)).not.toMatch(/\b(77|313)\b/);
  });

  it('holds a late result back until the first day that begins after it was known', () => {
    const late = midnight('2020-09-02') + 3_600_000;
    const events = record([
      { id: 1, season, day: '2020-09-01', home: 1, away: 2, goals: [1, 0], knownAt: late },
      { id: 2, season, day: '2020-09-01', home: 3, away: 4, goals: [0, 0] },
      { id: 3, season, day: '2020-09-02', home: 1, away: 3 },
      { id: 4, season, day: '2020-09-03', home: 2, away: 4 },
    ]);
    const story = events.flatMap((event) => {
      if ('asked' in event) return [`ask ${String(event.asked.home)}`];
      return 'seen' in event ? [`see ${String(event.seen)}`] : [];
    });
    expect(story).toEqual(['ask 0', 'ask 2', 'see 2', 'ask 0', 'see 0', 'ask 1']);
  });

  it('never shows an awarded result to a calculator, but counts it in the table', () => {
    const rows: MatchRow[] = [
      { id: 1, season, day: '2020-09-01', home: 1, away: 2, goals: [3, 0], awarded: true },
      { id: 2, season, day: '2020-09-05', home: 2, away: 1 },
    ];
    expect(record(rows).some((event) => 'seen' in event)).toBe(false);
    const { lines } = runPass(makeHistory(rows), []);
    const away = lines.subarray(3 * tableWidth, 4 * tableWidth);
    expect(away[tableColumns.indexOf('points')]).toBe(3);
    expect(away[tableColumns.indexOf('home_won')]).toBe(1);
  });

  it('stamps a match with the start of its day in the zone of its championship', () => {
    const rows: MatchRow[] = [
      { id: 1, season, day: '2020-10-24', home: 1, away: 2 },
      { id: 2, season, day: '2020-10-26', home: 1, away: 2 },
    ];
    const { asOf } = runPass({ ...makeHistory(rows), zone: 'Europe/Madrid' }, []);
    expect([...asOf]).toEqual([
      Date.parse('2020-10-23T22:00:00Z'), // summer time
      Date.parse('2020-10-25T23:00:00Z'),
    ]);
  });

  it('lets only clubs enter that were not in the season before', () => {
    const events = record([
      { id: 1, season: '2020/21', day: '2020-09-01', home: 1, away: 2, goals: [1, 0] },
      { id: 2, season: '2020/21', day: '2020-09-05', home: 3, away: 1, goals: [0, 2] },
      { id: 3, season: '2021/22', day: '2021-09-01', home: 1, away: 4, goals: [1, 0] },
      { id: 4, season: '2021/22', day: '2021-09-05', home: 2, away: 4, goals: [1, 0] },
    ]);
    const story = events.flatMap((event) => {
      if ('start' in event) return [`start ${String(event.start.season)}: ${event.start.donors.join()}`];
      return 'enter' in event ? [`enter ${String(event.enter)}`] : [];
    });
    // Three clubs: the last one's place counts as emptied. Club index 2 (id 3) ended last by goal difference.
    expect(story).toEqual(['start 0: ', 'enter 0', 'enter 1', 'enter 2', 'start 1: 2', 'enter 3']);
  });

  it('takes newcomers from the places that were emptied a year earlier', () => {
    const donors = record([
      // 2020/21: club 1 above 2 above 3; the second place is emptied.
      { id: 1, season: '2020/21', day: '2020-09-01', home: 1, away: 3, goals: [3, 0] },
      { id: 2, season: '2020/21', day: '2020-09-05', home: 2, away: 3, goals: [1, 0] },
      // 2021/22: club 4 came; 3 above 4 above 1.
      { id: 3, season: '2021/22', day: '2021-09-01', home: 3, away: 1, goals: [3, 0] },
      { id: 4, season: '2021/22', day: '2021-09-05', home: 4, away: 1, goals: [1, 0] },
      { id: 5, season: '2022/23', day: '2022-09-01', home: 5, away: 3 },
    ]).flatMap((event) => ('start' in event ? [event.start.donors] : []));
    expect(donors).toEqual([[], [2], [3]]);
  });

  it('says whether a club is new, and does not know it where the season before is not held', () => {
    const rows: MatchRow[] = [
      { id: 1, season: '2013/14', day: '2013-09-01', home: 1, away: 2, goals: [1, 0] },
      { id: 2, season: '2014/15', day: '2014-09-01', home: 1, away: 3, goals: [1, 0] },
      { id: 3, season: '2019/20', day: '2019-09-01', home: 1, away: 4, goals: [1, 0] },
    ];
    const flags = record(rows).flatMap((event) =>
      'asked' in event ? [[event.asked.homeIsNewcomer, event.asked.awayIsNewcomer]] : [],
    );
    expect(flags).toEqual([
      [undefined, undefined],
      [false, true],
      [undefined, undefined],
    ]);
  });
});

describe('the table as of a match', () => {
  const column = (name: (typeof tableColumns)[number]) => tableColumns.indexOf(name);
  const rows: MatchRow[] = [
    { id: 1, season, day: '2020-09-01', home: 1, away: 2, goals: [2, 0] },
    { id: 2, season, day: '2020-09-01', home: 3, away: 4, goals: [1, 1] },
    { id: 3, season, day: '2020-09-08', home: 2, away: 3, goals: [1, 0] },
    { id: 4, season, day: '2020-09-15', home: 1, away: 3, goals: [0, 4] },
    { id: 5, season: '2021/22', day: '2021-09-01', home: 1, away: 3 },
  ];
  const { lines } = runPass(makeHistory(rows), []);
  const line = (row: number, side: 0 | 1) =>
    lines.subarray((2 * row + side) * tableWidth, (2 * row + side + 1) * tableWidth);

  it('does not hold the match itself', () => {
    expect(line(0, 0)[column('played')]).toBe(0);
    expect(line(0, 0)[column('position')]).toBe(1);
  });

  it('counts three points a win and one a draw, at home and away apart', () => {
    const third = line(3, 1);
    expect([...third]).toEqual([
      ...[4, 2, 0, 1, 1, 1, 2, 1], // fourth: level on points with club 4, behind on goal difference
      ...[1, 0, 1, 0, 1, 1, 1],
      ...[1, 0, 0, 1, 0, 1, 0],
    ]);
    expect(line(3, 0)[column('position')]).toBe(1);
  });

  it('shares three points out in every match of ice hockey', () => {
    const played: MatchRow[] = [
      { id: 1, season, day: '2020-09-01', home: 1, away: 2, goals: [2, 2], decider: -1 },
      { id: 2, season, day: '2020-09-03', home: 1, away: 2, goals: [1, 1], decider: 1 },
      { id: 3, season, day: '2020-09-05', home: 1, away: 2, goals: [4, 1] },
      { id: 4, season, day: '2020-09-07', home: 1, away: 2 },
    ];
    const points = (sport: 'football' | 'ice-hockey') => {
      const pass = runPass({ ...makeHistory(played), sport }, []);
      return [6, 7].map((at) => pass.lines[at * tableWidth + column('points')]);
    };
    expect(points('ice-hockey')).toEqual([1 + 2 + 3, 2 + 1]);
    expect(points('football')).toEqual([1 + 1 + 3, 1 + 1]);
  });

  it('starts anew with each season', () => {
    expect([...line(4, 0)].slice(1).every((value) => value === 0)).toBe(true);
  });
});
