import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOnlineConformal } from '../../../../engine/kernel/conformal/online.ts';
import type { Observation } from '../../../../engine/kernel/conformal/online.ts';
import {
  credibilityAndConfidence,
  hasClass,
  setAtLevel,
  setClasses,
  setSize,
} from '../../../../engine/kernel/conformal/sets.ts';
import { testUniform } from '../../../../engine/kernel/math/kolmogorov.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';
import { drawRow, models } from '../../../fixtures/outcomes.ts';

function days(
  count: number,
  perDay: number,
  options: { seed: number; streams?: string[]; model?: string },
): Observation[][] {
  const { seed, streams = ['A'], model = 'right' } = options;
  const random = createRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: perDay }, (_, i) => {
      const { truth, outcome } = drawRow(random);
      return { stream: streams[i % streams.length]!, probabilities: models[model]!(truth), outcome };
    }),
  );
}

const levels = [0.5, 0.7, 0.8, 0.9, 0.95];

describe('online conformal sets', () => {
  test('cover each class of each stream at its level over a long run, though the model is bad', () => {
    const online = createOnlineConformal({ window: 300 });
    const rows = [0, 0, 0];
    const covered = [0, 0, 0];
    for (const day of days(1500, 6, { seed: 3, streams: ['A', 'B'], model: 'overconfident' })) {
      for (const match of day) {
        const forecast = online.forecast(match.stream, match.probabilities);
        if (forecast.basis === 'none') continue;
        rows[match.outcome]!++;
        if (hasClass(forecast.set(0.8), match.outcome)) covered[match.outcome]!++;
      }
      online.observe(day);
    }
    for (let k = 0; k < 3; k++) {
      // 5 standard errors of a share whose windows overlap.
      const error = 5 * Math.sqrt(0.16 / rows[k]!);
      expect(covered[k]! / rows[k]!).toBeGreaterThan(0.8 - error);
      expect(covered[k]! / rows[k]!).toBeLessThan(0.8 + error + 0.02);
    }
  });

  /** P-values of a stream with a window of its own and of one without, after days in the given order. */
  function afterDays(seed: number, window: number, enter: (day: Observation[]) => Observation[][]): number[] {
    const online = createOnlineConformal({ window, minimumPerClass: 2, score: 'aps', decay: 0.99 });
    for (const day of days(12, 7, { seed, streams: ['A', 'B', 'C'] })) {
      for (const batch of enter(day)) online.observe(batch);
    }
    const probe = [0.5, 0.2, 0.3];
    return ['A', 'Z'].flatMap((stream) => [...online.forecast(stream, probe).pValues]);
  }

  test('the order of matches within a day does not matter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 5, max: 60 }), (seed, window) => {
        const forward = afterDays(seed, window, (day) => [day]);
        expect(afterDays(seed, window, (day) => [day.toReversed()])).toEqual(forward);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  test('it would matter if matches entered one by one, and this test would see it', () => {
    const single = (day: Observation[]) => day.map((match) => [match]);
    const differs = Array.from({ length: 20 }, (_, seed) => {
      const forward = afterDays(seed, 20, single);
      const backward = afterDays(seed, 20, (day) => single(day.toReversed()));
      return forward.some((p, k) => p !== backward[k]);
    });
    expect(differs).toContain(true);
  });

  test('a future match never changes a past set, nor does forecasting', () => {
    const past = days(60, 5, { seed: 4 });
    const online = createOnlineConformal({ minimumPerClass: 10 });
    for (const day of past) online.observe(day);
    const before = online.forecast('A', [0.5, 0.3, 0.2]);
    const kept = [...before.pValues];
    const sets = levels.map((level) => before.set(level));
    online.observe(days(1, 50, { seed: 5, model: 'reversed' })[0]!);
    expect([...before.pValues]).toEqual(kept);
    expect(levels.map((level) => before.set(level))).toEqual(sets);
    expect([...online.forecast('A', [0.5, 0.3, 0.2]).pValues]).not.toEqual(kept);
  });

  test('a higher level never loses a class', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (p) => {
          const sets = levels.map((level) => setAtLevel(p, level));
          for (let i = 1; i < sets.length; i++) expect(sets[i]! & sets[i - 1]!).toBe(sets[i - 1]);
        },
      ),
    );
  });

  test('a young stream rests on all streams, and with too little there says so', () => {
    const online = createOnlineConformal({ minimumPerClass: 50 });
    expect(online.forecast('A', [0.5, 0.3, 0.2])).toMatchObject({ basis: 'none' });
    expect([...online.forecast('A', [0.5, 0.3, 0.2]).pValues]).toEqual([1, 1, 1]);
    for (const day of days(60, 10, { seed: 6, streams: ['B'] })) online.observe(day);
    const young = online.forecast('A', [0.5, 0.3, 0.2]);
    expect(young.basis).toBe('pooled');
    expect(online.forecast('B', [0.5, 0.3, 0.2]).basis).toBe('own');
    expect([...young.counts].reduce((a, b) => a + b)).toBe(600);
  });

  test('a window keeps the latest whole days that hold at least its size', () => {
    const online = createOnlineConformal({ window: 10, minimumPerClass: 0 });
    for (const day of days(9, 4, { seed: 7 })) online.observe(day);
    expect([...online.forecast('A', [0.5, 0.3, 0.2]).counts].reduce((a, b) => a + b)).toBe(12);
  });

  test.each([1, 0.99])(
    'smoothed p-values of what came are uniform (decay %d), and those of a reversed market are not',
    (decay) => {
      const collect = (after: string) => {
        const online = createOnlineConformal({ window: 200, minimumPerClass: 20, decay });
        const random = createRandom(10);
        const pValues: number[] = [];
        const past = days(60, 5, { seed: 11, model: 'tied in tenths' });
        const later = days(80, 5, { seed: 12, model: after });
        for (const day of [...past, ...later]) {
          for (const match of day) {
            const p = online.smoothedPValue(match, random.uniform());
            if (p !== undefined) pValues.push(p);
          }
          online.observe(day);
        }
        return pValues.slice(-400);
      };
      expect(testUniform(collect('tied in tenths')).pValue).toBeGreaterThan(1e-3);
      expect(testUniform(collect('reversed').slice(0, 100)).pValue).toBeLessThan(0.01);
    },
  );

  test('decay forgets an old regime faster than equal weights do', () => {
    const p = [0.6, 0.3, 0.1];
    const plain = createOnlineConformal({ minimumPerClass: 1 });
    const fading = createOnlineConformal({ minimumPerClass: 1, decay: 0.9 });
    for (const online of [plain, fading]) {
      for (let day = 0; day < 30; day++)
        online.observe([{ stream: 'A', probabilities: [0.1, 0.3, 0.6], outcome: 0 }]);
      for (let day = 0; day < 10; day++)
        online.observe([{ stream: 'A', probabilities: [0.9, 0.05, 0.05], outcome: 0 }]);
    }
    expect(fading.forecast('A', p).pValues[0]).toBeLessThan(plain.forecast('A', p).pValues[0]! - 0.2);
  });
});

describe('sets and their words', () => {
  test('masks name their classes', () => {
    expect(setClasses(5)).toEqual([0, 2]);
    expect([0, 1, 3, 7].map(setSize)).toEqual([0, 1, 2, 3]);
  });

  test('a p-value equal to alpha is outside, whatever 1 - 0.9 rounds to', () => {
    expect(setAtLevel([0.1, 0.2, 0.1000001], 0.9)).toBe(0b110);
  });

  test('credibility is the largest p-value and confidence one minus the second', () => {
    expect(credibilityAndConfidence([0.2, 0.9, 0.25])).toEqual({ credibility: 0.9, confidence: 0.75 });
    expect(setAtLevel([0.01, 0.02, 0.03], 0.9)).toBe(0);
  });
});
