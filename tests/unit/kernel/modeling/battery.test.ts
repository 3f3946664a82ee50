import { describe, expect, it } from 'vitest';
import type { EstimatorTask } from '../../../../engine/kernel/modeling/estimator.ts';
import {
  createEstimator,
  estimatorNames,
  loadEstimator,
} from '../../../../engine/kernel/modeling/registry.ts';
import {
  deserializeEstimator,
  serializeEstimator,
} from '../../../../engine/kernel/modeling/serialization.ts';
import { batteryChecks, type BatteryCase } from '../../../fixtures/estimator-battery.ts';

type Settings = Omit<BatteryCase, 'name' | 'create' | 'load' | 'task' | 'parameters' | 'registered'> & {
  /** Told apart in the titles where one estimator is run with several settings. */
  readonly as?: string;
  readonly task?: EstimatorTask;
  readonly parameters?: Readonly<Record<string, unknown>>;
};

const boosting: Settings = {
  parameters: { nEstimators: 20, maxDepth: 3 },
  randomParameters: { nEstimators: 5, subsample: 0.7, colsampleByTree: 0.5 },
  // A near tie of two splits may fall the other way when sums are rounded otherwise.
  tolerance: 1e-4,
};
const boostingWith = (objective: string, more: Settings = {}): Settings => ({
  ...boosting,
  ...more,
  as: objective,
  task: 'regression',
  parameters: { ...boosting.parameters, objective },
  randomParameters: { ...boosting.randomParameters, objective },
});

/** One batch holds all rows, so that their order and weights can only show in the rounding of 32-bit sums. */
const network = (
  more: Readonly<Record<string, unknown>> = {},
  task: EstimatorTask = 'classification',
): Settings => {
  const smooth = { activation: 'tanh', optimizer: 'sgd', learningRate: 0.1 };
  const parameters = { hidden: [12], epochs: 60, patience: 0, ...smooth, ...more };
  return { task, parameters, randomParameters: { ...parameters, epochs: 5, dropout: 0.2 }, tolerance: 5e-3 };
};
const sequence = { columns: [[['a'], ['b'], ['c']]] };

const members = [
  { estimator: 'logistic-regression' },
  { estimator: 'gradient-boosting', parameters: { nEstimators: 10, maxDepth: 2 } },
];
/** Where members draw random numbers, so does the whole. */
const randomMembers = [
  { estimator: 'logistic-regression' },
  { estimator: 'gradient-boosting', parameters: { nEstimators: 5, subsample: 0.7 } },
];
const ensemble: Settings = {
  parameters: { members, folds: 3 },
  randomParameters: { members: randomMembers, folds: 2 },
  ordered: true,
  tolerance: 1e-4,
};

const forest = (task: EstimatorTask): Settings => ({
  task,
  // No sampling: the checks that move rows about need every tree to see all of them.
  parameters: { nEstimators: 20, bootstrap: false, maxFeatures: 1, minSamplesLeaf: 2 },
  randomParameters: { nEstimators: 5 },
  tolerance: 1e-4,
});

/** What the battery must know of each registered estimator; one that is not here is run with the defaults. */
const settings: Readonly<Record<string, readonly Settings[]>> = {
  bagging: [
    {
      parameters: { member: members[1], bags: 3 },
      randomParameters: { member: randomMembers[1], bags: 2 },
      tolerance: 1e-4,
    },
    {
      as: 'of rows drawn with replacement',
      parameters: { member: members[0], bags: 3 },
      randomParameters: { member: members[0], bags: 2, bootstrap: true },
    },
  ],
  'class-prior': [{ learns: false }],
  'linear-pool': [ensemble],
  'log-pool': [ensemble],
  stacking: [ensemble],
  market: [{ learns: false, sure: false, parameters: { columns: ['a', 'b', 'c'], classes: [0, 1, 2] } }],
  'extra-trees': [forest('classification')],
  'extra-trees-regression': [forest('regression')],
  'linear-regression': [{ task: 'regression', parameters: { alpha: 0.1 } }],
  'poisson-regression': [{ task: 'regression', counts: true, parameters: { alpha: 0.1 } }],
  'random-forest': [forest('classification')],
  'random-forest-regression': [forest('regression')],
  'gradient-boosting': [
    boosting,
    boostingWith('reg:squarederror'),
    boostingWith('count:poisson', { counts: true }),
    boostingWith('reg:quantileerror'),
  ],
  mlp: [
    network(),
    { ...network({ loss: 'focal' }), as: 'focal' },
    { ...network({ loss: 'corn' }), as: 'corn', sure: false },
  ],
  'mlp-regression': [
    network({}, 'regression'),
    { ...network({ loss: 'poisson' }, 'regression'), as: 'poisson', counts: true },
  ],
  'residual-mlp': [network({ hidden: [8, 8] })],
  gru: [network({ sequence, sequenceUnits: 6 })],
  tcn: [network({ sequence, sequenceUnits: 6, dilations: [1] })],
};

const cases = estimatorNames.flatMap((name) =>
  (settings[name] ?? [{}]).map(
    ({ task = 'classification', parameters = {}, as = '', ...rest }): BatteryCase & { title: string } => ({
      title: `${name} ${as}`.trim(),
      name,
      task,
      parameters,
      registered: true,
      create: (given = {}) => createEstimator(name, given),
      load: loadEstimator,
      ...rest,
    }),
  ),
);

describe.each(cases)('$title', (estimator) => {
  it.each(batteryChecks)('$title', async ({ run }) => {
    await run(estimator);
  });
});

describe('a serialized model', () => {
  const fit = async () => {
    const estimator = createEstimator('class-prior', { smoothing: 1 });
    await estimator.fit(
      { values: new Float64Array(3), rows: 3, columns: ['x'] },
      Float64Array.from([0, 1, 1]),
    );
    return estimator;
  };

  it('comes back from its text to the bit', async () => {
    const estimator = await fit();
    const loaded = deserializeEstimator(serializeEstimator(estimator));
    const row = { values: new Float64Array(1), rows: 1, columns: ['x'] };
    expect(loaded.predictProbability(row)).toEqual(estimator.predictProbability(row));
    expect(loaded.parameters).toEqual(estimator.parameters);
  });

  it('is refused when one character of it was changed', async () => {
    const { payload, checksum } = serializeEstimator(await fit());
    expect(() =>
      deserializeEstimator({ payload: payload.replace('"rows":3', '"rows":4'), checksum }),
    ).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
  });
});

it('lists the known names when asked for an unknown estimator', () => {
  expect(() => createEstimator('catboost')).toThrow(
    /no estimator is called catboost; known: .*logistic-regression/,
  );
});
