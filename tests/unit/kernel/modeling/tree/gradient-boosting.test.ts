import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { createMatrix, selectRows, type Matrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import { leafPaths } from '../../../../../engine/kernel/modeling/tree/leaf-paths.ts';
import {
  createGradientBoosting,
  type GradientBoosting,
} from '../../../../../engine/kernel/modeling/tree/gradient-boosting.ts';
import { shared } from '../../../../fixtures/shared.ts';

/** y = 3 a - b (where a > 0 only) + noise; c tells nothing. */
function sample(
  rows: number,
  seed: number,
): { features: Matrix; target: Float64Array; classes: Float64Array } {
  const random = createRandom(seed);
  const values = new Float64Array(rows * 3).map(() => random.normal());
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const [a, b] = [values[i * 3]!, values[i * 3 + 1]!];
    target[i] = 3 * a - (a > 0 ? b : 0) + 0.5 * random.normal();
  }
  const classes = target.map((y) => (y > 1 ? 0 : y < -1 ? 2 : 1));
  return { features: createMatrix(rows, ['a', 'b', 'c'], values), target, classes };
}

async function fitted(
  parameters: Record<string, unknown>,
  { features, target }: { features: Matrix; target: Float64Array },
): Promise<GradientBoosting> {
  const model = createGradientBoosting(parameters);
  await model.fit(features, target);
  return model;
}

function widest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

const goldenFile = shared('peers/golden/xgboost.json');

describe.skipIf(goldenFile === undefined)('trained as XGBoost (needs ../shared/peers/golden)', () => {
  interface Golden {
    inputs: { x: (number | null)[][]; y: number[] };
    expected: Record<string, { params: Record<string, number>; rounds: number; margin_first_20: number[][] }>;
  }
  const golden = (goldenFile ? JSON.parse(readFileSync(goldenFile, 'utf8')) : undefined) as Golden;

  it.each([
    ['softprob_exact_depth_3', 'multi:softprob'],
    ['softprob_hist_depth_4_gamma', 'multi:softprob'],
    ['regression_exact_depth_2', 'reg:squarederror'],
  ])('%s gives the same margins', async (name, objective) => {
    const { x, y } = golden.inputs;
    const { params, rounds, margin_first_20: expected } = golden.expected[name]!;
    const columns = x[0]!.map((_, j) => `f${j}`);
    const features = createMatrix(
      x.length,
      columns,
      Float64Array.from(x.flat(), (value) => value ?? NaN),
    );
    const model = await fitted(
      {
        objective,
        nEstimators: rounds,
        learningRate: params['eta'],
        maxDepth: params['max_depth'],
        gamma: params['gamma'],
        regAlpha: params['alpha'],
        baseScore: 0.5,
      },
      { features, target: Float64Array.from(y) },
    );
    const wanted = expected.flat();
    expect(widest(model.predictScores(features).subarray(0, wanted.length), wanted)).toBeLessThan(1e-5);
  });
});

describe('the search for splits', () => {
  it('finds the same with the quick kernel and with the general search', async () => {
    const { features, classes } = sample(400, 1);
    const quick = await fitted({ nEstimators: 10 }, { features, target: classes });
    const general = await fitted({ nEstimators: 10, maxDeltaStep: 1e9 }, { features, target: classes });
    expect(widest(quick.predictScores(features), general.predictScores(features))).toBeLessThan(1e-6);
  });

  it('finds the same with bins of one byte and of two', async () => {
    const random = createRandom(8);
    const rows = Array.from({ length: 400 }, (_, i) => [random.integer(9), random.integer(9), i]);
    const target = Float64Array.from(rows, ([a, b]) => 10 * a! + b!);
    const of = (columns: string[]): Matrix =>
      createMatrix(400, columns, Float64Array.from(rows.flatMap((row) => row.slice(0, columns.length))));
    const settings = { objective: 'reg:squarederror', nEstimators: 5, maxDepth: 3, maxBin: 400 };
    const narrow = await fitted(settings, { features: of(['a', 'b']), target });
    // 400 values of z need two bytes; none of them tells of the target.
    const wide = await fitted(settings, { features: of(['a', 'b', 'z']), target });
    expect(wide.ensemble()).toEqual({ ...narrow.ensemble(), features: 3 });
  });

  it('learns which way a missing value goes', async () => {
    const random = createRandom(2);
    const values = Float64Array.from({ length: 300 }, () =>
      random.uniform() < 0.4 ? NaN : random.uniform(),
    );
    const features = createMatrix(300, ['x'], values);
    const target = values.map((x) => (Number.isNaN(x) || x > 0.7 ? 5 : 0));
    const model = await fitted({ objective: 'reg:squarederror', nEstimators: 60 }, { features, target });
    const [missing, low, high] = model.predict(createMatrix(3, ['x'], Float64Array.of(NaN, 0.2, 0.9)));
    expect(missing).toBeCloseTo(5, 1);
    expect(low).toBeCloseTo(0, 1);
    expect(high).toBeCloseTo(5, 1);
  });

  it('grows no split that gains less than gamma and no child lighter than minChildWeight', async () => {
    const { features, target } = sample(300, 3);
    const data = { features, target };
    const model = await fitted(
      { objective: 'reg:squarederror', nEstimators: 5, gamma: 30, minChildWeight: 20, maxDepth: 8 },
      data,
    );
    const { feature, gain, cover } = model.ensemble();
    expect(feature.some((j) => j >= 0)).toBe(true);
    feature.forEach((j, at) => {
      if (j >= 0) expect(gain[at]).toBeGreaterThanOrEqual(30);
      expect(cover[at]).toBeGreaterThanOrEqual(20);
    });
  });

  it('grows deep trees to the last row', async () => {
    const { features, target } = sample(400, 4);
    const settings = { objective: 'reg:squarederror', nEstimators: 1, learningRate: 1, maxDepth: 30 };
    const model = await fitted({ ...settings, regLambda: 0, minChildWeight: 0 }, { features, target });
    expect(widest(model.predict(features), target)).toBeLessThan(1e-3);
  });
});

describe('a wish to cancel', () => {
  it('is heard in the midst of a histogram', async () => {
    const { features, target } = sample(20_000, 7);
    const looksOf = async (rounds: number, limit: number): Promise<number> => {
      let looks = 0;
      const signal = {
        get aborted() {
          return ++looks > limit;
        },
      };
      const model = createGradientBoosting({
        objective: 'reg:squarederror',
        nEstimators: rounds,
        maxDepth: 1,
      });
      await model.fit(features, target, { signal });
      return looks;
    };
    const perRound = (await looksOf(2, Infinity)) - (await looksOf(1, Infinity));
    expect(perRound).toBeGreaterThan(20_000 / 1000);
    await expect(looksOf(1, perRound)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('constraints', () => {
  it('keep a monotone feature from ever falling, whatever the noise', async () => {
    const { features, target } = sample(300, 5);
    const settings = { objective: 'reg:squarederror', nEstimators: 40 };
    const steps = Array.from({ length: 200 }, (_, i) => -3 + i * 0.03);
    const probe = createMatrix(200, ['a', 'b', 'c'], Float64Array.from(steps.flatMap((a) => [a, 0.3, -0.2])));
    const falls = async (parameters: Record<string, unknown>) => {
      const along = (await fitted({ ...settings, ...parameters }, { features, target })).predict(probe);
      return along.filter((value, i) => i > 0 && value < along[i - 1]! - 1e-9).length;
    };
    expect(await falls({})).toBeGreaterThan(0);
    expect(await falls({ monotoneConstraints: { a: 1 } })).toBe(0);
  });

  it('keep features of different groups off one path', async () => {
    const { features, target } = sample(300, 6);
    const model = await fitted(
      { objective: 'reg:squarederror', nEstimators: 10, interactionConstraints: [['a', 'c'], ['b']] },
      { features, target },
    );
    const ensemble = model.ensemble();
    const met = Array.from(ensemble.treeOutputs, (_, tree) => leafPaths(ensemble, tree)).flat();
    expect(met.some(({ features: path }) => path.includes(1))).toBe(true);
    expect(met.some(({ features: path }) => path.includes(0) && path.includes(1))).toBe(false);
  });

  it('that name an unknown column are refused', async () => {
    const model = createGradientBoosting({ monotoneConstraints: { speed: 1 } });
    const { features, classes } = sample(20, 7);
    await expect(model.fit(features, classes)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});

describe('rounds', () => {
  it('stop early at the best validation loss and keep that round', async () => {
    const train = sample(200, 8);
    const held = sample(200, 9);
    const losses: number[] = [];
    const model = createGradientBoosting({ nEstimators: 200, earlyStoppingRounds: 5 });
    await model.fit(train.features, train.classes, {
      validation: { features: held.features, target: held.classes },
      callbacks: [{ onEpochEnd: ({ measures }) => void losses.push(measures['validation_mlogloss']!) }],
    });
    const best = losses.indexOf(Math.min(...losses));
    expect(losses.length).toBe(best + 1 + 5);
    expect(model.ensemble().treeOutputs.length).toBe(3 * (best + 1));
    const p = model.predictProbability(held.features);
    const loss = held.classes.reduce((sum, k, i) => sum - Math.log(p[i * 3 + k]!), 0) / 200;
    expect(loss).toBeCloseTo(losses[best]!, 10);
  });

  it('need a validation set to stop early', async () => {
    const { features, classes } = sample(20, 10);
    const model = createGradientBoosting({ earlyStoppingRounds: 5 });
    await expect(model.fit(features, classes)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('go on from another model’s scores as if they had never stopped', async () => {
    const { features, classes } = sample(300, 11);
    const whole = await fitted({ nEstimators: 8, baseScore: 0.5 }, { features, target: classes });
    const first = await fitted({ nEstimators: 4, baseScore: 0.5 }, { features, target: classes });
    const scores = first.predictScores(features);
    const second = createGradientBoosting({ nEstimators: 4 });
    await second.fit(features, classes, { initialScores: scores });
    expect(widest(second.predictScores(features, scores), whole.predictScores(features))).toBe(0);
  });
});

describe('predictions', () => {
  it('are the same walked row by row and computed by the kernel', async () => {
    const { features, classes } = sample(700, 12);
    const holes = createMatrix(
      700,
      features.columns,
      features.values.map((value, at) => (at % 11 === 0 ? NaN : value)),
    );
    const model = await fitted({ nEstimators: 20 }, { features: holes, target: classes });
    const all = model.predictScores(holes);
    for (let i = 0; i < 700; i += 37) {
      expect(model.predictScores(selectRows(holes, [i]))).toEqual(all.slice(i * 3, i * 3 + 3));
    }
  });

  it('split into SHAP values that sum to the score', async () => {
    const { features, classes } = sample(300, 13);
    const model = await fitted({ nEstimators: 10 }, { features, target: classes });
    const scores = model.predictScores(features);
    const parts = model.shapValues(features);
    const sums = scores.map((_, at) =>
      parts.subarray(at * 4, at * 4 + 4).reduce((sum, part) => sum + part, 0),
    );
    expect(widest(sums, scores)).toBeLessThan(1e-9);
  });

  it('of a quantile leave that share of the targets below', async () => {
    const { features, target } = sample(500, 14);
    const settings = { objective: 'reg:quantileerror', quantileAlpha: 0.8, nEstimators: 30, maxDepth: 2 };
    const predicted = (await fitted(settings, { features, target })).predict(features);
    const below = target.filter((y, i) => y <= predicted[i]!).length / 500;
    expect(below).toBeGreaterThan(0.75);
    expect(below).toBeLessThan(0.85);
  });

  it('of counts have the mean of the counts', async () => {
    const { features, target } = sample(500, 15);
    const counts = target.map((y) => Math.max(0, Math.round(y)));
    const predicted = (await fitted({ objective: 'count:poisson' }, { features, target: counts })).predict(
      features,
    );
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / 500;
    expect(mean(predicted)).toBeCloseTo(mean(counts), 1);
  });

  it('tell two classes apart with one score', async () => {
    const { features, target } = sample(300, 16);
    const labels = target.map((y) => (y > 0 ? 7 : 4));
    const model = await fitted(
      { objective: 'binary:logistic', nEstimators: 20 },
      { features, target: labels },
    );
    expect(model.metadata!.classes).toEqual([4, 7]);
    const right = model.predict(features).filter((label, i) => label === labels[i]).length;
    expect(right).toBeGreaterThan(280);
    const p = model.predictProbability(features);
    expect(p[0]! + p[1]!).toBe(1);
  });
});

it('refuses saved trees whose nodes do not fit each other', async () => {
  const { features, classes } = sample(50, 17);
  const saved = (await fitted({ nEstimators: 1 }, { features, target: classes })).save();
  const left = saved.blobs!['left']!.map((child) => (child >= 0 ? 0 : child)) as Float32Array;
  expect(() => createGradientBoosting({}, { ...saved, blobs: { ...saved.blobs, left } })).toThrow(
    expect.objectContaining({ code: 'MODEL_INVALID' }),
  );
});
