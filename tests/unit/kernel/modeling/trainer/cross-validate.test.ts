import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';
import { splitWalkForward } from '../../../../../engine/kernel/modeling/splitting/walk-forward.ts';
import {
  crossValidate,
  foldObjective,
} from '../../../../../engine/kernel/modeling/trainer/cross-validate.ts';
import { runStudy } from '../../../../../engine/kernel/modeling/tuning/run-study.ts';
import { createStudy, summarizeStudy } from '../../../../../engine/kernel/modeling/tuning/study.ts';
import type { Study } from '../../../../../engine/kernel/modeling/tuning/study.ts';

/** 400 days, two classes that follow `strength`; eleven columns of noise, so that a penalty pays. */
function makeData() {
  const random = createRandom(2);
  const columns = ['strength', ...Array.from({ length: 11 }, (_, k) => `noise${k}`)];
  const features = createMatrix(400, columns);
  features.values.forEach((_, at) => (features.values[at] = random.normal()));
  const target = Float64Array.from({ length: 400 }, (_, row) =>
    random.uniform() < 1 / (1 + Math.exp(-features.values[row * 12]!)) ? 1 : 0,
  );
  const forecastAt = Array.from({ length: 400 }, (_, day) => day);
  const splits = splitWalkForward({ forecastAt, labelKnownAt: forecastAt }, { steps: { rows: 80 } });
  return { data: { features, target }, splits };
}

describe('cross-validation', () => {
  it('forecasts every test row once, from a model that trained on earlier rows only', async () => {
    const { data, splits } = makeData();
    const folds = await crossValidate({ create: () => createEstimator('logistic-regression'), data, splits });
    expect(folds.map(({ rows }) => [rows[0], rows.length])).toEqual([
      [80, 80],
      [160, 80],
      [240, 80],
      [320, 80],
    ]);
    const first = createEstimator('logistic-regression');
    await first.fit(
      { ...data.features, rows: 80, values: data.features.values.slice(0, 80 * 12) },
      data.target.slice(0, 80),
    );
    const rows = { ...data.features, rows: 80, values: data.features.values.slice(80 * 12, 160 * 12) };
    expect(folds[0]!.forecasts).toEqual(first.predictProbability(rows));
    expect(folds.every(({ measures }) => measures['logLoss']! < 0.75)).toBe(true);
  });

  it('measures regressions too, and can be cancelled', async () => {
    const { data, splits } = makeData();
    const create = () => createEstimator('linear-regression');
    const [fold] = await crossValidate({ create, data, splits });
    expect(fold!.measures['rootMeanSquaredError']).toBeLessThan(0.6);
    const signal = { aborted: true };
    await expect(crossValidate({ create, data, splits, signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('says which fold has a class that its training never saw', async () => {
    const { data, splits } = makeData();
    const target = data.target.map((label, row) => (row === 200 ? 7 : label));
    const create = () => createEstimator('logistic-regression');
    await expect(crossValidate({ create, data: { ...data, target }, splits })).rejects.toThrow(
      /fold 1: class 7/,
    );
  });

  it('lets a study of real models be killed halfway and end with the same best', async () => {
    const { data, splits } = makeData();
    const objective = foldObjective((parameters) => createEstimator('logistic-regression', parameters), {
      data,
      splits,
    });
    const start = createStudy({
      name: 'penalty',
      space: { C: { kind: 'float', low: 1e-4, high: 100, log: true } },
      sampler: { name: 'tpe', startTrials: 6 },
      pruner: { name: 'median' },
      seed: 3,
      maximumTrials: 20,
    });
    const unbroken = await runStudy(start, objective);
    const signal = { aborted: false };
    let saved = JSON.stringify(start);
    const save = (study: Study) => {
      if (!signal.aborted) saved = JSON.stringify(study);
      signal.aborted = study.trials.length > 10;
    };
    await expect(runStudy(start, objective, { save, signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    const resumed = await runStudy(JSON.parse(saved) as Study, objective);
    expect(resumed).toEqual(unbroken);
    const { best, trials } = summarizeStudy(resumed);
    expect(trials).toBe(20);
    expect(Number(best!.parameters['C'])).toBeLessThan(1); // noise makes a penalty pay
    const wrong = foldObjective(() => createEstimator('logistic-regression'), { data, splits }, 'accuracies');
    const failed = await runStudy({ ...start, maximumTrials: 1 }, wrong);
    expect(failed.trials[0]?.reason).toMatch(/no measure accuracies; there are: logLoss, rps/);
  });
});
