import { describe, expect, it } from 'vitest';
import { chooseFeatures } from '../../../engine/football/processing/feature-selection.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../engine/kernel/modeling/matrix.ts';
import { makeWorld } from '../../fixtures/model-table.ts';

const limits = { maximum: 5, level: 0.01, missing: 0.4, copy: 0.98 };

describe('choosing features', () => {
  it('keeps what tells about the result and names why the rest is dropped', () => {
    const { table } = makeWorld({ championships: 1, seasons: 5, matchesPerSeason: 300 });
    const features = createMatrix(table.rows, table.featureNames, table.features);
    const { kept, dropped } = chooseFeatures(features, Float64Array.from(table.target), limits);
    expect(kept).toEqual(['strength']);
    expect(dropped.map(({ name, reason }) => [name, reason])).toEqual(
      expect.arrayContaining([
        ['noise', 'uninformative'],
        ['constant', 'constant'],
        ['copy', 'redundant'],
      ]),
    );
  });

  it('drops a feature that is mostly missing, with the share', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? Number.NaN : i));
    const target = Float64Array.from({ length: 100 }, (_, i) => (i > 50 ? 0 : 2));
    const { dropped } = chooseFeatures(createMatrix(100, ['gappy'], values), target, limits);
    expect(dropped).toEqual([{ name: 'gappy', reason: 'missing', figure: 0.5 }]);
  });

  it('lets a noise feature through no more often than its level says', () => {
    let kept = 0;
    const trials = 200;
    for (let seed = 1; seed <= trials; seed++) {
      const random = createRandom(seed);
      const values = Float64Array.from({ length: 600 }, () => random.normal());
      const target = Float64Array.from({ length: 600 }, () => random.integer(3));
      kept += chooseFeatures(createMatrix(600, ['noise'], values), target, limits).kept.length;
    }
    // P(more than 9 of 200 at a level of 1 %) is below 0.001.
    expect(kept).toBeLessThanOrEqual(9);
  });
});
