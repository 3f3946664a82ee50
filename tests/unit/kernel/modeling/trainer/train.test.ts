import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import type { Estimator, FitOptions } from '../../../../../engine/kernel/modeling/estimator.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';
import { splitSequential } from '../../../../../engine/kernel/modeling/splitting/sequential.ts';
import type { TrainingData } from '../../../../../engine/kernel/modeling/trainer/part-data.ts';
import { measureValues } from '../../../../../engine/kernel/modeling/trainer/measures.ts';
import { train } from '../../../../../engine/kernel/modeling/trainer/train.ts';

const shares = { train: 0.5, validation: 0.1, calibration: 0.2, test: 0.2 };

/** 1,500 rows whose three classes follow `strength`; all times a day apart. */
function makeData(): TrainingData & { times: NonNullable<TrainingData['times']> } {
  const random = createRandom(3);
  const rows = 1500;
  const features = createMatrix(rows, ['strength', 'noise']);
  const target = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const strength = random.normal();
    features.values.set([strength, random.normal()], row * 2);
    const draw = random.uniform();
    const home = 1 / (1 + Math.exp(-strength));
    target[row] = draw < home * 0.75 ? 0 : draw < 0.75 ? 2 : 1;
  }
  const forecastAt = Array.from(target, (_, row) => row);
  return { features, target, times: { forecastAt, labelKnownAt: forecastAt.map((at) => at + 0.5) } };
}

const logistic = () => createEstimator('logistic-regression', { C: 1 });

/** An estimator in front of another that says it was trained with the given loss, and remembers what `fit` was given. */
function withLoss(loss: string, seen: FitOptions[] = []): () => Estimator {
  return () => {
    const inner = logistic();
    return {
      ...inner,
      parameters: { ...inner.parameters, loss },
      get metadata() {
        return inner.metadata;
      },
      fit(features, target, options = {}) {
        seen.push(options);
        return inner.fit(features, target, options);
      },
    };
  };
}

describe('the trainer', () => {
  it('checks, fits, calibrates on a part of its own and measures every part', async () => {
    const data = makeData();
    const split = splitSequential(data.times, shares);
    let time = 1000;
    const { record, calibrator, testForecasts } = await train({
      create: logistic,
      data,
      split,
      calibration: 'temperature',
      now: () => (time += 500),
    });
    expect(record.rows).toEqual({ train: 750, validation: 150, calibration: 300, test: 300, purged: 0 });
    expect(record.checks.results.every(({ status }) => status === 'pass' || status === 'skipped')).toBe(true);
    expect(record.calibration).toEqual({ method: 'temperature', rows: 300 });
    expect(record.trainingSeconds).toBe(0.5);
    expect(calibrator?.n).toBe(300);
    expect(testForecasts).toHaveLength(900);
    expect(Object.keys(record.measures)).toEqual(['train', 'validation', 'test', 'testRaw']);
    expect(record.measures['test']!['logLoss']).toBeLessThan(1.05);
    expect(JSON.parse(JSON.stringify(record))).toMatchObject({
      metadata: { estimator: 'logistic-regression', rows: 750 },
    });
  });

  it('really fits: the model it returns is the one fitted on the training rows alone', async () => {
    const data = makeData();
    const split = splitSequential(data.times, shares);
    const { estimator } = await train({ create: logistic, data, split });
    const alone = logistic();
    const { selectPart } = await import('../../../../../engine/kernel/modeling/trainer/part-data.ts');
    const part = selectPart(data, split.train);
    await alone.fit(part.features, part.target);
    expect(estimator.predictProbability(data.features)).toEqual(alone.predictProbability(data.features));
  });

  it('stops before fitting when a check fails, and goes on with a recorded reason', async () => {
    const data = makeData();
    const leaking = createMatrix(1500, ['strength', 'copy']);
    data.target.forEach((label, row) => leaking.values.set([data.features.values[row * 2]!, label], row * 2));
    const seen: FitOptions[] = [];
    const options = {
      create: withLoss('cross-entropy', seen),
      data: { ...data, features: leaking },
      split: splitSequential(data.times, shares),
    };
    await expect(train(options)).rejects.toMatchObject({ code: 'CHECKS_FAILED' });
    const fits = seen.length;
    const only = ['target-among-features'];
    await expect(train({ ...options, checks: { only } })).rejects.toThrow(/target-among-features: .*copy/);
    expect(seen).toHaveLength(fits);
    const overrides = { 'target-among-features': 'a drill' };
    const { record } = await train({ ...options, checks: { only, overrides } });
    expect(record.checks.results[0]).toMatchObject({ status: 'fail', overriddenBecause: 'a drill' });
  });

  it('demands a calibrator of a loss that biases probabilities, and none of one that does not', async () => {
    const data = makeData();
    const split = splitSequential(data.times, shares);
    const quick = { data, split, checks: { only: [] } };
    await expect(train({ ...quick, create: withLoss('focal') })).rejects.toThrow(
      /focal biases probabilities/,
    );
    const { record } = await train({ ...quick, create: withLoss('focal'), calibration: 'temperature' });
    expect(record.biasedLoss).toBe(true);
    expect((await train({ ...quick, create: withLoss('cross-entropy') })).record.biasedLoss).toBe(false);
  });

  it('knows a biasing loss under a boosting objective too', async () => {
    const data = makeData();
    const split = splitSequential(data.times, shares);
    const create = () => createEstimator('gradient-boosting', { objective: 'loss:focal', nEstimators: 5 });
    await expect(train({ create, data, split, checks: { only: [] } })).rejects.toThrow(
      /focal biases probabilities/,
    );
  });

  it('knows a biasing loss of a member of an ensemble', async () => {
    const data = makeData();
    const split = splitSequential(data.times, shares);
    const member = {
      estimator: 'gradient-boosting',
      parameters: { objective: 'loss:focal', nEstimators: 5 },
    };
    const create = () => createEstimator('bagging', { member, bags: 1 });
    await expect(train({ create, data, split, checks: { only: [] } })).rejects.toThrow(
      /focal biases probabilities/,
    );
  });

  it('stops a model that is closer to the results than the market, unless a reason is recorded', async () => {
    const data = makeData();
    // A market that knows nothing but the shares: any model beats it, as any model would with a leak.
    const marketProbabilities = Float64Array.from({ length: 4500 }, (_, at) => [0.375, 0.25, 0.375][at % 3]!);
    const split = splitSequential(data.times, shares);
    const options = { create: logistic, data: { ...data, marketProbabilities }, split };
    await expect(train({ ...options, checks: { only: [] } })).rejects.toThrow(
      /model-closer-than-market: On 300 rows/,
    );
    const overrides = { 'model-closer-than-market': 'the market of this league is thin' };
    const { record } = await train({ ...options, checks: { only: [], overrides } });
    expect(record.modelChecks?.results[0]).toMatchObject({
      status: 'fail',
      figure: expect.any(Number) as number,
    });
    const { record: honest } = await train({ create: logistic, data, split, checks: { only: [] } });
    expect(honest.modelChecks?.results[0]?.status).toBe('skipped');
  });

  it('refuses to calibrate without a part of its own', async () => {
    const data = makeData();
    const split = splitSequential(data.times, { train: 0.7, test: 0.3 });
    await expect(train({ create: logistic, data, split, calibration: 'temperature' })).rejects.toThrow(
      /part of its own/,
    );
  });

  it('hands the validation part, weights, callbacks and the cancel signal to the estimator', async () => {
    const data = { ...makeData(), weights: new Float64Array(1500).fill(2) };
    const seen: FitOptions[] = [];
    const callback = {};
    const signal = { aborted: false };
    await train({
      create: withLoss('cross-entropy', seen),
      data,
      split: splitSequential(data.times, shares),
      checks: { probes: false },
      callbacks: [callback],
      signal,
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]!.validation?.features.rows).toBe(150);
    expect(seen[0]!.weights).toEqual(new Float64Array(750).fill(2));
    expect(seen[0]!.callbacks).toEqual([callback]);
    expect(seen[0]!.signal).toBe(signal);
  });

  it('is cancelled by its signal', async () => {
    const data = makeData();
    const options = {
      create: logistic,
      data,
      split: splitSequential(data.times, shares),
      checks: { only: [] },
    };
    await expect(train({ ...options, signal: { aborted: true } })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('measures regressions by error and bias', () => {
    const measures = measureValues(
      Float64Array.from([1, 2]),
      Float64Array.from([0, 4]),
      Float64Array.from([3, 1]),
    );
    expect(measures['meanAbsoluteError']).toBe(5 / 4);
    expect(measures['rootMeanSquaredError']).toBe(Math.sqrt(7 / 4));
    expect(measures['bias']).toBe(1 / 4);
  });
});
