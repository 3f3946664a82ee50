import { describe, expect, test } from 'vitest';
import { deflatedSharpe, overfittingProbability } from '../../../../engine/kernel/evaluation/overfitting.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { mean, standardDeviation } from '../../../../engine/kernel/math/summary.ts';

/** Returns of useless strategies and one with the given edge, in standard deviations a bet. */
function strategies(count: number, edge: number, seed: number): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, s) =>
    Array.from({ length: 160 }, () => random.normal() + (s === 0 ? edge : 0)),
  );
}

describe('deflated Sharpe ratio', () => {
  const judge = (all: number[][]) => {
    const ratios = all.map((r) => mean(r) / standardDeviation(r));
    const best = all[ratios.indexOf(Math.max(...ratios))]!;
    return deflatedSharpe(best, { trials: all.length, trialSpread: standardDeviation(ratios) });
  };

  test('the best of 100 useless strategies passes at 95 % in few of 200 searches, and undeflated in most', () => {
    let deflated = 0;
    let plain = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { ratio, probability } = judge(strategies(100, 0, seed));
      if (probability > 0.95) deflated++;
      if (ratio * Math.sqrt(160) > 1.645) plain++;
    }
    expect(deflated).toBeLessThan(20);
    expect(plain).toBeGreaterThan(180);
  });

  test('a real edge survives the correction', () => {
    expect(judge(strategies(100, 0.6, 1)).probability).toBeGreaterThan(0.99);
  });
});

describe('probability of backtest overfitting', () => {
  const blocksOf = (all: number[][]) =>
    Array.from({ length: 8 }, (_, b) => all.map((returns) => mean(returns.slice(b * 20, b * 20 + 20))));

  test('is about one half for useless strategies and near 0 for a real edge', () => {
    const useless = mean(
      Array.from({ length: 40 }, (_, seed) => overfittingProbability(blocksOf(strategies(20, 0, seed)))),
    );
    expect(Math.abs(useless - 0.5)).toBeLessThan(0.12);
    expect(overfittingProbability(blocksOf(strategies(20, 0.8, 1)))).toBeLessThan(0.05);
  });

  test('an odd number of blocks is refused', () => {
    expect(() => overfittingProbability([[1], [1], [1]])).toThrow('even number');
  });
});
