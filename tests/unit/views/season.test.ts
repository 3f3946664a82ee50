import { describe, expect, test } from 'vitest';
import type { SeasonMatchRow } from '../../../db/queries/football/season.ts';
import { championshipOf, formatOf, shapeOf } from '../../../engine/football/getting/championships.ts';
import { remainingMatches } from '../../../engine/football/views/season-fixtures.ts';
import { seasonTable } from '../../../engine/football/views/season-table.ts';

const names = ['', 'Ash', 'Birch', 'Cedar', 'Dogwood'];

function match(
  day: string,
  homeId: number,
  awayId: number,
  goals?: readonly [number, number],
): SeasonMatchRow {
  return {
    matchId: Number(day.slice(-2)) * 100 + homeId * 10 + awayId,
    day,
    status: goals ? 'finished' : 'scheduled',
    homeId,
    home: names[homeId]!,
    awayId,
    away: names[awayId]!,
    homeGoals: goals?.[0] ?? null,
    awayGoals: goals?.[1] ?? null,
    decider: 0,
  };
}

const format = { from: 2000, clubs: 4, matches: 6, upper: 1, lower: 1 };

describe('the rest of a season', () => {
  test('is every pair at home and away that has not been played', () => {
    const held = [match('2026-08-01', 1, 2, [1, 0]), match('2026-08-01', 3, 4, [0, 0])];
    const { remaining, unknown } = remainingMatches(held, { asOf: '2026-08-05', format });
    expect(remaining).toHaveLength(10);
    expect(remaining.filter(({ matchId }) => matchId !== null)).toEqual([]);
    expect(remaining).not.toContainEqual({ matchId: null, homeId: 1, awayId: 2 });
    expect(remaining).toContainEqual({ matchId: null, homeId: 2, awayId: 1 });
    expect(unknown).toBe(0);
  });

  test('takes a match that is played after the day for an open one, and never twice', () => {
    const held = [match('2026-08-01', 1, 2, [1, 0]), match('2026-08-09', 3, 4, [0, 0])];
    const { remaining } = remainingMatches(held, { asOf: '2026-08-05', format });
    expect(remaining).toHaveLength(11);
    expect(remaining.filter(({ homeId, awayId }) => homeId === 3 && awayId === 4)).toEqual([
      { matchId: 934, homeId: 3, awayId: 4 },
    ]);
  });

  test('plays a match anew that was called off', () => {
    const off = { ...match('2026-08-01', 1, 2), status: 'cancelled' as const };
    const held = [off, match('2026-08-01', 3, 4, [0, 0])];
    const { remaining } = remainingMatches(held, { asOf: '2026-08-05', format });
    expect(remaining).toContainEqual({ matchId: null, homeId: 1, awayId: 2 });
  });

  test('counts what the format plans and nobody can name, such as a split', () => {
    const held = [match('2026-08-01', 1, 2, [1, 0]), match('2026-08-01', 3, 4, [0, 0])];
    const split = { ...format, matches: 8 };
    expect(remainingMatches(held, { asOf: '2026-08-05', format: split })).toEqual({
      remaining: [],
      unknown: 14,
    });
  });

  test('is what is announced where the format is not on record', () => {
    const held = [match('2026-08-01', 1, 2, [1, 0]), match('2026-08-09', 3, 4)];
    const { remaining, unknown } = remainingMatches(held, { asOf: '2026-08-05', format: undefined });
    expect(remaining).toEqual([{ matchId: 934, homeId: 3, awayId: 4 }]);
    expect(unknown).toBe(0);
  });
});

describe('the table of a day', () => {
  const matches = [
    match('2026-08-01', 1, 2, [2, 0]),
    match('2026-08-01', 3, 4, [1, 1]),
    match('2026-08-15', 2, 3, [4, 0]),
    match('2026-08-22', 4, 1, [3, 0]),
  ];

  test('knows nothing of later days', () => {
    const table = seasonTable(matches, { asOf: '2026-08-01', sport: 'football' });
    expect(table.map(({ team, points }) => [team.name, points])).toEqual([
      ['Ash', 3],
      ['Cedar', 1],
      ['Dogwood', 1],
      ['Birch', 0],
    ]);
    expect(table[0]!.moved).toBeNull();
  });

  test('says how far each club has come in a week, and how it fared', () => {
    const table = seasonTable(matches, { asOf: '2026-08-22', sport: 'football' });
    const line = (name: string) => table.find(({ team }) => team.name === name)!;
    expect(table.map(({ team }) => team.name)).toEqual(['Dogwood', 'Birch', 'Ash', 'Cedar']);
    expect(line('Dogwood')).toMatchObject({ position: 1, moved: 2, points: 4, homePoints: 3, awayPoints: 1 });
    expect(line('Ash').form.map(({ result, isHome }) => [result, isHome])).toEqual([
      ['W', true],
      ['L', false],
    ]);
  });
});

describe('how a season is decided', () => {
  test.each([
    ['E0', 2023, 'table'],
    ['ARG', 2013, 'two-tournaments'],
    ['ARG', 2018, 'table'],
    ['ARG', 2021, 'zones'],
    ['MEX', 2023, 'two-tournaments'],
    ['ROU', 2013, 'table'],
    ['ROU', 2022, 'split-halved'],
    ['RUS2', 2013, 'unknown'],
    ['RUS2', 2018, 'table'],
    ['RUS2', 2023, 'table'],
    ['USA', 2019, 'conferences'],
    ['UCL', 2015, 'groups-and-knock-out'],
    ['UCL', 2024, 'league-phase-and-knock-out'],
  ] as const)('%s in %i: %s', (code, year, shape) => {
    const championship = championshipOf(code);
    expect(shapeOf(championship, year)).toBe(shape);
    // Races are run on tables alone.
    expect(formatOf(championship, year) === undefined).toBe(shape !== 'table');
  });
});
