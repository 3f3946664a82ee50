import { describe, expect, test } from 'vitest';
import { logLoss } from '../../../../engine/kernel/evaluation/scores.ts';
import { evaluateIsotonic, fitIsotonic } from '../../../../engine/kernel/math/isotonic.ts';
import { fitCalibrator } from '../../../../engine/kernel/modeling/calibration/calibrator.ts';
import { isotonicRows } from '../../../../engine/kernel/modeling/calibration/isotonic.ts';
import type { IsotonicState } from '../../../../engine/kernel/modeling/calibration/isotonic.ts';
import { applySigmoid, fitSigmoid } from '../../../../engine/kernel/modeling/calibration/platt.ts';
import type { TemperatureState } from '../../../../engine/kernel/modeling/calibration/temperature.ts';
import {
  createVennAbers,
  fitVennAbers,
  mergeVennAbers,
} from '../../../../engine/kernel/modeling/calibration/venn-abers.ts';
import { normaliseRows } from '../../../../engine/kernel/math/softmax.ts';
import { golden, hasGolden, largestDifference } from '../../../fixtures/golden.ts';

interface Isotonic {
  x_thresholds: number[];
  y_thresholds: number[];
  predict_grid: number[];
  fitted: number[];
}

interface File {
  inputs: {
    x: number[];
    y: number[];
    w: number[];
    grid: number[];
    p_cal: number[][];
    y_cal: number[];
    p_test: number[][];
  };
  expected: {
    isotonic: Isotonic;
    isotonic_weighted: Isotonic;
    isotonic_decreasing: Isotonic;
    platt_sigmoid: { a: number; b: number; predict_grid: number[] };
    isotonic_ovr_3_class: { predict_proba: number[][] };
    temperature: { beta: number; nll_before: number; nll_after: number; predict_proba: number[][] };
    venn_abers: { points: number[]; p0_p1: number[][]; merged: number[]; mapie_merged: number[] };
  };
}

describe.skipIf(!hasGolden)('golden figures (needs ../shared/peers/golden)', () => {
  const { inputs, expected } = hasGolden ? golden<File>('calibration') : ({} as File);
  const near = (actual: unknown, wanted: unknown, tolerance = 1e-10) =>
    expect(largestDifference(actual, wanted)).toBeLessThan(tolerance);

  test('isotonic curves with ties, with weights and falling', () => {
    for (const [wanted, options] of [
      [expected.isotonic, {}],
      [expected.isotonic_weighted, { weights: inputs.w }],
      [expected.isotonic_decreasing, { increasing: false }],
    ] as const) {
      const curve = fitIsotonic(inputs.x, inputs.y, options);
      near(curve.thresholds, wanted.x_thresholds);
      near(curve.values, wanted.y_thresholds);
      near(
        inputs.grid.map((v) => evaluateIsotonic(curve, v)),
        wanted.predict_grid,
      );
      near(
        inputs.x.map((v) => evaluateIsotonic(curve, v)),
        wanted.fitted,
      );
    }
  });

  test('Platt scaling, to the tolerance of the peer, whose optimiser stops earlier', () => {
    const state = fitSigmoid(inputs.x, inputs.y);
    near([state.a, state.b], [expected.platt_sigmoid.a, expected.platt_sigmoid.b], 1e-4);
    near(
      inputs.grid.map((v) => applySigmoid(state, v)),
      expected.platt_sigmoid.predict_grid,
      1e-6,
    );
  });

  test('isotonic regression of three classes', () => {
    const saved = fitCalibrator('isotonic', Float64Array.from(inputs.p_cal.flat()), inputs.y_cal).save();
    const map = isotonicRows(saved.state as IsotonicState[], 0);
    const out = Float64Array.from(inputs.p_test.flat());
    for (let at = 0; at < out.length; at += 3) map(out, at, out, at);
    near(out, expected.isotonic_ovr_3_class.predict_proba);
  });

  test('the temperature optimum', () => {
    const sharpen = (rows: number[][]) =>
      normaliseRows(
        Float64Array.from(rows.flat(), (p) => p * p),
        3,
      );
    const sample = sharpen(inputs.p_cal);
    const calibrator = fitCalibrator('temperature', sample, inputs.y_cal);
    near((calibrator.save().state as TemperatureState).beta, expected.temperature.beta, 1e-12);
    near(logLoss(sample, inputs.y_cal), expected.temperature.nll_before);
    near(logLoss(calibrator.apply(sample), inputs.y_cal), expected.temperature.nll_after);
    near(calibrator.apply(sharpen(inputs.p_test)), expected.temperature.predict_proba);
  });

  test('Venn-Abers pairs and their merging', () => {
    const predictor = createVennAbers(fitVennAbers(inputs.x, inputs.y));
    const pairs = expected.venn_abers.points.map((s) => [...predictor.predict(s, new Float64Array(2))]);
    near(pairs, expected.venn_abers.p0_p1);
    near(
      pairs.map(([p0, p1]) => mergeVennAbers(p0!, p1!)),
      expected.venn_abers.merged,
    );
  });
});
