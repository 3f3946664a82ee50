import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  reconstructPaths,
  splitCombinatorialPurged,
} from '../../../../../engine/kernel/modeling/splitting/combinatorial-purged.ts';
import { splitPurged } from '../../../../../engine/kernel/modeling/splitting/purged-blocks.ts';
import { splitSequential } from '../../../../../engine/kernel/modeling/splitting/sequential.ts';
import type { TimedRows, TimeSplit } from '../../../../../engine/kernel/modeling/splitting/timed-rows.ts';
import { splitWalkForward } from '../../../../../engine/kernel/modeling/splitting/walk-forward.ts';

/** Ten rows on days 0 to 9 whose labels are known `delay` days later. */
const days = (delay: number, count = 10): TimedRows => ({
  forecastAt: Array.from({ length: count }, (_, day) => day),
  labelKnownAt: Array.from({ length: count }, (_, day) => day + delay),
});
const parts = ({ train, validation, calibration, test, purged }: TimeSplit) =>
  [train, validation, calibration, test, purged].map((part) => [...part]);

describe('the sequential splitter', () => {
  it('keeps the order train, validation, calibration, test', () => {
    const split = splitSequential(days(0), { train: 0.5, validation: 0.2, calibration: 0.1, test: 0.2 });
    expect(parts(split)).toEqual([[0, 1, 2, 3, 4], [5, 6], [7], [8, 9], []]);
  });

  it('purges rows whose label is not yet known when the next part begins', () => {
    const split = splitSequential(days(2), { train: 0.5, validation: 0.2, test: 0.3 });
    expect(parts(split)).toEqual([[0, 1, 2, 3], [5], [], [7, 8, 9], [4, 6]]);
  });

  it('widens the gap by the embargo', () => {
    expect([...splitSequential(days(0), { train: 0.5, test: 0.5 }, { embargo: 3 }).train]).toEqual([0, 1, 2]);
  });

  it('never tears rows of one instant apart', () => {
    const rows = { forecastAt: [0, 1, 1, 1, 1, 2], labelKnownAt: [0.5, 1.5, 1.5, 1.5, 1.5, 2.5] };
    expect([...splitSequential(rows, { train: 0.5, test: 0.5 }).train]).toEqual([0]);
  });

  it('orders rows that come unordered', () => {
    const rows = { forecastAt: [3, 1, 2, 0], labelKnownAt: [3, 1, 2, 0] };
    expect(parts(splitSequential(rows, { train: 0.5, test: 0.5 }))).toEqual([[3, 1], [], [], [2, 0], []]);
  });

  it('refuses shares that do not sum to 1', () => {
    expect(() => splitSequential(days(0), { train: 0.5, test: 0.6 })).toThrow(/sum to 1/);
  });
});

describe('the walk-forward splitter', () => {
  const season = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3];

  it('anchors by season: each fold trains on every earlier season', () => {
    const folds = splitWalkForward(days(0), { steps: { period: season } });
    expect(folds.map((fold) => [fold.train.length, [...fold.test]])).toEqual([
      [3, [3, 4]],
      [5, [5, 6, 7]],
      [8, [8, 9]],
    ]);
  });

  it('rolls: each fold trains on the last so many seasons', () => {
    const folds = splitWalkForward(days(0), {
      steps: { period: season },
      maximumTrainSteps: 1,
      minimumTrainSteps: 1,
    });
    expect(folds.map((fold) => [...fold.train])).toEqual([
      [0, 1, 2],
      [3, 4],
      [5, 6, 7],
    ]);
  });

  it('sets validation and calibration seasons between training and test', () => {
    const [fold] = splitWalkForward(days(0), {
      steps: { period: season },
      validationSteps: 1,
      calibrationSteps: 1,
    });
    expect(parts(fold!)).toEqual([[0, 1, 2], [3, 4], [5, 6, 7], [8, 9], []]);
  });

  it('tests the newest remainder too', () => {
    const folds = splitWalkForward(days(0), { steps: { rows: 3 }, testSteps: 2 });
    expect(folds.map((fold) => [...fold.test])).toEqual([[3, 4, 5, 6, 7, 8], [9]]);
  });

  it('purges what was not known at the first forecast of the fold', () => {
    const [fold] = splitWalkForward(days(1.5), { steps: { rows: 5 } });
    expect(parts(fold!)).toEqual([[0, 1, 2, 3], [], [], [5, 6, 7, 8, 9], [4]]);
  });

  it('says when the history is too short, and when periods fall in time', () => {
    expect(() => splitWalkForward(days(0), { steps: { rows: 10 } })).toThrow(/1 steps are too few/);
    expect(() => splitWalkForward(days(0, 2), { steps: { period: [1, 0] } })).toThrow(/falls from 1 to 0/);
  });
});

describe('the purged splitter', () => {
  it('drops training rows whose label window overlaps the test, on both sides', () => {
    const folds = splitPurged(days(1.5), 5);
    expect([...folds[2]!.test]).toEqual([4, 5]);
    // Row 3's label (4.5) falls into the test; rows 6 begins before the test's last label (6.5).
    expect([...folds[2]!.purged]).toEqual([3, 6]);
    expect([...folds[2]!.train]).toEqual([0, 1, 2, 7, 8, 9]);
  });

  it('adds the embargo after the test only', () => {
    const [, , fold] = splitPurged(days(0), 5, { embargo: 2.5 });
    expect([...fold!.train]).toEqual([0, 1, 2, 3, 8, 9]);
  });

  it('says when rows of one instant leave a block empty', () => {
    const rows = { forecastAt: [0, 0, 0, 0], labelKnownAt: [0, 0, 0, 0] };
    expect(() => splitPurged(rows, 2)).toThrow(/empty/);
  });
});

describe('the combinatorial purged splitter', () => {
  it('makes C(6, 2) = 15 splits and 5 paths, as in the book', () => {
    const { splits, paths } = splitCombinatorialPurged(days(0, 12), { blocks: 6, testBlocks: 2 });
    expect(splits).toHaveLength(15);
    expect(paths).toHaveLength(5);
  });

  it('puts each path together from test forecasts of splits that really held the block out', () => {
    const plan = splitCombinatorialPurged(days(0, 12), { blocks: 4, testBlocks: 2 });
    // Each split forecasts 100 x its own number + row.
    const columns = reconstructPaths(
      plan,
      plan.splits.map((split, s) => Array.from(split.test, (row) => 100 * s + row)),
    );
    expect(columns).toHaveLength(3);
    const seen = new Set<number>();
    for (const column of columns) {
      column.forEach((value, row) => {
        expect(value % 100).toBe(row);
        expect(plan.splits[Math.floor(value / 100)]!.train).not.toContain(row);
        expect(seen.has(value)).toBe(false);
        seen.add(value);
      });
    }
    expect(seen.size).toBe(plan.splits.reduce((sum, split) => sum + split.test.length, 0));
  });

  it('treats neighbouring test blocks as one window and others apart', () => {
    const { splits } = splitCombinatorialPurged(days(1.5), { blocks: 5, testBlocks: 2 });
    const apart = splits.find((split) => split.test[0] === 0 && split.test[2] === 6)!;
    expect([...apart.test]).toEqual([0, 1, 6, 7]);
    expect([...apart.train]).toEqual([3, 4, 9]);
  });

  it('refuses a plan of too many splits', () => {
    expect(() => splitCombinatorialPurged(days(0, 60), { blocks: 30, testBlocks: 15 })).toThrow(
      /more than 10000/,
    );
  });
});

describe('every splitter', () => {
  const all: readonly [string, (rows: TimedRows, shuffle?: boolean) => readonly TimeSplit[]][] = [
    [
      'sequential',
      (rows, shuffle) => [splitSequential(rows, { train: 0.6, validation: 0.2, test: 0.2 }, { shuffle })],
    ],
    [
      'walk-forward',
      (rows, shuffle) => splitWalkForward(rows, { steps: { rows: 4 }, calibrationSteps: 1, shuffle }),
    ],
    ['purged', (rows, shuffle) => splitPurged(rows, 3, { shuffle })],
    [
      'combinatorial',
      (rows, shuffle) => splitCombinatorialPurged(rows, { blocks: 4, testBlocks: 2, shuffle }).splits,
    ],
  ];

  it.each(all)('%s refuses to shuffle time', (_, split) => {
    expect(() => split(days(0, 20), true)).toThrow(/never shuffled/);
  });

  it.each(all)('%s refuses a label that is known before its forecast', (_, split) => {
    expect(() => split({ forecastAt: [1, 2, 3, 4], labelKnownAt: [1, 2, 2.5, 4] })).toThrow(
      /row 2: its label/,
    );
  });

  it.each(all)(
    '%s never shares a row between parts and never trains on a label window that overlaps its test',
    (_, split) => {
      const gaps = fc.array(
        fc.record({ gap: fc.integer({ min: 1, max: 3 }), delay: fc.integer({ min: 0, max: 5 }) }),
        {
          minLength: 16,
          maxLength: 40,
        },
      );
      fc.assert(
        fc.property(gaps, (items) => {
          let day = 0;
          const forecastAt = items.map(({ gap }) => (day += gap));
          const rows = { forecastAt, labelKnownAt: items.map(({ delay }, i) => forecastAt[i]! + delay) };
          for (const part of split(rows)) {
            const named = [...part.train, ...part.validation, ...part.calibration, ...part.test];
            expect(new Set(named).size).toBe(named.length);
            for (const row of part.train) {
              for (const tested of part.test) {
                const apart =
                  rows.labelKnownAt[row]! <= forecastAt[tested]! ||
                  forecastAt[row]! >= rows.labelKnownAt[tested]!;
                expect(apart).toBe(true);
              }
            }
          }
        }),
        { seed: 11, numRuns: 60 },
      );
    },
  );
});
