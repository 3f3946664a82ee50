import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adaptiveBound, createAdaptiveLevel } from '../../../../engine/kernel/conformal/adaptive.ts';
import { coverageByGroup, coverageLaw } from '../../../../engine/kernel/conformal/coverage.ts';
import { createTestMartingale } from '../../../../engine/kernel/conformal/martingale.ts';
import { createReference } from '../../../../engine/kernel/conformal/p-values.ts';
import { fitProbabilityRanges } from '../../../../engine/kernel/conformal/probability-range.ts';
import { binomialCdf } from '../../../../engine/kernel/math/distributions.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import type { Random } from '../../../../engine/kernel/math/random.ts';
import { golden, hasGolden } from '../../../fixtures/golden.ts';
import { drawRows, models } from '../../../fixtures/outcomes.ts';

/** Plays `days` of results chosen by an enemy, who cannot make a full set miss or an empty one hit. */
function worstExcess(
  days: readonly (readonly boolean[])[],
  options: { alpha: number; gamma: number; clamp?: boolean },
): number {
  const level = createAdaptiveLevel(options);
  let clamped = options.alpha;
  let worst = -Infinity;
  for (const day of days) {
    const alpha = options.clamp ? clamped : level.alpha;
    const errors = day.map((wish) => (alpha <= 0 ? 0 : alpha >= 1 ? 1 : wish ? 1 : 0));
    level.update(errors);
    const missed = errors.reduce<number>((a, b) => a + b, 0);
    clamped = Math.min(1, Math.max(0, clamped + options.gamma * (options.alpha * day.length - missed)));
    const rate = level.errors / level.forecasts;
    const largestDay = Math.max(...days.map((d) => d.length));
    worst = Math.max(
      worst,
      Math.abs(rate - options.alpha) - adaptiveBound(level.forecasts, { ...options, largestDay }),
    );
  }
  return worst;
}

describe('adaptive conformal inference', () => {
  test('keeps its bound at every moment for every sequence of errors', () => {
    const day = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1, maxLength: 400 }),
        fc.constantFrom(0.1, 0.2, 0.5),
        fc.constantFrom(0.005, 0.05, 0.3),
        (days, alpha, gamma) => {
          expect(worstExcess(days, { alpha, gamma })).toBeLessThanOrEqual(1e-12);
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  test('keeps it against an enemy who always wants a miss, and would not if alpha were held within 0 and 1', () => {
    const days = Array.from({ length: 3000 }, () => [true]);
    expect(worstExcess(days, { alpha: 0.1, gamma: 0.3 })).toBeLessThanOrEqual(1e-12);
    expect(worstExcess(days, { alpha: 0.1, gamma: 0.3, clamp: true })).toBeGreaterThan(0.05);
  });

  test('the order within a day does not matter', () => {
    const [one, other] = [createAdaptiveLevel({ alpha: 0.1 }), createAdaptiveLevel({ alpha: 0.1 })];
    one.update([1, 0, 0, 1]);
    other.update([0, 1, 1, 0]);
    expect(one.alpha).toBe(other.alpha);
    expect(one.alpha).toBeCloseTo(0.1 + 0.01 * (0.4 - 2), 12);
  });
});

const alarmShare = (pValue: (random: Random, step: number) => number, paths: number) => {
  let alarms = 0;
  for (let seed = 0; seed < paths; seed++) {
    const random = createRandom(seed);
    const martingale = createTestMartingale();
    for (let step = 0; step < 400 && !martingale.alarm; step++) martingale.observe(pValue(random, step));
    if (martingale.alarm) alarms++;
  }
  return alarms;
};

describe('the test martingale', () => {
  test('rings in at most 5 % of 1,000 exchangeable streams, watched at every step', () => {
    expect(1 - binomialCdf(alarmShare((r) => r.uniform(), 1000) - 1, 1000, 0.05)).toBeGreaterThan(1e-3);
  });

  test('rings too often when ties are not smoothed, which is why it wants smoothed p-values', () => {
    const coarse = (random: Random) => {
      const tied = () => random.integer(3);
      return createReference([tied(), tied(), tied(), tied()]).pValue(tied());
    };
    expect(1 - binomialCdf(alarmShare(coarse, 300) - 1, 300, 0.05)).toBeLessThan(1e-3);
  });

  test('rings soon after outcomes turn strange, and rests after a restart', () => {
    expect(alarmShare((r, step) => (step < 100 ? r.uniform() : r.uniform() ** 3), 50)).toBeGreaterThan(45);
    const martingale = createTestMartingale();
    for (let i = 0; i < 100; i++) martingale.observe(0.01);
    expect(martingale.alarm).toBe(true);
    martingale.restart();
    expect([martingale.alarm, martingale.value, martingale.n]).toEqual([false, 1, 0]);
  });

  test('is fair: one bet is worth as much as it costs, on average over p', () => {
    const martingale = createTestMartingale();
    martingale.observe(0.2);
    const before = martingale.value;
    let total = 0;
    for (let i = 0; i < 1000; i++) {
      const copy = createTestMartingale();
      copy.observe(0.2);
      total += copy.observe((i + 0.5) / 1000);
    }
    expect(total / 1000).toBeCloseTo(before, 12);
  });
});

describe('coverage tables', () => {
  test.skipIf(!hasGolden)('the coverage law is that of the golden file', () => {
    const rows = golden<{
      expected: {
        split_conformal_coverage_law: { n: number; alpha: number; mean: number; q05: number; q95: number }[];
      };
    }>('market_and_stats');
    for (const { n, alpha, mean, q05, q95 } of rows.expected.split_conformal_coverage_law) {
      const law = coverageLaw(n, 1 - alpha);
      expect([law.mean, law.low, law.high]).toEqual([mean, q05, q95].map((v) => expect.closeTo(v, 12)));
    }
  });

  test('380 rows at 90 % mean 90 % with two standard deviations of 3 points; nine rows cannot miss', () => {
    expect(2 * coverageLaw(380, 0.9).standardDeviation).toBeCloseTo(0.03, 2);
    expect(coverageLaw(8, 0.9).mean).toBe(1);
  });

  test('counts coverage, sizes and right singletons per group', () => {
    const rows = coverageByGroup([0b001, 0b011, 0b100, 0b111], [0, 2, 1, 1], {
      groupOf: (i) => (i === 3 ? undefined : i < 2 ? 'E0' : 'SP1'),
    });
    expect(rows.map((r) => [r.group, r.n, r.coverage, r.meanSize, r.singletonAccuracy])).toEqual([
      ['E0', 2, 0.5, 1.5, 1],
      ['SP1', 1, 0, 1, 0],
    ]);
    expect(rows[0]!.sizes).toEqual([0, 0.5, 0.5, 0]);
  });
});

describe('probability ranges', () => {
  test('hold the calibrated probability of each class, wide for few rows and narrow for many', () => {
    const fitOn = (count: number) => {
      const rows = drawRows(count, 9);
      return fitProbabilityRanges(
        Float64Array.from(rows.flatMap((r) => r.truth)),
        rows.map((r) => r.outcome),
      );
    };
    const width = (count: number) => {
      const [home] = fitOn(count).ranges([0.45, 0.3, 0.25]);
      return home!.high - home!.low;
    };
    expect(width(60)).toBeGreaterThan(4 * width(4000));
    const [home] = fitOn(4000).ranges([0.45, 0.3, 0.25]);
    expect(Math.abs((home!.low + home!.high) / 2 - 0.45)).toBeLessThan(0.06);
    expect(home!.shortestOdds).toBeCloseTo(1 / home!.high, 12);
    expect(home!.longestOdds).toBeGreaterThan(home!.shortestOdds);
  });

  test('hold the probability shown, whatever the model', () => {
    for (const [name, show] of Object.entries(models)) {
      const rows = drawRows(400, 3).map((row) => ({ ...row, shown: show(row.truth) }));
      const known = rows.filter(({ shown }) => !shown.some(Number.isNaN));
      const { ranges } = fitProbabilityRanges(
        known.flatMap(({ shown }) => shown),
        known.map(({ outcome }) => outcome),
      );
      for (const { shown } of known) {
        ranges(shown).forEach(({ low, high }, k) => {
          expect(low, name).toBeLessThanOrEqual(shown[k]!);
          expect(high, name).toBeGreaterThanOrEqual(shown[k]!);
        });
      }
    }
  });

  test('hold how often it comes, at every height of the probability, also where the model exaggerates', () => {
    let beside = 0;
    for (const name of ['right', 'overconfident', 'tied in tenths']) {
      const show = models[name]!;
      const bins = Array.from({ length: 10 }, () => ({ n: 0, came: 0, low: 0, high: 0, shown: 0 }));
      for (let seed = 0; seed < 40; seed++) {
        const settled = drawRows(1000, 2 * seed + 1).map((row) => ({ ...row, shown: show(row.truth) }));
        const { ranges } = fitProbabilityRanges(
          settled.flatMap(({ shown }) => shown),
          settled.map(({ outcome }) => outcome),
        );
        for (const { truth, outcome } of drawRows(500, 2 * seed + 2)) {
          const shown = show(truth);
          ranges(shown).forEach(({ low, high }, k) => {
            const bin = bins[Math.min(9, Math.floor(10 * shown[k]!))]!;
            bin.n++;
            bin.came += outcome === k ? 1 : 0;
            bin.low += low;
            bin.high += high;
            bin.shown += shown[k]!;
          });
        }
      }
      for (const { n, came, low, high, shown } of bins) {
        if (n < 500) continue;
        const noise = 3.5 * Math.sqrt(0.25 / n);
        expect(came / n, name).toBeGreaterThan(low / n - noise);
        expect(came / n, name).toBeLessThan(high / n + noise);
        if (Math.abs(came - shown) / n > noise) beside++;
      }
    }
    // The probability alone would not pass.
    expect(beside).toBeGreaterThan(3);
  });
});
