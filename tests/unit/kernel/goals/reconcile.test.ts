import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { sum } from '../../../../engine/kernel/math/summary.ts';
import { gridOfLaw } from '../../../../engine/kernel/modeling/goals/grid.ts';
import { scoreLaws } from '../../../../engine/kernel/modeling/goals/laws/registry.ts';
import { outcomeMargin, overMargin, reconcileGrid } from '../../../../engine/kernel/goals/reconcile.ts';
import {
  createScoreGrid,
  goalDistribution,
  outcomeProbabilities,
} from '../../../../engine/kernel/goals/score-grid.ts';

const grid = gridOfLaw(scoreLaws['dixon-coles'], { home: 1.5, away: 1.2, extras: [-0.05] });

function divergence(from: Float64Array, to: Float64Array): number {
  return sum(from.map((p, i) => (p === 0 ? 0 : p * Math.log(p / to[i]!))));
}

const over = (cells: typeof grid, line: number) =>
  sum(goalDistribution(cells, 'total').filter((_, count) => count > line));

describe('reconciling a grid', () => {
  test('with three probabilities scales home wins, draws and away wins, and nothing within them', () => {
    const reconciled = reconcileGrid(grid, [outcomeMargin([0.5, 0.3, 0.2], 16)]);
    outcomeProbabilities(reconciled.grid).forEach((p, k) => expect(p).toBeCloseTo([0.5, 0.3, 0.2][k]!, 13));
    expect(reconciled.sweeps).toBe(1);
    expect(reconciled.largestError).toBeLessThan(1e-13);
    const { cells } = reconciled.grid;
    expect(cells[2 * 16 + 1]! / cells[3 * 16]!).toBeCloseTo(
      grid.cells[2 * 16 + 1]! / grid.cells[3 * 16]!,
      10,
    );
    expect(reconciled.grid.beyond).toBe(grid.beyond);
  });

  test('leaves a grid alone that has the margins already', () => {
    const same = reconcileGrid(grid, [outcomeMargin(outcomeProbabilities(grid), 16)]).grid;
    same.cells.forEach((p, i) => expect(p).toBeCloseTo(grid.cells[i]!, 15));
  });

  test('meets outcome and totals together', () => {
    const {
      grid: both,
      largestError,
      sweeps,
    } = reconcileGrid(grid, [
      overMargin(
        'total',
        [
          { line: 1.5, over: 0.8 },
          { line: 2.5, over: 0.58 },
          { line: 3.5, over: 0.33 },
        ],
        16,
      ),
      outcomeMargin([0.42, 0.26, 0.32], 16),
    ]);
    expect(largestError).toBeLessThan(1e-11);
    expect(sweeps).toBeLessThan(200);
    expect(over(both, 2.5)).toBeCloseTo(0.58, 10);
    expect(over(both, 3.5)).toBeCloseTo(0.33, 10);
    expect(outcomeProbabilities(both)[1]).toBeCloseTo(0.26, 12);
  });

  test('moves no further than it must: any other grid with the same margins is further away', () => {
    const random = createRandom(4);
    const small = createScoreGrid(Float64Array.from({ length: 16 }, () => 0.1 + random.uniform()));
    const margins = [overMargin('total', [{ line: 2.5, over: 0.5 }], 4), outcomeMargin([0.5, 0.3, 0.2], 4)];
    const best = reconcileGrid(small, margins).grid.cells;
    const distance = divergence(best, small.cells);
    let tried = 0;
    for (let attempt = 0; attempt < 200; attempt++) {
      // Probability moved between two scores that stand in the same groups keeps every margin.
      const [from, to] = [random.integer(16), random.integer(16)];
      if (from === to || margins.some(({ groups }) => groups[from] !== groups[to])) continue;
      const other = Float64Array.from(best);
      const moved = best[from]! * 0.2 * random.uniform();
      other[from]! -= moved;
      other[to]! += moved;
      expect(divergence(other, small.cells)).toBeGreaterThan(distance);
      tried++;
    }
    expect(tried).toBeGreaterThan(10);
  });

  test('shows by its error that margins contradict one another', () => {
    // At most one goal, and yet a draw is impossible and neither side may win by that goal alone.
    const { largestError } = reconcileGrid(grid, [
      overMargin('total', [{ line: 0.5, over: 0.1 }], 16),
      outcomeMargin([0.5, 0.1, 0.4], 16),
    ]);
    expect(largestError).toBeGreaterThan(0.1);
  });

  test('refuses a group that must be possible and is not, and numbers that are no probabilities', () => {
    const onlyDraws = createScoreGrid(Float64Array.of(0.5, 0, 0, 0.5));
    expect(() => reconcileGrid(onlyDraws, [outcomeMargin([0.5, 0.3, 0.2], 2)])).toThrow(/no score of it/);
    expect(() => outcomeMargin([0.5, 0.3, 0.3], 16)).toThrow(/add up/);
    expect(() => outcomeMargin([1.2, -0.1, -0.1], 16)).toThrow(/probabilities/);
    expect(() => overMargin('total', [{ line: 2, over: 0.5 }], 16)).toThrow(/half lines/);
    expect(() =>
      overMargin(
        'home',
        [
          { line: 0.5, over: 0.3 },
          { line: 1.5, over: 0.4 },
        ],
        16,
      ),
    ).toThrow(/likelier/);
    expect(() => reconcileGrid(onlyDraws, [outcomeMargin([0.5, 0.3, 0.2], 16)])).toThrow(/margin of 4/);
  });

  test('always ends with a grid that has exactly the probabilities asked for', () => {
    const chance = fc.double({ min: 0.005, max: 1, noNaN: true });
    fc.assert(
      fc.property(chance, chance, chance, (a, b, c) => {
        const total = a + b + c;
        const wanted = [a / total, b / total, c / total];
        const { cells, size } = reconcileGrid(grid, [outcomeMargin(wanted, 16)]).grid;
        const found = outcomeProbabilities({ cells, size, beyond: 0 });
        return Math.abs(sum(cells) - 1) < 1e-12 && wanted.every((p, k) => Math.abs(p - found[k]!) < 1e-12);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
