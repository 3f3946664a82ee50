import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';
import { permutationImportance } from '../../../../../engine/kernel/modeling/selection/permutation-importance.ts';
import { selectByShadows } from '../../../../../engine/kernel/modeling/selection/shadow-features.ts';
import { selectByStability } from '../../../../../engine/kernel/modeling/selection/stability-selection.ts';
import { correlation } from '../../../../../engine/kernel/math/summary.ts';
import { columnOf } from '../../../../../engine/kernel/modeling/checks/check.ts';
import { splitWalkForward } from '../../../../../engine/kernel/modeling/splitting/walk-forward.ts';

const columns = ['strong', 'weak', 'noise1', 'noise2', 'noise3', 'noise4'];

/** A label that follows `strong` and, less, `weak`; the rest is noise. */
function sample(rows: number, seed: number) {
  const random = createRandom(seed);
  const features = createMatrix(rows, columns);
  features.values.forEach((_, at) => (features.values[at] = random.normal()));
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const score = 2 * features.values[row * 6]! + 0.8 * features.values[row * 6 + 1]! + random.normal();
    return score > 0 ? 1 : 0;
  });
  return { features, target };
}

const boosting = (seed: number) =>
  createEstimator('gradient-boosting', { nEstimators: 25, maxDepth: 3, seed });

describe('permutation importance', () => {
  it('ranks what the model uses, and gives noise next to nothing', async () => {
    const train = sample(600, 1);
    const estimator = boosting(0);
    await estimator.fit(train.features, train.target);
    const found = permutationImportance(estimator, sample(400, 2), { seed: 1 });
    const rise = Object.fromEntries(found.map((item) => [item.name, item.rise]));
    expect(rise['strong']).toBeGreaterThan(0.2);
    expect(rise['strong']).toBeGreaterThan(2 * rise['weak']!);
    expect(rise['weak']).toBeGreaterThan(0.01);
    for (const name of columns.slice(2)) expect(Math.abs(rise[name]!)).toBeLessThan(0.03);
  });

  it('measures squared error for a regression', async () => {
    const { features } = sample(300, 3);
    const target = Float64Array.from({ length: 300 }, (_, row) => 3 * features.values[row * 6]!);
    const estimator = createEstimator('mlp-regression', { hidden: [], epochs: 150, learningRate: 0.05 });
    await estimator.fit(features, target);
    const [strong, weak] = permutationImportance(estimator, { features, target }, { seed: 1 });
    expect(strong!.rise).toBeGreaterThan(10); // about twice the variance, 9
    expect(Math.abs(weak!.rise)).toBeLessThan(0.1);
  });
});

describe('shadow features', () => {
  it('confirm what informs and reject what does not', async () => {
    const { features, target } = sample(600, 4);
    const verdicts = await selectByShadows(features, target, { create: boosting, seed: 1, rounds: 25 });
    const of = Object.fromEntries(verdicts.map(({ name, verdict }) => [name, verdict]));
    expect(of['strong']).toBe('confirmed');
    expect(of['weak']).toBe('confirmed');
    expect(columns.slice(2).every((name) => of[name] !== 'confirmed')).toBe(true);
    expect(columns.slice(2).filter((name) => of[name] === 'rejected').length).toBeGreaterThanOrEqual(3);
  });

  it('confirm next to nothing among pure noise, over ten samples', async () => {
    let confirmed = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { features } = sample(200, 100 + seed);
      const random = createRandom(seed);
      const target = Float64Array.from({ length: 200 }, () => random.integer(2));
      const verdicts = await selectByShadows(features, target, { create: boosting, seed, rounds: 15 });
      confirmed += verdicts.filter(({ verdict }) => verdict === 'confirmed').length;
    }
    expect(confirmed).toBeLessThanOrEqual(2); // of 60
  });

  it('need an estimator with importances, and can be cancelled', async () => {
    const { features, target } = sample(60, 5);
    const create = () => createEstimator('mlp', { hidden: [], epochs: 1 });
    await expect(selectByShadows(features, target, { create, seed: 1 })).rejects.toThrow(
      /no feature importances/,
    );
    const cancelled = selectByShadows(features, target, { create, seed: 1, signal: { aborted: true } });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('stability selection', () => {
  const times = {
    forecastAt: Array.from({ length: 800 }, (_, i) => i),
    labelKnownAt: Array.from({ length: 800 }, (_, i) => i),
  };
  const folds = splitWalkForward(times, { steps: { rows: 200 } }).map(({ train }) => train);
  const topTwo = (features: ReturnType<typeof sample>['features'], target: Float64Array) =>
    columns
      .map((name, at) => ({ name, size: Math.abs(correlation(columnOf(features, at), target)) }))
      .sort((a, b) => b.size - a.size)
      .slice(0, 2)
      .map(({ name }) => name);

  it('keeps what is chosen again and again across folds, and shows every frequency', async () => {
    const { features, target } = sample(800, 6);
    const {
      columns: found,
      draws,
      expectedFalse,
    } = await selectByStability(features, target, { folds, select: topTwo, seed: 1 });
    expect(draws).toBe(30);
    expect(found.filter(({ kept }) => kept).map(({ name }) => name)).toEqual(['strong', 'weak']);
    expect(found).toHaveLength(6);
    expect(found[0]!.frequency).toBe(1);
    expect(expectedFalse).toBeCloseTo(4 / (0.4 * 6), 12);
  });

  it('gives the selector training rows of one fold only, half of them, in order of time', async () => {
    const seen: number[][] = [];
    const features = createMatrix(
      800,
      ['row'],
      Float64Array.from({ length: 800 }, (_, row) => row),
    );
    const select = (part: typeof features) => {
      seen.push([...part.values]);
      return [];
    };
    await selectByStability(features, new Float64Array(800), { folds, select, seed: 1, halves: 2 });
    expect(seen.map((rows) => rows.length)).toEqual([100, 100, 200, 200, 300, 300]);
    expect(Math.max(...seen[0]!)).toBeLessThan(200);
    for (const rows of seen) expect(rows).toEqual([...rows].sort((a, b) => a - b));
  });

  it('refuses a threshold that half the draws by chance would pass', async () => {
    const { features, target } = sample(50, 7);
    await expect(
      selectByStability(features, target, { folds, select: topTwo, seed: 1, threshold: 0.5 }),
    ).rejects.toThrow(/above 0.5/);
  });
});
