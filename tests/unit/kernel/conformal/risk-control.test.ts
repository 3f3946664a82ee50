import { describe, expect, test } from 'vitest';
import {
  naiveSelection,
  selectFamilies,
  selectThreshold,
} from '../../../../engine/kernel/conformal/risk-control.ts';
import type { Selection, SelectionRecord } from '../../../../engine/kernel/conformal/risk-control.ts';
import { binomialCdf } from '../../../../engine/kernel/math/distributions.ts';
import { clopperPearsonLower, isRateBelow } from '../../../../engine/kernel/math/intervals.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';

/**
 * Confidence uniform on [0, 1]; right with probability low + slope * confidence, so that the precision above
 * a threshold is known.
 */
function plant(
  rows: number,
  seed: number,
  [low, slope]: readonly [number, number] = [0.5, 0.45],
): SelectionRecord {
  const random = createRandom(seed);
  const confidence = Float64Array.from({ length: rows }, () => random.uniform());
  const correct = Uint8Array.from(confidence, (c) => (random.uniform() < low + slope * c ? 1 : 0));
  return { confidence, correct };
}

const precisionAbove = (threshold: number, [low, slope]: readonly [number, number] = [0.5, 0.45]) =>
  low + (slope * (1 + threshold)) / 2;

/** Times in 1,000 draws that the chosen threshold's true precision is below the target. */
function brokenPromises(choose: (record: SelectionRecord) => number | undefined, target: number): number {
  let broken = 0;
  for (let seed = 0; seed < 1000; seed++) {
    const threshold = choose(plant(400, seed));
    if (threshold !== undefined && precisionAbove(threshold) < target) broken++;
  }
  return broken;
}

/** Whether `count` of 1,000 is more than a rate of `delta` would give once in a thousand times. */
const isTooMany = (count: number, delta: number) => 1 - binomialCdf(count - 1, 1000, delta) < 1e-3;

const thresholdOf = (selection: Selection) =>
  selection.status === 'selected' ? selection.threshold : undefined;

describe('the promise', () => {
  test.each([
    [0.75, 0.1],
    [0.85, 0.1],
    [0.8, 0.05],
  ])('precision %d is missed in at most a share of %d of 1,000 draws', (target, delta) => {
    const broken = brokenPromises(
      (record) => thresholdOf(selectThreshold(record, { target, delta })),
      target,
    );
    expect(isTooMany(broken, delta)).toBe(false);
  });

  test('holds for a grid fixed beforehand too', () => {
    const grid = Array.from({ length: 50 }, (_, i) => i / 50);
    const broken = brokenPromises(
      (record) => thresholdOf(selectThreshold(record, { target: 0.8, grid })),
      0.8,
    );
    expect(isTooMany(broken, 0.1)).toBe(false);
  });

  test('is broken by the naive rule of the loosest threshold that hit the target in the past', () => {
    const naive = (record: SelectionRecord) => naiveSelection(record, { target: 0.8 })?.threshold;
    expect(isTooMany(brokenPromises(naive, 0.8), 0.1)).toBe(true);
  });

  test('is broken by taking the best of all thresholds that pass, without a fixed sequence', () => {
    const flat = [0.79, 0] as const;
    let fixed = 0;
    let free = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const record = plant(2000, seed, flat);
      if (thresholdOf(selectThreshold(record, { target: 0.8, steps: 60 })) !== undefined) fixed++;
      // Every threshold on its own, none of them stopping the others.
      const selected = new Uint32Array(60);
      const errors = new Uint32Array(60);
      for (let i = 0; i < 2000; i++) {
        for (let j = 0; j <= record.confidence[i]! * 60; j++) {
          selected[j]!++;
          errors[j]! += 1 - record.correct[i]!;
        }
      }
      if (selected.some((n, j) => n >= 20 && isRateBelow(errors[j]!, n, { limit: 0.2, delta: 0.1 }))) free++;
    }
    expect(isTooMany(fixed, 0.1)).toBe(false);
    expect(isTooMany(free, 0.1)).toBe(true);
  });

  test('over twelve families together is kept, and is broken without the sharing of delta', () => {
    const flat = [0.695, 0] as const;
    let together = 0;
    let apart = 0;
    for (let draw = 0; draw < 1000; draw++) {
      const families = Array.from({ length: 12 }, (_, f) => plant(200, draw * 12 + f, flat));
      const options = { target: 0.7, steps: 4 };
      if (selectFamilies(families, options).some((s) => s.status === 'selected')) together++;
      if (families.some((record) => selectThreshold(record, options).status === 'selected')) apart++;
    }
    expect(isTooMany(together, 0.1)).toBe(false);
    expect(isTooMany(apart, 0.1)).toBe(true);
  });
});

describe('the record behind a threshold', () => {
  test('is the past rows at or above it, with their exact bound', () => {
    const record = plant(2000, 5);
    const selection = selectThreshold(record, { target: 0.75 });
    expect(selection.status).toBe('selected');
    if (selection.status !== 'selected') return;
    const rows = Array.from(record.confidence, (c, i) =>
      c >= selection.threshold ? record.correct[i]! : -1,
    ).filter((v) => v >= 0);
    expect(selection.n).toBe(rows.length);
    expect(selection.hits).toBe(rows.filter((v) => v === 1).length);
    expect(selection.bound).toBeCloseTo(clopperPearsonLower(selection.hits, selection.n, 0.1), 12);
    expect(selection.bound).toBeGreaterThanOrEqual(0.75);
    expect(selection.share).toBe(selection.n / 2000);
  });

  test('a higher target selects no more', () => {
    const record = plant(3000, 6);
    const shares = [0.65, 0.75, 0.85, 0.9].map((target) => {
      const s = selectThreshold(record, { target });
      return s.status === 'selected' ? s.share : 0;
    });
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  test('the naive selection keeps more, and says what it saw', () => {
    const record = plant(2000, 5);
    const honest = selectThreshold(record, { target: 0.75 });
    const naive = naiveSelection(record, { target: 0.75 });
    expect(naive!.n).toBeGreaterThan(honest.status === 'selected' ? honest.n : 0);
    expect(naive!.hits / naive!.n).toBeGreaterThanOrEqual(0.75);
    expect(naiveSelection(record, { target: 0.99 })).toBeUndefined();
  });

  test('equal confidences are selected together', () => {
    const confidence = new Float64Array(300).fill(0.8);
    const correct = new Uint8Array(300).fill(1);
    expect(selectThreshold({ confidence, correct }, { target: 0.7 })).toMatchObject({
      n: 300,
      hits: 300,
      share: 1,
    });
  });

  test('too little history and an unreachable target are told apart', () => {
    expect(selectThreshold(plant(99, 1), { target: 0.5 })).toEqual({ status: 'notEnoughHistory', n: 99 });
    expect(selectThreshold(plant(500, 1), { target: 0.99 })).toMatchObject({
      status: 'targetNotReached',
      tried: 1,
    });
  });

  test('with one threshold each, families are judged as by Holm', () => {
    const family = (hits: number): SelectionRecord => ({
      confidence: new Float64Array(100).fill(0.5),
      correct: Uint8Array.from({ length: 100 }, (_, i) => (i < hits ? 1 : 0)),
    });
    // P(Bin(100, 0.3) <= errors): 18 -> 0.0045, 21 -> 0.029, 23 -> 0.0755, 30 -> 0.55; Holm at 0.1 takes the
    // first two.
    const status = selectFamilies([82, 79, 77, 70].map(family), { target: 0.7 }).map((s) => s.status);
    expect(status).toEqual(['selected', 'selected', 'targetNotReached', 'targetNotReached']);
    expect(selectFamilies([family(77)], { target: 0.7 })[0]!.status).toBe('selected');
  });
});
