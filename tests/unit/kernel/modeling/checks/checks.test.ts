import { describe, expect, it } from 'vitest';
import { loadLocale } from '../../../../../engine/documents/locale.ts';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import type { CheckInput, CheckPart } from '../../../../../engine/kernel/modeling/checks/check.ts';
import { populationStability } from '../../../../../engine/kernel/modeling/checks/part-checks.ts';
import { checks, requirePassed, runChecks } from '../../../../../engine/kernel/modeling/checks/run-checks.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import type { Matrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';

type Mutable = { -readonly [Key in keyof CheckPart]: CheckPart[Key] };

interface HealthyData {
  train: Mutable;
  last: Mutable;
}

const columns = ['strength', 'form', 'rest'];

/** Rows a day apart, three classes whose logits rise with `strength`; the market knows the true probabilities. */
function healthy(rows = { train: 900, last: 400 }): HealthyData {
  const random = createRandom(5);
  const part = (start: number, count: number): Mutable => {
    const features = createMatrix(count, columns);
    const target = new Float64Array(count);
    const market = new Float64Array(count * 3);
    for (let row = 0; row < count; row++) {
      features.values.set([random.normal(), random.normal(), random.normal()], row * 3);
      const strength = features.values[row * 3]!;
      const weights = [Math.exp(0.5 + 0.8 * strength), 1, Math.exp(-0.8 * strength)];
      const total = weights[0]! + weights[1]! + weights[2]!;
      weights.forEach((weight, k) => (market[row * 3 + k] = weight / total));
      const draw = random.uniform();
      target[row] = draw < market[row * 3]! ? 0 : draw < market[row * 3]! + market[row * 3 + 1]! ? 1 : 2;
    }
    return {
      features,
      target,
      forecastAt: Array.from(target, (_, row) => start + row),
      labelKnownAt: Array.from(target, (_, row) => start + row + 0.5),
      featuresKnownAt: Array.from(target, (_, row) => start + row - 1),
      marketProbabilities: market,
    };
  };
  return { train: part(0, rows.train), last: part(rows.train, rows.last) };
}

function withColumn(part: Mutable, name: string, value: (row: number) => number): void {
  const old = part.features;
  const width = old.columns.length + 1;
  part.features = createMatrix(old.rows, [...old.columns, name]);
  for (let row = 0; row < old.rows; row++) {
    part.features.values.set(old.values.subarray(row * (width - 1), (row + 1) * (width - 1)), row * width);
    part.features.values[row * width + width - 1] = value(row);
  }
}

const probe = async (features: Matrix, target: Float64Array, later: Matrix) => {
  const estimator = createEstimator('logistic-regression', { C: 1 });
  await estimator.fit(features, target);
  return estimator.predictProbability(later);
};

const toInput = ({ train, last }: HealthyData): CheckInput => ({
  task: 'classification',
  train,
  later: [last],
  probe,
});

async function status(name: string, plant: (data: HealthyData) => Partial<CheckInput> | void) {
  const data = healthy();
  const extra = plant(data) ?? {};
  const { results } = await runChecks({ ...toInput(data), ...extra }, { only: [name] });
  return results[0]!;
}

describe('the checks before training', () => {
  it('pass healthy data, each with a figure and a sentence', async () => {
    const { results, blocking } = await runChecks(toInput(healthy()));
    expect(results.map(({ name, status: graded }) => `${name}: ${graded}`)).toEqual(
      checks.map(({ name }) => `${name}: pass`),
    );
    expect(results.every(({ figure, sentence }) => Number.isFinite(figure) && sentence.endsWith('.'))).toBe(
      true,
    );
    expect(blocking).toEqual([]);
  });

  it('answer skipped, with the reason, when the data for a check are not there', async () => {
    const { train } = healthy();
    const { results, blocking } = await runChecks({
      task: 'regression',
      train: { features: train.features, target: train.target },
      later: [],
    });
    const names = results.filter((result) => result.status === 'skipped').map(({ name }) => name);
    expect(names).toContain('overlap-in-time');
    expect(names).toContain('shuffled-label-probe');
    expect(blocking).toEqual([]);
  });
});

describe('each check finds the defect it is for', () => {
  const plants: readonly [
    name: string,
    status: 'warn' | 'fail',
    plant: (data: HealthyData) => Partial<CheckInput> | void,
  ][] = [
    ['constant-target', 'fail', ({ train }) => void train.target.fill(1)],
    [
      'class-balance',
      'warn',
      ({ train }) => void (train.target = train.target.map((_, row) => (row < 30 ? 2 : row % 2))),
    ],
    [
      'class-balance',
      'fail',
      ({ train }) => void (train.target = train.target.map((_, row) => (row < 3 ? 2 : row % 2))),
    ],
    [
      'too-few-events',
      'warn',
      ({ train }) => void (train.target = train.target.map((_, row) => (row < 40 ? 2 : row % 2))),
    ],
    [
      'too-few-events',
      'fail',
      ({ train }) => void (train.target = train.target.map((_, row) => (row < 9 ? 2 : row % 2))),
    ],
    ['unseen-class', 'fail', ({ last }) => void (last.target[7] = 3)],
    ['label-drift', 'fail', ({ last }) => void last.target.fill(0)],
    ['target-among-features', 'fail', ({ train }) => withColumn(train, 'copy', (row) => train.target[row]!)],
    [
      'target-among-features',
      'fail',
      ({ train }) => withColumn(train, 'recoded', (row) => [5, -2, 9][train.target[row]!]!),
    ],
    [
      'closer-than-market',
      'fail',
      ({ train, last }) => {
        // A feature that knows the result two times in three.
        for (const part of [train, last])
          withColumn(part, 'oracle', (row) => (row % 3 === 0 ? 1 : part.target[row]!));
      },
    ],
    ['feature-after-forecast', 'fail', ({ last }) => void ((last.featuresKnownAt as number[])[3] = 1e9)],
    ['overlap-in-time', 'fail', ({ train }) => void ((train.labelKnownAt as number[])[899] = 950)],
    [
      'duplicated-rows',
      'warn',
      ({ train, last }) => {
        last.features.values.set(train.features.values.subarray(0, 3), 0);
        last.target[0] = train.target[0]!;
      },
    ],
    [
      'duplicated-rows',
      'fail',
      ({ train, last }) => {
        last.features.values.set(train.features.values.subarray(0, 60), 0);
        last.target.set(train.target.subarray(0, 20));
      },
    ],
    [
      'missing-share',
      'warn',
      ({ train }) => withColumn(train, 'injuries', (row) => (row % 2 ? NaN : row % 7)),
    ],
    ['missing-share', 'fail', ({ train }) => withColumn(train, 'injuries', () => NaN)],
    ['constant-columns', 'warn', ({ train }) => withColumn(train, 'is_home', () => 1)],
    ['constant-columns', 'warn', ({ train }) => withColumn(train, 'derby', (row) => (row === 4 ? 1 : 0))],
    [
      'correlated-pairs',
      'warn',
      ({ train }) => {
        const { values } = train.features;
        withColumn(train, 'twice', (row) => 2 * values[row * 3]! + 1);
      },
    ],
    [
      'feature-drift',
      'warn',
      ({ last }) => {
        for (let row = 0; row < last.features.rows; row++) last.features.values[row * 3 + 1]! += 3;
      },
    ],
    [
      'feature-drift',
      'fail',
      ({ last }) =>
        void (last.features = { ...last.features, values: last.features.values.map((value) => value + 3) }),
    ],
    [
      'shuffled-label-probe',
      'fail',
      ({ last }) => ({
        // An estimator that reaches the answers by another way than its target.
        probe: async () =>
          Float64Array.from(last.target, (label) => label).reduce(
            (all, label, row) => all.fill(0.8, row * 3 + label, row * 3 + label + 1),
            new Float64Array(last.target.length * 3).fill(0.1),
          ),
      }),
    ],
    [
      'shifted-target-probe',
      'fail',
      ({ train, last }) => {
        // Features that slipped by one row: each row holds the strengths of the match after it.
        for (const part of [train, last]) {
          part.features = {
            ...part.features,
            values: Float64Array.from([...part.features.values.subarray(3), 0, 0, 0]),
          };
        }
      },
    ],
  ];

  it.each(plants)('%s answers %s', async (name, expected, plant) => {
    const result = await status(name, plant);
    expect(result.status, result.sentence).toBe(expected);
  });

  it('is planted for every check', () => {
    expect(new Set(plants.map(([name]) => name))).toEqual(new Set(checks.map(({ name }) => name)));
  });

  it('lets features made of prices be as close as the market', async () => {
    const result = await status('closer-than-market', ({ train, last }) => {
      for (const part of [train, last]) withColumn(part, 'odds', (row) => part.target[row]!);
      return { marketFeatures: ['odds'] };
    });
    expect(result.status).toBe('pass');
  });

  it('acquits an honest model with a strong feature, whatever the seed of its shuffles', async () => {
    const only = ['shuffled-label-probe', 'shifted-target-probe'];
    for (let seed = 0; seed < 40; seed++) {
      const { results } = await runChecks({ ...toInput(healthy()), seed }, { only });
      expect(results.map(({ status: graded }) => graded)).toEqual(['pass', 'pass']);
    }
  });

  it('does not mistake the luckiest of many noise columns for a leak when the market is right', async () => {
    const graded: string[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed);
      const part = (rows: number): CheckPart => ({
        features: createMatrix(
          rows,
          Array.from({ length: 20 }, (_, k) => `noise${k}`),
          Float64Array.from({ length: rows * 20 }, () => random.normal()),
        ),
        target: Float64Array.from({ length: rows }, () => random.integer(3)),
        marketProbabilities: new Float64Array(rows * 3).fill(1 / 3),
      });
      const input: CheckInput = { task: 'classification', train: part(500), later: [part(200)] };
      const { results } = await runChecks(input, { only: ['closer-than-market'] });
      graded.push(results[0]!.status);
    }
    expect(graded).not.toContain('fail');
    expect(graded.filter((one) => one === 'warn').length).toBeLessThanOrEqual(4);
  });

  it('measures drift as 0 for the same sample', () => {
    const sample = Float64Array.from({ length: 100 }, (_, i) => i);
    expect(populationStability(sample, sample)).toBe(0);
  });
});

describe('the words for checks', () => {
  it.each(['en', 'ru'] as const)('are there for every check and status, in %s', (language) => {
    const locale = loadLocale(language);
    for (const { name } of checks) {
      const text = locale.t(`checks.${name}`, { figure: '12.5%' });
      expect(text).toContain('12.5%');
    }
    for (const graded of ['pass', 'warn', 'fail', 'skipped']) {
      expect(locale.t(`checks.statuses.${graded}`)).not.toContain('checks.');
    }
  });
});

describe('a failed check', () => {
  it('stops training with its name and sentence', async () => {
    const data = healthy();
    data.train.target.fill(1);
    const report = await runChecks(toInput(data), { only: ['constant-target', 'missing-share'] });
    expect(report.blocking).toEqual(['constant-target']);
    expect(() => requirePassed(report)).toThrow(/constant-target: The training target has one value only/);
    try {
      requirePassed(report);
    } catch (error) {
      expect(error).toMatchObject({ code: 'CHECKS_FAILED', detail: { checks: ['constant-target'] } });
    }
  });

  it('lets training go on when overridden, and records the reason', async () => {
    const data = healthy();
    data.last.features = {
      ...data.last.features,
      values: data.last.features.values.map((value) => value + 3),
    };
    const overrides = { 'feature-drift': 'the ratings were rescaled this season' };
    const report = await runChecks(toInput(data), { only: ['feature-drift'], overrides });
    expect(report.blocking).toEqual([]);
    expect(report.results[0]).toMatchObject({
      status: 'fail',
      overriddenBecause: overrides['feature-drift'],
    });
    expect(() => requirePassed(report)).not.toThrow();
  });

  it('cannot be overridden without a reason or under an unknown name', async () => {
    const input = toInput(healthy());
    await expect(runChecks(input, { overrides: { 'feature-drift': ' ' } })).rejects.toThrow(/needs a reason/);
    await expect(runChecks(input, { overrides: { drift: 'x' } })).rejects.toThrow(
      /unknown check drift; known: constant-target/,
    );
  });
});
