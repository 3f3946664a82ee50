import { describe, expect, it } from 'vitest';
import { dayNumber, dayText } from '../../../engine/contract/zones.ts';
import { goalCovariates } from '../../../engine/football/forecast/goal-regression.ts';
import { selectJoint } from '../../../engine/football/forecast/joint-selection.ts';
import { jointStream } from '../../../engine/football/forecast/joint.ts';
import { selectForecasts } from '../../../engine/football/forecast/selection.ts';
import { isRecordOf, streamStart } from '../../../engine/football/forecast/stream-start.ts';
import { forecastStream } from '../../../engine/football/forecast/stream.ts';
import { makeGoalWorld } from '../../fixtures/goal-world.ts';

const world = makeGoalWorld({ seasons: 8, championships: 2, seed: 5 });
const { table, goals, scores, probabilities: raw } = world;
const rules = { target: 0.45, delta: 0.1 };

function sayAll(today: number, start: { readonly row: number; readonly selectionRow: number }) {
  const stream = forecastStream(table, raw, { today, from: start.row });
  const joint = jointStream(table, scores, {
    probabilities: stream.probabilities,
    goals,
    covariates: goalCovariates(table),
    today,
    from: start.row,
    hasForecast: (row) => !Number.isNaN(raw[row * 3]),
  });
  const from = start.selectionRow;
  const selection = selectForecasts(table, stream, { ...rules, today, from });
  const types = selectJoint(table, joint, { ...rules, from });
  /** Everything that is said of a row. */
  return (row: number) => ({
    columns: [stream, joint].map((each) =>
      Object.fromEntries(
        Object.entries(each).map(([name, values]: [string, Float64Array]) => {
          const width = values.length / table.rows;
          return [name, [...values.subarray(row * width, (row + 1) * width)]];
        }),
      ),
    ),
    rule: selection.rules[selection.rule[row]!],
    since: [selection.sinceCount[row], selection.sinceHits[row]],
    filters: Array.from({ length: types.family.length / table.rows }, (_, k) => {
      const at = (row * types.family.length) / table.rows + k;
      return [types.families[types.family[at]!], types.sinceCount[at], types.sinceHits[at]];
    }),
  });
}

const startOf = (today: number, isWanted: (row: number) => boolean) =>
  streamStart(table, isWanted, isRecordOf(table, { raw, goalPredictionId: goals.predictionId, today }));

describe('the start of a stream', () => {
  it('leaves every wanted forecast what it is from the first row on, to the bit', () => {
    let selected = 0;
    for (const day of ['2016-11-05', '2017-08-02', '2018-03-01']) {
      const today = dayNumber(day);
      const wanted = [...table.day.keys()].filter((row) => table.day[row] === today);
      expect(wanted.length).toBeGreaterThan(0);
      const start = startOf(today, (row) => table.day[row] === today);
      expect(start.row).toBeGreaterThan(300);
      const short = sayAll(today, start);
      const whole = sayAll(today, { row: 0, selectionRow: 0 });
      for (const row of wanted) expect(short(row)).toEqual(whole(row));
      selected += wanted.filter((row) => short(row).rule).length;
    }
    expect(selected).toBeGreaterThan(0);
  });

  it('begins with a month, and with the whole past of a championship that has little of it', () => {
    const today = dayNumber('2018-03-01');
    const { row } = startOf(today, (at) => table.day[at] === today);
    expect(dayText(table.day[row]!).slice(0, 7)).not.toBe(dayText(table.day[row - 1]!).slice(0, 7));
    const early = dayNumber('2011-02-01');
    expect(startOf(early, (at) => table.day[at] === early).row).toBe(0);
  });

  it('has nothing to go through where nothing is wanted', () => {
    expect(startOf(1_000_000, () => false)).toEqual({ row: table.rows, selectionRow: table.rows });
  });

  it('is the first row where the first match is wanted', () => {
    expect(startOf(1_000_000, () => true)).toEqual({ row: 0, selectionRow: 0 });
  });
});
