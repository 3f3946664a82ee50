import { describe, expect, test } from 'vitest';
import { simulateSeason } from '../../../../engine/kernel/goals/season.ts';
import { createScoreGrid } from '../../../../engine/kernel/goals/score-grid.ts';

/** Scores 0:0, 0:1, 1:0 and 1:1. */
const gridOf = (...cells: [number, number, number, number]) => createScoreGrid(Float64Array.from(cells));
const homeWins = gridOf(0, 0, 1, 0);
const draws = gridOf(1, 0, 0, 0);

/** How often each club ended in each place. */
function shares(places: Uint32Array, clubs: number, drawn: number): number[][] {
  return Array.from({ length: clubs }, (_, club) =>
    Array.from(places.subarray(club * clubs, (club + 1) * clubs), (count) => count / drawn),
  );
}

describe('a simulated season', () => {
  test('ends as it stands when nothing is left to play', () => {
    const state = { points: [3, 6, 4], goalDifference: [0, 1, 2], goalsFor: [1, 2, 3] };
    const { places, points } = simulateSeason(state, [], { draws: 10, seed: 1 });
    expect(shares(places, 3, 10)).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect([...points.subarray(0, 3)]).toEqual([3, 3, 3]);
  });

  test('gives three points for a win and one for a draw, or what the sport gives', () => {
    const level = { points: [0, 0], goalDifference: [0, 0], goalsFor: [0, 0] };
    const won = [{ home: 0, away: 1, grid: homeWins }];
    const drawn = [{ home: 0, away: 1, grid: draws }];
    expect(simulateSeason(level, won, { draws: 1, seed: 1 }).points).toEqual(Int32Array.of(3, 0));
    expect(simulateSeason(level, drawn, { draws: 1, seed: 1 }).points).toEqual(Int32Array.of(1, 1));
    const two = { win: 2, draw: 1 };
    expect(simulateSeason(level, won, { draws: 1, seed: 1, points: two }).points).toEqual(
      Int32Array.of(2, 0),
    );
  });

  test('goes by goal difference before goals scored', () => {
    const state = { points: [3, 3, 3], goalDifference: [1, 2, 1], goalsFor: [9, 2, 4] };
    const { places } = simulateSeason(state, [], { draws: 5, seed: 1 });
    expect(shares(places, 3, 5)).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });

  test('casts a fair lot between clubs that are level in everything', () => {
    const state = { points: [3, 3], goalDifference: [0, 0], goalsFor: [1, 1] };
    const drawn = 20_000;
    const [first] = shares(simulateSeason(state, [], { draws: drawn, seed: 7 }).places, 2, drawn);
    // Five standard errors of a fair coin.
    expect(Math.abs(first![0]! - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / drawn));
  });

  test('draws each score as often as its grid says', () => {
    const grid = gridOf(0.1, 0.2, 0.45, 0.25);
    const state = { points: [0, 0], goalDifference: [0, 0], goalsFor: [0, 0] };
    const drawn = 50_000;
    const { points } = simulateSeason(state, [{ home: 0, away: 1, grid }], { draws: drawn, seed: 3 });
    const share = (value: number) => points.subarray(0, drawn).filter((one) => one === value).length / drawn;
    for (const [value, p] of [
      [3, 0.45],
      [1, 0.35],
      [0, 0.2],
    ] as const) {
      expect(Math.abs(share(value) - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / drawn));
    }
  });

  test('comes out the same from the same seed, and every club has a place in every season', () => {
    const state = { points: [0, 1, 2], goalDifference: [0, 0, 0], goalsFor: [0, 0, 0] };
    const grid = gridOf(0.25, 0.25, 0.25, 0.25);
    const left = [
      { home: 0, away: 1, grid },
      { home: 1, away: 2, grid },
      { home: 2, away: 0, grid },
    ];
    const one = simulateSeason(state, left, { draws: 500, seed: 11 });
    expect(simulateSeason(state, left, { draws: 500, seed: 11 })).toEqual(one);
    for (let place = 0; place < 3; place++) {
      expect([0, 1, 2].reduce((sum, club) => sum + one.places[club * 3 + place]!, 0)).toBe(500);
    }
  });
});
