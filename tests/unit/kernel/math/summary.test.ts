import { describe, expect, test } from 'vitest';
import { blockBootstrap, bootstrapMean, sumByGroup } from '../../../../engine/kernel/math/bootstrap.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { sortedOrder } from '../../../../engine/kernel/math/sorted-order.ts';
import { bisect, newton } from '../../../../engine/kernel/math/roots.ts';
import {
  argmaxRow,
  logSumExp,
  logit,
  normaliseRows,
  sigmoid,
  softmaxRows,
  softplus,
} from '../../../../engine/kernel/math/softmax.ts';
import {
  correlation,
  mean,
  median,
  quantile,
  ranks,
  standardDeviation,
  sum,
  variance,
  weightedMean,
} from '../../../../engine/kernel/math/summary.ts';
import { clopperPearsonInterval } from '../../../../engine/kernel/math/intervals.ts';
import { golden, hasGolden } from '../../../fixtures/golden.ts';
import { testUniform } from '../../../../engine/kernel/math/kolmogorov.ts';

describe('summaries', () => {
  test('a sum keeps what plain addition loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum([])).toBe(0);
    expect(sum([1, Infinity])).toBe(Infinity);
  });

  test('mean, spread and quantiles are those of the textbook', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(weightedMean([1, 4], [3, 1])).toBe(1.75);
    expect(variance([1, 2, 6])).toBe(7);
    expect(standardDeviation([1, 2, 6], 0)).toBeCloseTo(Math.sqrt(14 / 3), 14);
    expect(median([5, 1, 3, 2])).toBe(2.5);
    expect(quantile([1, 2, 3, 4, 5], 0.1)).toBeCloseTo(1.4, 14);
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([Infinity, Infinity], 0.4)).toBe(Infinity);
    expect(correlation([1, 2, 3], [2, 4, 6.5])).toBeGreaterThan(0.99);
  });

  test('ties share their rank', () => {
    expect([...ranks([10, 20, 10, 5])]).toEqual([2.5, 4, 2.5, 1]);
  });
});

describe('probability rows', () => {
  test('huge logits neither overflow nor vanish', () => {
    expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.log(2), 10);
    expect(logSumExp([])).toBe(-Infinity);
    expect([...softmaxRows(Float64Array.of(1000, 0, -1000, 0, 0, 0), 3)].slice(0, 4)).toEqual([
      1,
      0,
      0,
      1 / 3,
    ]);
    expect(sigmoid(-800)).toBe(0);
    expect(softplus(800)).toBe(800);
    expect(sigmoid(logit(0.2))).toBeCloseTo(0.2, 14);
  });

  test('a row without mass becomes uniform', () => {
    expect([...normaliseRows(Float64Array.of(0, 0, 1, 3), 2)]).toEqual([0.5, 0.5, 0.25, 0.75]);
  });

  test('the first of equal probabilities is the choice', () => {
    expect(argmaxRow([0.2, 0.4, 0.4], 0, 3)).toBe(1);
  });
});

describe('roots', () => {
  test('both methods find the root of two', () => {
    expect(bisect((x) => x * x - 2, [0, 2])).toBeCloseTo(Math.SQRT2, 14);
    expect(newton((x) => [x * x - 2, 2 * x], [0, 2])).toBeCloseTo(Math.SQRT2, 14);
  });

  test('a step out of the bracket falls back to halving it', () => {
    expect(newton((x) => [Math.cbrt(x - 1), Math.cbrt(x - 1) ** -2 / 3], [-5, 9])).toBeCloseTo(1, 9);
  });

  test('a bracket without a change of sign is refused', () => {
    expect(() => bisect((x) => x * x + 1, [-1, 1])).toThrow(/no change of sign/);
  });
});

describe('block bootstrap', () => {
  test('the same seed gives the same interval and another seed another', () => {
    const [values, groups] = [
      [1, 4, 2, 8, 5, 7],
      ['a', 'a', 'b', 'b', 'c', 'd'],
    ];
    const first = bootstrapMean(values, groups, { seed: 1, draws: 200 });
    expect(bootstrapMean(values, groups, { seed: 1, draws: 200 })).toEqual(first);
    expect(bootstrapMean(values, groups, { seed: 2, draws: 200 })).not.toEqual(first);
    expect(first.value).toBe(4.5);
  });

  test('a group is drawn whole, so that repeated rows do not narrow the interval', () => {
    const random = createRandom(3);
    const values = Array.from({ length: 40 }, () => random.normal());
    const repeated = values.flatMap((v) => [v, v, v, v, v]);
    const groups = values.flatMap((_, i) => [i, i, i, i, i]);
    const single = bootstrapMean(
      values,
      values.map((_, i) => i),
      { seed: 4 },
    );
    const grouped = bootstrapMean(repeated, groups, { seed: 4 });
    const naive = bootstrapMean(
      repeated,
      repeated.map((_, i) => i),
      { seed: 4 },
    );
    expect(grouped.high - grouped.low).toBeCloseTo(single.high - single.low, 10);
    expect(naive.high - naive.low).toBeLessThan(0.6 * (single.high - single.low));
  });

  test('no rows give no interval', () => {
    expect(bootstrapMean([], [], { seed: 1 })).toEqual({ value: NaN, low: NaN, high: NaN });
  });

  test('a 90 % interval of a mean of 60 grouped rows covers in 90 % of 400 samples, within exact bounds', () => {
    const random = createRandom(11);
    let covered = 0;
    for (let sample = 0; sample < 400; sample++) {
      const values = new Float64Array(180);
      const groups = new Float64Array(180);
      for (let g = 0; g < 60; g++) {
        const shared = random.normal();
        for (let j = 0; j < 3; j++) {
          values[g * 3 + j] = shared + 0.5 * random.normal();
          groups[g * 3 + j] = g;
        }
      }
      const { low, high } = bootstrapMean(values, groups, { seed: sample, draws: 300, confidence: 0.9 });
      if (low <= 0 && 0 <= high) covered++;
    }
    const [least, most] = clopperPearsonInterval(covered, 400, 0.999);
    expect(least).toBeLessThan(0.9);
    expect(most).toBeGreaterThan(0.87);
  });

  test('a statistic of several totals is recomputed from each draw', () => {
    const sums = sumByGroup(
      [
        [1, 2, 3],
        [2, 4, 6],
      ],
      [1, 2, 3],
    );
    const { low, high } = blockBootstrap(sums, (t) => t[0]! / t[1]!, { seed: 1, draws: 50 });
    expect([low, high]).toEqual([0.5, 0.5]);
  });
});

describe('seeded random numbers', () => {
  test('uniforms are uniform by an exact Kolmogorov-Smirnov test on 20 seeds', () => {
    const pValues = Array.from({ length: 20 }, (_, seed) => {
      const random = createRandom(seed);
      return testUniform(Array.from({ length: 300 }, () => random.uniform())).pValue;
    });
    expect(testUniform(pValues).pValue).toBeGreaterThan(1e-3);
    expect(testUniform(Array.from({ length: 300 }, (_, i) => (i / 300) ** 1.5)).pValue).toBeLessThan(1e-3);
  });

  test.skipIf(!hasGolden)('the stream is splitmix64 as the golden file has it', () => {
    const { expected } = golden<{ expected: { uniform: number[]; normalish: number[] } }>('generator');
    const random = createRandom(1);
    expect(expected.uniform.map(() => random.uniform())).toEqual(expected.uniform);
    const sums = [1, 2, 3].map((seed) => {
      const stream = createRandom(seed);
      let total = 0;
      for (let i = 0; i < 12; i++) total += stream.uniform();
      return total - 6;
    });
    expect(sums).toEqual(expected.normalish);
  });
});

describe('sortedOrder', () => {
  test('agrees with a stable comparison on every kind of number', () => {
    const random = createRandom(5);
    const special = [0, -0, Infinity, -Infinity, 1e-310, -1e-310, 5, -5, 5];
    const values = Array.from({ length: 500 }, () =>
      random.uniform() < 0.3 ? special[random.integer(special.length)]! : (random.normal() * 10) ** 3,
    );
    const compared = values
      .map((_, i) => i)
      .sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b));
    expect([...sortedOrder(values)]).toEqual(compared);
    expect([...sortedOrder([NaN, 2, NaN, 1])]).toEqual([3, 1, 0, 2]);
    expect([...sortedOrder([])]).toEqual([]);
  });
});
