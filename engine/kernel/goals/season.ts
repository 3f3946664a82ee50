import { createRandom, type Random } from '../math/random.ts';
import type { ScoreGrid } from './score-grid.ts';

/** What the clubs of a season have by now; one entry a club. */
export interface SeasonState {
  readonly points: ArrayLike<number>;
  readonly goalDifference: ArrayLike<number>;
  readonly goalsFor: ArrayLike<number>;
}

/** A match still to be played, with the chance of every score. Clubs are positions in the season's state. */
export interface SeasonFixture {
  readonly home: number;
  readonly away: number;
  readonly grid: ScoreGrid;
}

export interface SeasonOptions {
  readonly draws: number;
  readonly seed: number;
  /** Points for a win and a draw; default 3 and 1. */
  readonly points?: { readonly win: number; readonly draw: number } | undefined;
}

export interface SimulatedSeason {
  readonly draws: number;
  /** clubs x clubs: in how many of the seasons a club ended in a place (0 is the first). */
  readonly places: Uint32Array;
  /** clubs x draws: final points, each club's sorted ascending. */
  readonly points: Int32Array;
}

/** More than any goal difference or number of goals of a season: one number orders clubs by points, difference, goals. */
const span = 4096;

/**
 * Plays out the rest of a season many times, every match a draw from its own grid and independent of the others. Places
 * go by points, goal difference, goals scored, then by lot. Strengths do not move while a season is played out, so the
 * spread is that of luck alone.
 */
export function simulateSeason(
  state: SeasonState,
  fixtures: readonly SeasonFixture[],
  { draws, seed, points: rule = { win: 3, draw: 1 } }: SeasonOptions,
): SimulatedSeason {
  const clubs = state.points.length;
  const samplers = fixtures.map(({ grid }) => createSampler(grid));
  const random = createRandom(seed);
  const places = new Uint32Array(clubs * clubs);
  const finals = new Int32Array(clubs * draws);
  const points = new Int32Array(clubs);
  const difference = new Int32Array(clubs);
  const scored = new Int32Array(clubs);
  const keys = new Float64Array(clubs);
  const order = new Int32Array(clubs);
  for (let draw = 0; draw < draws; draw++) {
    points.set(Int32Array.from(state.points));
    difference.set(Int32Array.from(state.goalDifference));
    scored.set(Int32Array.from(state.goalsFor));
    for (let at = 0; at < fixtures.length; at++) {
      const { home, away, grid } = fixtures[at]!;
      const cell = samplers[at]!(random);
      const homeGoals = Math.floor(cell / grid.size);
      const awayGoals = cell - homeGoals * grid.size;
      scored[home]! += homeGoals;
      scored[away]! += awayGoals;
      difference[home]! += homeGoals - awayGoals;
      difference[away]! += awayGoals - homeGoals;
      if (homeGoals > awayGoals) points[home]! += rule.win;
      else if (homeGoals < awayGoals) points[away]! += rule.win;
      else {
        points[home]! += rule.draw;
        points[away]! += rule.draw;
      }
    }
    for (let club = 0; club < clubs; club++) {
      const whole = (points[club]! * span + difference[club]! + span / 2) * span + scored[club]!;
      keys[club] = whole + random.uniform();
      finals[club * draws + draw] = points[club]!;
      insert(order, keys, club);
    }
    for (let place = 0; place < clubs; place++) places[order[place]! * clubs + place]!++;
  }
  for (let club = 0; club < clubs; club++) finals.subarray(club * draws, (club + 1) * draws).sort();
  return { draws, places, points: finals };
}

/** Puts a club into the first `club` entries of an order, best first. */
function insert(order: Int32Array, keys: Float64Array, club: number): void {
  let at = club;
  while (at > 0 && keys[order[at - 1]!]! < keys[club]!) {
    order[at] = order[at - 1]!;
    at--;
  }
  order[at] = club;
}

/** Draws cells of a grid in constant time: the alias method (Walker 1977, in Vose's form of 1991). */
function createSampler({ cells }: ScoreGrid): (random: Random) => number {
  const count = cells.length;
  const keep = Float64Array.from(cells, (cell) => cell * count);
  const alias = new Int32Array(count);
  const small: number[] = [];
  const large: number[] = [];
  for (let at = 0; at < count; at++) (keep[at]! < 1 ? small : large).push(at);
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!;
    const more = large.pop()!;
    alias[less] = more;
    keep[more] = keep[more]! + keep[less]! - 1;
    (keep[more] < 1 ? small : large).push(more);
  }
  // What is left is 1 but for rounding.
  for (const at of [...small, ...large]) keep[at] = 1;
  return (random) => {
    const place = random.uniform() * count;
    const at = Math.floor(place);
    return place - at < keep[at]! ? at : alias[at]!;
  };
}
