import { describe, expect, test } from 'vitest';
import { logLoss } from '../../../../engine/kernel/evaluation/scores.ts';
import { evaluateIsotonic, fitIsotonic } from '../../../../engine/kernel/math/isotonic.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { normaliseRows } from '../../../../engine/kernel/math/softmax.ts';
import {
  calibrationMethodNames,
  fitCalibrator,
  loadCalibrator,
} from '../../../../engine/kernel/modeling/calibration/calibrator.ts';
import type { SavedCalibrator } from '../../../../engine/kernel/modeling/calibration/calibrator.ts';
import { createVennAbers, fitVennAbers } from '../../../../engine/kernel/modeling/calibration/venn-abers.ts';

/**
 * Rows drawn from true probabilities, shown as true^power: above 1 an overconfident model, below 1 a timid
 * one.
 */
function sample(rows: number, power: number, seed: number) {
  const random = createRandom(seed);
  const truth = new Float64Array(rows * 3);
  for (let i = 0; i < truth.length; i++) truth[i] = 0.1 + random.uniform();
  normaliseRows(truth, 3);
  const outcomes = Uint8Array.from({ length: rows }, (_, i) => {
    const u = random.uniform();
    return u < truth[i * 3]! ? 0 : u < truth[i * 3]! + truth[i * 3 + 1]! ? 1 : 2;
  });
  return {
    truth,
    outcomes,
    shown: normaliseRows(
      truth.map((p) => p ** power),
      3,
    ),
  };
}

describe.each(calibrationMethodNames)('every calibrator: %s', (method) => {
  const { shown, outcomes } = sample(400, 1.6, 5);
  const calibrator = fitCalibrator(method, shown, outcomes);

  test('answers rows of probabilities that sum to 1, for certain and impossible classes too', () => {
    const rows = calibrator.apply(Float64Array.from([1, 0, 0, 0, 1, 0, 0.2, 0.3, 0.5, 1 / 3, 1 / 3, 1 / 3]));
    for (let at = 0; at < rows.length; at += 3) {
      expect(rows[at]! + rows[at + 1]! + rows[at + 2]!).toBeCloseTo(1, 12);
      for (let k = 0; k < 3; k++) expect(rows[at + k]).toBeGreaterThanOrEqual(0);
    }
  });

  test('is the same to the bit after a way through JSON, and knows its sample size', () => {
    const loaded = loadCalibrator(JSON.parse(JSON.stringify(calibrator.save())) as SavedCalibrator);
    expect(loaded.apply(shown)).toEqual(calibrator.apply(shown));
    expect(loaded.n).toBe(400);
  });

  test('may write over its input', () => {
    const rows = shown.slice();
    calibrator.apply(rows, rows);
    expect(rows).toEqual(calibrator.apply(shown));
  });

  test('a weight of 2 equals the row twice', () => {
    const weights = Array.from(outcomes, (_, i) => (i < 100 ? 2 : 1));
    const twice = new Float64Array([...shown, ...shown.subarray(0, 300)]);
    const weighted = fitCalibrator(method, shown, outcomes, { weights }).apply(shown);
    const repeated = fitCalibrator(method, twice, [...outcomes, ...outcomes.subarray(0, 100)]).apply(shown);
    for (let i = 0; i < weighted.length; i++)
      expect(Math.abs(weighted[i]! - repeated[i]!)).toBeLessThan(1e-6);
  });
});

describe('what calibration is for', () => {
  test('every method but the identity mends an overconfident model on new rows, given thousands of rows', () => {
    const past = sample(6000, 2, 1);
    const future = sample(6000, 2, 2);
    const before = logLoss(future.shown, future.outcomes);
    const best = logLoss(future.truth, future.outcomes);
    for (const method of calibrationMethodNames) {
      const after = logLoss(
        fitCalibrator(method, past.shown, past.outcomes).apply(future.shown),
        future.outcomes,
      );
      if (method === 'identity') expect(after).toBe(before);
      else expect(after - best).toBeLessThan(0.2 * (before - best));
    }
  });

  test('on 380 rows of a model that is right already, temperature does no harm and isotonic regression does', () => {
    const harm = { temperature: 0, isotonic: 0 };
    for (let seed = 0; seed < 20; seed++) {
      const past = sample(380, 1, seed);
      const future = sample(2000, 1, 100 + seed);
      const best = logLoss(future.shown, future.outcomes);
      for (const method of ['temperature', 'isotonic'] as const) {
        harm[method] +=
          logLoss(fitCalibrator(method, past.shown, past.outcomes).apply(future.shown), future.outcomes) -
          best;
      }
    }
    expect(harm.temperature / 20).toBeLessThan(0.004);
    expect(harm.isotonic).toBeGreaterThan(3 * harm.temperature);
  });

  test('the temperature of a squared model is one half, within its sampling error', () => {
    const { shown, outcomes } = sample(20_000, 2, 9);
    expect((fitCalibrator('temperature', shown, outcomes).save().state as { beta: number }).beta).toBeCloseTo(
      0.5,
      1,
    );
  });
});

describe('temperature at the edge', () => {
  test('a perfectly separated sample stops at the highest factor and a backward one at the lowest', () => {
    const rows = Float64Array.from([0.8, 0.1, 0.1, 0.1, 0.8, 0.1]);
    expect(fitCalibrator('temperature', rows, [0, 1]).save().state).toEqual({ beta: 20 });
    expect(fitCalibrator('temperature', rows, [1, 0]).save().state).toEqual({ beta: 0.01 });
  });
});

describe('Venn-Abers', () => {
  test('equals isotonic regression with the new point added, at every place, with ties and weights', () => {
    const random = createRandom(31);
    for (let round = 0; round < 40; round++) {
      const n = 1 + random.integer(30);
      const x = Array.from({ length: n }, () => random.integer(12) / 12);
      const y = x.map((v) => (random.uniform() < 0.2 + 0.6 * v ? 1 : 0));
      const w = x.map(() => 0.5 + random.uniform());
      const predictor = createVennAbers(fitVennAbers(x, y, w));
      const pair = new Float64Array(2);
      for (const at of [-1, 0, 0.25, 0.3, 0.5, 11 / 12, 2]) {
        predictor.predict(at, pair);
        for (const label of [0, 1]) {
          const curve = fitIsotonic([...x, at], [...y, label], { weights: [...w, 1] });
          expect(pair[label]).toBeCloseTo(evaluateIsotonic(curve, at), 10);
        }
        expect(pair[0]!).toBeLessThanOrEqual(pair[1]!);
      }
    }
  });
});

describe('refusals', () => {
  test.each([
    ['no rows', Float64Array.of(), []],
    ['expected 2 x 3 probabilities, got 12', new Float64Array(12), [0, 1]],
    ['outcome 3 is none of the 3 classes', Float64Array.of(0.2, 0.3, 0.5), [3]],
    ['probability NaN', Float64Array.of(NaN, 0.3, 0.5), [0]],
  ])('%s', (message, probabilities, outcomes) => {
    expect(() => fitCalibrator('temperature', probabilities, outcomes)).toThrow(message);
  });

  test('an unknown method in a file lists the known ones', () => {
    const saved = { format: 1, method: 'magic', classes: 3, n: 1, state: {} } as unknown as SavedCalibrator;
    expect(() => loadCalibrator(saved)).toThrow(/known: identity, temperature/);
  });
});
