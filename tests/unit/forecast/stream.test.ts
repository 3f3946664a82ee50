import { describe, expect, it } from 'vitest';
import { bases, forecastRules, forecastStream } from '../../../engine/football/forecast/stream.ts';
import { hasClass } from '../../../engine/kernel/conformal/sets.ts';
import { logLoss } from '../../../engine/kernel/evaluation/scores.ts';
import { binomialTest } from '../../../engine/kernel/math/distributions.ts';
import { makeWorld } from '../../fixtures/model-table.ts';

const never = 1_000_000;
const levels = forecastRules.levels.length;

describe('the forecast stream', () => {
  it('says "not enough history" until each class has been seen often enough, then uses the pooled window, then its own', () => {
    const { table, truth } = makeWorld({ championships: 2, seasons: 3, matchesPerSeason: 200 });
    const { basis, sets, confidence } = forecastStream(table, truth, { today: never });
    const seen = [...new Set([...basis].map((at) => bases[at]))];
    expect(seen).toEqual(['none', 'pooled', 'own']);
    const first = [...basis].findIndex((at) => bases[at] !== 'none');
    expect(first).toBeGreaterThan(150);
    expect([...sets.subarray(0, first * levels)].every((mask) => mask === 0)).toBe(true);
    expect(Number.isNaN(confidence[0])).toBe(true);
  });

  it('keeps its promise for each class: coverage of a calibrated model agrees with the level', () => {
    const { table, truth } = makeWorld({ championships: 3, seasons: 8, matchesPerSeason: 380, seed: 5 });
    const { basis, sets } = forecastStream(table, truth, { today: never });
    for (const [at, level] of forecastRules.levels.entries()) {
      for (const outcome of [0, 1, 2]) {
        let n = 0;
        let covered = 0;
        for (let row = 0; row < table.rows; row++) {
          if (bases[basis[row]!] !== 'own' || table.target[row] !== outcome) continue;
          n++;
          if (hasClass(sets[row * levels + at]!, outcome)) covered++;
        }
        // Windows wobble: the exact law of a window of 1,000 adds about 1 % to the binomial spread.
        expect(Math.abs(covered / n - level), `class ${outcome} at ${level}, n ${n}`).toBeLessThan(0.02);
      }
    }
  });

  it('would miss the promise for draws without the division by class', () => {
    // The defect that label-conditional sets repair, shown with the plain threshold on the same forecasts.
    const { table, truth } = makeWorld({ championships: 1, seasons: 6, matchesPerSeason: 380, seed: 5 });
    const scores = [...table.target]
      .map((outcome, row) => 1 - truth[row * 3 + outcome]!)
      .sort((a, b) => a - b);
    const threshold = scores[Math.ceil(0.8 * scores.length)]!;
    let draws = 0;
    let covered = 0;
    for (let row = 0; row < table.rows; row++) {
      if (table.target[row] !== 1) continue;
      draws++;
      if (1 - truth[row * 3 + 1]! <= threshold) covered++;
    }
    expect(binomialTest(covered, draws, 0.8)).toBeLessThan(1e-6);
  });

  it('repairs an overconfident model by its temperature', () => {
    const { table, truth } = makeWorld({ championships: 1, seasons: 6, matchesPerSeason: 380 });
    const sharp = truth.map((_, at) => {
      const row = Math.floor(at / 3) * 3;
      const powers = [0, 1, 2].map((k) => truth[row + k]! ** 2);
      return powers[at - row]! / (powers[0]! + powers[1]! + powers[2]!);
    });
    const { probabilities, temperature, calibrationCount } = forecastStream(table, sharp, { today: never });
    expect(temperature[0]).toBe(1);
    expect(calibrationCount[table.rows - 1]).toBeGreaterThan(2000);
    expect(temperature[table.rows - 1]).toBeGreaterThan(1.6);
    expect(temperature[table.rows - 1]).toBeLessThan(2.4);
    const late = (values: Float64Array) => values.subarray(3000);
    const outcomes = table.target.subarray(1000);
    expect(logLoss(late(probabilities), outcomes)).toBeLessThan(logLoss(late(sharp), outcomes) - 0.02);
  });

  it('never lets a result change a forecast of its own day or an earlier one', () => {
    const world = makeWorld({ championships: 2, seasons: 4, matchesPerSeason: 300 });
    const before = forecastStream(world.table, world.truth, { today: never });
    const from = 1500;
    const day = world.table.day[from]!;
    const target = world.table.target.map((outcome, row) =>
      world.table.day[row]! >= day ? 2 - outcome : outcome,
    );
    const after = forecastStream({ ...world.table, target }, world.truth, { today: never });
    const last = world.table.day.lastIndexOf(day) + 1;
    expect(after.probabilities.subarray(0, last * 3)).toEqual(before.probabilities.subarray(0, last * 3));
    expect(after.pValues.subarray(0, last * 3)).toEqual(before.pValues.subarray(0, last * 3));
    expect(after.sets.subarray(0, last * levels)).toEqual(before.sets.subarray(0, last * levels));
    expect(after.pValues).not.toEqual(before.pValues);
  });

  it('looks at no result of today or later', () => {
    const { table, truth } = makeWorld({ championships: 1, seasons: 3, matchesPerSeason: 300 });
    const today = table.day[700]!;
    const blind = table.target.map((outcome, row) => (table.day[row]! >= today ? -1 : outcome));
    const told = forecastStream(table, truth, { today });
    const untold = forecastStream({ ...table, target: blind }, truth, { today });
    expect(told).toEqual(untold);
  });

  it('gives the same forecasts whatever the order of matches within a day', () => {
    const { table, truth } = makeWorld({ championships: 1, seasons: 3, matchesPerSeason: 600 });
    const order = [...table.day.keys()].sort((a, b) => table.day[a]! - table.day[b]! || b - a);
    const shuffled = {
      rows: table.rows,
      championship: Int32Array.from(order, (row) => table.championship[row]!),
      day: Int32Array.from(order, (row) => table.day[row]!),
      target: Int8Array.from(order, (row) => table.target[row]!),
    };
    const raw = Float64Array.from(order.flatMap((row) => [...truth.subarray(row * 3, row * 3 + 3)]));
    const straight = forecastStream(table, truth, { today: never });
    const other = forecastStream(shuffled, raw, { today: never });
    order.forEach((row, at) => {
      expect(other.sets[at * levels]).toBe(straight.sets[row * levels]);
      expect(other.basis[at]).toBe(straight.basis[row]);
      if (bases[straight.basis[row]!] !== 'none') {
        expect(other.pValues[at * 3]).toBeCloseTo(straight.pValues[row * 3]!, 9);
      }
    });
  });
});
