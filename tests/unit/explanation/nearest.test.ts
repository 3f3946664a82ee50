import { describe, expect, it } from 'vitest';
import { createNearest } from '../../../engine/football/explanation/nearest.ts';

const names = ['a', 'b'];

describe('the nearest earlier matches', () => {
  it('are measured in standard deviations, so that units do not decide', () => {
    const rows = Float64Array.of(0, 1000, 1, 0, 2, 2000, 3, 1000);
    const found = createNearest(rows, { names, chosen: names })(Float64Array.of(2, 1000), 4);
    const deviationA = Math.sqrt(1.25);
    expect(found[0]).toEqual({
      row: 3,
      distance: expect.closeTo(Math.sqrt(1 / deviationA ** 2 / 2), 12) as number,
    });
  });

  it('look at the chosen features alone', () => {
    const rows = Float64Array.of(0, 5, 9, 0, 4, 100);
    const [first] = createNearest(rows, { names, chosen: ['a'] })(Float64Array.of(5, 0), 1);
    expect(first!.row).toBe(2);
  });

  it('take a missing value for the mean, and keep the order of equals', () => {
    const rows = Float64Array.of(Number.NaN, 0, 1, 0, 3, 0, 2, 0);
    const found = createNearest(rows, { names, chosen: ['a'] })(Float64Array.of(2, 0), 2);
    expect(found).toEqual([
      { row: 0, distance: 0 },
      { row: 3, distance: 0 },
    ]);
  });

  it('are none where nothing tells matches apart', () => {
    expect(
      createNearest(Float64Array.of(1, 1, 1, 1), { names, chosen: names })(Float64Array.of(1, 1), 2),
    ).toEqual([]);
  });
});
