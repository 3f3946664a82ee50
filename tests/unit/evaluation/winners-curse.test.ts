import { describe, expect, test } from 'vitest';
import { winnersCurse } from '../../../engine/football/evaluation/winners-curse.ts';
import type { SettledSaid } from '../../../engine/football/evaluation/settled-forecasts.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';

const rule = { target: 0.7, delta: 0.1 };

/** Forecasts whose probabilities are right, of several championships, evenly over a year. */
function world(seed: number, count = 3000): SettledSaid[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const probability = 0.5 + 0.45 * random.uniform();
    return {
      matchId: at,
      type: 'total',
      label: random.uniform() < 0.5 ? 'over' : 'under',
      sport: 'football',
      championship: `C${random.integer(8)}`,
      championshipName: 'C',
      home: 'Home',
      away: 'Away',
      season: '2025/26',
      day: new Date(Date.UTC(2025, 0, 1) + Math.floor((at * 360) / count) * 86_400_000)
        .toISOString()
        .slice(0, 10),
      isLive: true,
      isSelected: false,
      probability,
      odds: null,
      isHit: random.uniform() < probability,
      held80: null,
      held90: null,
    };
  });
}

describe('choosing filters by their past', () => {
  test('promises what does not come true, and about as much as luck alone would', () => {
    const found = Array.from({ length: 20 }, (_, seed) =>
      winnersCurse(world(seed + 1), { minimum: 50 }, rule),
    );
    const mean = (of: (one: (typeof found)[number]) => number) =>
      found.reduce((sum, one) => sum + of(one), 0) / found.length;
    expect(mean((one) => one.bestExcess!.past)).toBeGreaterThan(0.06);
    expect(Math.abs(mean((one) => one.bestExcess!.future))).toBeLessThan(0.02);
    expect(mean((one) => one.luck!.mean)).toBeCloseTo(
      mean((one) => one.bestExcess!.past),
      1,
    );
  });

  test('is told from the selection that counts its trials, which keeps its promise', () => {
    const found = Array.from({ length: 20 }, (_, seed) =>
      winnersCurse(world(seed + 100), { minimum: 50 }, { target: 0.8, delta: 0.1 }),
    );
    const broken = (of: 'honest' | 'naive') =>
      found.filter((one) => one[of].future.hits < 0.8 * one[of].future.n).length;
    expect(found.filter(({ honest }) => honest.selected > 0).length).toBeGreaterThan(15);
    // A filter at the very edge would fall short every other time; this one keeps a distance from it.
    expect(broken('honest')).toBeLessThanOrEqual(3);
    expect(broken('naive')).toBeGreaterThanOrEqual(6);
  });

  test('counts filters that take the same forecasts once, and splits after two thirds', () => {
    const settled = world(7, 300).map((one) => ({
      ...one,
      championship: 'C0',
      label: 'over',
      probability: 0.6,
    }));
    const { trials, split, past, future } = winnersCurse(settled, { minimum: 50 }, rule);
    // All and "over", everywhere and in C0: four filters, each the same at every threshold up to 0.6.
    expect(trials).toBe(4);
    expect(split).toBe(settled[200]!.day);
    expect(past.n + future.n).toBe(300);
  });

  test('says nothing where nothing is settled', () => {
    expect(winnersCurse([], { minimum: 50 }, rule)).toMatchObject({
      split: null,
      trials: 0,
      luck: null,
      bestExcess: null,
    });
  });
});
