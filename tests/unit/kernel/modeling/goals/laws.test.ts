import { describe, expect, test } from 'vitest';
import { poissonProbability } from '../../../../../engine/kernel/math/distributions.ts';
import { withNumericalGradient } from '../../../../../engine/kernel/math/optimize/lbfgs.ts';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { sum } from '../../../../../engine/kernel/math/summary.ts';
import { gridOfLaw } from '../../../../../engine/kernel/modeling/goals/grid.ts';
import { frankCopula } from '../../../../../engine/kernel/modeling/goals/laws/frank-copula.ts';
import { scoreLawNames, scoreLaws } from '../../../../../engine/kernel/modeling/goals/laws/registry.ts';
import type { ScoreLaw } from '../../../../../engine/kernel/modeling/goals/laws/law.ts';
import { createWeibullCount } from '../../../../../engine/kernel/modeling/goals/laws/weibull-count.ts';
import { parameterCount } from '../../../../../engine/kernel/modeling/goals/layout.ts';
import type { GoalModelShape } from '../../../../../engine/kernel/modeling/goals/layout.ts';
import { createGoalObjective } from '../../../../../engine/kernel/modeling/goals/objective.ts';
import { drawGoals } from '../../../../fixtures/goals.ts';
import {
  distributionMean,
  goalDistribution,
  outcomeProbabilities,
} from '../../../../../engine/kernel/goals/score-grid.ts';

/** The log likelihood of one score at given intensities, by the law's own evaluation. */
function logLikelihood(
  law: ScoreLaw,
  score: readonly [number, number],
  at: { home: number; away: number; extras: number[] },
) {
  const one = (value: number) => Float64Array.of(value);
  const evaluate = law.bind({
    rows: 1,
    leagues: 1,
    league: Uint16Array.of(0),
    homeGoals: Uint8Array.of(score[0]),
    awayGoals: Uint8Array.of(score[1]),
    weights: one(1),
    home: one(at.home),
    away: one(at.away),
    logHome: one(Math.log(at.home)),
    logAway: one(Math.log(at.away)),
    homeSlope: one(0),
    awaySlope: one(0),
  });
  return evaluate(Float64Array.from(at.extras), new Float64Array(at.extras.length));
}

const usual: Record<string, number[]> = {
  poisson: [],
  'dixon-coles': [-0.08],
  'bivariate-poisson': [-2],
  'negative-binomial': [-2.3],
  'weibull-copula': [0.1, -0.7],
};

describe.each(scoreLawNames)('the law %s', (name) => {
  const law = scoreLaws[name];
  const extras = usual[name]!;

  test('has the gradient of its likelihood, with two leagues, own home advantages, offsets, weights and priors', () => {
    const shape: GoalModelShape = { law, clubs: 5, leagues: 2, homeAdvantage: 'per-club' };
    const matches = drawGoals({ clubs: 5, leagues: 2, rounds: 4, seed: 3 });
    const random = createRandom(8);
    const rows = matches.day.length;
    const offset = () => Float64Array.from({ length: rows }, () => 0.2 * random.normal());
    const { evaluate: objective } = createGoalObjective(
      shape,
      { ...matches, homeOffset: offset(), awayOffset: offset() },
      {
        penalties: { ridge: 0.7, clubHomeRidge: 2, pooling: { level: 1, home: 5, law: 3 } },
        prior: { attack: Float64Array.of(0, -0.2, 0, 0, 0), defence: Float64Array.of(0, -0.1, 0, 0, 0.3) },
        weights: Float64Array.from({ length: rows }, () => random.uniform()),
      },
    );
    const x = Float64Array.from({ length: parameterCount(shape) }, () => 0.15 * random.normal());
    extras.forEach((value, index) => {
      const from = x.length - 2 * extras.length + 2 * index;
      x[from] = value;
      x[from + 1] = value * 0.9;
    });
    const gradient = new Float64Array(x.length);
    const numerical = new Float64Array(x.length);
    objective(x, gradient);
    withNumericalGradient((at) => objective(at, new Float64Array(at.length)))(x, numerical);
    for (let i = 0; i < x.length; i++) expect(gradient[i]).toBeCloseTo(numerical[i]!, 5);
  });

  test('learns from the very probabilities that its grid holds', () => {
    const at = { home: 1.6, away: 1.1, extras };
    const cells = new Float64Array(144);
    law.fill(cells, 12, at);
    for (const [home, away] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 1],
      [0, 3],
      [4, 2],
    ] as const) {
      expect(Math.exp(logLikelihood(law, [home, away], at))).toBeCloseTo(cells[home * 12 + away]!, 10);
    }
  });

  test('fills grids that add up to 1 for every strength that football and ice hockey see', () => {
    for (const home of [0.2, 0.9, 1.5, 3, 5]) {
      for (const away of [0.2, 1.1, 2.4, 4.5]) {
        const grid = gridOfLaw(law, { home, away, extras });
        expect(Math.abs(sum(grid.cells) - 1)).toBeLessThan(1e-12);
        expect(Math.min(...grid.cells)).toBeGreaterThanOrEqual(0);
        expect(grid.beyond).toBeLessThan(5e-3);
      }
    }
  });
});

describe('the laws', () => {
  const at = { home: 1.7, away: 0.9 };

  test('are all Poisson where their own parameters say so', () => {
    const independent = [
      ['dixon-coles', [0]],
      ['bivariate-poisson', [-40]],
      ['negative-binomial', [-30]],
      ['weibull-copula', [0, 0]],
    ] as const;
    for (const [name, extras] of independent) {
      const { cells, size } = gridOfLaw(scoreLaws[name], { ...at, extras });
      for (let h = 0; h < 7; h++) {
        for (let a = 0; a < 7; a++) {
          const expected = poissonProbability(h, 1.7) * poissonProbability(a, 0.9);
          expect(cells[h * size + a]).toBeCloseTo(expected, 9);
        }
      }
    }
  });

  test('Dixon and Coles keep the goals of each side as they are, and make more draws with a negative rho', () => {
    const plain = gridOfLaw(scoreLaws.poisson, { ...at, extras: [] });
    const bent = gridOfLaw(scoreLaws['dixon-coles'], { ...at, extras: [-0.1] });
    goalDistribution(plain, 'home').forEach((p, n) =>
      expect(goalDistribution(bent, 'home')[n]).toBeCloseTo(p, 12),
    );
    expect(outcomeProbabilities(bent)[1]).toBeGreaterThan(outcomeProbabilities(plain)[1]);
  });

  test('a shared count is added to both means, and is their covariance', () => {
    const grid = gridOfLaw(scoreLaws['bivariate-poisson'], { ...at, extras: [Math.log(0.2)] }, 30);
    expect(distributionMean(goalDistribution(grid, 'home'))).toBeCloseTo(1.9, 9);
    expect(distributionMean(goalDistribution(grid, 'away'))).toBeCloseTo(1.1, 9);
    let product = 0;
    grid.cells.forEach((p, i) => (product += p * Math.floor(i / 30) * (i % 30)));
    expect(product - 1.9 * 1.1).toBeCloseTo(0.2, 9);
  });

  test('a dispersion is what the variance has beyond the mean', () => {
    const grid = gridOfLaw(scoreLaws['negative-binomial'], { ...at, extras: [Math.log(0.3)] }, 60);
    const goals = goalDistribution(grid, 'home');
    const mean = distributionMean(goals);
    let square = 0;
    goals.forEach((p, n) => (square += p * n * n));
    expect(mean).toBeCloseTo(1.7, 9);
    expect(square - mean * mean).toBeCloseTo(1.7 + 0.3 * 1.7 * 1.7, 8);
  });

  test('an intensity beyond the reach of the Weibull series is refused, not guessed', () => {
    expect(() => gridOfLaw(scoreLaws['weibull-copula'], { home: 6, away: 1, extras: [-0.5, 0] })).toThrow(
      RangeError,
    );
  });
});

describe('the Weibull count', () => {
  test('is what counting Weibull waits in unit time gives', () => {
    const [shape, intensity, draws] = [1.3, 1.8, 40_000];
    const random = createRandom(5);
    const seen = new Float64Array(20);
    for (let i = 0; i < draws; i++) {
      let time = 0;
      let goals = -1;
      while (time <= 1) {
        time += (-Math.log(1 - random.uniform()) / intensity) ** (1 / shape);
        goals++;
      }
      seen[goals]! += 1 / draws;
    }
    const count = createWeibullCount(6);
    count.setShape(shape, intensity);
    const at = new Float64Array(6);
    for (let n = 0; n <= 6; n++) {
      count.evaluate(n, intensity, at);
      const p = at[0]! - at[3]!;
      // Five standard errors: 7 counts miss by chance once in 200,000 seeds.
      expect(Math.abs(seen[n]! - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / draws) + 1e-4);
    }
  });
});

describe('Frank’s copula', () => {
  test('has the margins and bounds of a copula and the slopes of its value', () => {
    const point = { value: 0, byU: 0, byV: 0, byDependence: 0 };
    const value = (u: number, v: number, k: number) => {
      frankCopula(u, v, k, point);
      return point.value;
    };
    for (const k of [-6, -0.5, -1e-3, -9e-4, -1e-7, 0, 1e-5, 9e-4, 2e-3, 0.7, 8]) {
      expect(value(0.3, 1, k)).toBeCloseTo(0.3, 12);
      expect(value(0, 0.4, k)).toBe(0);
      for (const [u, v] of [
        [0.2, 0.9],
        [0.5, 0.5],
        [0.97, 0.1],
      ] as const) {
        const h = 1e-5;
        const held = value(u, v, k);
        expect(held).toBeGreaterThanOrEqual(Math.max(0, u + v - 1));
        expect(held).toBeLessThanOrEqual(Math.min(u, v));
        const slopes = { ...point };
        expect(slopes.byU).toBeCloseTo((value(u + h, v, k) - value(u - h, v, k)) / (2 * h), 7);
        expect(slopes.byV).toBeCloseTo((value(u, v + h, k) - value(u, v - h, k)) / (2 * h), 7);
        const wide = 1e-3;
        expect(slopes.byDependence).toBeCloseTo(
          (value(u, v, k + wide) - value(u, v, k - wide)) / (2 * wide),
          6,
        );
      }
    }
  });
});
