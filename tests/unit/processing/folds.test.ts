import { describe, expect, it } from 'vitest';
import { dayNumber, dayText } from '../../../engine/contract/zones.ts';
import { halfYearBoundary, listFolds, trainingRows } from '../../../engine/football/processing/folds.ts';
import { makeWorld } from '../../fixtures/model-table.ts';

describe('folds', () => {
  it('takes the last 1 January or 1 July on or before a day', () => {
    const boundary = (day: string) => dayText(halfYearBoundary(dayNumber(day)));
    expect(boundary('2020-08-21')).toBe('2020-07-01');
    expect(boundary('2020-07-01')).toBe('2020-07-01');
    expect(boundary('2020-06-30')).toBe('2020-01-01');
    expect(boundary('2021-03-05')).toBe('2021-01-01');
  });

  it('makes one fold a championship and season, with every row in exactly one', () => {
    const { table } = makeWorld({ championships: 2, seasons: 3, matchesPerSeason: 10 });
    const folds = listFolds(table);
    expect(folds.map((fold) => [fold.championship, fold.firstYear])).toEqual([
      [0, 2010],
      [0, 2011],
      [0, 2012],
      [1, 2010],
      [1, 2011],
      [1, 2012],
    ]);
    const rows = folds.flatMap((fold) => [...fold.rows]).sort((a, b) => a - b);
    expect(rows).toEqual([...table.matchId].map((_, row) => row));
  });

  it('trains on earlier days only, without the warm-up season and matches that brought no result', () => {
    const { table } = makeWorld({ championships: 1, seasons: 3, matchesPerSeason: 10 });
    table.target[12] = -1;
    const cut = table.day[25]!;
    const rows = [...trainingRows(table, { cut })];
    expect(rows.every((row) => table.day[row]! < cut)).toBe(true);
    expect(rows).not.toContain(12);
    expect(rows.some((row) => table.firstYear[row] === 2010)).toBe(false);
    expect([...trainingRows(table, { cut, withWarmUp: true })].slice(0, 3)).toEqual([0, 1, 2]);
  });
});
