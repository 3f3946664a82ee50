import { describe, expect, test } from 'vitest';
import { createReference, createReferences } from '../../../../engine/kernel/conformal/p-values.ts';
import type { Taxonomy } from '../../../../engine/kernel/conformal/p-values.ts';
import { createScore, scoreNames } from '../../../../engine/kernel/conformal/scores.ts';
import type { ScoreName } from '../../../../engine/kernel/conformal/scores.ts';
import { hasClass, setAtLevel } from '../../../../engine/kernel/conformal/sets.ts';
import { logBeta, logChoose } from '../../../../engine/kernel/math/special.ts';
import { testUniform } from '../../../../engine/kernel/math/kolmogorov.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { mean } from '../../../../engine/kernel/math/summary.ts';
import { drawRow, models } from '../../../fixtures/outcomes.ts';

const repeats = 500;
const testRows = 200;

/**
 * Covered counts in `testRows` new rows, one for each of 500 samples: whether the p-value of what came
 * exceeds alpha.
 */
function coveredCounts(
  n: number,
  alpha: number,
  pValue: (past: number[], score: number, tau: number) => number,
): number[] {
  const random = createRandom(n * 1000 + alpha * 100);
  const score = createScore('lac', 3);
  const out = new Float64Array(3);
  const scoreOf = () => {
    const { truth, outcome } = drawRow(random);
    score(models['overconfident']!(truth), 0, out, 0);
    return out[outcome]!;
  };
  return Array.from({ length: repeats }, () => {
    const past = Array.from({ length: n }, scoreOf);
    const reference = past.sort((a, b) => a - b);
    let covered = 0;
    for (let i = 0; i < testRows; i++)
      if (pValue(reference, scoreOf(), random.uniform()) > alpha + 1e-9) covered++;
    return covered;
  });
}

/**
 * Given the past rows, the coverage of continuous scores is Beta(n + 1 - l, l) with l = floor((n + 1) alpha)
 * (Vovk 2012), so that the count among m new rows is beta-binomial. Its randomised distribution value is
 * exactly uniform: an exact Kolmogorov-Smirnov test of the whole law.
 */
function lawPValue(counts: readonly number[], n: number, alpha: number): number {
  const l = Math.floor((n + 1) * alpha + 1e-9);
  const [a, b] = [n + 1 - l, l];
  const chance = (k: number) =>
    Math.exp(logChoose(testRows, k) + logBeta(k + a, testRows - k + b) - logBeta(a, b));
  const below = new Float64Array(testRows + 2);
  for (let k = 0; k <= testRows; k++) below[k + 1] = below[k]! + chance(k);
  const random = createRandom(77);
  return testUniform(counts.map((k) => below[k]! + random.uniform() * chance(k))).pValue;
}

const byReference = () => {
  let last: number[] | undefined;
  let reference = createReference([]);
  return (past: number[], score: number) => {
    if (past !== last) reference = createReference((last = past));
    return reference.pValue(score);
  };
};

describe('the law of split conformal coverage', () => {
  test.each([
    [50, 0.1],
    [50, 0.2],
    [200, 0.1],
    [380, 0.2],
  ])('n = %i, alpha = %d: mean within 4 standard errors and the whole law by an exact test', (n, alpha) => {
    const counts = coveredCounts(n, alpha, byReference());
    const l = Math.floor((n + 1) * alpha + 1e-9);
    const expected = (n + 1 - l) / (n + 1);
    const spread = Math.sqrt((expected * (1 - expected)) / (n + 2) + (expected * (1 - expected)) / testRows);
    expect(Math.abs(mean(counts) / testRows - expected)).toBeLessThan((4 * spread) / Math.sqrt(repeats));
    expect(lawPValue(counts, n, alpha)).toBeGreaterThan(1e-3);
  });

  test.each<[string, (past: number[], score: number) => number]>([
    ['the rank without the new point itself', (past, s) => past.filter((v) => v >= s).length / past.length],
    [
      'one rank too many for every class',
      (past, s) => (2 + past.filter((v) => v >= s).length) / (past.length + 1),
    ],
    [
      'every other past row forgotten',
      (past, s) => (1 + past.filter((v, i) => i % 2 === 0 && v >= s).length) / (past.length / 2 + 1),
    ],
  ])('fails for a broken method: %s', (_, pValue) => {
    expect(lawPValue(coveredCounts(50, 0.1, pValue), 50, 0.1)).toBeLessThan(1e-3);
  });

  test('smoothed p-values are exactly uniform, whatever the ties', () => {
    const random = createRandom(8);
    const tied = () => Math.floor(random.uniform() * 6);
    const smoothed = Array.from({ length: 900 }, () =>
      createReference(Array.from({ length: 30 }, tied)).smoothedPValue(tied(), random.uniform()),
    );
    expect(testUniform(smoothed).pValue).toBeGreaterThan(1e-3);
    const plain = Array.from({ length: 900 }, () =>
      createReference(Array.from({ length: 30 }, tied)).pValue(tied()),
    );
    expect(testUniform(plain).pValue).toBeLessThan(1e-3);
  });
});

interface Coverage {
  /** Share covered of the rows of each class, and their number. */
  readonly share: number[];
  readonly rows: number[];
  readonly size: number;
}

function coverageByClass(
  model: string,
  options: { score: ScoreName; taxonomy: Taxonomy; level: number; n: number },
): Coverage {
  const random = createRandom(4242);
  const score = createScore(options.score, 3);
  const out = new Float64Array(3);
  const rows = [0, 0, 0];
  const covered = [0, 0, 0];
  let size = 0;
  for (let repeat = 0; repeat < 150; repeat++) {
    const scores: number[] = [];
    const outcomes: number[] = [];
    for (let i = 0; i < options.n; i++) {
      const { truth, outcome } = drawRow(random);
      score(models[model]!(truth), 0, out, 0);
      scores.push(out[outcome]!);
      outcomes.push(outcome);
    }
    const references = createReferences({ scores, outcomes }, 3, options.taxonomy);
    for (let i = 0; i < 40; i++) {
      const { truth, outcome } = drawRow(random);
      score(models[model]!(truth), 0, out, 0);
      const mask = setAtLevel(
        references.map((r, k) => r.pValue(out[k]!)),
        options.level,
      );
      rows[outcome]!++;
      if (hasClass(mask, outcome)) covered[outcome]!++;
      for (let k = 0; k < 3; k++) if (hasClass(mask, k)) size++;
    }
  }
  return { share: covered.map((c, k) => c / rows[k]!), rows, size: size / 6000 };
}

/**
 * Lowest share that chance allows for a true rate of `level`: rows of one repeat share their past, hence the
 * doubled spread.
 */
const lowest = (level: number, rows: number) => level - 4 * 2 * Math.sqrt((level * (1 - level)) / rows);

describe('coverage does not depend on the model', () => {
  test.each(Object.keys(models))(
    '%s probabilities: every class is covered per class, by every score',
    (model) => {
      for (const score of scoreNames) {
        const { share, rows } = coverageByClass(model, { score, taxonomy: 'label', level: 0.8, n: 200 });
        for (let k = 0; k < 3; k++) expect(share[k]).toBeGreaterThan(lowest(0.8, rows[k]!));
      }
    },
  );

  test('sets of a model without ties cover each class no more than their law has it', () => {
    // The last class of APS always scores 1: a tie.
    for (const score of ['lac', 'rps'] as const) {
      const { share, rows } = coverageByClass('overconfident', {
        score,
        taxonomy: 'label',
        level: 0.8,
        n: 200,
      });
      // Expected coverage of a class with m past rows is at most 0.8 + 1 / (m + 1); m is near 60.
      for (let k = 0; k < 3; k++) expect(share[k]).toBeLessThan(0.8 + 1 / 40 + (0.8 - lowest(0.8, rows[k]!)));
    }
  });

  test('a bad model pays with larger sets', () => {
    const options = { score: 'lac', taxonomy: 'label', level: 0.8, n: 200 } as const;
    const right = coverageByClass('right', options).size;
    for (const model of ['reversed', 'constant', 'one-hot', 'not a number half of the time']) {
      expect(coverageByClass(model, options).size).toBeGreaterThan(right + 0.1);
    }
  });

  test('without classes apart the draw is not covered, and this test sees it', () => {
    const { share, rows } = coverageByClass('right', { score: 'lac', taxonomy: 'all', level: 0.7, n: 200 });
    expect(share[1]).toBeLessThan(lowest(0.7, rows[1]!));
  });

  test('a class never seen has p-value 1 and so is in every set', () => {
    const references = createReferences({ scores: [0.4, 0.6, 0.5], outcomes: [0, 2, 0] }, 3);
    expect(references[1]!.pValue(0.99)).toBe(1);
    expect(references[1]!.n).toBe(0);
  });
});
