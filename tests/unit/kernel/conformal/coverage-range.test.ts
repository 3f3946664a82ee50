import { describe, expect, it } from 'vitest';
import { coverageLaw, coverageRange } from '../../../../engine/kernel/conformal/coverage.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';

describe('what sets that keep their promise show', () => {
  it('holds the share of new rows about nine times in ten, over many calibration parts', () => {
    const random = createRandom(11);
    const [calibration, n, level] = [99, 60, 0.8] as const;
    const { low, high } = coverageRange(calibration, { level, n });
    let inside = 0;
    const worlds = 4000;
    for (let world = 0; world < worlds; world++) {
      // The set holds what is below the 80th of 99 scores.
      const threshold = Array.from({ length: calibration }, () => random.uniform()).sort(
        (a, b) => a - b,
      )[79]!;
      let covered = 0;
      for (let row = 0; row < n; row++) if (random.uniform() <= threshold) covered++;
      const share = covered / n;
      if (share >= low - 1e-12 && share <= high + 1e-12) inside++;
    }
    // Both ends are counts, so the range holds a little more than 90 %; 0.88 to 0.96 is eight standard errors around it.
    expect(inside / worlds).toBeGreaterThan(0.88);
    expect(inside / worlds).toBeLessThan(0.96);
  });

  it('comes near the law of the coverage itself where there are very many rows', () => {
    const range = coverageRange(1000, { level: 0.9, n: 200_000 });
    const law = coverageLaw(1000, 0.9);
    expect(range.low).toBeCloseTo(law.low, 2);
    expect(range.high).toBeCloseTo(law.high, 2);
  });

  it('is wide for few rows', () => {
    const few = coverageRange(1000, { level: 0.8, n: 10 });
    expect(few.low).toBeLessThanOrEqual(0.6);
    expect(few.high).toBe(1);
  });
});
