import { describe, expect, test } from 'vitest';
import {
  calibrationError,
  calibrationErrorNull,
  debiasedCalibrationError,
} from '../../../../engine/kernel/evaluation/calibration-error.ts';
import {
  cumulativeCalibrationTests,
  spiegelhalter,
} from '../../../../engine/kernel/evaluation/calibration-tests.ts';
import { corpDecomposition } from '../../../../engine/kernel/evaluation/decomposition.ts';
import { areaUnderCurve, sharpness } from '../../../../engine/kernel/evaluation/discrimination.ts';
import { falseDiscoveryAdjusted, holmAdjusted } from '../../../../engine/kernel/evaluation/multiplicity.ts';
import {
  dieboldMariano,
  pairedDifference,
  requiredRows,
} from '../../../../engine/kernel/evaluation/paired.ts';
import { reliabilityCurve } from '../../../../engine/kernel/evaluation/reliability.ts';
import {
  accuracy,
  brier,
  brierScores,
  hits,
  logLoss,
  logLosses,
  rankedProbabilityScore,
  scoreForecasts,
} from '../../../../engine/kernel/evaluation/scores.ts';
import {
  gapClosed,
  gapClosedInterval,
  skillInterval,
  skillScore,
} from '../../../../engine/kernel/evaluation/skill.ts';
import { binomialCdf } from '../../../../engine/kernel/math/distributions.ts';
import { testUniform } from '../../../../engine/kernel/math/kolmogorov.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { mean } from '../../../../engine/kernel/math/summary.ts';

/** A yes/no event with the given distortion of its true probability. */
function events(rows: number, seed: number, show: (p: number) => number = (p) => p) {
  const random = createRandom(seed);
  const truth = Float64Array.from({ length: rows }, () => 0.05 + 0.9 * random.uniform());
  return {
    probabilities: truth.map(show),
    events: Float64Array.from(truth, (p) => (random.uniform() < p ? 1 : 0)),
  };
}
const bold = (p: number) => p ** 2 / (p ** 2 + (1 - p) ** 2);
/** Whether `hits` of `n` is compatible with a rate of 5 %, at one in a thousand. */
const isAboutFivePercent = (hits: number, n: number) =>
  binomialCdf(hits, n, 0.05) > 5e-4 && 1 - binomialCdf(hits - 1, n, 0.05) > 5e-4;

describe('scores', () => {
  test('one match by hand', () => {
    const p = [0.5, 0.3, 0.2];
    expect(scoreForecasts(p, [2])).toEqual({
      n: 1,
      logLoss: expect.closeTo(-Math.log(0.2), 12),
      rps: expect.closeTo((0.25 + 0.64) / 2, 12),
      brier: expect.closeTo(0.25 + 0.09 + 0.64, 12),
      accuracy: 0,
    });
    expect([logLoss, rankedProbabilityScore, brier, accuracy].map((f) => f(p, [0]))).toEqual([
      expect.closeTo(-Math.log(0.5), 12),
      expect.closeTo((0.25 + 0.04) / 2, 12),
      expect.closeTo(0.25 + 0.09 + 0.04, 12),
      1,
    ]);
  });

  test('rows are scored one by one', () => {
    const p = [0.5, 0.3, 0.2, 0.2, 0.5, 0.3];
    expect([...hits(p, [0, 2])]).toEqual([1, 0]);
    expect([...brierScores(p, [0, 2])]).toEqual([0.38, 0.78].map((v) => expect.closeTo(v, 12)));
    expect(gapClosed({ base: 1.07, model: 0.98, market: 0.96 })).toBeCloseTo(9 / 11, 12);
    expect(skillScore(0.9, 1)).toBeCloseTo(0.1, 12);
  });

  test('a sure mistake is very bad and not infinite', () => {
    expect(logLoss([1, 0, 0], [1])).toBeCloseTo(34.54, 2);
    expect(scoreForecasts([], []).logLoss).toBeNaN();
  });

  test('no forecast beats the true probabilities in the long run (the scores are proper)', () => {
    const truth = [0.5, 0.3, 0.2];
    for (const score of [logLoss, rankedProbabilityScore, brier]) {
      const expected = (p: number[]) => truth.reduce((total, weight, k) => total + weight * score(p, [k]), 0);
      for (const other of [
        [0.6, 0.25, 0.15],
        [0.4, 0.35, 0.25],
        [1 / 3, 1 / 3, 1 / 3],
      ]) {
        expect(expected(other)).toBeGreaterThan(expected(truth));
      }
    }
  });
});

describe('skill', () => {
  const random = createRandom(1);
  const base = Float64Array.from({ length: 300 }, () => 1 + 0.3 * random.uniform());
  const market = base.map((v) => v - 0.2 + 0.02 * random.normal());
  const model = base.map((v) => v - 0.16 + 0.02 * random.normal());
  const groups = Array.from(base, (_, i) => Math.floor(i / 5));

  test('the gap closed is the model share of the way from base to market, inside its interval', () => {
    const gap = gapClosedInterval({ base, model, market }, groups, { seed: 1 });
    expect(gap.value).toBeCloseTo(
      gapClosed({ base: mean(base), model: mean(model), market: mean(market) }),
      10,
    );
    expect(gap.low).toBeLessThan(gap.value);
    expect(gap.high).toBeGreaterThan(gap.value);
    expect(gap.high - gap.low).toBeLessThan(0.1);
    expect(skillInterval({ model, reference: base }, groups, { seed: 1 }).value).toBeCloseTo(
      skillScore(mean(model), mean(base)),
      10,
    );
  });
});

describe('paired tests', () => {
  test('equal models differ in about 5 % of 300 samples, by bootstrap and by Diebold-Mariano', () => {
    let boot = 0;
    let diebold = 0;
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed);
      const a = Array.from({ length: 200 }, () => random.normal());
      const b = Array.from({ length: 200 }, () => random.normal());
      if (
        pairedDifference(
          { a, b },
          a.map((_, i) => i),
          { seed, draws: 300 },
        ).pValue < 0.05
      )
        boot++;
      if (
        dieboldMariano(
          a.map((v, i) => v - b[i]!),
          0,
        ).pValue < 0.05
      )
        diebold++;
    }
    expect(isAboutFivePercent(boot, 300)).toBe(true);
    expect(isAboutFivePercent(diebold, 300)).toBe(true);
  });

  test('a shared shock per round needs blocks: single rows see differences that are not there', () => {
    let blocks = 0;
    let rows = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed);
      const a = Array.from({ length: 40 }, () => random.normal()).flatMap((shock) =>
        Array.from({ length: 6 }, () => shock + 0.5 * random.normal()),
      );
      const losses = { a, b: a.map(() => 0) };
      if (
        pairedDifference(
          losses,
          a.map((_, i) => Math.floor(i / 6)),
          { seed, draws: 200 },
        ).pValue < 0.05
      )
        blocks++;
      if (
        pairedDifference(
          losses,
          a.map((_, i) => i),
          { seed, draws: 200 },
        ).pValue < 0.05
      )
        rows++;
    }
    expect(isAboutFivePercent(blocks, 200)).toBe(true);
    expect(isAboutFivePercent(rows, 200)).toBe(false);
  });

  test('a better model is seen as better, with its sign', () => {
    const random = createRandom(2);
    const b = Array.from({ length: 400 }, () => 1 + 0.3 * random.normal());
    const a = b.map((v) => v - 0.05 + 0.1 * random.normal());
    const result = pairedDifference(
      { a, b },
      b.map((_, i) => i),
      { seed: 1 },
    );
    expect(result.high).toBeLessThan(0);
    expect(result.pValue).toBeLessThan(0.01);
    expect(result.n).toBe(400);
    expect(dieboldMariano(a.map((v, i) => v - b[i]!)).statistic).toBeLessThan(-3);
    expect(dieboldMariano([1, 1, 1]).pValue).toBeNaN();
  });

  test('a difference of 0.005 at a spread of 0.058 takes about 1,060 rows', () => {
    expect(requiredRows(0.005, 0.0581)).toBe(1060);
  });
});

describe('calibration of a yes/no event', () => {
  test('right probabilities are rejected in about 5 % of 300 samples by each test', () => {
    const rejected = { spiegelhalter: 0, walk: 0, kuiper: 0, error: 0 };
    for (let seed = 0; seed < 300; seed++) {
      const sample = events(300, seed);
      const walk = cumulativeCalibrationTests(sample.probabilities, sample.events);
      if (spiegelhalter(sample.probabilities, sample.events).pValue < 0.05) rejected.spiegelhalter++;
      if (walk.kolmogorovSmirnov.pValue < 0.05) rejected.walk++;
      if (walk.kuiper.pValue < 0.05) rejected.kuiper++;
      if (calibrationErrorNull(sample.probabilities, sample.events, { seed, draws: 99 }).pValue < 0.05)
        rejected.error++;
    }
    expect(isAboutFivePercent(rejected.spiegelhalter, 300)).toBe(true);
    expect(isAboutFivePercent(rejected.error, 300)).toBe(true);
    // A walk of 300 steps reaches a little less far than Brownian motion: the tests may only be cautious.
    expect(rejected.walk).toBeLessThan(28);
    expect(rejected.kuiper).toBeLessThan(28);
  });

  test('bold probabilities are found by each', () => {
    const sample = events(600, 1, bold);
    expect(spiegelhalter(sample.probabilities, sample.events).statistic).toBeGreaterThan(4);
    expect(cumulativeCalibrationTests(sample.probabilities, sample.events).kuiper.pValue).toBeLessThan(0.01);
    expect(calibrationErrorNull(sample.probabilities, sample.events, { seed: 1 }).pValue).toBeLessThan(0.01);
  });

  test('the plain error of right probabilities is not 0 but its null value, and the debiased one is nearer to 0', () => {
    const sample = events(380, 4);
    const plain = calibrationErrorNull(sample.probabilities, sample.events, { seed: 2 });
    expect(plain.expected).toBeGreaterThan(0.03);
    expect(plain.value).toBe(calibrationError(sample.probabilities, sample.events));
    const debiased = Array.from({ length: 40 }, (_, seed) => {
      const each = events(380, 50 + seed);
      return debiasedCalibrationError(each.probabilities, each.events);
    });
    expect(mean(debiased)).toBeLessThan(0.6 * plain.expected);
  });

  test('the p-values of Spiegelhalter are uniform under the truth', () => {
    const p = Array.from({ length: 300 }, (_, seed) => {
      const sample = events(400, 1000 + seed);
      return spiegelhalter(sample.probabilities, sample.events).pValue;
    });
    expect(testUniform(p).pValue).toBeGreaterThan(1e-3);
  });

  test('miscalibration is what recalibration gains: near 0 for right, large for bold, and never negative', () => {
    const right = events(5000, 1);
    const wrong = events(5000, 1, bold);
    for (const score of ['brier', 'log'] as const) {
      const a = corpDecomposition(right.probabilities, right.events, score);
      const b = corpDecomposition(wrong.probabilities, wrong.events, score);
      expect(a.miscalibration).toBeGreaterThanOrEqual(0);
      expect(b.miscalibration).toBeGreaterThan(5 * a.miscalibration);
      // An increasing distortion leaves the ranking, and so the discrimination, as it was.
      expect(b.discrimination).toBeCloseTo(a.discrimination, 10);
      expect(b.score).toBeCloseTo(b.miscalibration - b.discrimination + b.uncertainty, 12);
    }
  });
});

describe('reliability curve', () => {
  test('of right probabilities lies in its 90 % band at about 90 % of the points, and that of bold ones does not', () => {
    const inside = (show?: (p: number) => number) => {
      let share = 0;
      for (let seed = 0; seed < 30; seed++) {
        const sample = events(400, seed, show);
        const curve = reliabilityCurve(sample.probabilities, sample.events, { seed, draws: 100, points: 20 });
        share += mean(
          Array.from(curve.points, (_, j) =>
            curve.frequency[j]! >= curve.low[j]! - 1e-12 && curve.frequency[j]! <= curve.high[j]! + 1e-12
              ? 1
              : 0,
          ),
        );
      }
      return share / 30;
    };
    expect(inside()).toBeGreaterThan(0.83);
    expect(inside()).toBeLessThan(0.97);
    expect(inside(bold)).toBeLessThan(0.7);
  });

  test('counts every row once and handles equal probabilities', () => {
    const curve = reliabilityCurve([0.5, 0.5, 0.5, 1, 0], [1, 0, 1, 1, 0], { seed: 1 });
    expect(curve.histogram.reduce((a, b) => a + b)).toBe(5);
    expect([...curve.points]).toEqual([0, 0.5, 1]);
    expect([...curve.frequency]).toEqual([0, expect.closeTo(2 / 3, 12), 1]);
    expect([curve.low[0], curve.high[0], curve.low[2], curve.high[2]]).toEqual([0, 0, 1, 1]);
  });
});

describe('discrimination', () => {
  test('the area under the curve is the share of pairs in the right order, ties one half', () => {
    expect(areaUnderCurve([0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1])).toBe(3.5 / 4);
    expect(areaUnderCurve([0.1, 0.2], [1, 1])).toBeNaN();
  });

  test('sharpness measures the distance from even odds', () => {
    expect(sharpness([1 / 3, 1 / 3, 1 / 3]).entropy).toBeCloseTo(Math.log(3), 12);
    expect(sharpness([1, 0, 0, 0.5, 0.3, 0.2])).toMatchObject({ topProbability: 0.75, shareAbove: 0.5 });
  });
});

describe('multiplicity', () => {
  test('Holm and Benjamini-Hochberg by hand, in the order given', () => {
    expect([...holmAdjusted([0.03, 0.01, 0.04])]).toEqual([0.06, 0.03, 0.06]);
    expect([...falseDiscoveryAdjusted([0.03, 0.01, 0.04])]).toEqual(
      [0.04, 0.03, 0.04].map((v) => expect.closeTo(v, 12)),
    );
    expect([...holmAdjusted([0.01], 630)]).toEqual([1]);
  });

  test('630 filters without any edge: the best looks significant alone and not after Holm', () => {
    let alone = 0;
    let corrected = 0;
    for (let seed = 0; seed < 50; seed++) {
      const random = createRandom(seed);
      const p = Array.from({ length: 630 }, () => random.uniform());
      if (Math.min(...p) < 0.05) alone++;
      if (Math.min(...holmAdjusted(p)) < 0.05) corrected++;
    }
    expect(alone).toBe(50);
    expect(corrected).toBeLessThan(10);
  });
});

test('log losses are written into the array given', () => {
  const out = new Float64Array(1);
  expect(logLosses([0.5, 0.25, 0.25], [0], { out })).toBe(out);
  expect(out[0]).toBeCloseTo(Math.LN2, 12);
});
