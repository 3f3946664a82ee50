import { describe, expect, test } from 'vitest';
import { definitionChange } from '../../../engine/football/data-quality/definition-changes.ts';

const season = (mean: number, n = 300, variance = 16) => ({
  ...{ code: 'E0', championship: 'Premier League', season: '' },
  ...{ n, mean, variance },
});

describe('a statistic changes its meaning', () => {
  test('by a share of its earlier mean, beyond chance from six standard errors on', () => {
    expect(definitionChange(season(20), season(25))).toEqual({ share: 0.25, isBeyondChance: true });
    expect(definitionChange(season(25), season(20)).share).toBeCloseTo(0.2);
    // A standard error of 0.327: six are 1.96.
    expect(definitionChange(season(20), season(21.9)).isBeyondChance).toBe(false);
    expect(definitionChange(season(20), season(22)).isBeyondChance).toBe(true);
  });

  test('not in seasons of which too little is held, nor from nothing', () => {
    expect(definitionChange(season(4, 59), season(6)).share).toBeNull();
    expect(definitionChange(season(4), season(6, 59)).share).toBeNull();
    expect(definitionChange(season(0), season(6)).share).toBeNull();
  });
});
