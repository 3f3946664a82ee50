import { describe, expect, it } from 'vitest';
import { chooseFeatures } from '../../../engine/football/processing/feature-selection.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../engine/kernel/modeling/matrix.ts';
import { makeWorld } from '../../fixtures/model-table.ts';

const limits = { maximum: 5, missing: 0.4 };

describe('choosing features', () => {
  it('keeps what tells about the result and names why the rest is dropped', async () => {
    const { table } = makeWorld({ championships: 1, seasons: 5, matchesPerSeason: 300 });
    const features = createMatrix(table.rows, table.featureNames, table.features);
    const { kept, dropped } = await chooseFeatures(features, Float64Array.from(table.target), limits);
    // The copy says the very same, so whichever is first enters and the other adds nothing.
    expect(kept.map(({ name }) => name)).toEqual(['strength']);
    expect(dropped.map(({ name, reason }) => [name, reason])).toEqual(
      expect.arrayContaining([
        ['noise', 'adds-nothing'],
        ['constant', 'constant'],
        ['copy', 'adds-nothing'],
      ]),
    );
  });

  it('drops a feature that is mostly missing, with the share', async () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? Number.NaN : i));
    const target = Float64Array.from({ length: 100 }, (_, i) => i % 3);
    const { dropped } = await chooseFeatures(createMatrix(100, ['gappy'], values), target, limits);
    expect(dropped).toEqual([{ name: 'gappy', reason: 'missing', figure: 0.5 }]);
  });

  it('lets a noise feature through about as rarely as its price says', async () => {
    let kept = 0;
    const trials = 200;
    for (let seed = 1; seed <= trials; seed++) {
      const random = createRandom(seed);
      const values = Float64Array.from({ length: 600 }, () => random.normal());
      const target = Float64Array.from({ length: 600 }, () => random.integer(3));
      kept += (await chooseFeatures(createMatrix(600, ['noise'], values), target, limits)).kept.length;
    }
    // P(chi-square(2) > 2 log 600) = 1 / 600; P(more than 3 of 200) is below 0.001.
    expect(kept).toBeLessThanOrEqual(3);
  });

  it('computes the score statistic that a hand calculation gives', async () => {
    // Without chosen features: U' V^-1 U of the two contrasts, x centred, V = sum x^2 (diag(p) - p p').
    const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const target = Float64Array.of(2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0);
    const mean = 6.5;
    const centred = x.map((value) => value - mean);
    const squares = centred.reduce((sum, value) => sum + value * value, 0);
    const u = (k: number) =>
      centred.reduce((sum, value, i) => sum + value * ((target[i] === k ? 1 : 0) - 1 / 3), 0);
    const [p, q] = [1 / 3, 1 / 3];
    const v = [squares * p * (1 - p), -squares * p * q, squares * q * (1 - q)] as const;
    const statistic =
      (u(0) ** 2 * v[2] - 2 * u(0) * u(2) * v[1] + u(2) ** 2 * v[0]) / (v[0] * v[2] - v[1] ** 2);
    const { kept } = await chooseFeatures(createMatrix(12, ['x'], Float64Array.from(x)), target, limits);
    expect(kept[0]?.statistic).toBeCloseTo(statistic, 6);
  });
});
