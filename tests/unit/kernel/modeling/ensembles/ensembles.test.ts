import { describe, expect, it } from 'vitest';
import { logLoss } from '../../../../../engine/kernel/evaluation/scores.ts';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { fitLinearPool, mixRow } from '../../../../../engine/kernel/modeling/ensembles/linear-pool.ts';
import { fitLogPool } from '../../../../../engine/kernel/modeling/ensembles/log-pool.ts';
import { forecastOutOfFold } from '../../../../../engine/kernel/modeling/ensembles/out-of-fold.ts';
import type { MemberFactory } from '../../../../../engine/kernel/modeling/ensembles/members.ts';
import type { FitInput } from '../../../../../engine/kernel/modeling/define-estimator.ts';
import type { Estimator } from '../../../../../engine/kernel/modeling/estimator.ts';
import { createMatrix, selectRows } from '../../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';
import {
  deserializeEstimator,
  serializeEstimator,
} from '../../../../../engine/kernel/modeling/serialization.ts';

/** Forecasts of two classes drawn from a mixture: the first member is right about so many of the rows. */
function mixture(rows: number, share: number, seed: number) {
  const random = createRandom(seed);
  const members = [new Float64Array(rows * 2), new Float64Array(rows * 2)];
  const outcomes = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const said = [0.05 + 0.9 * random.uniform(), 0.05 + 0.9 * random.uniform()];
    said.forEach((p, m) => members[m]!.set([p, 1 - p], i * 2));
    const truth = random.uniform() < share ? said[0]! : said[1]!;
    outcomes[i] = random.uniform() < truth ? 0 : 1;
  }
  return { members, outcomes };
}

describe('the weights of a linear pool', () => {
  it('are the shares of the mixture that the rows were drawn from', () => {
    for (const share of [0.2, 0.5, 0.9]) {
      const { members, outcomes } = mixture(20_000, share, 3);
      const weights = fitLinearPool(members, outcomes, { classes: 2, priorRows: 0 });
      // Four standard errors of a share estimated from that many rows, of which each says about a tenth.
      expect(Math.abs(weights[0]! - share)).toBeLessThan(0.05);
      expect(weights[0]! + weights[1]!).toBeCloseTo(1, 12);
    }
  });

  it('are the best there are: no others on a grid have a smaller loss', () => {
    const { members, outcomes } = mixture(300, 0.7, 4);
    const lossOf = (first: number) => {
      const out = new Float64Array(outcomes.length * 2);
      for (let at = 0; at < out.length; at += 2)
        mixRow(members, [first, 1 - first], { from: at, to: at, out, classes: 2 });
      return outcomes.reduce((sum, outcome, i) => sum - Math.log(out[2 * i + outcome]!), 0);
    };
    const [best] = fitLinearPool(members, outcomes, { classes: 2, priorRows: 0 });
    for (let step = 0; step <= 200; step++) {
      expect(lossOf(step / 200)).toBeGreaterThanOrEqual(lossOf(best!) - 1e-9);
    }
  });

  it.each([
    ['linear', fitLinearPool],
    ['logarithmic', fitLogPool],
  ])(
    '(or of a %s one) become equal under a strong prior, and take a weight of 2 as the row twice',
    (_, fit) => {
      const { members, outcomes } = mixture(60, 1, 5);
      const held = fit(members, outcomes, { classes: 2, priorRows: 1e9 });
      expect(held[0]).toBeCloseTo(0.5, 4);
      const rowWeights = outcomes.map((__, i) => i % 3);
      const rows = [...outcomes.keys()].flatMap((i) => Array<number>(i % 3).fill(i));
      const weighted = fit(members, outcomes, { classes: 2, rowWeights });
      const repeated = fit(
        members.map((member) =>
          Float64Array.from(rows.flatMap((i) => [...member.subarray(2 * i, 2 * i + 2)])),
        ),
        rows.map((i) => outcomes[i]!),
        { classes: 2 },
      );
      for (const m of [0, 1]) expect(weighted[m]).toBeCloseTo(repeated[m]!, 6);
    },
  );

  it('are refused for lengths that do not fit', () => {
    const { members, outcomes } = mixture(5, 0.5, 6);
    expect(() => fitLinearPool([], outcomes, { classes: 2 })).toThrow(RangeError);
    expect(() => fitLinearPool(members, outcomes, { classes: 3 })).toThrow(/expected 5 x 3/);
    expect(() => fitLogPool(members, outcomes, { classes: 2, rowWeights: [1] })).toThrow(/5 row weights/);
  });
});

/** Rows whose only feature is their instant; the members write down what they saw. */
function watched(instants: readonly number[], options: { validation?: boolean } = {}) {
  const seen: { train: number[]; validation: number[]; test: number[] }[] = [];
  const instantsOf = (matrix: { values: Float64Array } | undefined) => [...(matrix?.values ?? [])];
  const factory: MemberFactory = {
    count: 1,
    missing: 'native',
    create: () => {
      const entry = { train: [] as number[], validation: [] as number[], test: [] as number[] };
      return {
        fit: (features, _, given) => {
          entry.train = instantsOf(features);
          entry.validation = instantsOf(given?.validation?.features);
          return Promise.resolve();
        },
        predictProbability: (features) => {
          entry.test = instantsOf(features);
          seen.push(entry);
          return new Float64Array(features.rows * 2).fill(0.5);
        },
      } as Estimator;
    },
  };
  const rows = instants.length;
  const set = {
    features: createMatrix(rows, ['instant'], Float64Array.from(instants)),
    target: new Float64Array(rows),
    weights: new Float64Array(rows).fill(1),
    initialScores: undefined,
  };
  const input: FitInput = {
    ...set,
    classes: [0, 1],
    seed: 0,
    order: Float64Array.from(instants),
    validation: options.validation ? set : undefined,
    callbacks: [],
    signal: undefined,
    team: undefined,
  };
  return { factory, input, seen };
}

describe('out-of-fold forecasts', () => {
  it('come from members that saw earlier instants only, each row but the first block once', async () => {
    const instants = [9, 1, 4, 4, 7, 2, 8, 4, 3, 6, 5, 4];
    const { factory, input, seen } = watched(instants);
    const { outcomes } = await forecastOutOfFold(factory, input, 3);
    for (const { train, test } of seen) expect(Math.max(...train)).toBeLessThan(Math.min(...test));
    const forecast = seen.flatMap(({ test }) => test);
    expect(forecast).toEqual([...instants].sort((a, b) => a - b).slice(-forecast.length));
    expect(outcomes.length).toBe(forecast.length);
    // The four rows of instant 4 share a block.
    expect(seen.some(({ test }) => test.filter((instant) => instant === 4).length % 4 !== 0)).toBe(false);
  });

  it('keep the newest of the earlier rows for early stopping where the fit has a validation part', async () => {
    const { factory, input, seen } = watched(
      Array.from({ length: 40 }, (_, i) => i),
      { validation: true },
    );
    await forecastOutOfFold(factory, input, 3);
    expect(seen.length).toBe(3);
    for (const { train, validation, test } of seen) {
      expect(validation.length).toBeGreaterThan(0);
      expect(Math.max(...train)).toBeLessThan(Math.min(...validation));
      expect(Math.max(...validation)).toBeLessThan(Math.min(...test));
    }
  });

  it('are none where all rows are of one instant', async () => {
    const { factory, input } = watched([3, 3, 3]);
    expect((await forecastOutOfFold(factory, input, 3)).outcomes.length).toBe(0);
  });
});

/** Three classes by one feature; the other two are noise. */
function draw(rows: number, seed: number) {
  const random = createRandom(seed);
  const values = Float64Array.from({ length: rows * 3 }, () => random.normal());
  const target = Float64Array.from({ length: rows }, (_, i) => {
    const score = 1.5 * values[i * 3]! + random.normal();
    return score > 0.5 ? 0 : score < -0.5 ? 2 : 1;
  });
  return { features: createMatrix(rows, ['signal', 'noise', 'more-noise'], values), target };
}

async function lossOf(name: string, parameters: Record<string, unknown>, seed: number): Promise<number> {
  const train = draw(400, seed);
  const fresh = draw(2000, seed + 1000);
  const estimator = createEstimator(name, parameters);
  await estimator.fit(train.features, train.target);
  return logLoss(estimator.predictProbability(fresh.features), fresh.target);
}

const logistic = { estimator: 'logistic-regression' };
/** Overfits at will. */
const wild = {
  estimator: 'gradient-boosting',
  parameters: { nEstimators: 60, learningRate: 0.5, subsample: 0.5 },
};

describe.each(['linear-pool', 'log-pool', 'stacking'])('%s', (name) => {
  it('is close to its better member on new rows, although it was not told which one that is', async () => {
    for (const seed of [1, 2, 3]) {
      const together = await lossOf(name, { members: [wild, logistic] }, seed);
      const better = await lossOf(logistic.estimator, {}, seed);
      const worse = await lossOf(wild.estimator, wild.parameters, seed);
      expect(worse).toBeGreaterThan(better + 0.1);
      // What is not known beforehand has a price; with so few rows a fifth of what is at stake is much.
      expect(together).toBeLessThan(better + 0.2 * (worse - better));
    }
  });

  it('comes back to the bit from its text, with another ensemble inside', async () => {
    const inner = { estimator: 'bagging', parameters: { member: wild, bags: 2 } };
    const { features, target } = draw(80, 7);
    const estimator = createEstimator(name, { members: [inner, logistic], folds: 2 });
    await estimator.fit(features, target);
    const loaded = deserializeEstimator(serializeEstimator(estimator));
    expect(loaded.predictProbability(features)).toEqual(estimator.predictProbability(features));
    expect(serializeEstimator(loaded)).toEqual(serializeEstimator(estimator));
  });

  it('refuses no members, unknown ones, regressions, and classes of their own', () => {
    const code = (members: unknown) => {
      try {
        createEstimator(name, { members });
      } catch (error) {
        return (error as { code: string }).code;
      }
      return 'none';
    };
    expect(code([])).toBe('CONFIGURATION_INVALID');
    expect(code([{ estimator: 'catboost' }])).toBe('MODEL_UNKNOWN');
    expect(code([{ estimator: 'linear-regression' }])).toBe('CONFIGURATION_INVALID');
    expect(code([{ estimator: 'market', parameters: { classes: [0, 1] } }])).toBe('CONFIGURATION_INVALID');
    expect(code([{ estimator: 'logistic-regression', parameters: { nonsense: 1 } }])).toBe(
      'CONFIGURATION_INVALID',
    );
  });
});

describe('stacking', () => {
  it('refuses rows of a single instant: there is nothing to learn about the members', async () => {
    const { features, target } = draw(30, 8);
    const estimator = createEstimator('stacking', { members: [logistic] });
    await expect(estimator.fit(features, target, { order: new Float64Array(30) })).rejects.toMatchObject({
      code: 'HISTORY_TOO_SHORT',
    });
  });

  it('hands initial scores and the validation part on to its members', async () => {
    const all = draw(300, 9);
    const part = (from: number, to: number) => {
      const rows = Array.from({ length: to - from }, (_, i) => from + i);
      const scores = new Float64Array(rows.length * 3).fill(0.1);
      return {
        features: selectRows(all.features, rows),
        target: all.target.slice(from, to),
        initialScores: scores,
      };
    };
    const stopping = {
      estimator: 'gradient-boosting',
      parameters: { nEstimators: 500, earlyStoppingRounds: 3 },
    };
    const estimator = createEstimator('stacking', { members: [stopping], folds: 2 });
    const train = part(0, 200);
    await estimator.fit(train.features, train.target, { ...train, validation: part(200, 300) });
    const text = serializeEstimator(estimator).payload;
    // Five hundred rounds of three trees would be far longer.
    expect(text.length).toBeLessThan(300_000);
    expect(() => estimator.predictProbability(train.features)).toThrow(/initial scores/);
  });
});

describe('bagging', () => {
  it('loses less than one fit of its member, on the mean over several draws', async () => {
    let single = 0;
    let bagged = 0;
    for (const seed of [11, 12, 13]) {
      single += await lossOf(wild.estimator, wild.parameters, seed);
      bagged += await lossOf('bagging', { member: wild, bags: 10 }, seed);
    }
    expect(bagged).toBeLessThan(single - 0.1);
  });

  it('gives what its member gives where nothing is drawn', async () => {
    const { features, target } = draw(100, 14);
    const alone = createEstimator('logistic-regression', { classes: [0, 1, 2] });
    await alone.fit(features, target);
    const bag = createEstimator('bagging', { member: logistic, bags: 3 });
    await bag.fit(features, target);
    const expected = alone.predictProbability(features);
    bag.predictProbability(features).forEach((p, at) => expect(p).toBeCloseTo(expected[at]!, 12));
  });
});
