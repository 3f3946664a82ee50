import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { exportOnnx, onnxEstimators } from '../../../../../engine/kernel/modeling/export/onnx.ts';
import type { Estimator } from '../../../../../engine/kernel/modeling/estimator.ts';
import { createMatrix, type Matrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';
import {
  deserializeEstimator,
  serializeEstimator,
} from '../../../../../engine/kernel/modeling/serialization.ts';
import { runOnnx } from '../../../../fixtures/onnx.ts';

const seriesColumns = [1, 2, 3].map((step) => [`goals${step}`, `shots${step}`]);
const columns = ['elo', 'form', 'rest', 'flat', 'team', ...seriesColumns.flat()];

/** Rows with columns of very different size, holes in two of them, a constant, and a category. */
function sample(
  rows: number,
  seed: number,
): { features: Matrix; classes: Float64Array; counts: Float64Array } {
  const random = createRandom(seed);
  const features = createMatrix(rows, columns);
  const classes = new Float64Array(rows);
  const counts = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const strength = random.normal();
    const hole = (share: number, value: number) => (random.uniform() < share ? Number.NaN : value);
    features.values.set(
      [
        1500 + 120 * strength,
        hole(0.2, random.normal()),
        hole(0.1, 3 + random.integer(9)),
        7,
        11 + random.integer(6),
        // A side with a short past has no early matches, one without reports no shots.
        ...[0, 1, 2].flatMap((step) =>
          i % 5 === 0 && step < 2
            ? [Number.NaN, Number.NaN]
            : [random.integer(5), hole(0.3, 11 + 4 * random.normal())],
        ),
      ],
      i * columns.length,
    );
    const noisy = strength + 0.8 * random.normal();
    classes[i] = noisy > 0.5 ? 0 : noisy > -0.4 ? 1 : 2;
    counts[i] = Math.max(0, Math.round(1.4 + strength + 0.5 * random.normal()));
  }
  return { features, classes, counts };
}

const train = sample(400, 1);
const later = sample(60, 2);
// A missing value in a column that had none, infinities, and a team that was never seen.
later.features.values.set([Number.NaN, Infinity, -Infinity, 7, 99, ...Array<number>(6).fill(Number.NaN)], 0);

interface Case {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Two classes: home win or not. */
  readonly binary?: boolean;
  /** Initial scores a row. */
  readonly startsFrom?: number;
}

const network = { hidden: [12, 8], epochs: 6, batchSize: 64, learningRate: 0.01 };
/** Two series of three steps; the second reads the same columns the other way round. */
const sequence = { columns: [seriesColumns, seriesColumns.toReversed()] };
const embeddings = [{ columns: ['team'], dimensions: 3 }];
const trees = { nEstimators: 30, maxDepth: 4 };

const linear = { estimator: 'logistic-regression', parameters: { C: 0.1 } };
const boosted = { estimator: 'gradient-boosting', parameters: trees };
const members = [linear, boosted, { estimator: 'mlp', parameters: network }];

const cases: readonly Case[] = [
  { name: 'logistic-regression' },
  { name: 'logistic-regression', parameters: { missingIndicators: true, C: 0.1 } },
  { name: 'logistic-regression', parameters: { standardise: false } },
  { name: 'logistic-regression', parameters: { classes: [2, 0, 1] }, startsFrom: 3 },
  { name: 'logistic-regression', binary: true },
  { name: 'ordered-logit', parameters: { missingIndicators: true } },
  { name: 'ordered-logit', startsFrom: 1 },
  { name: 'linear-regression' },
  { name: 'linear-regression', startsFrom: 1 },
  { name: 'poisson-regression' },
  { name: 'gradient-boosting', parameters: trees },
  { name: 'gradient-boosting', parameters: trees, startsFrom: 3 },
  { name: 'gradient-boosting', parameters: { ...trees, objective: 'binary:logistic' }, binary: true },
  { name: 'gradient-boosting', parameters: { ...trees, objective: 'reg:squarederror' } },
  { name: 'gradient-boosting', parameters: { ...trees, objective: 'count:poisson' } },
  { name: 'gradient-boosting', parameters: { ...trees, objective: 'reg:quantileerror' } },
  { name: 'gradient-boosting', parameters: { ...trees, objective: 'loss:ranked-probability-score' } },
  { name: 'gradient-boosting', parameters: { ...trees, objective: 'loss:cumulative-link' } },
  { name: 'gradient-boosting', parameters: { nEstimators: 3, maxDepth: 1, gamma: 1e9 } },
  { name: 'random-forest', parameters: { nEstimators: 20 } },
  { name: 'random-forest-regression', parameters: { nEstimators: 20 } },
  { name: 'extra-trees', parameters: { nEstimators: 20 } },
  { name: 'extra-trees-regression', parameters: { nEstimators: 20 } },
  { name: 'mlp', parameters: network },
  { name: 'mlp', parameters: { ...network, batchNorm: true, dropout: 0.2, embeddings } },
  { name: 'mlp', parameters: { ...network, activation: 'tanh' }, startsFrom: 3 },
  { name: 'mlp', parameters: { ...network, loss: 'cumulative-link' } },
  { name: 'mlp', parameters: { ...network, loss: 'focal-binary' }, binary: true },
  { name: 'mlp', parameters: { ...network, loss: 'corn' } },
  { name: 'mlp', parameters: { ...network, loss: 'corn' }, startsFrom: 2 },
  { name: 'mlp', parameters: { ...network, loss: 'soft-f1' } },
  { name: 'mlp', parameters: { ...network, loss: 'tversky' }, binary: true },
  { name: 'residual-mlp', parameters: { ...network, batchNorm: true, embeddings } },
  { name: 'gru', parameters: { ...network, sequence, sequenceUnits: 5 } },
  { name: 'gru', parameters: { ...network, sequence, embeddings, batchNorm: true }, startsFrom: 3 },
  { name: 'tcn', parameters: { ...network, sequence, sequenceUnits: 5, dilations: [1, 2] } },
  { name: 'tcn', parameters: { ...network, sequence, dropout: 0.1 } },
  { name: 'bagging', parameters: { member: { estimator: 'mlp', parameters: network }, bags: 3 } },
  { name: 'linear-pool', parameters: { members } },
  { name: 'linear-pool', parameters: { members: [linear, boosted] }, binary: true },
  { name: 'log-pool', parameters: { members } },
  { name: 'log-pool', parameters: { members: [linear, boosted] }, startsFrom: 3 },
  {
    name: 'log-pool',
    parameters: { members: [boosted, { estimator: 'bagging', parameters: { member: linear } }] },
  },
  { name: 'stacking', parameters: { members } },
  { name: 'mlp-regression', parameters: network },
  { name: 'mlp-regression', parameters: { ...network, batchNorm: true }, startsFrom: 1 },
];

function startScores(rows: number, width: number): Float64Array {
  const random = createRandom(9);
  return Float64Array.from({ length: rows * width }, () => 0.3 * random.normal());
}

async function fitted({ name, parameters, binary, startsFrom }: Case): Promise<Estimator> {
  const estimator = createEstimator(name, parameters);
  const target = estimator.task === 'regression' ? train.counts : train.classes;
  await estimator.fit(train.features, binary ? target.map((label) => Number(label === 0)) : target, {
    order: Float64Array.from({ length: train.features.rows }, (_, i) => i),
    ...(startsFrom ? { initialScores: startScores(train.features.rows, startsFrom) } : {}),
  });
  return estimator;
}

const title = ({ name, parameters, binary, startsFrom }: Case) =>
  [
    name,
    JSON.stringify(parameters ?? {}),
    binary ? 'two classes' : '',
    startsFrom ? 'from initial scores' : '',
  ]
    .filter(Boolean)
    .join(' ');

describe('an exported model', () => {
  test.each(cases.map((one) => [title(one), one] as const))(
    'gives what the model gives, to 1e-5: %s',
    async (_, one) => {
      const estimator = await fitted(one);
      const scores = one.startsFrom ? startScores(later.features.rows, one.startsFrom) : undefined;
      const outputs = await runOnnx(exportOnnx(estimator.save()), later.features, scores);
      if (estimator.task === 'regression') {
        const expected = estimator.predict(later.features, scores);
        expect(outputs['prediction']).toHaveLength(expected.length);
        expected.forEach((value, i) => {
          expect(Math.abs(outputs['prediction']![i]! - value)).toBeLessThan(
            1e-5 * Math.max(1, Math.abs(value)),
          );
        });
        return;
      }
      const expected = estimator.predictProbability(later.features, scores);
      expect(outputs['probabilities']).toHaveLength(expected.length);
      const furthest = Math.max(...expected.map((p, at) => Math.abs(p - outputs['probabilities']![at]!)));
      expect(furthest).toBeLessThan(1e-5);
      // Something was learnt, or the comparison would say little.
      if (one.parameters?.['gamma'] === undefined) expect(new Set(expected).size).toBeGreaterThan(20);
      expect(outputs['label']).toEqual([...estimator.predict(later.features, scores)]);
    },
  );

  test('is the same after the model was stored as text and read back', async () => {
    const estimator = await fitted(cases[1]!);
    const copy = deserializeEstimator(serializeEstimator(estimator));
    expect(exportOnnx(copy.save())).toEqual(exportOnnx(estimator.save()));
  });

  test('takes any number of rows', async () => {
    const estimator = await fitted(cases[10]!);
    const one = createMatrix(1, columns, later.features.values.slice(0, columns.length));
    const { probabilities } = await runOnnx(exportOnnx(estimator.save()), one);
    expect(probabilities).toHaveLength(3);
  });

  test('names its columns, classes and data, in any script', async () => {
    const estimator = createEstimator('linear-regression');
    const named = createMatrix(3, ['сила', '力 🏟'], Float64Array.of(1, 2, 3, 5, 4, 4));
    await estimator.fit(named, Float64Array.of(1, 2, 3));
    const file = exportOnnx(estimator.save());
    const text = new TextDecoder().decode(file);
    expect(text).toContain('["сила","力 🏟"]');
    expect(text).toContain(estimator.metadata!.dataHash);
    expect((await runOnnx(file, named))['prediction']).toHaveLength(3);
  });
});

describe('a model without an ONNX form', () => {
  test.each(['class-prior', 'market'])('is refused with those that have one: %s', (name) => {
    const saved = { format: 1 as const, state: {}, metadata: { estimator: name } as never };
    expect(() => exportOnnx(saved)).toThrow(
      `${name} has no ONNX form; those that have one: ${onnxEstimators[0]}`,
    );
  });

  test('is refused by its own name within an ensemble', async () => {
    const estimator = await fitted({
      name: 'linear-pool',
      parameters: { members: [linear, { estimator: 'class-prior' }] },
    });
    expect(() => exportOnnx(estimator.save())).toThrow('class-prior has no ONNX form');
  });

  test('is refused with the name of its loss', async () => {
    const estimator = await fitted({ name: 'mlp', parameters: { ...network, epochs: 1 } });
    const saved = estimator.save();
    const parameters = { ...saved.metadata.parameters, loss: 'profit' };
    const odd = { ...saved, metadata: { ...saved.metadata, parameters } };
    expect(() => exportOnnx(odd)).toThrow('the loss profit has no ONNX form');
  });
});
