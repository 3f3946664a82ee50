import { beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../../../engine/contract/evaluation.ts';
import { evaluationReportSchema } from '../../../engine/contract/evaluation.ts';
import { bettingView } from '../../../engine/football/evaluation/betting.ts';
import { judgedOf, scoreWalkForward } from '../../../engine/football/evaluation/evaluation.ts';
import type { EvaluationInput } from '../../../engine/football/evaluation/judged.ts';
import { searchLuck } from '../../../engine/football/evaluation/search-luck.ts';
import { betsOf, rowsWithPrice } from '../../../engine/football/evaluation/strategies.ts';
import { liveScores } from '../../../engine/football/evaluation/live.ts';
import { makeWorld, pricesOf, type World } from '../../fixtures/model-table.ts';

const margin = 0.05;

/** Everything an evaluation takes; prices carry a margin, and `offered` says what the pre-match ones rest on. */
function input(
  world: World,
  options: { readonly offered?: Float64Array; readonly forecast?: Float64Array } = {},
): EvaluationInput {
  const { table, truth } = world;
  const shares = [0, 1, 2].map(
    (k) => [...table.target].filter((outcome) => outcome === k).length / table.rows,
  );
  const withMargin = (p: Float64Array) => {
    const columns = pricesOf(p, table.rows);
    return { ...columns, prices: columns.prices.map((price) => Math.max(1.01, price / (1 + margin))) };
  };
  return {
    table,
    families: {
      logistic: options.forecast ?? truth,
      boosting: truth.map((p) => 0.4 * p + 0.6 / 3),
      'base-rate': Float64Array.from({ length: table.rows * 3 }, (_, at) => shares[at % 3]!),
    },
    preMatch: withMargin(options.offered ?? truth),
    closing: withMargin(truth),
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
      names: { C1: 'First', C2: 'Second' },
    },
  };
}

/** What searching among the bets of some forecasts is worth. */
const luckOf = (given: EvaluationInput, forecasts: readonly Float64Array[]) => {
  const { judged } = judgedOf(given);
  const rows = rowsWithPrice(judged, [...given.table.target.keys()], given.details!.takers);
  const strategies = forecasts.map((p, at) => betsOf(judged, rows, { family: String(at), p, edge: 0 }));
  return searchLuck(judged, strategies, rows)!;
};

const bettingOf = (given: EvaluationInput) => {
  const { judged } = judgedOf(given);
  const rows = [...given.table.target.keys()].filter((row) => given.table.firstYear[row]! >= given.fromYear);
  return bettingView(judged, rows, given.details!.takers);
};

describe('the long form of an evaluation', () => {
  let world: World;
  let report: EvaluationReport;

  beforeAll(() => {
    world = makeWorld({ seasons: 4, matchesPerSeason: 160 });
    report = scoreWalkForward(input(world));
  });

  it('is left out unless it is asked for, and is JSON that its schema reads back', () => {
    const { details: _, ...short } = input(world);
    expect(scoreWalkForward(short).details).toBeUndefined();
    const read = evaluationReportSchema.parse(JSON.parse(JSON.stringify(report)));
    expect(read).toEqual(report);
  });

  it('scores every family on the whole, by championship, by season and by both, on the same matches', () => {
    const { slices } = report.details!;
    const of = (championship: string | null, season: string | null) =>
      slices.find(
        (one) => one.family === 'logistic' && one.championship === championship && one.season === season,
      );
    expect(of(null, null)!.n).toBe(960);
    expect(of('C1', null)!.n).toBe(480);
    expect(of(null, '2012/13')!.n).toBe(320);
    expect(of('C2', '2013/14')!.n).toBe(160);
    const whole = of(null, null)!;
    const halves = ['C1', 'C2'].map((code) => of(code, null)!);
    expect((halves[0]!.logLoss + halves[1]!.logLoss) / 2).toBeCloseTo(whole.logLoss, 12);
    expect(whole.gapClosed!.value).toBeCloseTo(1, 1);
    const flat = slices.find(
      (one) => one.family === 'boosting' && one.championship === null && one.season === null,
    )!;
    expect(flat.gapClosed!.high!).toBeLessThan(1);
  });

  it('takes each loss apart into miscalibration, discrimination and uncertainty, and finds the flattened family out', () => {
    const { diagnostics } = report.details!;
    const whole = diagnostics.filter(({ championship, season }) => championship === null && season === null);
    for (const { classes, confusion, n } of whole) {
      for (const { corp } of classes) {
        expect(corp.miscalibration - corp.discrimination + corp.uncertainty).toBeCloseTo(corp.score, 10);
      }
      expect(confusion.reduce((sum, count) => sum + count, 0)).toBe(n);
    }
    const homeOf = (family: string) => whole.find((one) => one.family === family)!.classes[0]!;
    expect(homeOf('logistic').calibrationError.pValue).toBeGreaterThan(0.01);
    expect(homeOf('boosting').calibrationError.pValue).toBeLessThan(0.01);
    expect(homeOf('boosting').calibrationError.debiased).toBeGreaterThan(0.05);
  });

  it('tells the truth and its flattened copy apart, with every pair adjusted for all', () => {
    const { paired } = report.details!;
    const test = paired.find(({ first, second }) => first === 'logistic' && second === 'boosting')!;
    expect(test.value).toBeLessThan(0);
    expect(test.high).toBeLessThan(0);
    for (const { pValue, adjustedPValue } of paired) expect(adjustedPValue).toBeGreaterThanOrEqual(pValue);
  });

  it('covers every grouping, and each match stands in exactly one group of each', () => {
    const { coverage, coverageLaw, martingale } = report.details!;
    for (const level of [0.8, 0.9]) {
      const counts = Map.groupBy(
        coverage.filter((row) => row.level === level),
        ({ by }) => by,
      );
      const [all] = counts.get('all')!;
      for (const [, rows] of counts) expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(all!.n);
      expect(all!.coverage).toBeGreaterThan(level - 0.05);
    }
    expect(coverageLaw.map(({ level }) => level)).toEqual([0.8, 0.9]);
    expect(martingale.alarm).toBe(false);
    expect(martingale.n).toBeGreaterThan(700);
  });

  it('says that there is not enough data where nothing was forecast before kick-off', () => {
    expect(report.details!.live).toEqual(
      [30, 90, null].map((days) => ({ days, n: 0, minimum: 100, scores: null })),
    );
  });

  it('scores forecasts made before kick-off, of the last days only', () => {
    const given = input(world);
    const { probabilities, set80 } = given.details!.live;
    const today = world.table.day.at(-1)! + 1;
    world.table.target.forEach((_, row) => {
      probabilities.set(world.truth.subarray(row * 3, row * 3 + 3), row * 3);
      set80[row] = 7;
    });
    const { judged } = judgedOf({ ...given, today });
    const [month, quarter, all] = liveScores(judged, given.details!.live);
    expect(month!.n).toBeLessThan(quarter!.n);
    expect(quarter!.n).toBeLessThan(all!.n);
    expect(all!.n).toBe(world.table.rows);
    expect(all!.scores!.coverage80).toBe(1);
    expect(all!.scores!.coverage90).toBeNull();
  });
});

describe('the betting view', () => {
  const world = makeWorld({ seasons: 4, matchesPerSeason: 160, seed: 3 });

  it('finds no edge against prices that say the truth, and warns that its best is within the reach of noise', () => {
    const betting = bettingOf(input(world, { forecast: world.truth.map((p) => 0.6 * p + 0.4 / 3) }));
    expect(betting!.warning.noiseProbability).toBeGreaterThan(0.05);
    expect(betting!.warning.strategies).toBe(betting!.strategies.length);
    expect(betting!.searchLuck!.probability).toBeLessThan(0.95);
    for (const { yield: earned, closingLineValue, bets } of betting!.strategies) {
      if (bets > 200) expect(earned.low!).toBeLessThan(0);
      // Only the margin is lost against the close, but for what taking it off does to outsiders' prices.
      if (bets > 200) expect(closingLineValue!.high!).toBeLessThan(0);
    }
  });

  it('finds the edge of whoever knows the truth against prices that do not', () => {
    const ignorant = world.truth.map((p) => 0.3 * p + 0.7 / 3);
    const betting = bettingOf(input(world, { offered: ignorant }));
    const own = betting!.strategies.find(({ family, edge }) => family === 'logistic' && edge === 0.03)!;
    expect(own.yield.low!).toBeGreaterThan(0);
    expect(own.adjustedProbability).toBeLessThan(0.05);
    expect(own.closingLineValue!.low!).toBeGreaterThan(0);
    expect(betting!.warning.noiseProbability).toBeLessThan(0.05);
    expect(betting!.searchLuck!.probability).toBeGreaterThan(0.95);
    const [flat, fraction, kelly, simultaneous] = betting!.staking;
    expect(flat!.final).toBeGreaterThan(1);
    expect(fraction!.final).toBeGreaterThan(1);
    // Stakes of bets settled together are smaller than those of each alone.
    expect(simultaneous!.turnover).toBeLessThanOrEqual(kelly!.turnover + 1e-9);
  });

  it('says by two figures what searching alone finds: worthless strategies swap their places half of the time', () => {
    const found = Array.from({ length: 12 }, (_, seed) => {
      const other = makeWorld({ seasons: 4, matchesPerSeason: 160, seed: seed + 50 });
      // Both families know less than the prices, and no more than each other.
      const given = input(other, { forecast: other.truth.map((p) => 0.5 * p + 0.5 / 3) });
      return luckOf(given, [given.families.logistic!, given.families.boosting!]);
    });
    const mean = found.reduce((sum, one) => sum + one.overfitting, 0) / found.length;
    expect(mean).toBeGreaterThan(0.25);
    expect(found.every(({ blocks, strategies }) => blocks === 10 && strategies >= 2)).toBe(true);
    expect(found.filter(({ probability }) => probability! > 0.95).length).toBeLessThanOrEqual(1);
  });

  it('knows the one strategy that is worth something among worthless ones, in whichever half it looks', () => {
    const ignorant = world.truth.map((p) => 0.3 * p + 0.7 / 3);
    const given = input(world, { offered: ignorant });
    const opposite = world.truth.map((_, at) => world.truth[at - (at % 3) + 2 - (at % 3)]!);
    const { overfitting, probability } = luckOf(given, [world.truth, opposite]);
    expect(overfitting).toBeLessThan(0.05);
    expect(probability!).toBeGreaterThan(0.9);
  });

  it('says nothing of a search among strategies with few bets', () => {
    const given = input(world);
    const few = { ...given, today: world.table.day[20]! };
    const { judged } = judgedOf(few);
    expect(
      bettingView(
        judged,
        Array.from({ length: 20 }, (_, row) => row),
        [1],
      )!.searchLuck,
    ).toBeNull();
  });

  it('never bets on a price later than the forecast, nor on one that nobody offered', () => {
    const given = input(world);
    const late = { ...given.preMatch, instant: world.table.asOf.map((instant) => instant + 1) };
    expect(bettingOf({ ...given, preMatch: late })).toBeNull();
    expect(bettingOf({ ...given, details: { ...given.details!, takers: [2] } })).toBeNull();
  });
});
