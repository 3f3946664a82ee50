import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import {
  createExtraTrees,
  createRandomForest,
  createRandomForestRegression,
} from '../../../../../engine/kernel/modeling/tree/forest.ts';

function sample(rows: number, seed: number) {
  const random = createRandom(seed);
  const values = new Float64Array(rows * 4).map(() => random.uniform());
  const target = Float64Array.from({ length: rows }, (_, i) => {
    const [a, b] = [values[i * 4]!, values[i * 4 + 1]!];
    // A checkerboard: neither column tells anything alone.
    return a > 0.5 === b > 0.5 ? 1 : 0;
  });
  return { features: createMatrix(rows, ['a', 'b', 'c', 'd'], values), target };
}

describe('a random forest', () => {
  it('learns a checkerboard that no linear model can, and names its columns', async () => {
    const train = sample(800, 1);
    const test = sample(400, 2);
    const model = createRandomForest({ nEstimators: 60 });
    await model.fit(train.features, train.target);
    const right = model.predict(test.features).filter((label, i) => label === test.target[i]).length;
    expect(right / 400).toBeGreaterThan(0.9);
    const [a, b, c, d] = model.featureImportances()!;
    expect(Math.min(a!, b!)).toBeGreaterThan(Math.max(c!, d!));
    expect(a! + b! + c! + d!).toBeCloseTo(1, 12);
  });

  it('without sampling and without limits repeats what it has seen', async () => {
    const { features, target } = sample(200, 3);
    const model = createRandomForest({ nEstimators: 1, bootstrap: false, maxFeatures: 1, minSamplesLeaf: 1 });
    await model.fit(features, target);
    expect(model.predict(features)).toEqual(target);
  });

  it('keeps leaves as heavy as asked', async () => {
    const { features } = sample(200, 4);
    const target = Float64Array.from({ length: 200 }, (_, i) => i);
    const model = createRandomForestRegression({ nEstimators: 1, bootstrap: false, minSamplesLeaf: 100 });
    await model.fit(features, target);
    expect(new Set(model.predict(features)).size).toBeLessThanOrEqual(2);
  });
});

it('extra trees agree with the random forest where there is something to learn', async () => {
  const train = sample(800, 5);
  const test = sample(400, 6);
  const model = createExtraTrees({ nEstimators: 60, maxFeatures: 1 });
  await model.fit(train.features, train.target);
  const right = model.predict(test.features).filter((label, i) => label === test.target[i]).length;
  expect(right / 400).toBeGreaterThan(0.85);
});
