import { describe, expect, test } from 'vitest';
import { binomialCdf } from '../../../../engine/kernel/math/distributions.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import {
  mutualInformationContinuous,
  mutualInformationDiscrete,
  mutualInformationWithClasses,
  prepareColumn,
} from '../../../../engine/kernel/modeling/selection/mutual-information.ts';
import { testInformation } from '../../../../engine/kernel/modeling/selection/permutation-null.ts';
import {
  copulaInformation,
  rankByRedundancy,
} from '../../../../engine/kernel/modeling/selection/redundancy.ts';
import { varianceRatio } from '../../../../engine/kernel/modeling/selection/variance-ratio.ts';
import { golden, hasGolden, largestDifference } from '../../../fixtures/golden.ts';

interface File {
  inputs: { x: number[][]; y: number[]; discrete: number[] };
  expected: {
    mutual_info_classif: { n_neighbors_3: number[]; n_neighbors_5: number[]; discrete_feature: number[] };
    mutual_info_regression_x0_target: number[];
    f_classif: { f: number[]; p: number[] };
  };
}

describe.skipIf(!hasGolden)('golden figures of scikit-learn (needs ../shared/peers/golden)', () => {
  const { inputs, expected } = hasGolden ? golden<File>('learning') : ({} as File);
  const columns = hasGolden ? [0, 1, 2, 3, 4].map((j) => inputs.x.map((row) => row[j]!)) : [];

  test('mutual information with classes, with a discrete column and between continuous ones, to 1e-6', () => {
    for (const neighbours of [3, 5] as const) {
      const own = columns.map((c) => mutualInformationWithClasses(c, inputs.y, { neighbours }));
      expect(largestDifference(own, expected.mutual_info_classif[`n_neighbors_${neighbours}`])).toBeLessThan(
        1e-6,
      );
    }
    expect(
      largestDifference(
        [mutualInformationDiscrete(inputs.discrete, inputs.y)],
        expected.mutual_info_classif.discrete_feature,
      ),
    ).toBeLessThan(1e-10);
    const target = columns[0]!.map((v, i) => v + 0.5 * columns[1]![i]!);
    const own = columns.slice(1).map((c) => mutualInformationContinuous(c, target));
    expect(largestDifference(own, expected.mutual_info_regression_x0_target)).toBeLessThan(1e-6);
  });

  test('the F test, to 1e-10 of its value', () => {
    columns.forEach((column, j) => {
      const { statistic, pValue } = varianceRatio(column, inputs.y);
      expect(statistic / expected.f_classif.f[j]!).toBeCloseTo(1, 10);
      expect(pValue / expected.f_classif.p[j]!).toBeCloseTo(1, 9);
    });
  });
});

/** A column that tells the class apart by `shift` standard deviations, and the classes. */
function labelled(rows: number, shift: number, seed: number) {
  const random = createRandom(seed);
  const labels = Float64Array.from({ length: rows }, () => random.integer(3));
  return { labels, column: Float64Array.from(labels, (k) => random.normal() + shift * k) };
}

describe('mutual information', () => {
  test('of two normal columns is that of their correlation', () => {
    const random = createRandom(4);
    const a = Array.from({ length: 4000 }, () => random.normal());
    const b = a.map((v) => 0.8 * v + 0.6 * random.normal());
    expect(Math.abs(mutualInformationContinuous(a, b) + 0.5 * Math.log(1 - 0.64))).toBeLessThan(0.05);
    expect(
      mutualInformationContinuous(
        a,
        a.map(() => random.normal()),
      ),
    ).toBeLessThan(0.04);
  });

  test('does not care for scale, shift or missing rows', () => {
    const { column, labels } = labelled(300, 1, 5);
    const value = mutualInformationWithClasses(column, labels);
    expect(
      mutualInformationWithClasses(
        column.map((v) => 1000 * v - 7),
        labels,
      ),
    ).toBeCloseTo(value, 6);
    const withGaps = [...column, NaN, NaN];
    expect(mutualInformationWithClasses(withGaps, [...labels, 0, 1])).toBeCloseTo(value, 10);
    expect(mutualInformationWithClasses([], [])).toBe(0);
  });

  test('a class with one row is left out and a column of one value tells nothing', () => {
    const { column, labels } = labelled(200, 1, 6);
    const more = mutualInformationWithClasses([...column, 0.3], [...labels, 3]);
    expect(more).toBeCloseTo(mutualInformationWithClasses(column, labels), 2);
    expect(mutualInformationWithClasses(new Float64Array(200).fill(4), labels)).toBeLessThan(0.1);
  });

  test('a prepared column answers the same as the plain one', () => {
    const { column, labels } = labelled(100, 0.5, 7);
    expect(mutualInformationWithClasses(prepareColumn(column), labels)).toBe(
      mutualInformationWithClasses(column, labels),
    );
  });
});

describe('the permutation null', () => {
  test('passes a useless column in about 5 % of 200 samples and a useful one always', () => {
    let useless = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { column, labels } = labelled(90, 0, seed);
      if (testInformation(column, labels, { seed, draws: 19 }).pValue <= 0.05) useless++;
    }
    expect(binomialCdf(useless, 200, 0.05)).toBeGreaterThan(5e-4);
    expect(1 - binomialCdf(useless - 1, 200, 0.05)).toBeGreaterThan(5e-4);
    const { column, labels } = labelled(300, 1, 1);
    const result = testInformation(column, labels, { seed: 1 });
    expect(result.pValue).toBe(0.01);
    expect(result.value).toBeGreaterThan(result.nullHigh);
    expect(result.nullHigh).toBeGreaterThan(result.nullMean);
  });
});

describe('minimum redundancy, maximum relevance', () => {
  const random = createRandom(8);
  const first = Array.from({ length: 500 }, () => random.normal());
  const copy = first.map((v) => v + 0.01 * random.normal());
  const other = first.map(() => random.normal());

  test('takes a weaker new column before a copy of the best one', () => {
    const ranked = rankByRedundancy([first, copy, other], [0.5, 0.49, 0.2]);
    expect(ranked.map((r) => r.column)).toEqual([0, 2, 1]);
    expect(ranked[2]!.redundancy).toBeGreaterThan(1);
    expect(rankByRedundancy([first, copy, other], [0.5, 0.49, 0.2], { count: 1 })).toHaveLength(1);
  });

  test('two columns share nothing, or all that can be measured, also where rows are missing', () => {
    const shared = copulaInformation([first, other, first.map((v, i) => (i % 5 === 0 ? NaN : 2 * v))]);
    expect(shared(0, 1)).toBeLessThan(0.02);
    expect(shared(0, 2)).toBe(20);
  });
});
