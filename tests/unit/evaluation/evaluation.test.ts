import { describe, expect, it } from 'vitest';
import { firstYearOf, scoreWalkForward } from '../../../engine/football/evaluation/evaluation.ts';
import type { EvaluationInput } from '../../../engine/football/evaluation/judged.ts';
import { makeWorld, pricesOf, type World } from '../../fixtures/model-table.ts';

function input(world: World, over: Partial<EvaluationInput> = {}): EvaluationInput {
  const { table, truth } = world;
  const shares = [0, 1, 2].map(
    (k) => [...table.target].filter((outcome) => outcome === k).length / table.rows,
  );
  return {
    table,
    families: {
      logistic: truth,
      'base-rate': Float64Array.from({ length: table.rows * 3 }, (_, at) => shares[at % 3]!),
    },
    preMatch: pricesOf(truth, table.rows),
    closing: pricesOf(truth, table.rows),
    championships: [0, 1],
    fromYear: 2011,
    toYear: 2013,
    from: '2011/12',
    to: '2013/14',
    today: 1_000_000,
    target: 0.7,
    delta: 0.1,
    ...over,
  };
}

describe('evaluation', () => {
  it('closes about the whole gap for a model that knows what the market knows, and none for the base rate', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 300 });
    const knowing = scoreWalkForward(input(world)).all!;
    expect(knowing.gapClosed!.value).toBeGreaterThan(0.97);
    expect(knowing.gapClosed!.value).toBeLessThan(1.03);
    const baseRate = input(world).families['base-rate']!;
    const ignorant = scoreWalkForward(
      input(world, { families: { logistic: baseRate, 'base-rate': baseRate } }),
    ).all!;
    expect(Math.abs(ignorant.gapClosed!.value)).toBeLessThan(0.02);
    expect(ignorant.gapClosed!.low).toBeLessThan(ignorant.gapClosed!.value);
  });

  it('scores the losses that a hand calculation gives', () => {
    const world = makeWorld({ championships: 1, seasons: 4, matchesPerSeason: 60 });
    const { table, truth } = world;
    const row = scoreWalkForward(input(world, { championships: [0] })).championships[0]!;
    const rows = [...table.firstYear.keys()].filter((at) => table.firstYear[at]! >= 2011);
    const mean = (value: (row: number) => number) =>
      rows.reduce((sum, at) => sum + value(at), 0) / rows.length;
    expect(row.n).toBe(180);
    expect(row.market.closing!.logLoss).toBeCloseTo(
      mean((at) => -Math.log(truth[at * 3 + table.target[at]!]!)),
      9,
    );
    expect(row.market.closing!.brier).toBeCloseTo(
      mean((at) =>
        [0, 1, 2].reduce((sum, k) => sum + (truth[at * 3 + k]! - (table.target[at] === k ? 1 : 0)) ** 2, 0),
      ),
      9,
    );
    expect(row.market.preMatch).toEqual({ n: 180, ...row.market.closing });
  });

  it('raises the leak alarm for a model that has seen the results', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 300 });
    expect(scoreWalkForward(input(world)).leakAlarm).toBe(false);
    const leaky = world.truth.map((p, at) => {
      const seen = world.table.target[Math.floor(at / 3)] === at % 3 ? 1 : 0;
      return 0.9 * p + 0.1 * seen;
    });
    expect(
      scoreWalkForward(input(world, { families: { ...input(world).families, logistic: leaky } })).leakAlarm,
    ).toBe(true);
  });

  it('judges a championship without closing prices beside the base rate, apart from those with a market', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 100 });
    const closing = pricesOf(world.truth.slice(), world.table.rows);
    for (let row = 0; row < world.table.rows; row++) {
      if (world.table.championship[row] === 1) closing.prices.fill(Number.NaN, row * 3, row * 3 + 3);
    }
    const report = scoreWalkForward(input(world, { closing }));
    expect(report.championships.map(({ code, n }) => [code, n])).toEqual([
      ['C1', 300],
      ['C2', 300],
    ]);
    const [priced, without] = report.championships;
    expect(without).toMatchObject({ market: { closing: null }, gapClosed: null });
    expect(without!.families.map(({ gapClosed }) => gapClosed)).toEqual([null]);
    expect(without!.model.logLoss).toBeLessThan(without!.baseRate.logLoss);
    expect(report.all).toEqual({ ...priced, code: 'all' });
    const alone = scoreWalkForward(input(world, { closing, championships: [1] }));
    expect(alone.all).toEqual({ ...without, code: 'all' });
    expect(alone.leakAlarm).toBe(false);
  });

  it('judges only matches with a result, a forecast and, where some have one, a closing price', () => {
    const world = makeWorld({ championships: 1, seasons: 4, matchesPerSeason: 100 });
    const closing = pricesOf(world.truth.slice(), world.table.rows);
    const last = world.table.rows - 1;
    closing.prices.fill(Number.NaN, last * 3, last * 3 + 3);
    const options = { closing, championships: [0] };
    expect(scoreWalkForward(input(world, options)).all!.n).toBe(299);
    expect(scoreWalkForward(input(world, { ...options, fromYear: 2020, toYear: 2021 })).skipped).toEqual([
      { code: 'C1', reason: 'no-matches' },
    ]);
  });

  it('reads the first year of a season and refuses what is none', () => {
    expect(firstYearOf('2016/17')).toBe(2016);
    expect(firstYearOf('2023')).toBe(2023);
    expect(() => firstYearOf('last year')).toThrow(/expected a season/);
  });
});
