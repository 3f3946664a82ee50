import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import type { EpochLogs } from '../../../../../engine/kernel/modeling/estimator.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import {
  fitMultiTarget,
  loadMultiTarget,
} from '../../../../../engine/kernel/modeling/neural/multi-target.ts';
import {
  createGru,
  createMlp,
  createMlpRegression,
  createResidualMlp,
  createTcn,
} from '../../../../../engine/kernel/modeling/neural/network-estimator.ts';
import { sequenceByPattern } from '../../../../../engine/kernel/modeling/neural/network-input.ts';
import { measureClasses } from '../../../../../engine/kernel/modeling/trainer/measures.ts';

const logLoss = (probabilities: Float64Array, outcomes: Float64Array, classes: number) =>
  measureClasses({ probabilities, outcomes, classes })['logLoss']!;

/** Two classes told apart by the sign of a product: nothing linear can learn it. */
function crossed(rows: number, seed: number) {
  const random = createRandom(seed);
  const features = createMatrix(rows, ['x', 'y']);
  features.values.forEach((_, at) => (features.values[at] = random.normal()));
  const target = Float64Array.from({ length: rows }, (_, row) =>
    features.values[2 * row]! * features.values[2 * row + 1]! > 0 ? 1 : 0,
  );
  return { features, target };
}

describe('networks', () => {
  const makers = { mlp: createMlp, 'residual-mlp': createResidualMlp };

  it.each(Object.entries(makers))('%s learns what no linear model can', async (_, create) => {
    const train = crossed(600, 1);
    const test = crossed(300, 2);
    const network = create({ hidden: [16, 16], epochs: 120, batchSize: 64, learningRate: 0.01, seed: 1 });
    await network.fit(train.features, train.target);
    expect(logLoss(network.predictProbability(test.features), test.target, 2)).toBeLessThan(0.2);
  });

  it.each([
    ['batch norm', { batchNorm: true }],
    ['dropout', { dropout: 0.1 }],
    ['L2', { l2: 1e-4 }],
    [
      'AdamW with cosine and warm-up',
      { optimizer: 'adamw', schedule: 'cosine', scheduleParameters: { warmUpSteps: 20 } },
    ],
    ['RMSProp on a plateau schedule', { optimizer: 'rmsprop', schedule: 'plateau' }],
    ['clipped gradients', { clipNorm: 0.5 }],
    ['a focal loss', { loss: 'focal' }],
    ['one logit', { loss: 'binary-cross-entropy' }],
  ])('learn with %s', async (_, parameters) => {
    const train = crossed(600, 1);
    const test = crossed(300, 2);
    const network = createMlp({
      hidden: [16, 16],
      epochs: 80,
      batchSize: 64,
      learningRate: 0.01,
      ...parameters,
    });
    await network.fit(train.features, train.target);
    expect(logLoss(network.predictProbability(test.features), test.target, 2)).toBeLessThan(0.45);
  });

  it('keep the parameters of the best epoch on the validation part and stop after their patience', async () => {
    const train = crossed(60, 3);
    const validation = crossed(200, 4);
    const losses: number[] = [];
    const network = createMlp({
      hidden: [64, 64],
      epochs: 400,
      batchSize: 32,
      learningRate: 0.02,
      patience: 8,
    });
    await network.fit(train.features, train.target, {
      validation,
      callbacks: [{ onEpochEnd: ({ measures }: EpochLogs) => void losses.push(measures['validationLoss']!) }],
    });
    const { bestEpoch, epochsRun } = network.trainingSummary();
    expect(losses.indexOf(Math.min(...losses))).toBe(bestEpoch);
    expect(epochsRun).toBe(bestEpoch + 9);
    const kept = logLoss(network.predictProbability(validation.features), validation.target, 2);
    expect(kept).toBeCloseTo(losses[bestEpoch]!, 6);
  });

  it('shrink their weights under an L1 penalty until only what matters speaks', async () => {
    const random = createRandom(5);
    const features = createMatrix(400, ['signal', 'noise']);
    features.values.forEach((_, at) => (features.values[at] = random.normal()));
    const target = Float64Array.from(
      { length: 400 },
      (_, row) => 3 * features.values[2 * row]! + 0.1 * random.normal(),
    );
    const network = createMlpRegression({ hidden: [], l1: 0.05, epochs: 300, learningRate: 0.02 });
    await network.fit(features, target);
    const at = (x: number, noise: number) =>
      network.predict(createMatrix(1, ['signal', 'noise'], Float64Array.from([x, noise])))[0]!;
    expect(at(1, 0) - at(0, 0)).toBeGreaterThan(2.5);
    expect(Math.abs(at(0, 1) - at(0, 0))).toBeLessThan(0.05);
  });

  it('start from the initial scores: an untaught network answers with them', async () => {
    const { features, target } = crossed(50, 6);
    const initialScores = Float64Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? 1 : 0));
    const network = createMlp({ hidden: [4], epochs: 1, learningRate: 1e-12 });
    await network.fit(features, target, { initialScores });
    const probabilities = network.predictProbability(features, initialScores);
    expect(probabilities[0]).toBeCloseTo(Math.E / (Math.E + 1), 6);
  });

  it('learn quantiles of a number in its own units', async () => {
    const random = createRandom(7);
    const features = createMatrix(2000, ['x']);
    const target = Float64Array.from({ length: 2000 }, () => 1000 + 50 * random.normal());
    const network = createMlpRegression({
      hidden: [],
      loss: 'quantile',
      lossParameters: { quantile: 0.9 },
      epochs: 150,
      learningRate: 0.02,
    });
    await network.fit(features, target);
    const below = target.filter((value) => value < network.predict(features)[0]!).length / 2000;
    expect(below).toBeGreaterThan(0.87);
    expect(below).toBeLessThan(0.93);
  });

  it('learn what each team is worth from an embedding, and take an unknown team for an average one', async () => {
    const random = createRandom(8);
    const strength = Array.from({ length: 12 }, () => 2 * random.normal());
    const features = createMatrix(3000, ['homeTeam', 'awayTeam']);
    const target = new Float64Array(3000);
    for (let row = 0; row < 3000; row++) {
      const home = random.integer(12);
      const away = (home + 1 + random.integer(11)) % 12;
      features.values.set([100 + home, 100 + away], row * 2);
      target[row] = random.uniform() < 1 / (1 + Math.exp(strength[away]! - strength[home]!)) ? 1 : 0;
    }
    const embeddings = [{ columns: ['homeTeam', 'awayTeam'], dimensions: 3 }];
    const network = createMlp({ hidden: [16], embeddings, epochs: 40, learningRate: 0.01 });
    await network.fit(features, target);
    const chance = (home: number, away: number) =>
      network.predictProbability(createMatrix(1, features.columns, Float64Array.from([home, away])))[1]!;
    const best = 100 + strength.indexOf(Math.max(...strength));
    const worst = 100 + strength.indexOf(Math.min(...strength));
    expect(chance(best, worst)).toBeGreaterThan(0.9);
    expect(chance(worst, best)).toBeLessThan(0.1);
    expect(chance(999, NaN)).toBeGreaterThan(0.2);
    expect(chance(999, NaN)).toBeLessThan(0.8);
  });

  describe.each([
    ['gru', createGru],
    ['tcn', createTcn],
  ])('%s', (_, create) => {
    const sequence = sequenceByPattern('{series}_{channel}_{step}', {
      series: ['home', 'away'],
      channels: ['goals'],
      steps: 5,
    });
    const columns = [...sequence.columns.flat(2), 'rest'];

    /** The label depends on the order of the last matches: the most recent two of home against the oldest of away. */
    function rows(count: number, seed: number) {
      const random = createRandom(seed);
      const features = createMatrix(count, columns);
      features.values.forEach((_, at) => (features.values[at] = random.normal()));
      const of = (row: number, name: string) =>
        features.values[row * columns.length + columns.indexOf(name)]!;
      const target = Float64Array.from({ length: count }, (_, row) =>
        of(row, 'home_goals_1') + of(row, 'home_goals_2') > of(row, 'away_goals_5') ? 1 : 0,
      );
      return { features, target };
    }

    it('learns from the order of the last matches', async () => {
      const train = rows(900, 1);
      const test = rows(300, 2);
      const network = create({
        sequence,
        hidden: [16],
        sequenceUnits: 12,
        epochs: 40,
        batchSize: 64,
        learningRate: 0.01,
      });
      await network.fit(train.features, train.target);
      expect(logLoss(network.predictProbability(test.features), test.target, 2)).toBeLessThan(0.25);
    });

    it('reads short histories: absent steps are told apart from zeros and break nothing', async () => {
      const train = rows(200, 3);
      train.features.values.forEach((_, at) => {
        if (at % columns.length < 2) train.features.values[at] = NaN;
      });
      const network = create({ sequence, hidden: [8], epochs: 5 });
      await network.fit(train.features, train.target);
      expect(network.predictProbability(train.features).every(Number.isFinite)).toBe(true);
      const nothing = createMatrix(1, columns, new Float64Array(columns.length).fill(NaN));
      expect(network.predictProbability(nothing).every(Number.isFinite)).toBe(true);
    });
  });

  it('share what two targets have in common between their heads', async () => {
    const { features, target } = crossed(600, 1);
    const goals = Float64Array.from(target, (label, row) => 2 * label + 0.1 * features.values[2 * row]!);
    const specs = [
      { name: 'winner', loss: 'cross-entropy', classes: 2 },
      { name: 'goals', loss: 'squared-error', classes: 0, importance: 0.5 },
    ];
    const data = { features, targets: { winner: { target }, goals: { target: goals } } };
    const parameters = { hidden: [16, 16], epochs: 120, batchSize: 64, learningRate: 0.01 };
    const network = fitMultiTarget(specs, data, { parameters, validation: data });
    const { winner, goals: forecast } = network.predict(features);
    expect(logLoss(winner!, target, 2)).toBeLessThan(0.2);
    const error = forecast!.reduce((sum, value, row) => sum + (value - goals[row]!) ** 2, 0) / 600;
    expect(error).toBeLessThan(0.2);
    const loaded = loadMultiTarget(network.save());
    expect(loaded.predict(features)).toEqual(network.predict(features));
    expect(loaded.summary).toEqual(network.summary);
    expect(() => fitMultiTarget(specs, { features, targets: { winner: { target } } })).toThrow(
      /target goals: expected 600/,
    );
  });

  it('say so when training diverges, instead of forecasting nonsense', async () => {
    const { features, target } = crossed(60, 10);
    const regression = createMlpRegression({
      optimizer: 'sgd',
      learningRate: 10,
      epochs: 200,
      hidden: [32, 32],
    });
    await expect(regression.fit(features, target)).rejects.toThrow(/training diverged in epoch \d+/);
  });

  it('say in their metadata which backend made them, and refuse one that was not loaded', async () => {
    const { features, target } = crossed(40, 9);
    const network = createMlp({ hidden: [4], epochs: 1 });
    await network.fit(features, target);
    expect(network.metadata?.backend).toBe('plain');
    expect(() => createMlp({ backend: 'tensorflow-gpu' })).toThrow(
      /no network backend tensorflow-gpu was loaded; there are: plain/,
    );
  });

  it('refuse parameters that do not fit together, by name', async () => {
    expect(() => createGru({})).toThrow(/gru needs the parameter sequence/);
    expect(() => createMlp({ loss: 'squared-error' })).toThrow(/does not fit its task/);
    expect(() => createMlp({ embeddings: [{ columns: [] }] })).toThrow(/mlp.embeddings/);
    const { features } = crossed(30, 1);
    const three = Float64Array.from({ length: 30 }, (_, row) => row % 3);
    await expect(createMlp({ loss: 'binary-cross-entropy' }).fit(features, three)).rejects.toThrow(
      /forecasts 2 classes, the target has 3/,
    );
    const embeddings = [{ columns: ['team'], dimensions: 2 }];
    await expect(createMlp({ embeddings }).fit(features, three)).rejects.toThrow(/column team/);
  });
});
