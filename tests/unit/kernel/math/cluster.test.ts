import { expect, it } from 'vitest';
import { clusterOrder } from '../../../../engine/kernel/math/cluster.ts';

/** Distances between points of a line. */
function between(points: readonly number[]): Float64Array {
  return Float64Array.from(points.flatMap((a) => points.map((b) => Math.abs(a - b))));
}

it('puts near things side by side', () => {
  const points = [0, 10, 0.1, 10.2, 0.2];
  const order = clusterOrder(between(points), points.length);
  expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
  const isFar = order.map((at) => points[at]! > 5);
  expect(isFar.filter((far, at) => at > 0 && far !== isFar[at - 1])).toHaveLength(1);
});

it('keeps everything though some distances are no numbers', () => {
  const distances = between([0, 1, 2]);
  distances[1] = distances[3] = Number.NaN;
  expect(clusterOrder(distances, 3).toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
});

it('has nothing to say of nothing', () => {
  expect(clusterOrder(new Float64Array(0), 0)).toEqual([]);
});
