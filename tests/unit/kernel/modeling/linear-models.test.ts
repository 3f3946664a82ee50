import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import {
  createLinearRegression,
  createPoissonRegression,
} from '../../../../engine/kernel/modeling/linear/generalised-linear.ts';
import { createOrderedLogit } from '../../../../engine/kernel/modeling/linear/ordered-logit.ts';
import { createMatrix, type Matrix } from '../../../../engine/kernel/modeling/matrix.ts';
import { shared } from '../../../fixtures/shared.ts';

const goldenFile = shared('peers/golden/learning.json');

function sample(rows: number, seed: number): Matrix {
  const random = createRandom(seed);
  return createMatrix(
    rows,
    ['a', 'b'],
    new Float64Array(rows * 2).map(() => random.normal()),
  );
}

describe('linear regression', () => {
  it.skipIf(goldenFile === undefined)(
    'has scikit-learn’s ridge coefficients (needs ../shared/peers/golden)',
    async () => {
      const golden = JSON.parse(readFileSync(goldenFile!, 'utf8')) as {
        inputs: { x: number[][]; y: number[] };
        expected: { ridge_alpha_2_on_y: { coef: number[]; intercept: number } };
      };
      const { x, y } = golden.inputs;
      const features = createMatrix(
        x.length,
        x[0]!.map((_, j) => `x${j}`),
        Float64Array.from(x.flat()),
      );
      const model = createLinearRegression({ alpha: 2, standardise: false });
      await model.fit(features, Float64Array.from(y));
      const { coefficients, intercept } = model.coefficients();
      const { coef, intercept: expected } = golden.expected.ridge_alpha_2_on_y;
      coef.forEach((value, j) => expect(Math.abs(coefficients[j]! - value)).toBeLessThan(1e-9));
      expect(Math.abs(intercept - expected)).toBeLessThan(1e-9);
    },
  );

  it('finds an exact line, and lasso drops the column that adds nothing', async () => {
    const features = sample(100, 1);
    const target = Float64Array.from({ length: 100 }, (_, i) => 3 + 2 * features.values[i * 2]!);
    const exact = createLinearRegression({ alpha: 0 });
    await exact.fit(features, target);
    expect(exact.coefficients().intercept).toBeCloseTo(3, 10);
    expect(exact.coefficients().coefficients[0]).toBeCloseTo(2, 10);
    const lasso = createLinearRegression({ alpha: 30, l1Ratio: 1 });
    await lasso.fit(features, target);
    expect(lasso.coefficients().coefficients[1]).toBe(0);
    expect(lasso.coefficients().coefficients[0]).toBeGreaterThan(1);
  });
});

describe('Poisson regression', () => {
  it('recovers the rates that made the counts, and its means sum to the counts', async () => {
    const features = sample(4000, 2);
    const random = createRandom(3);
    const target = Float64Array.from({ length: 4000 }, (_, i) => {
      const rate = Math.exp(0.3 + 0.5 * features.values[i * 2]! - 0.2 * features.values[i * 2 + 1]!);
      let count = 0;
      for (let p = random.uniform(), limit = Math.exp(-rate); p > limit; p *= random.uniform()) count++;
      return count;
    });
    const model = createPoissonRegression({ alpha: 0 });
    await model.fit(features, target);
    const { intercept, coefficients } = model.coefficients();
    expect(intercept).toBeCloseTo(0.3, 1);
    expect(coefficients[0]).toBeCloseTo(0.5, 1);
    expect(coefficients[1]).toBeCloseTo(-0.2, 1);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    expect(sum(model.predict(features)) / sum(target)).toBeCloseTo(1, 9);
  });

  it('refuses negative counts', async () => {
    const fit = createPoissonRegression().fit(sample(2, 4), Float64Array.of(1, -1));
    await expect(fit).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });
});

describe('ordered logit', () => {
  const features = sample(3000, 5);
  const random = createRandom(6);
  const target = Float64Array.from({ length: 3000 }, (_, i) => {
    const u = random.uniform();
    const latent = 1.2 * features.values[i * 2]! - 0.7 * features.values[i * 2 + 1]! + Math.log(u / (1 - u));
    return latent < -0.8 ? 0 : latent < 0.4 ? 1 : 2;
  });

  it('recovers thresholds and coefficients', async () => {
    const model = createOrderedLogit({ alpha: 0 });
    await model.fit(features, target);
    const { thresholds, coefficients } = model.coefficients();
    expect(thresholds[0]).toBeCloseTo(-0.8, 0);
    expect(thresholds[1]).toBeCloseTo(0.4, 0);
    expect(Math.abs(thresholds[0]! + 0.8) + Math.abs(thresholds[1]! - 0.4)).toBeLessThan(0.2);
    expect(Math.abs(coefficients[0]! - 1.2) + Math.abs(coefficients[1]! + 0.7)).toBeLessThan(0.2);
  });

  it('ends where the likelihood cannot be raised in any direction', async () => {
    const model = createOrderedLogit({ alpha: 0 });
    await model.fit(features, target);
    const { thresholds, coefficients } = model.coefficients();
    const best = [...thresholds, ...coefficients];
    const lossAt = (at: readonly number[]) => {
      let loss = 0;
      for (let i = 0; i < 3000; i++) {
        const score = at[2]! * features.values[i * 2]! + at[3]! * features.values[i * 2 + 1]!;
        const upTo = [0, ...[at[0]!, at[1]!].map((threshold) => 1 / (1 + Math.exp(score - threshold))), 1];
        loss -= Math.log(upTo[target[i]! + 1]! - upTo[target[i]!]!);
      }
      return loss;
    };
    for (let j = 0; j < 4; j++) {
      for (const step of [-0.01, 0.01]) {
        expect(lossAt(best.map((value, at) => (at === j ? value + step : value)))).toBeGreaterThan(
          lossAt(best),
        );
      }
    }
  });

  it('says which class has no row', async () => {
    const model = createOrderedLogit({ classes: [0, 1, 2, 3] });
    await expect(model.fit(features, target)).rejects.toMatchObject({ code: 'HISTORY_TOO_SHORT' });
  });
});
