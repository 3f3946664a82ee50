import { describe, expect, it } from 'vitest';
import { typesEvaluationSchema } from '../../../engine/contract/evaluation-types.ts';
import { loadLocale } from '../../../engine/documents/locale.ts';
import { languages } from '../../../engine/contract/domain.ts';
import { earlierMean } from '../../../engine/football/evaluation/earlier-mean.ts';
import { scoreWalkForward } from '../../../engine/football/evaluation/evaluation.ts';
import { typeSection } from '../../../engine/football/evaluation/report/types.ts';
import { jointGrid } from '../../../engine/football/forecast/joint.ts';
import { forecastBet } from '../../../engine/football/forecast/types/derive.ts';
import { firstBet, jointTypes } from '../../../engine/football/forecast/types/joint-types.ts';
import { makeGoalWorld } from '../../fixtures/goal-world.ts';
import { pricesOf } from '../../fixtures/model-table.ts';

const world = makeGoalWorld({ seasons: 4, championships: 2, seed: 8 });
const { table, goals, scores, probabilities } = world;
const total = jointTypes.find(({ name }) => name === 'total')!;

/** Probability that there are more than 2.5 goals, as the scores were drawn. */
const truth = Float64Array.from({ length: table.rows }, (_, row) => {
  const grid = jointGrid(probabilities.subarray(row * 3, row * 3 + 3), {
    home: goals.home[row]!,
    away: goals.away[row]!,
    extras: [-0.05],
  });
  return forecastBet(grid, firstBet(total, 'football')).probability;
});

function evaluated(options: { readonly market?: Float64Array; readonly stored?: boolean } = {}) {
  const report = scoreWalkForward({
    table,
    families: {
      logistic: probabilities,
      'base-rate': Float64Array.from({ length: table.rows * 3 }, (_, at) => [0.43, 0.25, 0.32][at % 3]!),
    },
    preMatch: pricesOf(probabilities, table.rows),
    closing: pricesOf(probabilities, table.rows),
    championships: [0, 1],
    fromYear: 2011,
    toYear: 2013,
    from: '2011/12',
    to: '2013/14',
    today: 1_000_000,
    target: 0.7,
    delta: 0.1,
    details: {
      live: {
        probabilities: new Float64Array(table.rows * 3).fill(Number.NaN),
        set80: new Uint8Array(table.rows).fill(255),
        set90: new Uint8Array(table.rows).fill(255),
      },
      takers: [1],
      names: {},
      types: {
        goals: options.stored === false ? { ...goals, count: 0 } : goals,
        scores,
        total: options.market ?? new Float64Array(table.rows * 2).fill(Number.NaN),
      },
    },
  });
  return report;
}

const both = (p: Float64Array) => Float64Array.from([...p].flatMap((over) => [over, 1 - over]));

describe('the scores of the types beside the result', () => {
  const { types } = evaluated({ market: both(truth) }).details!;

  it('fit their schema, one entry a type', () => {
    expect(typesEvaluationSchema.parse(types)).toEqual(types);
    expect(types!.types.map(({ type }) => type)).toEqual([
      'both-score',
      'home-scores',
      'away-scores',
      'total',
      'home-total',
      'away-total',
    ]);
    expect(types!.amounts).toHaveLength(3);
  });

  it('are better than the base rate where the grids are the truth, and even with a market that knows it', () => {
    for (const { type, againstBase } of types!.types) expect(againstBase.high, type).toBeLessThan(0);
    const { market } = types!.types.find(({ type }) => type === 'total')!;
    expect(market!.against.low).toBeLessThan(0.002);
    expect(market!.against.high).toBeGreaterThan(-0.002);
    expect(types!.types.filter((one) => one.market)).toHaveLength(1);
  });

  it('are worse than a market that knows the result', () => {
    const goalsOf = (row: number) => scores.homeGoals[row]! + scores.awayGoals[row]!;
    const seer = both(truth.map((_, row) => (goalsOf(row) > 2.5 ? 0.9 : 0.1)));
    const { market } = evaluated({ market: seer }).details!.types!.types.find(
      ({ type }) => type === 'total',
    )!;
    expect(market!.accuracy).toBe(1);
    expect(market!.against.low).toBeGreaterThan(0.3);
    expect(market!.logLoss).toBeCloseTo(-Math.log(0.9), 12);
  });

  it('count goals and hold what they promise', () => {
    for (const amount of types!.amounts) {
      expect(amount.bias.low).toBeLessThan(0.05);
      expect(amount.bias.high).toBeGreaterThan(-0.05);
      expect(amount.rootMeanSquareError).toBeLessThan(amount.baseRootMeanSquareError);
      for (const { coverage, level, n } of amount.coverage) {
        expect(Math.abs(coverage - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / n) + 0.01);
      }
    }
    for (const one of types!.types) {
      expect(one.seasons.map(({ season }) => season)).toEqual(['2011/12', '2012/13', '2013/14']);
      expect(one.seasons.reduce((sum, { n }) => sum + n, 0)).toBe(one.n);
      const whole = one.seasons.reduce((sum, { n, logLoss }) => sum + n * logLoss, 0) / one.n;
      expect(whole).toBeCloseTo(one.model.logLoss, 9);
    }
  });

  it('are left out, and the report says so, where no goal model has forecast', () => {
    const report = evaluated({ stored: false });
    expect(report.details!.types).toBeNull();
    for (const language of languages) {
      const section = typeSection({ ...report, details: report.details! }, loadLocale(language));
      expect(section.blocks).toEqual([]);
      expect(section.paragraphs[0]).toContain('processing');
    }
  });
});

describe('the mean of earlier days', () => {
  it('knows nothing of its own day, other championships or open matches', () => {
    const means = earlierMean(
      {
        rows: 5,
        day: Int32Array.of(1, 1, 2, 2, 3),
        championship: Int32Array.of(0, 1, 0, 0, 0),
      },
      { value: (row) => [4, 9, 1, Number.NaN, 7][row]!, prior: 2 },
    );
    expect([...means]).toEqual([2, 2, 3, 3, 7 / 3]);
  });
});
