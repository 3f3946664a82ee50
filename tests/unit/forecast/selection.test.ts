import { describe, expect, it } from 'vitest';
import { dayNumber, dayText } from '../../../engine/contract/zones.ts';
import { ruleYear, selectForecasts } from '../../../engine/football/forecast/selection.ts';
import { forecastStream } from '../../../engine/football/forecast/stream.ts';
import { makeWorld, type World } from '../../fixtures/model-table.ts';

const never = 1_000_000;
const options = { target: 0.7, delta: 0.1, today: never };

function select(world: World) {
  const stream = forecastStream(world.table, world.truth, { today: never });
  return { stream, selection: selectForecasts(world.table, stream, options) };
}

describe('selection of quality forecasts', () => {
  it('fixes a rule each 1 July', () => {
    const year = ruleYear(dayNumber('2021-02-03'));
    expect([dayText(year.from), dayText(year.until)]).toEqual(['2020-07-01', '2021-07-01']);
  });

  it('rests each rule on the two years before it and selects nothing before there is a record', () => {
    const { selection } = select(makeWorld({ seasons: 5, matchesPerSeason: 380 }));
    expect(selection.rules.length).toBeGreaterThan(2);
    for (const rule of selection.rules) {
      expect(dayNumber(rule.recordUntil)).toBeLessThan(rule.from);
      expect(dayNumber(rule.recordFrom)).toBeGreaterThanOrEqual(rule.from - 730);
      expect(rule.bound).toBeGreaterThanOrEqual(0.7);
      expect(rule.hits / rule.n).toBeGreaterThan(rule.bound);
    }
    expect([...selection.rule.subarray(0, 380)].every((at) => at === -1)).toBe(true);
  });

  it('selects exactly the forecasts that reach the threshold', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 380 });
    const { stream, selection } = select(world);
    for (let row = 0; row < world.table.rows; row++) {
      const rule = selection.rules[selection.inForce[row]!];
      const top = Math.max(...stream.probabilities.subarray(row * 3, row * 3 + 3));
      expect(selection.rule[row]! >= 0).toBe(rule !== undefined && top >= rule.threshold);
    }
  });

  it('is not moved by what happens while a rule is in force', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 380 });
    const before = select(world).selection;
    const from = dayNumber('2013-07-01');
    for (let row = 0; row < world.table.rows; row++) {
      if (world.table.day[row]! >= from) world.table.target[row] = 2;
    }
    const after = select(world).selection;
    expect(after.rules).toEqual(before.rules);
  });

  it('counts the record since a rule began from earlier days alone', () => {
    const world = makeWorld({ seasons: 4, matchesPerSeason: 760 });
    const { stream, selection } = select(world);
    let row = world.table.rows - 1;
    while (selection.rule[row]! < 0) row--;
    let n = 0;
    let hits = 0;
    for (let at = 0; at < row; at++) {
      if (selection.rule[at] !== selection.rule[row] || world.table.day[at]! >= world.table.day[row]!)
        continue;
      n++;
      const p = [...stream.probabilities.subarray(at * 3, at * 3 + 3)];
      if (p.indexOf(Math.max(...p)) === world.table.target[at]) hits++;
    }
    expect([selection.sinceCount[row], selection.sinceHits[row]]).toEqual([n, hits]);
    expect(n).toBeGreaterThan(20);
  });

  it('breaks its promise at most delta of the time, over many worlds', () => {
    let broken = 0;
    let rules = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const world = makeWorld({ championships: 1, seasons: 4, matchesPerSeason: 380, seed });
      const { stream, selection } = select(world);
      const at = selection.rules.length - 1;
      const rule = selection.rules[at];
      if (!rule) continue;
      // The true precision of the rule's threshold, known because the world's probabilities are.
      let expected = 0;
      let n = 0;
      for (let row = 0; row < world.table.rows; row++) {
        const p = [...stream.probabilities.subarray(row * 3, row * 3 + 3)];
        const label = p.indexOf(Math.max(...p));
        if (p[label]! < rule.threshold) continue;
        expected += world.truth[row * 3 + label]!;
        n++;
      }
      rules++;
      if (expected / n < 0.7) broken++;
    }
    expect(rules).toBeGreaterThan(40);
    // P(Binomial(60, 0.1) > 12) < 0.01.
    expect(broken).toBeLessThanOrEqual(12);
  });
});
