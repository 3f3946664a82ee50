import { describe, expect, it } from 'vitest';
import { forecastGoals } from '../../../engine/football/processing/goals.ts';
import { drawScores } from '../../fixtures/goal-columns.ts';
import { makeWorld } from '../../fixtures/model-table.ts';

const { table } = makeWorld({ championships: 2, seasons: 3, matchesPerSeason: 120, seed: 3 });
const columns = drawScores(table);
const whole = forecastGoals(table, columns, { championship: 1 });
const season = (year: number, made = whole) => made.find((one) => table.firstYear[one.rows[0]!] === year)!;

describe('the goal model of a championship', () => {
  it('forecasts every match once there are enough, of its own championship only', () => {
    expect(whole.map(({ rows }) => rows.length)).toEqual([60, 120, 120]);
    for (const { rows, home, away } of whole) {
      expect([...rows].every((row) => table.championship[row] === 1)).toBe(true);
      expect([...home, ...away].every((value) => value > 0.2 && value < 6)).toBe(true);
    }
  });

  it('makes a season again alone, to the bit', () => {
    const [alone] = forecastGoals(table, columns, { championship: 1, seasons: new Set([2012]) });
    expect(alone).toEqual(season(2012));
  });

  it('changes nothing before a result that changes, and everything after it, with its data hashes', () => {
    const at = 60;
    const { rows } = season(2011);
    const changed = { ...columns, homeGoals: columns.homeGoals.slice() };
    changed.homeGoals[rows[at]!] = columns.homeGoals[rows[at]!]! + 4;
    const other = season(2011, forecastGoals(table, changed, { championship: 1 }));
    const after = [...rows].findIndex((row) => table.day[row]! > table.day[rows[at]!]!);
    const one = season(2011);
    expect(other.home.subarray(0, after)).toEqual(one.home.subarray(0, after));
    expect(other.hashes.slice(0, after)).toEqual(one.hashes.slice(0, after));
    for (let i = after; i < rows.length; i++) {
      expect(other.home[i]).not.toBe(one.home[i]);
      expect(other.hashes[i]).not.toBe(one.hashes[i]);
    }
  });

  it('uses a late result only from the day on which it may be used', () => {
    const { rows } = season(2011);
    const late = rows[60]!;
    const usableFrom = columns.usableFrom.slice();
    usableFrom[late] = table.day[late]! + 30;
    const changed = { ...columns, usableFrom, homeGoals: columns.homeGoals.slice() };
    changed.homeGoals[late] = columns.homeGoals[late]! + 4;
    const [one, other] = [{ ...columns, usableFrom }, changed].map((given) =>
      season(2011, forecastGoals(table, given, { championship: 1 })),
    );
    const known = [...rows].findIndex((row) => table.day[row]! >= table.day[late]! + 30);
    expect(other!.hashes.slice(0, known)).toEqual(one!.hashes.slice(0, known));
    expect(other!.away.subarray(0, known)).toEqual(one!.away.subarray(0, known));
    expect(other!.hashes[known]).not.toBe(one!.hashes[known]);
  });
});
