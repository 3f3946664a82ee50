import { describe, expect, test } from 'vitest';
import { isJump } from '../../../engine/football/data-quality/definition-changes.ts';

const season = (mean: number, n = 300, variance = 16) => ({
  championship: 'E0',
  season: '',
  n,
  mean,
  variance,
});

describe('a statistic changes its meaning', () => {
  test('when its mean jumps by more than a quarter and eight standard errors', () => {
    expect(isJump(season(19), season(25))).toBe(true);
    expect(isJump(season(25), season(19))).toBe(false);
    expect(isJump(season(25), season(18))).toBe(true);
  });

  test('not when the jump is small, or could be chance in few matches', () => {
    expect(isJump(season(20), season(24))).toBe(false);
    expect(isJump(season(4, 30, 16), season(6, 30, 16))).toBe(false);
  });
});
