import { describe, expect, it } from 'vitest';
import { planTuning } from '../../../engine/football/tuning/folds.ts';
import { makeWorld } from '../../fixtures/model-table.ts';

const { table } = makeWorld({ championships: 2, seasons: 6, matchesPerSeason: 100 });
const yearsOf = (rows: Int32Array) => [...new Set([...rows].map((row) => table.firstYear[row]!))];

describe('the plan of a study', () => {
  it('scores the newest seasons before the last, each after everything it was trained on', () => {
    const { folds } = planTuning(table, { championship: 0, seasons: 3, minimumRows: 100 });
    expect(folds.map(({ name }) => name)).toEqual(['2012/13', '2013/14', '2014/15']);
    for (const { train, test } of folds) {
      expect(Math.max(...[...train].map((row) => table.day[row]!))).toBeLessThan(table.day[test[0]!]!);
      expect([...train, ...test].every((row) => table.championship[row] === 0)).toBe(true);
    }
    expect(yearsOf(folds.at(-1)!.train)).toEqual([2011, 2012, 2013]);
  });

  it('never trains on nor scores a row of the sealed season, whichever championship it is of', () => {
    // The second championship ended two seasons before the first.
    const target = table.target.map((outcome, row) =>
      table.championship[row] === 1 && table.firstYear[row]! > 2013 ? -1 : outcome,
    );
    const plan = planTuning({ ...table, target }, { championship: undefined, seasons: 5, minimumRows: 100 });
    expect(plan.sealed).toEqual(['C1 2015/16', 'C2 2013/14']);
    for (const row of plan.folds.flatMap(({ train, test }) => [...train, ...test])) {
      expect(table.firstYear[row]!).toBeLessThan(table.championship[row] === 0 ? 2015 : 2013);
    }
  });

  it('joins seasons of several championships that begin in one half-year', () => {
    const { folds } = planTuning(table, { championship: undefined, seasons: 2, minimumRows: 100 });
    expect(folds.map(({ name, test }) => [name, test.length])).toEqual([
      ['from 2013-07-01', 200],
      ['from 2014-07-01', 200],
    ]);
  });

  it('leaves out matches without a result', () => {
    const target = table.target.map((outcome, row) => (row % 10 === 0 ? -1 : outcome));
    const { folds } = planTuning({ ...table, target }, { championship: 0, seasons: 3, minimumRows: 100 });
    for (const row of folds.flatMap(({ train, test }) => [...train, ...test])) expect(row % 10).not.toBe(0);
  });

  it('is refused where fewer than two seasons are left to be scored', () => {
    expect(() => planTuning(table, { championship: 0, seasons: 3, minimumRows: 300 })).toThrow(
      expect.objectContaining({ code: 'HISTORY_TOO_SHORT' }),
    );
  });
});
