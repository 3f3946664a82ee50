import { describe, expect, test } from 'vitest';
import { rankedProbabilityScore } from '../../../../../engine/kernel/evaluation/scores.ts';
import { createGoalForecaster } from '../../../../../engine/kernel/modeling/goals/forecaster.ts';
import { gridOfLaw } from '../../../../../engine/kernel/modeling/goals/grid.ts';
import { scoreLaws } from '../../../../../engine/kernel/modeling/goals/laws/registry.ts';
import { sliceMatches } from '../../../../../engine/kernel/modeling/goals/matches.ts';
import { trackArrivals } from '../../../../../engine/kernel/modeling/goals/newcomers.ts';
import { walkForwardGoals } from '../../../../../engine/kernel/modeling/goals/walk-forward.ts';
import { outcomeProbabilities } from '../../../../../engine/kernel/goals/score-grid.ts';
import { drawGoals } from '../../../../fixtures/goals.ts';
import { shared } from '../../../../fixtures/shared.ts';
import { readGoalSeasons } from '../../../../fixtures/goal-seasons.ts';

/** Ten matches a day. */
function rounds(clubs: number, seed: number) {
  const drawn = drawGoals({ clubs, rounds: 4, seed });
  return { ...drawn, day: drawn.day.map((_, i) => Math.floor(i / 10)) };
}

describe('forecasting goals day by day', () => {
  const matches = rounds(8, 4);
  const rows = matches.day.length;

  test('never sees the day itself nor a later one', () => {
    const options = { clubs: 8, fromDay: 10 };
    const whole = walkForwardGoals(matches, options);
    const cut = walkForwardGoals(sliceMatches(matches, 0, 160), options);
    const changed = {
      ...matches,
      homeGoals: matches.homeGoals.map((goals, i) => (matches.day[i]! >= 15 ? 9 - goals : goals)),
    };
    const other = walkForwardGoals(changed, options);
    const until = 10 * (16 - 10) * 3;
    expect(whole.probabilities.subarray(0, until)).toEqual(cut.probabilities.subarray(0, until));
    expect(whole.probabilities.subarray(0, until)).toEqual(other.probabilities.subarray(0, until));
    expect(whole.probabilities.subarray(until)).not.toEqual(other.probabilities.subarray(until));
  });

  test('uses a late result only from the day on which it may be used', () => {
    const late = matches.day.map((day, i) => (i >= 140 && i < 150 ? day + 2 : day + 1));
    const shifted = { ...matches, usableFrom: late };
    const changed = {
      ...shifted,
      homeGoals: matches.homeGoals.map((goals, i) => (i >= 140 && i < 150 ? 7 : goals)),
    };
    const [one, other] = [shifted, changed].map((given) =>
      walkForwardGoals(given, { clubs: 8, fromDay: 15 }),
    );
    // Days 15 and 16, ten matches each, three probabilities a match.
    expect(one!.probabilities.subarray(0, 30)).toEqual(other!.probabilities.subarray(0, 30));
    expect(one!.probabilities.subarray(30, 60)).not.toEqual(other!.probabilities.subarray(30, 60));
  });

  test('gives with each row what its grid is made of', () => {
    const forecasts = walkForwardGoals(matches, { clubs: 8, fromDay: 12 });
    const row = forecasts.rows - 1;
    const extras = forecasts.extras.subarray(row, row + 1);
    const grid = gridOfLaw(scoreLaws['dixon-coles'], {
      home: forecasts.home[row]!,
      away: forecasts.away[row]!,
      extras,
    });
    expect([...forecasts.probabilities.subarray(3 * row)]).toEqual(outcomeProbabilities(grid));
    expect(forecasts.from).toBe(120);
    expect(forecasts.rows).toBe(rows - 120);
  });

  test('says nothing while it knows too little', () => {
    const forecasts = walkForwardGoals(matches, { clubs: 8, minimumMatches: 50 });
    expect(forecasts.probabilities.subarray(0, 150).every(Number.isNaN)).toBe(true);
    expect(forecasts.probabilities.subarray(150).some(Number.isNaN)).toBe(false);
    expect(forecasts.fits).toBe(Math.ceil(rows / 10) - 5);
  });

  test('forgets what lies before its window', () => {
    const window = { clubs: 8, windowDays: 8 };
    const changed = { ...matches, homeGoals: matches.homeGoals.map((goals, i) => (i < 30 ? 5 : goals)) };
    const last = { fromDay: matches.day.at(-1)! };
    const plain = walkForwardGoals(matches, { ...window, ...last });
    expect(plain.probabilities).toEqual(walkForwardGoals(changed, { ...window, ...last }).probabilities);
  });

  test('reports its way and stops at once when told to', () => {
    const seen: number[] = [];
    const signal = { aborted: false };
    const report = (done: number) => {
      seen.push(done);
      if (done >= 100) signal.aborted = true;
    };
    expect(() => walkForwardGoals(matches, { clubs: 8, signal, report })).toThrow(
      expect.objectContaining({ code: 'CANCELLED' }),
    );
    expect(seen.at(-1)).toBe(100);
  });

  test('refuses days that fall', () => {
    const forecaster = createGoalForecaster(matches, { clubs: 8 });
    forecaster.fitFor(15);
    expect(() => forecaster.fitFor(14)).toThrow(/order of time/);
  });
});

describe('newcomers', () => {
  // Clubs 0 and 1 play from the start, 2 joins in the second season, 1 is away for the second and back in the third.
  const days = [0, 100, 200, 365, 465, 565, 730, 830, 930];
  const matches = {
    home: Int32Array.from(days, () => 0),
    away: Int32Array.from([1, 1, 1, 2, 2, 2, 1, 1, 1]),
    homeGoals: new Uint8Array(9),
    awayGoals: new Uint8Array(9),
    day: Int32Array.from(days),
  };
  const at = (day: number) => {
    const arrivals = trackArrivals(matches, 4, 1);
    arrivals.advance(days.filter((one) => one < day).length);
    return [0, 1, 2, 3].map((club) => arrivals.isNew(club, day));
  };

  test('are clubs in their first season, back after a season away, or never seen', () => {
    expect(at(250)).toEqual([false, false, true, true]);
    expect(at(400)).toEqual([false, false, true, true]);
    expect(at(700)).toEqual([false, true, false, true]);
    expect(at(800)).toEqual([false, true, true, true]);
  });
});

const england = shared('data/football/main/E0');
describe.skipIf(!england)('the Premier League 2020/21 to 2023/24 (needs ../shared/data/football)', () => {
  test.each([
    ['dixon-coles', 0.2027],
    ['poisson', 0.2027],
  ] as const)('%s forecasts it with a ranked probability score of at most %f', (law, limit) => {
    const { matches, clubs, outcomes } = readGoalSeasons(england!, 2015);
    const forecasts = walkForwardGoals(matches, {
      law,
      clubs,
      fromDay: readGoalSeasons(england!, 2020).matches.day[0]!,
    });
    const scored = outcomes.subarray(forecasts.from);
    expect(scored).toHaveLength(1520);
    expect(rankedProbabilityScore(forecasts.probabilities, scored)).toBeLessThanOrEqual(limit);
  });
});
