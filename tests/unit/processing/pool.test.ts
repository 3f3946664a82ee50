import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../../engine/contract/zones.ts';
import { poolForecasts } from '../../../engine/football/processing/pool.ts';
import { fitLogPool, poolRow } from '../../../engine/kernel/modeling/ensembles/log-pool.ts';
import { logLoss } from '../../../engine/kernel/evaluation/scores.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { makeWorld, type World } from '../../fixtures/model-table.ts';

function noisy({ truth }: World, seed: number): Float64Array {
  const random = createRandom(seed);
  const out = new Float64Array(truth.length);
  for (let at = 0; at < truth.length; at += 3) {
    const weights = [0, 1, 2].map((k) => truth[at + k]! * Math.exp(0.5 * random.normal()));
    const total = weights[0]! + weights[1]! + weights[2]!;
    weights.forEach((weight, k) => (out[at + k] = weight / total));
  }
  return out;
}

describe('the log-pool', () => {
  it('gives a useless member no weight and a good one nearly all', () => {
    const world = makeWorld({ championships: 1, seasons: 6, matchesPerSeason: 500 });
    const useless = new Float64Array(world.truth.length).fill(1 / 3);
    const backwards = world.truth.map((_, at) => world.truth[at - (at % 3) + (2 - (at % 3))]!);
    const weights = fitLogPool([world.truth, useless, backwards], world.table.target, { classes: 3 });
    expect(weights[0]).toBeGreaterThan(0.85);
    expect(weights[2]).toBeLessThan(0.05);
  });

  it('is better than each of several members that err on their own', () => {
    const world = makeWorld({ championships: 1, seasons: 6, matchesPerSeason: 500 });
    const members = [noisy(world, 1), noisy(world, 2), noisy(world, 3)];
    const weights = fitLogPool(members, world.table.target, { classes: 3 });
    const pooled = new Float64Array(world.truth.length);
    for (let at = 0; at < pooled.length; at += 3)
      poolRow(members, weights, { from: at, out: pooled, to: at, classes: 3 });
    const single = members.map((member) => logLoss(member, world.table.target));
    expect(logLoss(pooled, world.table.target)).toBeLessThan(Math.min(...single) - 0.01);
  });

  it('refuses members of different lengths, and no rows', () => {
    expect(() => fitLogPool([], [], { classes: 3 })).toThrow(RangeError);
    expect(() => fitLogPool([new Float64Array(3), new Float64Array(6)], [0], { classes: 3 })).toThrow(
      /expected 1 x 3/,
    );
  });

  it('takes its weights from forecasts settled before each half-year', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 400 });
    const families = () => ({
      logistic: noisy(world, 1),
      'ordered-logit': noisy(world, 2),
      boosting: noisy(world, 3),
      network: noisy(world, 4),
    });
    const before = poolForecasts(world.table, families())!;
    const from = dayNumber('2012-07-01');
    for (let row = 0; row < world.table.rows; row++) {
      if (world.table.day[row]! >= from) world.table.target[row] = 2 - world.table.target[row]!;
    }
    const after = poolForecasts(world.table, families())!;
    const known = [...before.predictions.rows.keys()].filter(
      (at) => world.table.firstYear[before.predictions.rows[at]!]! <= 2012,
    );
    for (const at of known) {
      expect(after.predictions.probabilities[at * 3]).toBe(before.predictions.probabilities[at * 3]);
    }
    expect(after.models.at(-1)!.payload).not.toBe(before.models.at(-1)!.payload);
  });
});
