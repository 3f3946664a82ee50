import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMatrix, type Matrix } from '../../../../engine/kernel/modeling/matrix.ts';
import { createLogisticRegression } from '../../../../engine/kernel/modeling/linear/logistic-regression.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { shared } from '../../../fixtures/shared.ts';

interface Golden {
  inputs: { x: number[][]; y: number[] };
  expected: Record<
    'multinomial_logistic_C_1' | 'multinomial_logistic_C_10000',
    {
      coef_exact: number[][];
      intercept_exact: number[];
      predict_proba_exact_first_10: number[][];
      predict_proba_lbfgs_first_10: number[][];
    }
  >;
}

const goldenFile = shared('peers/golden/learning.json');

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]!.map((_, j) => `x${j}`);
  return createMatrix(rows.length, columns, Float64Array.from(rows.flat()));
}

function widestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let widest = 0;
  for (let i = 0; i < a.length; i++) widest = Math.max(widest, Math.abs(a[i]! - b[i]!));
  return widest;
}

/** Two informative columns, one of noise; three classes. */
function sample(rows: number, seed: number): { features: Matrix; target: Float64Array } {
  const random = createRandom(seed);
  const values = new Float64Array(rows * 3);
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < 3; j++) values[i * 3 + j] = random.normal();
    const t = values[i * 3]! - 0.5 * values[i * 3 + 1]! + random.normal();
    target[i] = t > 0.5 ? 0 : t < -0.5 ? 2 : 1;
  }
  return { features: createMatrix(rows, ['strength', 'rest', 'noise'], values), target };
}

describe.skipIf(goldenFile === undefined)('against scikit-learn (needs ../shared/peers/golden)', () => {
  const golden = (goldenFile ? JSON.parse(readFileSync(goldenFile, 'utf8')) : undefined) as Golden;

  it.each([
    ['multinomial_logistic_C_1', 1],
    ['multinomial_logistic_C_10000', 10_000],
  ] as const)('%s has the exact coefficients and probabilities', async (name, C) => {
    const expected = golden.expected[name];
    const model = createLogisticRegression({ C, standardise: false });
    const features = matrixOf(golden.inputs.x);
    await model.fit(features, Float64Array.from(golden.inputs.y));
    const { coefficients, intercepts } = model.coefficients();
    expect(widestDifference(coefficients, expected.coef_exact.flat())).toBeLessThan(1e-9);
    expect(widestDifference(intercepts, expected.intercept_exact)).toBeLessThan(1e-9);
    const first = model.predictProbability(features).subarray(0, 30);
    expect(widestDifference(first, expected.predict_proba_exact_first_10.flat())).toBeLessThan(1e-9);
    expect(widestDifference(first, expected.predict_proba_lbfgs_first_10.flat())).toBeLessThan(1e-5);
  });
});

describe('the penalty', () => {
  it('shrinks towards the prior coefficients as it grows', async () => {
    const { features, target } = sample(200, 1);
    const prior = [
      [2, -1, 0],
      [0, 0, 0],
      [-2, 1, 0],
    ];
    const strong = createLogisticRegression({ C: 1e-9, priorCoefficients: prior });
    await strong.fit(features, target);
    expect(widestDifference(strong.coefficients().coefficients, prior.flat())).toBeLessThan(1e-5);
    const weak = createLogisticRegression({ C: 1e9, priorCoefficients: prior });
    const free = createLogisticRegression({ C: 1e9 });
    await weak.fit(features, target);
    await free.fit(features, target);
    expect(
      widestDifference(weak.predictProbability(features), free.predictProbability(features)),
    ).toBeLessThan(1e-6);
  });

  it('leaves a fit where it is when its prior is its own optimum', async () => {
    const { features, target } = sample(300, 2);
    const pooled = createLogisticRegression({ C: Infinity });
    await pooled.fit(features, target);
    const { coefficients } = pooled.coefficients();
    const prior = [0, 1, 2].map((k) => [...coefficients.subarray(k * 3, k * 3 + 3)]);
    const again = createLogisticRegression({ C: 0.01, priorCoefficients: prior });
    await again.fit(features, target);
    expect(widestDifference(again.coefficients().coefficients, coefficients)).toBeLessThan(1e-9);
  });

  it('of lasso meets the optimality conditions and drops the column of noise', async () => {
    const { features, target } = sample(400, 3);
    const C = 0.05;
    const model = createLogisticRegression({ C, l1Ratio: 1, standardise: false });
    await model.fit(features, target);
    const { coefficients } = model.coefficients();
    const p = model.predictProbability(features);
    for (let k = 0; k < 3; k++) {
      for (let j = 0; j < 3; j++) {
        let gradient = 0;
        for (let i = 0; i < 400; i++) {
          gradient += (p[i * 3 + k]! - (target[i] === k ? 1 : 0)) * features.values[i * 3 + j]!;
        }
        const coefficient = coefficients[k * 3 + j]!;
        if (coefficient === 0) expect(Math.abs(gradient)).toBeLessThanOrEqual(1 / C + 1e-6);
        else expect(gradient).toBeCloseTo(-Math.sign(coefficient) / C, 4);
      }
    }
    expect([...coefficients].filter((_, at) => at % 3 === 2)).toEqual([0, 0, 0]);
  });

  it('between ridge and lasso gives a fit between theirs in its number of zeros', async () => {
    const { features, target } = sample(400, 4);
    const zeros = async (l1Ratio: number) => {
      const model = createLogisticRegression({ C: 0.03, l1Ratio });
      await model.fit(features, target);
      return model.coefficients().coefficients.filter((c) => c === 0).length;
    };
    const [ridge, elastic, lasso] = [await zeros(0), await zeros(0.5), await zeros(1)];
    expect(ridge).toBe(0);
    expect(elastic).toBeGreaterThan(0);
    expect(lasso).toBeGreaterThanOrEqual(elastic);
  });
});

describe('the columns', () => {
  it('may be in any unit when they are standardised', async () => {
    const { features, target } = sample(200, 5);
    const scaled = createMatrix(
      200,
      features.columns,
      features.values.map((value, at) => (at % 3 === 0 ? 1e6 + 1000 * value : value)),
    );
    const model = createLogisticRegression();
    await model.fit(features, target);
    const expected = model.predictProbability(features);
    await model.fit(scaled, target);
    expect(widestDifference(model.predictProbability(scaled), expected)).toBeLessThan(1e-9);
  });

  it('count as their mean where a value is missing, and an indicator learns what missing means', async () => {
    const values = Float64Array.from([1, 2, NaN, NaN, 3, NaN, 1, NaN]);
    const features = createMatrix(8, ['x'], values);
    const target = Float64Array.from([0, 0, 1, 1, 0, 1, 1, 0]);
    const plain = createLogisticRegression();
    await plain.fit(features, target);
    const p = plain.predictProbability(createMatrix(2, ['x'], Float64Array.from([NaN, 7 / 4])));
    expect(p[0]).toBeCloseTo(p[2]!, 12);
    const indicated = createLogisticRegression({ missingIndicators: true });
    await indicated.fit(features, target);
    const q = indicated.predictProbability(createMatrix(2, ['x'], Float64Array.from([NaN, 7 / 4])));
    expect(q[1]! - q[3]!).toBeGreaterThan(0.2);
  });
});

it('starts from initial scores and asks for them again to predict', async () => {
  const { features, target } = sample(200, 6);
  const model = createLogisticRegression({ C: Infinity });
  await model.fit(features, target);
  const { coefficients } = model.coefficients();
  const scores = new Float64Array(600);
  for (let i = 0; i < 200; i++) {
    for (let k = 0; k < 3; k++) scores[i * 3 + k] = coefficients[k * 3]! * features.values[i * 3]!;
  }
  const expected = model.predictProbability(features);
  await model.fit(features, target, { initialScores: scores });
  expect(model.coefficients().coefficients[0]).toBeCloseTo(0, 8);
  expect(widestDifference(model.predictProbability(features, scores), expected)).toBeLessThan(1e-9);
  expect(() => model.predictProbability(features)).toThrow(/initial scores/);
});

it('says which class has no row to learn from', async () => {
  const { features } = sample(10, 7);
  const model = createLogisticRegression({ classes: [0, 1, 2] });
  const target = new Float64Array(10).map((_, i) => (i % 2) * 2);
  await expect(model.fit(features, target)).rejects.toMatchObject({ code: 'HISTORY_TOO_SHORT' });
});
