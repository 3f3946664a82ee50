import { describe, expect, test } from 'vitest';
import {
  conformalQuantile,
  createReference,
  createReferences,
  exponentialWeights,
  tieTolerance,
} from '../../../../engine/kernel/conformal/p-values.ts';
import { createScore } from '../../../../engine/kernel/conformal/scores.ts';
import type { ScoreName } from '../../../../engine/kernel/conformal/scores.ts';
import { setAtLevel } from '../../../../engine/kernel/conformal/sets.ts';
import { golden, hasGolden, largestDifference } from '../../../fixtures/golden.ts';

type ByAlpha<T> = Record<string, T>;

interface Result {
  quantile: ByAlpha<number>;
  p_values: number[][];
  sets: ByAlpha<number[][]>;
  scores_test_first_5: number[][];
  p_values_class_conditional: number[][];
}

interface File {
  inputs: {
    alphas: number[];
    p_cal: number[][];
    y_cal: number[];
    p_test: number[][];
    u: number[];
    tau: number[];
  };
  expected: Record<string, Result>;
}

describe.skipIf(!hasGolden)('golden figures of crepes and MAPIE (needs ../shared/peers/golden)', () => {
  const { inputs, expected } = hasGolden ? golden<File>('conformal_classification') : ({} as File);
  const near = (actual: unknown, wanted: unknown) =>
    expect(largestDifference(actual, wanted)).toBeLessThan(1e-10);

  function scored(name: ScoreName, rows: number[][], u?: number[]): number[][] {
    const score = createScore(name, 3);
    return rows.map((row, i) => {
      const out = new Float64Array(3);
      score(row, 0, out, 0, u?.[i] ?? 0);
      return [...out];
    });
  }

  function prepare(name: ScoreName, u?: number[]) {
    const cal = scored(name, inputs.p_cal, u).map((row, i) => row[inputs.y_cal[i]!]!);
    return {
      cal,
      sorted: [...cal].sort((a, b) => a - b),
      test: scored(name, inputs.p_test, u?.slice(cal.length)),
    };
  }

  function pValues(name: ScoreName, taxonomy: 'all' | 'label', weights?: Float64Array): number[][] {
    const { cal, test } = prepare(name);
    const references = createReferences({ scores: cal, outcomes: inputs.y_cal, weights }, 3, taxonomy);
    return test.map((row) => row.map((s, k) => references[k]!.pValue(s)));
  }

  const masks = (sets: number[][]) => sets.map(([h, d, a]) => h! + 2 * d! + 4 * a!);

  test('LAC: quantiles, p-values and sets, over all rows and per class', () => {
    const { sorted } = prepare('lac');
    for (const alpha of inputs.alphas) {
      near(conformalQuantile(sorted, alpha), expected['lac']!.quantile[alpha]);
      near(conformalQuantile(sorted, alpha), expected['mapie_lac']!.quantile[alpha]);
    }
    for (const [name, taxonomy] of [
      ['lac', 'all'],
      ['lac_class_conditional', 'label'],
    ] as const) {
      const values = pValues('lac', taxonomy);
      near(values, expected[name]!.p_values);
      for (const alpha of inputs.alphas) {
        expect(values.map((row) => setAtLevel(row, 1 - alpha))).toEqual(masks(expected[name]!.sets[alpha]!));
      }
    }
  });

  test.each([
    ['aps', 'aps'],
    ['raps', 'raps_lambda_0.1_kreg_1'],
  ] as const)('%s without randomness', (name, key) => {
    const { sorted, test } = prepare(name);
    near(test.slice(0, 5), expected[key]!.scores_test_first_5);
    near(pValues(name, 'all'), expected[key]!.p_values);
    for (const alpha of inputs.alphas) {
      const limit = conformalQuantile(sorted, alpha);
      near(limit, expected[key]!.quantile[alpha]);
      near(
        test.map((row) => row.map((s) => s <= limit + tieTolerance)),
        expected[key]!.sets[alpha],
      );
    }
  });

  test('APS with given uniforms', () => {
    const { sorted, test } = prepare('aps', inputs.u);
    for (const alpha of inputs.alphas) {
      const limit = conformalQuantile(sorted, alpha);
      near(limit, expected['mapie_aps_given_u_randomized']!.quantile[alpha]);
      const sets = test.map((row) => row.map((s) => s <= limit + tieTolerance));
      near(sets, expected['aps_given_u_definition']!.sets[alpha]);
      near(sets, expected['mapie_aps_given_u_randomized']!.sets[alpha]);
    }
  });

  test('APS as MAPIE has it: with the label that crosses the quantile, and without', () => {
    const u = inputs.u.slice(0, inputs.y_cal.length);
    const calibrated = prepare('aps', [...u, ...inputs.p_test.map(() => 1)]);
    for (const alpha of inputs.alphas) {
      const crossing = expected['mapie_aps_given_u_include_last']!;
      const limit = conformalQuantile(calibrated.sorted, alpha);
      near(limit, crossing.quantile[alpha]);
      // With u = 1 the score is the mass before the label: the label that crosses is still below the quantile
      // there.
      near(
        calibrated.test.map((row) => row.map((s) => s < limit)),
        crossing.sets[alpha],
      );
      const { sorted, test: plain } = prepare('aps');
      const without = expected['mapie_aps_u0_no_last']!;
      near(conformalQuantile(sorted, alpha), without.quantile[alpha]);
      near(
        plain.map((row) => row.map((s) => s <= conformalQuantile(sorted, alpha) + tieTolerance)),
        without.sets[alpha],
      );
      near(
        conformalQuantile(prepare('raps').sorted, alpha),
        (expected['mapie_raps_quantile_lambda_0.1_kreg_1'] as unknown as Record<string, number>)[alpha],
      );
    }
  });

  test('the RPS score, over all rows and per class', () => {
    const { sorted } = prepare('rps');
    for (const alpha of inputs.alphas)
      near(conformalQuantile(sorted, alpha), expected['rps_score']!.quantile[alpha]);
    near(pValues('rps', 'all'), expected['rps_score']!.p_values);
    near(pValues('rps', 'label'), expected['rps_score']!.p_values_class_conditional);
  });

  test('exponential weights and smoothing', () => {
    const weights = exponentialWeights(inputs.y_cal.length, 0.99);
    near(pValues('lac', 'all', weights), expected['lac_weighted_rho_0.99']!.p_values);
    const { cal, test } = prepare('lac');
    const reference = createReference(cal);
    near(
      test.map((row, i) => row.map((s) => reference.smoothedPValue(s, inputs.tau[i]!))),
      expected['lac_smoothed']!.p_values,
    );
  });
});
