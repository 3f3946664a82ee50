import { describe, expect, it } from 'vitest';
import { measureDrift } from '../../../../engine/kernel/evaluation/drift.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';

/** Ten matches on each of `days` days; the second half of the days is current. */
function rows(
  days: number,
  value: (isCurrent: boolean, day: number, random: { normal(): number }) => number,
  seed: number,
) {
  const random = createRandom(seed);
  const isCurrent = Uint8Array.from({ length: days }, (_, day) => (day < days / 2 ? 0 : 1));
  const day = Int32Array.from({ length: days * 10 }, (_, row) => Math.floor(row / 10));
  return { day, isCurrent, values: Float64Array.from(day, (at) => value(isCurrent[at] === 1, at, random)) };
}

describe('drift of a column', () => {
  it('is beyond chance where the mean has moved by half a standard deviation', () => {
    const drift = measureDrift(
      rows(60, (isCurrent, _, random) => random.normal() + (isCurrent ? 0.5 : 0), 3),
      { seed: 1 },
    );
    expect(drift.stability.value).toBeGreaterThan(drift.stability.high);
    expect(drift.stability.pValue).toBe(0.01);
    expect(drift.distance.pValue).toBe(0.01);
    expect(drift.distance.value).toBeCloseTo(0.2, 1);
  });

  it('raises no more false alarms than it says, over many columns that have not moved', () => {
    const columns = 200;
    let alarms = 0;
    for (let column = 0; column < columns; column++) {
      const { distance } = measureDrift(
        rows(30, (_, __, random) => random.normal(), 100 + column),
        { seed: column, draws: 39 },
      );
      if (distance.pValue < 0.05) alarms++;
    }
    // Binomial with at most 0.05: more than 22 of 200 has a chance below 1 in 1000.
    expect(alarms).toBeLessThanOrEqual(22);
  });

  it('does not take what all matches of a day share for drift', () => {
    const columns = 100;
    let alarms = 0;
    for (let column = 0; column < columns; column++) {
      const random = createRandom(500 + column);
      const shared = Float64Array.from({ length: 20 }, () => random.normal());
      const { stability } = measureDrift(
        rows(20, (_, day) => shared[day]!, 1),
        { seed: column, draws: 39 },
      );
      if (stability.pValue < 0.05) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(14);
  });

  it('counts what has begun to be missing, and puts every row in one bin', () => {
    const drift = measureDrift(
      rows(
        40,
        (isCurrent, _, random) => (isCurrent && random.normal() > 0 ? Number.NaN : random.normal()),
        8,
      ),
      { seed: 2 },
    );
    expect(drift.referenceShares.at(-1)).toBe(0);
    expect(drift.currentShares.at(-1)).toBeGreaterThan(0.4);
    expect(drift.stability.value).toBeGreaterThan(1);
    expect(drift.currentShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('gives the same figures for the same seed', () => {
    const given = rows(20, (_, __, random) => random.normal(), 5);
    expect(measureDrift(given, { seed: 4 })).toEqual(measureDrift(given, { seed: 4 }));
  });
});
