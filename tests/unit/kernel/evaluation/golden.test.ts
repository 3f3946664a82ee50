import { describe, expect, test } from 'vitest';
import {
  calibrationBins,
  calibrationError,
  topLabel,
} from '../../../../engine/kernel/evaluation/calibration-error.ts';
import {
  cumulativeCalibrationTests,
  spiegelhalter,
} from '../../../../engine/kernel/evaluation/calibration-tests.ts';
import { corpDecomposition, oneAgainstRest } from '../../../../engine/kernel/evaluation/decomposition.ts';
import { areaUnderCurve, sharpness } from '../../../../engine/kernel/evaluation/discrimination.ts';
import { removeMargin, shinShare } from '../../../../engine/kernel/evaluation/margin.ts';
import type { MarginMethod } from '../../../../engine/kernel/evaluation/margin.ts';
import {
  confusionMatrix,
  logLosses,
  rankedProbabilityScores,
  scoreForecasts,
} from '../../../../engine/kernel/evaluation/scores.ts';
import { golden, hasGolden, largestDifference } from '../../../fixtures/golden.ts';

interface Metrics {
  inputs: { p: number[][]; y: number[] };
  expected: Record<string, number> & {
    log_loss_first_5: number[];
    rps_first_5: number[];
    confusion: number[][];
    auc_ovr_per_class: number[];
    ece_top_label_10_bins: number[][];
    ece_per_class_10: number[];
    spiegelhalter_z_per_class: number[];
    spiegelhalter_p_two_sided: number[];
    corp_brier_per_class: { score: number; mcb: number; dsc: number; unc: number }[];
    brier_per_class: number[];
    mapie_class_0: Record<string, number>;
  };
}

const near = (actual: unknown, expected: unknown) =>
  expect(largestDifference(actual, expected)).toBeLessThan(1e-10);

describe.skipIf(!hasGolden)('golden figures (needs ../shared/peers/golden)', () => {
  const file = hasGolden ? golden<Metrics>('metrics') : undefined;
  const p = Float64Array.from(file?.inputs.p.flat() ?? []);
  const y = file?.inputs.y ?? [];
  const expected = file?.expected as Metrics['expected'];
  const each = [0, 1, 2].map((k) => oneAgainstRest(p, y, { class: k }));

  test('scores', () => {
    const scores = scoreForecasts(p, y);
    near(scores.logLoss, expected['log_loss']);
    near(scores.rps, expected['rps']);
    near(scores.brier, expected['brier_3_class_sum']);
    near(scores.accuracy, expected['accuracy']);
    near(logLosses(p, y).slice(0, 5), expected.log_loss_first_5);
    near(rankedProbabilityScores(p, y).slice(0, 5), expected.rps_first_5);
    near([...confusionMatrix(p, y)], expected.confusion);
    near(sharpness(p).entropy, expected['entropy_mean']);
    near(
      each.map((e) => areaUnderCurve(e.probabilities, e.events)),
      expected.auc_ovr_per_class,
    );
  });

  test('calibration errors', () => {
    const top = topLabel(p, y);
    near(calibrationError(top.probabilities, top.events), expected['ece_top_label_10']);
    near(
      calibrationBins(top.probabilities, top.events).map((b) => [b.count, b.meanProbability, b.frequency]),
      expected.ece_top_label_10_bins.map((row) => row.slice(1)),
    );
    near(
      calibrationError(top.probabilities, top.events, { binning: 'equalCount' }),
      expected['ece_top_label_adaptive_10'],
    );
    near(
      each.map((e) => calibrationError(e.probabilities, e.events)),
      expected.ece_per_class_10,
    );
  });

  test('tests of calibration', () => {
    const z = each.map((e) => spiegelhalter(e.probabilities, e.events));
    near(
      z.map((r) => r.statistic),
      expected.spiegelhalter_z_per_class,
    );
    near(
      z.map((r) => r.pValue),
      expected.spiegelhalter_p_two_sided,
    );
    const walk = cumulativeCalibrationTests(each[0]!.probabilities, each[0]!.events);
    const mapie = expected.mapie_class_0;
    // MAPIE adds noise of 1e-8 to the probabilities, so agreement ends there.
    const own = [
      walk.kolmogorovSmirnov.statistic,
      walk.kolmogorovSmirnov.pValue,
      walk.kuiper.statistic,
      walk.kuiper.pValue,
    ];
    const names = [
      'kolmogorov_smirnov_statistic',
      'kolmogorov_smirnov_p_value',
      'kuiper_statistic',
      'kuiper_p_value',
    ];
    expect(
      largestDifference(
        own,
        names.map((name) => mapie[name]!),
      ),
    ).toBeLessThan(5e-8);
  });

  test('CORP decomposition', () => {
    each.forEach((e, k) => {
      const d = corpDecomposition(e.probabilities, e.events);
      const want = expected.corp_brier_per_class[k]!;
      near(
        [d.score, d.miscalibration, d.discrimination, d.uncertainty],
        [want.score, want.mcb, want.dsc, want.unc],
      );
      near(d.score - d.miscalibration + d.discrimination, d.uncertainty);
    });
  });

  test('removal of the margin', () => {
    const market = golden<{
      inputs: { odds: number[][] };
      expected: Record<string, number[][]> & { shin_z: number[] };
    }>('market_and_stats');
    const names: [MarginMethod, string][] = [
      ['multiplicative', 'multiplicative'],
      ['additive', 'additive'],
      ['differentialMargin', 'additive'],
      ['power', 'power'],
      ['logarithmic', 'power'],
      ['shin', 'shin'],
      ['oddsRatio', 'odds_ratio'],
    ];
    for (const [method, name] of names) {
      market.inputs.odds.forEach((odds, i) => near(removeMargin(odds, method), market.expected[name]![i]));
    }
    near(market.inputs.odds.map(shinShare), market.expected.shin_z);
  });
});
