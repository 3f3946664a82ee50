import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../../engine/kernel/modeling/matrix.ts';
import { filterByInformation } from '../../../../engine/kernel/modeling/selection/information-filter.ts';

const rows = 300;
const names = ['strength', 'strength copy', 'form', 'noise', 'rare', 'one value', 'mostly missing'];

/** Two informative columns, a copy, noise, a column of one value but for two rows, a constant and a hollow one. */
function planted(seed: number) {
  const random = createRandom(seed);
  const features = createMatrix(rows, names);
  const labels = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const strength = random.normal();
    const form = random.normal();
    const total = strength + 0.7 * form + 0.5 * random.normal();
    labels[i] = total > 0.4 ? 0 : total > -0.4 ? 1 : 2;
    const hollow = i % 3 === 0 ? strength : NaN;
    features.values.set(
      [strength, 3 * strength + 0.01 * random.normal(), form, random.normal(), i < 2 ? 1 : 0, 7, hollow],
      i * names.length,
    );
  }
  return { features, labels };
}

describe('filterByInformation', () => {
  const { features, labels } = planted(1);
  const result = filterByInformation(features, labels, { seed: 1 });
  const reasons = Object.fromEntries(result.dropped.map(({ name, reason }) => [name, reason]));

  test('keeps what informs and names the reason for everything else', () => {
    const kept = result.kept.map(({ name }) => name);
    expect(kept).toHaveLength(2);
    expect(kept).toContain('form');
    const twin = kept.includes('strength') ? 'strength copy' : 'strength';
    expect(reasons).toEqual({
      [twin]: 'correlated',
      noise: 'noise',
      rare: 'constant',
      'one value': 'constant',
      'mostly missing': 'missing',
    });
    expect(result.dropped.find(({ name }) => name === twin)!.of).not.toBe(twin);
  });

  test('keeps at most what is asked for, the most informative first', () => {
    const one = filterByInformation(features, labels, { seed: 1, maximum: 1 });
    expect(one.kept.map(({ name }) => name)).toEqual([result.kept[0]!.name]);
    expect(one.dropped.at(-1)).toMatchObject({ name: 'form', reason: 'limit' });
  });

  test('finds nothing where labels are drawn apart from the features', () => {
    const random = createRandom(3);
    const drawn = labels.map(() => random.integer(3));
    expect(filterByInformation(features, drawn, { seed: 1, level: 0.025 }).kept.length).toBeLessThanOrEqual(
      1,
    );
  });

  test('the same seed gives the same answer', () => {
    expect(filterByInformation(features, labels, { seed: 1 })).toEqual(result);
  });
});
