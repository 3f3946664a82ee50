import { describe, expect, it } from 'vitest';
import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { AppError } from '../../../engine/contract/errors.ts';
import {
  compareExpectedGoals,
  expectedGoalsColumns,
} from '../../../engine/football/evaluation/expected-goals.ts';
import { withColumns } from '../../../engine/football/processing/columns.ts';
import { makeWorld } from '../../fixtures/model-table.ts';

const names = [
  ...['strengthHomeAway', 'strengthDraw', 'eloDifference', 'piDifference'],
  ...['gapShotsOnTargetHome', 'gapShotsOnTargetAway', 'leagueHomeGoalDifference'],
  ...expectedGoalsColumns,
];

/** The world's matches; `rating` and `expected` make the two ratings from truth and noise. */
function tableOf(
  rating: (truth: number, noise: number) => number,
  expected: (truth: number, noise: number) => number,
  knownFrom = 2011,
): { table: ModelTable; closing: Float64Array } {
  const { table, truth } = makeWorld({ seasons: 5, matchesPerSeason: 400, seed: 3 });
  const features = new Float64Array(table.rows * names.length);
  for (let row = 0; row < table.rows; row++) {
    const [strength, , noise] = table.features.subarray(row * 4, row * 4 + 4) as unknown as [
      number,
      number,
      number,
    ];
    const known = table.firstYear[row]! >= knownFrom ? 1 : NaN;
    features.set(
      [rating(strength, noise), 0, 0, 0, 0, 0, 0, expected(strength, noise), 0, known],
      row * names.length,
    );
  }
  return { table: { ...table, featureNames: names, features }, closing: truth };
}

describe('the comparison with and without expected goals', () => {
  it('finds that they help where they know more', async () => {
    const { table, closing } = tableOf(
      (truth, noise) => truth + 2 * noise,
      (truth) => truth,
    );
    const { change, matches, seasons, gapClosed } = await compareExpectedGoals(table, closing, { seed: 1 });
    expect(seasons).toEqual([2012, 2013, 2014]);
    expect(matches).toBe(2400);
    expect(change.low).toBeGreaterThan(0);
    expect(gapClosed.with.value - gapClosed.without.value).toBeCloseTo(change.value, 12);
  });

  it('finds nothing where they say the same', async () => {
    const same = (truth: number) => truth;
    const { table, closing } = tableOf(same, same);
    const { change } = await compareExpectedGoals(table, closing, { seed: 1 });
    expect(change).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('finds that they hurt where they know less', async () => {
    const { table, closing } = tableOf(
      (truth) => truth,
      (_, noise) => noise,
    );
    expect((await compareExpectedGoals(table, closing, { seed: 1 })).change.high).toBeLessThan(0);
  });

  it('says so where no two seasons have any', async () => {
    const { table, closing } = tableOf(
      (truth) => truth,
      (truth) => truth,
      2014,
    );
    const failed = compareExpectedGoals(table, closing, { seed: 1 });
    await expect(failed).rejects.toThrow(AppError);
    await expect(failed).rejects.toMatchObject({ code: 'HISTORY_TOO_SHORT' });
  });
});

describe('columns of another set', () => {
  it('come beside the own, match by match', () => {
    const { table } = makeWorld({ seasons: 1, matchesPerSeason: 5 });
    const joined = withColumns(table, table, ['noise']);
    expect(joined.featureNames).toEqual([...table.featureNames, 'noise']);
    expect(joined.features[9]).toBe(table.features[6]);
  });

  it('are refused where the matches are others', () => {
    const { table } = makeWorld({ seasons: 1, matchesPerSeason: 5 });
    const other = { ...table, matchId: table.matchId.map((id) => id + 1) };
    expect(() => withColumns(table, other)).toThrow('do not hold the same matches');
  });
});
