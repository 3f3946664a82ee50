import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bankrollPaths } from '../../../../engine/kernel/evaluation/bankroll.ts';
import {
  bettingRecord,
  closingLineValue,
  requiredBets,
} from '../../../../engine/kernel/evaluation/betting.ts';
import { longestLosingRun, maximumDrawdown } from '../../../../engine/kernel/evaluation/drawdown.ts';
import { kellyStake, simultaneousKelly } from '../../../../engine/kernel/evaluation/kelly.ts';
import {
  removeMargin,
  margin,
  marginMethods,
  shinShare,
} from '../../../../engine/kernel/evaluation/margin.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { sum } from '../../../../engine/kernel/math/summary.ts';

describe('removal of the margin', () => {
  test.each(marginMethods)('%s: a fair book stays as it is, and every answer sums to 1', (method) => {
    const fair = removeMargin([2, 4, 4], method);
    expect([...fair].map((p) => Math.round(p * 1e12) / 1e12)).toEqual([0.5, 0.25, 0.25]);
    for (const odds of [
      [1.5, 4.2, 7],
      [2.1, 1.75],
      [1.9, 3.9, 5.4],
      [3, 6, 8, 9, 12],
    ]) {
      const p = removeMargin(odds, method);
      expect(sum(p)).toBeCloseTo(1, 10);
    }
  });

  test('any book keeps its order: longer odds never become the likelier outcome', () => {
    const price = fc.double({ min: 1.01, max: 200, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...marginMethods),
        fc.array(price, { minLength: 2, maxLength: 6 }),
        (method, odds) => {
          const total = margin(odds) + 1;
          fc.pre(total > 0.5 && total < 1.6);
          const p = removeMargin(odds, method);
          fc.pre(!Number.isNaN(p[0]!));
          expect(Math.abs(sum(p) - 1)).toBeLessThan(1e-9);
          for (let i = 0; i < odds.length; i++) {
            expect(p[i]).toBeGreaterThan(0);
            for (let j = 0; j < odds.length; j++) {
              if (odds[i]! < odds[j]!) expect(p[i]!).toBeGreaterThanOrEqual(p[j]! - 1e-12);
            }
          }
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  test('prices below a fair book (best of all bookmakers) are scaled up', () => {
    for (const method of marginMethods) expect(sum(removeMargin([2.2, 4.2, 4.4], method))).toBeCloseTo(1, 10);
    expect(shinShare([2.2, 4.2, 4.4])).toBe(0);
    expect(margin([2.2, 4.2, 4.4])).toBeLessThan(0);
  });

  test('power and Shin take more from longshots than the multiplicative method does', () => {
    const plain = removeMargin([1.3, 5.5, 11], 'multiplicative');
    for (const method of ['power', 'shin', 'oddsRatio'] as const) {
      expect(removeMargin([1.3, 5.5, 11], method)[2]).toBeLessThan(plain[2]!);
    }
  });

  test('no answer is NaN and never another method', () => {
    expect([...removeMargin([1.02, 15, 150], 'additive')]).toEqual([NaN, NaN, NaN]);
    expect([...removeMargin([1, 3, 4])]).toEqual([NaN, NaN, NaN]);
    expect([...removeMargin([2, NaN, 4])]).toEqual([NaN, NaN, NaN]);
  });

  test('the logarithmic and differential formulas agree with the methods they coincide with', () => {
    const odds = [1.8, 3.6, 5];
    const total = margin(odds);
    const fairOdds = odds.map((o) => (3 * o) / (3 - total * o));
    expect([...removeMargin(odds, 'differentialMargin')].map((p, i) => p * fairOdds[i]!)).toEqual(
      [1, 1, 1].map((v) => expect.closeTo(v, 12)),
    );
    const logs = [...removeMargin(odds, 'logarithmic')].map((p, i) => Math.log(1 / p) / Math.log(odds[i]!));
    expect(logs[1]).toBeCloseTo(logs[0]!, 10);
    expect(logs[2]).toBeCloseTo(logs[0]!, 10);
  });
});

describe('the record of bets', () => {
  const odds = [2, 3, 1.5, 2, 4];
  const returns = [2, 0, 1.5, 1, 0];
  const record = bettingRecord({ odds, returns }, [1, 1, 2, 2, 3], { seed: 1 });

  test('counts turnover, profit and yield, a void bet returning its stake', () => {
    expect(record).toMatchObject({ bets: 5, turnover: 5, profit: -0.5, hitRate: 0.4, longestLosingRun: 1 });
    expect(record.yield.value).toBeCloseTo(-0.1, 12);
    expect(record.yield.low).toBeLessThan(-0.1);
  });

  test('a yield of 5 % takes 1,537 bets at odds 2 and four times as many at odds 5', () => {
    expect(requiredBets(0.05, 2)).toBe(1537);
    expect(requiredBets(0.05, 5)).toBe(6147);
    expect(requiredBets(0, 2)).toBe(Infinity);
  });

  test('the warning figure is how often luck alone does as well', () => {
    const random = createRandom(1);
    let asGood = 0;
    for (let draw = 0; draw < 4000; draw++) {
      let profit = 0;
      for (let i = 0; i < 100; i++) profit += random.uniform() < 0.5 ? 1 : -1;
      if (profit >= 15.5) asGood++;
    }
    const lucky = bettingRecord(
      { odds: new Array(100).fill(2), returns: Array.from({ length: 100 }, (_, i) => (i < 58 ? 2 : 0)) },
      Array.from({ length: 100 }, (_, i) => i),
      { seed: 1 },
    );
    expect(lucky.profit).toBe(16);
    expect(Math.abs(lucky.noiseProbability - asGood / 4000)).toBeLessThan(0.02);
  });

  test('closing line value is the fair close times the odds, less one', () => {
    const value = closingLineValue(
      { odds: [2.1, 3], closingProbabilities: [0.5, 0.3], closingOdds: [2, 3.1] },
      [1, 2],
      { seed: 1 },
    );
    expect(value.value.value).toBeCloseTo((0.05 - 0.1) / 2, 12);
    expect(value.beatingClose).toBe(0.5);
  });

  test('a drawdown is the deepest fall from a peak, and time under water the longest way back', () => {
    expect(maximumDrawdown([1, 3, 2, 2.5, 1, 4, 3.5])).toEqual({
      depth: 2,
      share: 2 / 3,
      from: 1,
      to: 4,
      longestUnderWater: 3,
    });
    expect(maximumDrawdown([]).depth).toBe(0);
    expect(longestLosingRun([0, 0, 1, 0, 2, 0])).toBe(3);
  });
});

describe('Kelly stakes', () => {
  test('a single bet has the closed form and no edge has no stake', () => {
    expect(kellyStake(0.55, 2)).toBeCloseTo(0.1, 12);
    expect(kellyStake(0.55, 2, 0.25)).toBeCloseTo(0.025, 12);
    expect(kellyStake(0.4, 2)).toBe(0);
  });

  test('one bet of a round equals the single formula, and more bets share the bank', () => {
    const one = simultaneousKelly({ probabilities: [0.55, 0.3], odds: [2, 3] }, { seed: 1 });
    expect([...one]).toEqual([expect.closeTo(0.1, 10), 0]);
    const two = simultaneousKelly({ probabilities: [0.6, 0.6], odds: [2, 2] }, { seed: 1 });
    expect(two[0]).toBeCloseTo(two[1]!, 9);
    // d/df of the expected log for two equal bets at even odds: the root of p^2/(1+2f) = q^2/(1-2f).
    expect(two[0]).toBeCloseTo((0.36 - 0.16) / (2 * (0.36 + 0.16)), 9);
  });

  test('no single change of a stake raises the expected logarithm', () => {
    const bets = { probabilities: [0.5, 0.3, 0.7, 0.25], odds: [2.3, 3.8, 1.6, 4.5] };
    const growth = (f: ArrayLike<number>) => {
      let total = 0;
      for (let s = 0; s < 16; s++) {
        let chance = 1;
        let wealth = 1;
        for (let i = 0; i < 4; i++) {
          const won = (s >> i) & 1;
          chance *= won ? bets.probabilities[i]! : 1 - bets.probabilities[i]!;
          wealth += f[i]! * (won ? bets.odds[i]! - 1 : -1);
        }
        total += chance * Math.log(wealth);
      }
      return total;
    };
    const best = simultaneousKelly(bets, { seed: 1 });
    for (let i = 0; i < 4; i++) {
      for (const step of [-1e-3, 1e-3]) {
        const other = Float64Array.from(best, (f, j) => Math.max(0, f + (i === j ? step : 0)));
        expect(growth(other)).toBeLessThanOrEqual(growth(best));
      }
    }
  });

  test('many bets are solved on drawn scenarios and stay within the bank', () => {
    const many = { probabilities: new Array(30).fill(0.55), odds: new Array(30).fill(2) };
    const stakes = simultaneousKelly(many, { seed: 1, maximumTotal: 0.5 });
    expect(sum(stakes)).toBeLessThanOrEqual(0.5 + 1e-12);
  });
});

describe('bankroll paths', () => {
  const random = createRandom(2);
  const returns = Array.from({ length: 300 }, () => (random.uniform() < 0.55 ? 2 : 0));
  const groups = returns.map((_, i) => Math.floor(i / 3));

  test('start at one, are ordered, and know their seed', () => {
    const paths = bankrollPaths({ returns, shares: returns.map(() => 0.01) }, groups, {
      seed: 1,
      draws: 200,
    });
    expect(paths.middle[0]).toBe(1);
    expect(paths.low.every((v, i) => v <= paths.middle[i]! && paths.middle[i]! <= paths.high[i]!)).toBe(true);
    expect(paths.actual.at(-1)).toBeCloseTo(1 + 0.01 * (sum(returns) - 300), 10);
    expect(
      bankrollPaths({ returns, shares: returns.map(() => 0.01) }, groups, { seed: 1, draws: 200 }),
    ).toEqual(paths);
  });

  test('ten times the stake ruins, and a ruined bank bets no more', () => {
    const paths = bankrollPaths({ returns, shares: returns.map(() => 0.3) }, groups, {
      seed: 1,
      draws: 200,
      staking: 'proportional',
    });
    expect(paths.ruined).toBeGreaterThan(0.2);
    expect(paths.low.at(-1)).toBeLessThan(0.02);
  });
});
