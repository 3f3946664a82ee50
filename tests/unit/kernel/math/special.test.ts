import { describe, expect, test } from 'vitest';
import {
  betaCdf,
  binomialCdf,
  binomialProbability,
  binomialTest,
  betaQuantile,
  chiSquareCdf,
  chiSquareUpper,
  fisherUpper,
  poissonCdf,
  poissonProbability,
  studentUpper,
} from '../../../../engine/kernel/math/distributions.ts';
import {
  clopperPearsonInterval,
  clopperPearsonLower,
  clopperPearsonUpper,
  isRateBelow,
  wilsonInterval,
} from '../../../../engine/kernel/math/intervals.ts';
import { kolmogorovUpper, kuiperLimitUpper } from '../../../../engine/kernel/math/kolmogorov.ts';
import {
  normalCdf,
  normalDensity,
  normalQuantile,
  normalUpper,
} from '../../../../engine/kernel/math/normal.ts';
import {
  digamma,
  erf,
  erfc,
  incompleteBeta,
  incompleteBetaInverse,
  incompleteGamma,
  incompleteGammaUpper,
  logGamma,
} from '../../../../engine/kernel/math/special.ts';
import { golden, hasGolden, largestDifference } from '../../../fixtures/golden.ts';

interface Statistics {
  expected: {
    clopper_pearson: { errors: number; n: number; delta: number; upper: number; lower: number }[];
    split_conformal_coverage_law: { n: number; l: number; mean: number; q05: number; q95: number }[];
    functions: Record<string, number[]> & {
      ks_sf_n20_d: number[][];
      binom_test_two_sided: [number, number, number, number][];
    };
  };
}

describe.skipIf(!hasGolden)('golden figures of scipy (needs ../shared/peers/golden)', () => {
  const { expected } = hasGolden ? golden<Statistics>('market_and_stats') : ({} as Statistics);

  test('special functions and distributions agree to 1e-12', () => {
    const f = expected.functions;
    const x = f['x']!;
    const pairs: [number[], number[]][] = [
      [x.map(normalCdf), f['norm_cdf']!],
      [[0.001, 0.025, 0.5, 0.9, 0.999].map(normalQuantile), f['norm_ppf']!],
      [x.map(logGamma), f['gammaln']!],
      [[0.05, 0.2, 0.5, 0.9].map((v) => incompleteBeta(2, 5, v)), f['betainc_2_5']!],
      [x.map((v) => chiSquareUpper(v, 2)), f['chi2_sf_2']!],
      [x.map((v) => studentUpper(v, 7)), f['t_sf_7']!],
      [x.map(digamma), f['digamma']!],
      [f.ks_sf_n20_d.map(([d]) => kolmogorovUpper(d!, 20)), f.ks_sf_n20_d.map(([, p]) => p!)],
      [
        f.binom_test_two_sided.map(([k, n, p]) => binomialTest(k, n, p)),
        f.binom_test_two_sided.map(([, , , p]) => p),
      ],
    ];
    for (const [actual, wanted] of pairs) expect(largestDifference(actual, wanted)).toBeLessThan(1e-12);
  });

  test('Clopper-Pearson bounds agree to 1e-12', () => {
    for (const { errors, n, delta, upper, lower } of expected.clopper_pearson) {
      expect(Math.abs(clopperPearsonUpper(errors, n, delta) - upper)).toBeLessThan(1e-12);
      expect(Math.abs(clopperPearsonLower(errors, n, delta) - lower)).toBeLessThan(1e-12);
    }
  });

  test('the quantiles of the coverage law agree to 1e-12', () => {
    for (const { n, l, q05, q95 } of expected.split_conformal_coverage_law) {
      expect(Math.abs(betaQuantile(0.05, n + 1 - l, l) - q05)).toBeLessThan(1e-12);
      expect(Math.abs(betaQuantile(0.95, n + 1 - l, l) - q95)).toBeLessThan(1e-12);
    }
  });
});

describe('special functions', () => {
  test('the gamma function is the factorial and keeps its recurrence', () => {
    expect(Math.exp(logGamma(6))).toBeCloseTo(120, 10);
    for (const x of [0.001, 0.3, 1.7, 11.9, 12.1, 500]) {
      expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 10);
      expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 9);
    }
    expect(logGamma(0)).toBe(Infinity);
    expect(logGamma(-1)).toBeNaN();
  });

  test('erf and erfc sum to 1 on both sides of the switch of methods', () => {
    for (const x of [-6, -1.6, -1.5, -0.2, 0, 0.7, 1.4999999, 1.5, 1.5000001, 4]) {
      expect(erf(x) + erfc(x)).toBeCloseTo(1, 14);
      expect(erf(-x)).toBe(-erf(x));
    }
    // 30-digit value of erfc(5), NIST DLMF table 7.
    expect(erfc(5) / 1.5374597944280348502e-12).toBeCloseTo(1, 12);
  });

  test('the incomplete beta is symmetric and its inverse is one', () => {
    for (const [a, b] of [
      [0.5, 0.5],
      [2, 5],
      [31, 90],
      [10_000, 24_000],
    ] as const) {
      for (const p of [1e-8, 0.05, 0.5, 0.9, 0.999]) {
        const x = incompleteBetaInverse(a, b, p);
        expect(incompleteBeta(a, b, x) / p).toBeCloseTo(1, 9);
        expect(incompleteBeta(b, a, 1 - x)).toBeCloseTo(1 - p, 8);
      }
    }
  });

  test('the two incomplete gammas sum to 1 and end at 0 and 1', () => {
    for (const [a, x] of [
      [0.5, 0.1],
      [3, 4.1],
      [100, 99],
      [2000, 2100],
    ] as const) {
      expect(incompleteGamma(a, x) + incompleteGammaUpper(a, x)).toBeCloseTo(1, 12);
    }
    expect(incompleteGamma(2, 0)).toBe(0);
    expect(incompleteGammaUpper(2, 0)).toBe(1);
  });
});

describe('distributions', () => {
  test('counts sum to their distribution functions', () => {
    let poisson = 0;
    for (let k = 0; k <= 4; k++) poisson += poissonProbability(k, 2.7);
    expect(poissonCdf(4, 2.7)).toBeCloseTo(poisson, 13);
    expect(binomialCdf(1, 3, 0.5)).toBeCloseTo(0.5, 14);
    expect(binomialCdf(-1, 3, 0.5)).toBe(0);
    expect(binomialCdf(3, 3, 0.5)).toBe(1);
    expect(binomialProbability(1, 3, 0.5)).toBeCloseTo(0.375, 14);
    expect([
      binomialProbability(0, 3, 0),
      binomialProbability(3, 3, 1),
      binomialProbability(4, 3, 0.5),
    ]).toEqual([1, 1, 0]);
    expect(chiSquareCdf(1.3, 3) + chiSquareUpper(1.3, 3)).toBeCloseTo(1, 13);
    expect(betaCdf(betaQuantile(0.3, 4, 2), 4, 2)).toBeCloseTo(0.3, 12);
  });

  test('the normal quantile inverts the distribution function far into both tails', () => {
    for (const p of [1e-12, 1e-4, 0.02, 0.4, 0.6, 0.9999])
      expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 9);
    expect((normalCdf(1.0001) - normalCdf(0.9999)) / 2e-4).toBeCloseTo(normalDensity(1), 8);
    expect(normalUpper(8) / 6.22096057427178e-16).toBeCloseTo(1, 9);
    expect([0, 0.5, 1, NaN].map(normalQuantile)).toEqual([-Infinity, 0, Infinity, NaN]);
  });

  test('an F with one numerator degree is a squared t', () => {
    expect(fisherUpper(2.5 ** 2, 1, 7)).toBeCloseTo(2 * studentUpper(2.5, 7), 12);
  });

  test('the Kolmogorov distribution is continuous where the method changes', () => {
    expect(Math.abs(kolmogorovUpper(0.05, 1000) - kolmogorovUpper(0.05, 1001))).toBeLessThan(2e-3);
    // Critical value of Kuiper's test at 5 %, Stephens 1970.
    expect(kuiperLimitUpper(1.747)).toBeCloseTo(0.05, 3);
  });
});

describe('intervals of a rate', () => {
  test('the exact interval covers at least as often as it says, for any rate', () => {
    for (const rate of [0.02, 0.3, 0.5, 0.77]) {
      let covered = 0;
      for (let k = 0; k <= 25; k++) {
        const [low, high] = clopperPearsonInterval(k, 25, 0.9);
        if (low <= rate && rate <= high) covered += binomialCdf(k, 25, rate) - binomialCdf(k - 1, 25, rate);
      }
      expect(covered).toBeGreaterThanOrEqual(0.9);
    }
  });

  test('the quick comparison agrees with the bound itself', () => {
    for (let k = 0; k <= 40; k += 3) {
      expect(isRateBelow(k, 40, { limit: 0.3, delta: 0.1 })).toBe(clopperPearsonUpper(k, 40, 0.1) <= 0.3);
    }
  });

  test('no observation says nothing', () => {
    expect(clopperPearsonInterval(0, 0)).toEqual([0, 1]);
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
    expect(wilsonInterval(5, 10)[0]).toBeCloseTo(0.2366, 4);
  });
});
