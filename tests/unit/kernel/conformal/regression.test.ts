import { describe, expect, test } from 'vitest';
import { countInterval, fitPredictiveSystem } from '../../../../engine/kernel/conformal/predictive-system.ts';
import {
  fitConformalRegressor,
  fitQuantileCorrection,
} from '../../../../engine/kernel/conformal/regression.ts';
import { binomialCdf } from '../../../../engine/kernel/math/distributions.ts';
import { testUniform } from '../../../../engine/kernel/math/kolmogorov.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import type { Random } from '../../../../engine/kernel/math/random.ts';
import { quantile } from '../../../../engine/kernel/math/summary.ts';
import { golden, hasGolden, largestDifference } from '../../../fixtures/golden.ts';

type Intervals = Record<string, [number, number][]>;
type WithMargin = Record<string, { q: number; interval: [number, number][] }>;

interface File {
  inputs: { n_cal: number; mu: number[]; sigma: number[]; lo: number[]; hi: number[]; y: number[] };
  expected: {
    split_absolute: WithMargin;
    split_normalised: WithMargin;
    cqr_symmetric: WithMargin;
    mapie_cqr_asymmetric: Intervals;
    crepes_split: Intervals;
    crepes_split_normalised: Intervals;
    crepes_cps: {
      p_values_at_y: number[];
      interval: Intervals;
      percentiles_lower_10_higher_90: [number, number][];
    };
  };
}

describe.skipIf(!hasGolden)('golden figures of crepes and MAPIE (needs ../shared/peers/golden)', () => {
  const { inputs, expected } = hasGolden ? golden<File>('conformal_regression') : ({} as File);
  const near = (actual: unknown, wanted: unknown) =>
    expect(largestDifference(actual, wanted)).toBeLessThan(1e-10);
  const cal = (values: number[]) => values.slice(0, inputs.n_cal);
  const tests = hasGolden ? inputs.mu.map((_, i) => i).slice(inputs.n_cal) : [];
  const residuals = hasGolden ? cal(inputs.y).map((y, i) => y - inputs.mu[i]!) : [];

  test.each(['0.1', '0.2'])('split, normalised and quantile intervals at alpha %s', (alpha) => {
    const level = 1 - Number(alpha);
    const plain = fitConformalRegressor(residuals, { level });
    near(plain.margin, expected.split_absolute[alpha]!.q);
    near(
      tests.map((i) => plain.interval(inputs.mu[i]!)),
      expected.crepes_split[alpha],
    );
    const scaled = fitConformalRegressor(residuals, { level, scales: cal(inputs.sigma) });
    near(scaled.margin, expected.split_normalised[alpha]!.q);
    near(
      tests.map((i) => scaled.interval(inputs.mu[i]!, inputs.sigma[i])),
      expected.crepes_split_normalised[alpha],
    );
    const band = { low: cal(inputs.lo), high: cal(inputs.hi), y: cal(inputs.y) };
    const symmetric = fitQuantileCorrection(band, { level });
    near(symmetric.above, expected.cqr_symmetric[alpha]!.q);
    near(
      tests.map((i) => symmetric.interval(inputs.lo[i]!, inputs.hi[i]!)),
      expected.cqr_symmetric[alpha]!.interval,
    );
    const sides = fitQuantileCorrection(band, { level, symmetric: false });
    near(
      tests.map((i) => sides.interval(inputs.lo[i]!, inputs.hi[i]!)),
      expected.mapie_cqr_asymmetric[alpha],
    );
  });

  test('the predictive system: p-values, intervals and percentiles', () => {
    const system = fitPredictiveSystem(residuals);
    near(
      tests.map((i) => system.pValue({ prediction: inputs.mu[i]! }, inputs.y[i]!)),
      expected.crepes_cps.p_values_at_y,
    );
    for (const alpha of ['0.1', '0.2']) {
      near(
        tests.map((i) => system.interval({ prediction: inputs.mu[i]! }, 1 - Number(alpha))),
        expected.crepes_cps.interval[alpha],
      );
    }
    near(
      tests.map((i) => [
        system.quantile({ prediction: inputs.mu[i]! }, 0.1, 'lower'),
        system.quantile({ prediction: inputs.mu[i]! }, 0.9, 'upper'),
      ]),
      expected.crepes_cps.percentiles_lower_10_higher_90,
    );
  });
});

/** Goals of a match with the given mean (Knuth's method). */
function goals(random: Random, mean: number): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count++) product *= random.uniform();
  return count;
}

/** A match: its true mean, a prediction that is wrong in a known way, its band and the goals. */
function match(random: Random) {
  const mean = 1.5 + 3 * random.uniform();
  return { prediction: 0.8 * mean + 0.3, band: mean > 3 ? 1 : 0, y: goals(random, mean) };
}

/** P-values of 400 goals, each from its own calibration part of 120 matches. */
function pValues(tau: (random: Random) => number): number[] {
  const random = createRandom(12);
  return Array.from({ length: 400 }, () => {
    const past = Array.from({ length: 120 }, () => match(random));
    const next = match(random);
    const system = fitPredictiveSystem(past.map((m) => m.y - m.prediction));
    return system.pValue({ prediction: next.prediction }, next.y, tau(random));
  });
}

describe('the predictive system on goals', () => {
  test('p-values with a drawn place between ties are exactly uniform, and without it they are not', () => {
    expect(testUniform(pValues((random) => random.uniform())).pValue).toBeGreaterThan(1e-3);
    const tied = (random: Random) => Math.round(3 * random.uniform());
    const random = createRandom(3);
    const conservative = Array.from({ length: 600 }, () =>
      fitPredictiveSystem(Array.from({ length: 40 }, () => tied(random))).pValue(
        { prediction: 0 },
        tied(random),
      ),
    );
    expect(testUniform(conservative).pValue).toBeLessThan(1e-3);
  });

  test('intervals in whole goals cover at least their level, in each band of expected goals', () => {
    const random = createRandom(21);
    const covered = [0, 0];
    const rows = [0, 0];
    for (let repeat = 0; repeat < 200; repeat++) {
      const past = Array.from({ length: 300 }, () => match(random));
      const system = fitPredictiveSystem(
        past.map((m) => m.y - m.prediction),
        { bands: past.map((m) => m.band), minimumPerBand: 50 },
      );
      for (let i = 0; i < 10; i++) {
        const next = match(random);
        const [low, high] = countInterval(system.interval(next, 0.8));
        rows[next.band]!++;
        if (low <= next.y && next.y <= high) covered[next.band]!++;
      }
    }
    for (const band of [0, 1]) expect(binomialCdf(covered[band]!, rows[band]!, 0.8)).toBeGreaterThan(1e-3);
  });

  test('too few rows give an infinite interval, and never a narrow one', () => {
    const system = fitPredictiveSystem([0.5, -0.5, 1]);
    expect(system.interval({ prediction: 2 }, 0.9)).toEqual([-Infinity, Infinity]);
    expect(countInterval([-Infinity, Infinity])).toEqual([0, Infinity]);
    expect(fitConformalRegressor([1, 2], { level: 0.9 }).interval(0)).toEqual([-Infinity, Infinity]);
    expect(fitPredictiveSystem([]).pValue({ prediction: 0 }, 1)).toBe(1);
  });

  test('counts stay inside their interval, and an interval between two counts takes both', () => {
    expect(countInterval([-0.7, 3.4])).toEqual([0, 3]);
    expect(countInterval([1.2, 1.8])).toEqual([1, 2]);
  });
});

describe('split conformal intervals', () => {
  test.each([
    ['the right scales', (s: number) => s],
    ['wrong scales', (s: number) => 2 - s],
  ])('cover their level with %s', (_, show) => {
    const random = createRandom(30);
    let covered = 0;
    for (let repeat = 0; repeat < 300; repeat++) {
      const rows = Array.from({ length: 60 }, () => {
        const scale = 0.5 + random.uniform();
        return { scale: show(scale), residual: scale * random.normal() };
      });
      const fit = fitConformalRegressor(
        rows.map((r) => r.residual),
        { level: 0.9, scales: rows.map((r) => r.scale) },
      );
      const scale = 0.5 + random.uniform();
      const [low, high] = fit.interval(0, show(scale));
      const y = scale * random.normal();
      if (low <= y && y <= high) covered++;
    }
    expect(binomialCdf(covered, 300, 0.9)).toBeGreaterThan(1e-3);
  });

  test('cover on ten rows as on a thousand, where the plain quantile of the residuals does not', () => {
    const random = createRandom(31);
    let covered = 0;
    let plain = 0;
    for (let repeat = 0; repeat < 2000; repeat++) {
      const residuals = Array.from({ length: 10 }, () => random.normal());
      const y = Math.abs(random.normal());
      if (y <= fitConformalRegressor(residuals, { level: 0.9 }).margin) covered++;
      if (y <= quantile(residuals.map(Math.abs), 0.9)) plain++;
    }
    expect(binomialCdf(covered, 2000, 0.9)).toBeGreaterThan(1e-3);
    expect(binomialCdf(plain, 2000, 0.9)).toBeLessThan(1e-3);
  });
});
