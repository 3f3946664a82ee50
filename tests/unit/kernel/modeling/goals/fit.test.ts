import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../../../engine/contract/zones.ts';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { correlation, mean } from '../../../../../engine/kernel/math/summary.ts';
import {
  ageWeights,
  fitGoalModel,
  intensitiesOf,
  lawParametersOf,
} from '../../../../../engine/kernel/modeling/goals/fit.ts';
import { gridOfMatch } from '../../../../../engine/kernel/modeling/goals/grid.ts';
import { scoreLawNames } from '../../../../../engine/kernel/modeling/goals/laws/registry.ts';
import { sliceMatches } from '../../../../../engine/kernel/modeling/goals/matches.ts';
import { outcomeProbabilities } from '../../../../../engine/kernel/goals/score-grid.ts';
import { drawGoals, drawPoisson } from '../../../../fixtures/goals.ts';
import { golden, hasGolden } from '../../../../fixtures/golden.ts';

interface DixonColesGolden {
  readonly inputs: {
    readonly matches: readonly [day: string, home: string, away: string, h: number, a: number][];
  };
  readonly expected: {
    readonly dixon_coles: {
      readonly attack: Readonly<Record<string, number>>;
      readonly defence: Readonly<Record<string, number>>;
      readonly constant: number;
      readonly home: number;
      readonly rho: number;
      readonly negative_log_likelihood_with_ridge: number;
      readonly outcome_h_d_a: readonly { home: string; away: string; p: [number, number, number] }[];
    };
  };
}

describe.skipIf(!hasGolden)('Dixon and Coles on a real season (needs ../shared/peers/golden)', () => {
  test('finds the peer’s parameters, likelihood and probabilities to 1e-6', () => {
    const { inputs, expected } = golden<DixonColesGolden>('ratings_dixon_coles');
    const peer = expected.dixon_coles;
    const names = Object.keys(peer.attack).sort();
    const number = (name: string) => names.indexOf(name);
    const fit = fitGoalModel(
      {
        day: Int32Array.from(inputs.matches, ([day]) => dayNumber(day)),
        home: Int32Array.from(inputs.matches, ([, home]) => number(home)),
        away: Int32Array.from(inputs.matches, ([, , away]) => number(away)),
        homeGoals: Uint8Array.from(inputs.matches, ([, , , goals]) => goals),
        awayGoals: Uint8Array.from(inputs.matches, ([, , , , goals]) => goals),
      },
      {
        clubs: names.length,
        ridge: 0.01,
        halfLifeDays: Math.LN2 / 0.0018,
        day: dayNumber('2024-05-20'),
        tolerance: 1e-7,
      },
    );
    const off = (values: Float64Array, peers: Readonly<Record<string, number>>) =>
      Math.max(...names.map((name, club) => Math.abs(values[club]! - peers[name]!)));
    expect(off(fit.parameters.attack, peer.attack)).toBeLessThan(1e-6);
    expect(off(fit.parameters.defence, peer.defence)).toBeLessThan(1e-6);
    expect(fit.parameters.level[0]).toBeCloseTo(peer.constant, 6);
    expect(fit.parameters.home[0]).toBeCloseTo(peer.home, 6);
    expect(lawParametersOf(fit)[0]).toBeCloseTo(peer.rho, 6);
    expect(fit.value).toBeCloseTo(peer.negative_log_likelihood_with_ridge, 7);
    for (const { home, away, p } of peer.outcome_h_d_a) {
      const own = outcomeProbabilities(gridOfMatch(fit, { home: number(home), away: number(away) }));
      own.forEach((value, k) => expect(value).toBeCloseTo(p[k]!, 6));
    }
  });
});

describe('a goal model', () => {
  const league = drawGoals({ clubs: 10, rounds: 30, seed: 1 });

  test.each(scoreLawNames)('finds the strengths that Poisson goals were drawn from (%s)', (law) => {
    const fit = fitGoalModel(league, { law, clubs: 10, halfLifeDays: Infinity });
    expect(fit.converged).toBe(true);
    // The covariance cannot be negative, and drawn goals know none: a little of it takes its share of the level.
    const slack = law === 'bivariate-poisson' || law === 'weibull-copula' ? 0.15 : 0.08;
    for (const name of ['attack', 'defence'] as const) {
      expect(correlation(fit.parameters[name], league[name])).toBeGreaterThan(0.98);
    }
    expect(Math.abs(fit.parameters.home[0]! - 0.25)).toBeLessThan(slack);
  });

  test('starts anew from an earlier fit in fewer steps and ends at the same place', () => {
    const earlier = sliceMatches(league, 0, 2680);
    const before = fitGoalModel(earlier, { clubs: 10 });
    const day = league.day.at(-1)! + 1;
    const cold = fitGoalModel(league, { clubs: 10, day, tolerance: 1e-7 });
    const warm = fitGoalModel(league, { clubs: 10, day, tolerance: 1e-7, start: before.parameters.vector });
    expect(warm.evaluations).toBeLessThan(cold.evaluations);
    cold.parameters.vector.forEach((value, i) => expect(warm.parameters.vector[i]).toBeCloseTo(value, 6));
  });

  test('starts anew where what it was given makes a score impossible', () => {
    const cold = fitGoalModel(league, { clubs: 10 });
    const start = Float64Array.from(cold.parameters.vector);
    start[start.length - 1] = -40;
    const fit = fitGoalModel(league, { clubs: 10, start, scaling: cold.scaling });
    expect(fit.converged).toBe(true);
    expect(fit.value).toBeCloseTo(cold.value, 6);
  });

  test('counts a match of weight 2 as the match played twice', () => {
    const few = sliceMatches(league, 0, 90);
    const doubled = fitGoalModel(
      { ...few, weights: Float64Array.from({ length: 90 }, (_, i) => (i < 30 ? 2 : 1)) },
      { clubs: 10, halfLifeDays: Infinity, tolerance: 1e-8 },
    );
    const order = Array.from({ length: 120 }, (_, i) => (i < 60 ? i >> 1 : i - 30));
    const pick = (column: ArrayLike<number>) => order.map((i) => column[i]!);
    const repeated = fitGoalModel(
      {
        home: Int32Array.from(pick(few.home)),
        away: Int32Array.from(pick(few.away)),
        homeGoals: Uint8Array.from(pick(few.homeGoals)),
        awayGoals: Uint8Array.from(pick(few.awayGoals)),
        day: Int32Array.from(pick(few.day)),
      },
      { clubs: 10, halfLifeDays: Infinity, tolerance: 1e-8 },
    );
    repeated.parameters.vector.forEach((value, i) =>
      expect(doubled.parameters.vector[i]).toBeCloseTo(value, 6),
    );
  });

  test('counts a match half after its half-life', () => {
    const two = sliceMatches(league, 0, 2);
    expect([...ageWeights({ ...two, day: Int32Array.of(0, 100) }, 200, 100)]).toEqual([0.25, 0.5]);
  });

  test('pulls clubs of which little is known towards their prior', () => {
    const prior = { attack: new Float64Array(12), defence: new Float64Array(12) };
    prior.attack[11] = -0.3;
    prior.defence[11] = -0.2;
    const { attack, defence } = fitGoalModel(league, { clubs: 12, prior, tolerance: 1e-7 }).parameters;
    expect(attack[11]).toBeCloseTo(-0.3, 6);
    expect(defence[11]).toBeCloseTo(-0.2, 6);
    expect(attack[10]).toBeCloseTo(0, 6);
  });

  test('lets leagues share what they cannot know alone', () => {
    const advantages = [0.1, 0.5];
    const drawn = drawGoals({ clubs: 8, leagues: 2, rounds: 4, seed: 6, home: (l) => advantages[l]! });
    const spreadAt = (home: number) => {
      const fit = fitGoalModel(drawn, { clubs: 8, leagues: 2, halfLifeDays: Infinity, pooling: { home } });
      return fit.parameters.home[1]! - fit.parameters.home[0]!;
    };
    expect(spreadAt(0.001)).toBeGreaterThan(0.2);
    expect(spreadAt(50)).toBeLessThan(spreadAt(0.001));
    expect(Math.abs(spreadAt(1e6))).toBeLessThan(1e-3);
  });

  test('lets a club have a home advantage of its own', () => {
    const random = createRandom(12);
    const drawn = drawGoals({ clubs: 8, rounds: 25, seed: 2 });
    const homeGoals = drawn.homeGoals.map((goals, i) =>
      drawn.home[i] === 3 ? goals + drawPoisson(random, 0.8) : goals,
    );
    const fit = fitGoalModel(
      { ...drawn, homeGoals },
      { clubs: 8, homeAdvantage: 'per-club', clubHomeRidge: 20, halfLifeDays: Infinity },
    );
    const own = [...fit.parameters.clubHome];
    expect(own.indexOf(Math.max(...own))).toBe(3);
    expect(own[3]).toBeGreaterThan(0.1);
    expect(Math.abs(mean(own))).toBeLessThan(1e-3);
  });

  test('calibrates intensities that come from elsewhere when there are no clubs', () => {
    const homeOffset = Float64Array.from(
      league.home,
      (h, i) => league.attack[h]! - league.defence[league.away[i]!]!,
    );
    const awayOffset = Float64Array.from(
      league.away,
      (a, i) => league.attack[a]! - league.defence[league.home[i]!]!,
    );
    const fit = fitGoalModel({ ...league, homeOffset, awayOffset }, { clubs: 0, halfLifeDays: Infinity });
    expect(fit.parameters.vector).toHaveLength(3);
    expect(Math.abs(fit.parameters.level[0]! - 0.1)).toBeLessThan(0.06);
    expect(Math.abs(fit.parameters.home[0]! - 0.25)).toBeLessThan(0.08);
    const { home } = intensitiesOf(fit, { home: -1, away: -1 }, { home: 0.5, away: 0 });
    expect(home).toBeCloseTo(Math.exp(fit.parameters.level[0]! + fit.parameters.home[0]! + 0.5), 12);
  });

  test('takes unknown clubs for average ones', () => {
    const fit = fitGoalModel(league, { clubs: 10 });
    const { away } = intensitiesOf(fit, { home: -1, away: -1 });
    expect(away).toBeCloseTo(Math.exp(fit.parameters.level[0]!), 12);
  });

  test('refuses the future, days out of order, a club against itself and a start of another shape', () => {
    const options = { clubs: 10 };
    expect(() => fitGoalModel(league, { ...options, day: 100 })).toThrow(/may not see a match/);
    const few = sliceMatches(league, 0, 2);
    expect(() => fitGoalModel({ ...few, day: Int32Array.of(5, 4) }, options)).toThrow(/order of time/);
    expect(() => fitGoalModel({ ...few, away: few.home }, options)).toThrow(/different clubs/);
    expect(() => fitGoalModel({ ...few, weights: Float64Array.of(1, -1) }, options)).toThrow(/weights/);
    expect(() => fitGoalModel({ ...few, weights: Float64Array.of(1) }, options)).toThrow(/values of weights/);
    expect(() => fitGoalModel(few, { ...options, start: new Float64Array(3) })).toThrow(/to start from/);
    expect(() => fitGoalModel(few, { ...options, ridge: 0 })).toThrow(/ridge/);
  });

  test('stops when it is told to', () => {
    expect(() => fitGoalModel(league, { clubs: 10, signal: { aborted: true } })).toThrow(
      expect.objectContaining({ code: 'CANCELLED' }),
    );
  });
});
