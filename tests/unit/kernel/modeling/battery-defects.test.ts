import { describe, expect, it } from 'vitest';
import type { Estimator } from '../../../../engine/kernel/modeling/estimator.ts';
import { createLogisticRegression } from '../../../../engine/kernel/modeling/linear/logistic-regression.ts';
import { createMatrix, type Matrix } from '../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator, loadEstimator } from '../../../../engine/kernel/modeling/registry.ts';
import { batteryChecks, type BatteryCase } from '../../../fixtures/estimator-battery.ts';

/** Wraps the sound logistic regression so that one thing about it is wrong. */
function planted(
  defect: (sound: Estimator) => Partial<Estimator>,
  more: Partial<BatteryCase> = {},
): BatteryCase {
  const spoil = (sound: Estimator): Estimator => {
    const wrong = defect(sound);
    return new Proxy(sound, {
      get: (target, key) => Reflect.get(key in wrong ? wrong : target, key) as unknown,
    });
  };
  return {
    name: 'logistic-regression',
    task: 'classification',
    parameters: {},
    create: (parameters) => spoil(createLogisticRegression(parameters)),
    load: (saved) => spoil(loadEstimator(saved)),
    ...more,
  };
}

/** Titles of the checks that fail. */
async function failuresOf(estimator: BatteryCase): Promise<string[]> {
  const failures: string[] = [];
  for (const { title, run } of batteryChecks) {
    try {
      await run(estimator);
    } catch {
      failures.push(title);
    }
  }
  return failures;
}

function blanked(features: Matrix, column: number): Matrix {
  const width = features.columns.length;
  const values = features.values.map((value, at) => (at % width === column ? 0 : value));
  return createMatrix(features.rows, features.columns, values);
}

interface FirstFit {
  readonly features: Matrix;
  readonly target: Float64Array;
}

const defects: readonly [defect: string, caught: string, estimator: BatteryCase][] = [
  [
    'random numbers of its own',
    'gives the same bits for the same seed',
    planted((sound) => ({
      predictProbability: (features) => {
        const p = sound.predictProbability(features);
        if (p.length > 2) p[0] = p[0]! - p[0]! * Math.random() * 1e-13;
        return p;
      },
    })),
  ],
  [
    'a seed that is ignored',
    'heeds the seed where it draws random numbers',
    planted(() => ({}), { randomParameters: {} }),
  ],
  [
    'a memory of its first fit',
    'forgets earlier fits, also one that failed',
    (() => {
      const seen = new WeakMap<Estimator, FirstFit>();
      return planted((sound) => ({
        fit: async (features, target, options) => {
          const first = seen.get(sound) ?? { features, target };
          seen.set(sound, first);
          await sound.fit(features, target, options);
          await sound.fit(first.features, first.target, options);
        },
      }));
    })(),
  ],
  [
    'a column that is lost',
    'learns from every column, whichever one holds the answer',
    planted((sound) => ({
      fit: (features, target, options) => sound.fit(blanked(features, 3), target, options),
    })),
  ],
  [
    'a target that leaks into the features it keeps',
    'changes none of its inputs',
    planted((sound) => ({
      fit: async (features, target, options) => {
        await sound.fit(features, target, options);
        features.values[0] = target[0]!;
      },
    })),
  ],
  [
    'a prediction that looks at the other rows',
    'makes sound predictions, the same for one row as for many',
    planted((sound) => ({
      predictProbability: (features) => {
        const p = sound.predictProbability(features);
        const classes = sound.metadata!.classes.length;
        const mean = p.filter((_, at) => at % classes === 0).reduce((sum, q) => sum + q, 0) / features.rows;
        return p.map((q, at) => (at % classes === 0 ? (q + mean) / 2 : q));
      },
    })),
  ],
  [
    'probabilities that do not sum to 1',
    'makes sound predictions, the same for one row as for many',
    planted((sound) => ({
      predictProbability: (features) => sound.predictProbability(features).map((p) => p * 0.99),
    })),
  ],
  [
    'weights that are ignored',
    'takes a weight of 2 as the row twice and a weight of 0 as no row',
    planted((sound) => ({
      fit: (features, target, options = {}) =>
        sound.fit(features, target, { ...options, weights: undefined }),
    })),
  ],
  [
    'columns taken by their places',
    'goes by the names of the columns, not by their places',
    planted((sound) => ({
      predictProbability: (features) =>
        sound.predictProbability({ ...features, columns: sound.metadata!.featureNames }),
    })),
  ],
  [
    'the order of the rows in the model',
    'does not care about the order of the rows',
    planted((sound) => ({
      fit: (features, target, options) =>
        sound.fit(features, target, { weights: target.map((_, i) => 1 + (i % 5)), ...options }),
    })),
  ],
  [
    'an order of time that nobody heeds',
    'does not care about the order of the rows',
    planted(() => ({}), { ordered: true }),
  ],
  [
    'places of rows taken for their order of time',
    'does not care about the order of the rows',
    {
      name: 'stacking',
      task: 'classification',
      parameters: { members: [{ estimator: 'logistic-regression' }] },
      ordered: true,
      create: (parameters) => {
        const sound = createEstimator('stacking', parameters);
        const fit: Estimator['fit'] = (features, target, options = {}) =>
          sound.fit(features, target, { ...options, order: undefined });
        return new Proxy(sound, {
          get: (target, key) => (key === 'fit' ? fit : (Reflect.get(target, key) as unknown)),
        });
      },
      load: loadEstimator,
    },
  ],
  [
    'weights rounded when saved',
    'comes back to the bit when saved and loaded',
    planted((sound) => ({
      save: () => {
        const saved = sound.save();
        const blobs = Object.entries(saved.blobs!).map(([name, blob]) => [
          name,
          Float64Array.from(blob, Math.fround),
        ]);
        return { ...saved, blobs: Object.fromEntries(blobs) as typeof saved.blobs };
      },
    })),
  ],
  [
    'a signal that nobody looks at',
    'stops with CANCELLED when the signal says so, at once or at a later look',
    planted((sound) => ({
      fit: (features, target, options = {}) => sound.fit(features, target, { ...options, signal: undefined }),
    })),
  ],
  [
    'callbacks that nobody calls',
    'tells its progress and stops after an epoch when asked',
    planted((sound) => ({
      fit: (features, target, options = {}) => sound.fit(features, target, { ...options, callbacks: [] }),
    })),
  ],
];

describe('the battery', () => {
  it('has nothing to say against the estimator that the defects are planted in', async () => {
    expect(await failuresOf(planted(() => ({})))).toEqual([]);
  });

  it.each(defects)('catches %s', async (_defect, caught, estimator) => {
    expect(await failuresOf(estimator)).toContain(caught);
  });
});
