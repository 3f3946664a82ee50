import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { createLoss } from '../../../../../engine/kernel/modeling/losses/registry.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';
import { createGradientBoosting } from '../../../../../engine/kernel/modeling/tree/gradient-boosting.ts';
import {
  lossObjective,
  lossObjectiveNames,
} from '../../../../../engine/kernel/modeling/tree/loss-objective.ts';
import { toXgboostJson } from '../../../../../engine/kernel/modeling/tree/xgboost-json.ts';

const rows = 400;

/** Two informative columns; ordered classes, a count, or a number. */
function sample(name: string, seed: number) {
  const random = createRandom(seed);
  const features = createMatrix(rows, ['x', 'y']);
  features.values.forEach((_, at) => (features.values[at] = random.normal()));
  const loss = createLoss(name);
  const binary = loss.outputs(2) === 1 && loss.family === 'classification';
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const score = features.values[2 * row]! + 0.3 * random.normal();
    if (loss.name === 'poisson') return Math.max(0, Math.round(1.5 + score));
    if (loss.family === 'regression') return 10 * score;
    // Soft overlap of two classes reads one output; give it two classes as well.
    return binary ? Number(score > 0) : score < -0.5 ? 0 : score < 0.5 ? 1 : 2;
  });
  return { features, target, loss };
}

describe('boosting on the loss registry', () => {
  it.each(lossObjectiveNames)('%s lowers its own loss with every third of the rounds', async (objective) => {
    const { features, target } = sample(objective.slice(5), 1);
    const measured: number[] = [];
    const model = createEstimator('gradient-boosting', {
      objective,
      nEstimators: 30,
      maxDepth: 3,
      learningRate: 0.2,
    });
    await model.fit(features, target, {
      callbacks: [{ onEpochEnd: ({ measures }) => void measured.push(Object.values(measures)[0]!) }],
    });
    expect(measured).toHaveLength(30);
    expect(measured[29]).toBeLessThan(measured[10]!);
    expect(measured[10]).toBeLessThan(measured[0]!);
    const right = model.predict(features).filter((value, row) => value === target[row]).length;
    if (model.task === 'classification') expect(right).toBeGreaterThan(0.6 * rows);
  });

  it('starts at the best constant: the shares of the classes under a proper loss', () => {
    const objective = lossObjective('loss:ranked-probability-score', {});
    const target = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : i < 70 ? 1 : 2));
    const weights = new Float64Array(100).fill(1);
    const shares = objective.predict(objective.baseScores(target, weights, 3), 3);
    [0.5, 0.2, 0.3].forEach((share, k) => expect(shares[k]).toBeCloseTo(share, 4));
    const median = lossObjective('loss:absolute-error', {}).baseScores(
      Float64Array.from([1, 2, 100]),
      new Float64Array(3).fill(1),
      0,
    );
    expect(median[0]).toBe(2);
  });

  it('agrees with the built-in objective of the same loss', async () => {
    const { features, target } = sample('squared-error', 2);
    const fit = async (objective: string) => {
      const model = createEstimator('gradient-boosting', { objective, nEstimators: 20 });
      await model.fit(features, target);
      return model.predict(features);
    };
    const ours = await fit('loss:squared-error');
    const builtIn = await fit('reg:squarederror');
    ours.forEach((value, row) => expect(value).toBeCloseTo(builtIn[row]!, 4));
  });

  it('comes back from its saved form, and is refused where XGBoost has no such objective', async () => {
    const { features, target } = sample('corn', 3);
    const model = createGradientBoosting({ objective: 'loss:corn', nEstimators: 5 });
    await model.fit(features, target);
    const loaded = createGradientBoosting(model.parameters, model.save());
    expect(loaded.predictProbability(features)).toEqual(model.predictProbability(features));
    expect(() => toXgboostJson(model)).toThrow(/XGBoost has no objective loss:corn/);
  });

  it('refuses a loss that needs prices or groups, and one for other classes than there are', async () => {
    expect(() => createEstimator('gradient-boosting', { objective: 'loss:profit' })).toThrow(/objective/);
    const { features, target } = sample('cross-entropy', 4);
    const binary = createEstimator('gradient-boosting', { objective: 'loss:focal-binary', nEstimators: 2 });
    await expect(binary.fit(features, target)).rejects.toThrow(/forecasts 2 classes, the target has 3/);
  });
});
