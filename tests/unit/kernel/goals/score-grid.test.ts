import { describe, expect, test } from 'vitest';
import {
  createScoreGrid,
  distributionMean,
  distributionQuantile,
  goalDistribution,
  outcomeProbabilities,
  shortestInterval,
} from '../../../../engine/kernel/goals/score-grid.ts';

/** 0:0, 0:1, 1:0 and 1:1. */
const grid = createScoreGrid(Float64Array.of(0.0625, 0.125, 0.1875, 0.125));

describe('a score grid', () => {
  test('is scaled to 1 and remembers what lay beyond it', () => {
    expect([...grid.cells]).toEqual([0.125, 0.25, 0.375, 0.25]);
    expect(grid.beyond).toBe(0.5);
  });

  test('tells who wins', () => {
    expect(outcomeProbabilities(grid)).toEqual([0.375, 0.375, 0.25]);
  });

  test('tells how many goals there are', () => {
    expect([...goalDistribution(grid, 'total')]).toEqual([0.125, 0.625, 0.25]);
    expect([...goalDistribution(grid, 'home')]).toEqual([0.375, 0.625]);
    expect([...goalDistribution(grid, 'away')]).toEqual([0.5, 0.5]);
    expect(distributionMean(goalDistribution(grid, 'total'))).toBe(1.125);
    expect(distributionQuantile(goalDistribution(grid, 'away'), 0.5)).toBe(0);
    expect(distributionQuantile(goalDistribution(grid, 'away'), 0.51)).toBe(1);
    expect(distributionQuantile([0.9, 0.1], 1)).toBe(1);
  });

  test('refuses what are no probabilities', () => {
    expect(() => createScoreGrid(new Float64Array(3))).toThrow(/square/);
    expect(() => createScoreGrid(Float64Array.of(1, -0.1, 0, 0))).toThrow(/for 0:1/);
    expect(() => createScoreGrid(Float64Array.of(1, NaN, 0, 0))).toThrow(RangeError);
    expect(() => createScoreGrid(new Float64Array(4))).toThrow(/at least one/);
  });
});

describe('the shortest interval', () => {
  const counts = [0.125, 0.25, 0.375, 0.125, 0.125];

  test('holds at least its level in as few counts as can be, the likeliest of them', () => {
    expect(shortestInterval(counts, 0.5)).toEqual({ level: 0.5, low: 1, high: 2, probability: 0.625 });
    expect(shortestInterval(counts, 0.3)).toEqual({ level: 0.3, low: 2, high: 2, probability: 0.375 });
    expect(shortestInterval(counts, 0.8)).toMatchObject({ low: 0, high: 3 });
    expect(shortestInterval(counts, 1)).toEqual({ level: 1, low: 0, high: 4, probability: 1 });
  });

  test('takes the lowest of equals', () => {
    expect(shortestInterval([0.25, 0.25, 0.25, 0.25], 0.5)).toMatchObject({ low: 0, high: 1 });
  });
});
