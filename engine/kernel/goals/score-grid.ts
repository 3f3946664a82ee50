import { sum } from '../math/summary.ts';

/** Scores from 0 to 15 a side: in football more is seen once in some hundred thousand matches. */
export const defaultGridSize = 16;

/** The probability of each score of a match in regular time: the one source of all that is said about it. */
export interface ScoreGrid {
  /** Goals a side go from 0 to size - 1. */
  readonly size: number;
  /** home * size + away; none negative, together 1 (to 1e-12). */
  readonly cells: Float64Array;
  /** What the model gave to scores outside the grid before the grid was scaled up to 1; 0 where that is not known. */
  readonly beyond: number;
}

/**
 * A grid of non-negative weights (home * size + away), scaled to 1 in place. `beyond` is 1 - their sum when the weights
 * are probabilities. Throws RangeError for a weight below 0, none at all, or a length that is no square.
 */
export function createScoreGrid(cells: Float64Array): ScoreGrid {
  const size = Math.sqrt(cells.length);
  if (!Number.isInteger(size) || size < 2) {
    throw new RangeError(`expected a square of scores, got ${cells.length} cells`);
  }
  for (let i = 0; i < cells.length; i++) {
    if (!(cells[i]! >= 0 && cells[i]! < Infinity)) {
      throw new RangeError(`expected probabilities, got ${cells[i]} for ${Math.floor(i / size)}:${i % size}`);
    }
  }
  const total = sum(cells);
  if (!(total > 0)) throw new RangeError('expected a grid with at least one possible score');
  for (let i = 0; i < cells.length; i++) cells[i]! /= total;
  return { size, cells, beyond: Math.max(0, 1 - total) };
}

/** Probabilities of home win, draw, away win. */
export function outcomeProbabilities({ cells, size }: ScoreGrid): [home: number, draw: number, away: number] {
  let home = 0;
  let draw = 0;
  let away = 0;
  for (let h = 0, at = 0; h < size; h++) {
    for (let a = 0; a < size; a++, at++) {
      if (h > a) home += cells[at]!;
      else if (h === a) draw += cells[at]!;
      else away += cells[at]!;
    }
  }
  return [home, draw, away];
}

export const goalCounts = ['total', 'home', 'away'] as const;
/** What is counted: the goals of both sides, or of one. */
export type GoalCount = (typeof goalCounts)[number];

/** P(count = n) for n from 0. */
export function goalDistribution({ cells, size }: ScoreGrid, of: GoalCount): Float64Array {
  const out = new Float64Array(of === 'total' ? 2 * size - 1 : size);
  for (let h = 0, at = 0; h < size; h++) {
    for (let a = 0; a < size; a++) out[of === 'total' ? h + a : of === 'home' ? h : a]! += cells[at++]!;
  }
  return out;
}

export function distributionMean(probabilities: ArrayLike<number>): number {
  let total = 0;
  for (let n = 1; n < probabilities.length; n++) total += n * probabilities[n]!;
  return total;
}

/** The least n with P(count <= n) >= p. */
export function distributionQuantile(probabilities: ArrayLike<number>, p: number): number {
  let reached = 0;
  for (let n = 0; n < probabilities.length; n++) {
    reached += probabilities[n]!;
    // Rounding must not send the median of an even split to the next count.
    if (reached >= p - 1e-12) return n;
  }
  return probabilities.length - 1;
}

export interface CountInterval {
  readonly level: number;
  /** Both ends belong to it. */
  readonly low: number;
  readonly high: number;
  /** What it really holds: at least `level`, as counts come in steps. */
  readonly probability: number;
}

/** The shortest run of counts that holds at least `level`; of equally short ones the likeliest, then the lowest. */
export function shortestInterval(probabilities: ArrayLike<number>, level: number): CountInterval {
  const count = probabilities.length;
  for (let width = 1; width < count; width++) {
    let best = -1;
    let low = 0;
    for (let from = 0; from + width <= count; from++) {
      let held = 0;
      for (let n = from; n < from + width; n++) held += probabilities[n]!;
      if (held > best + 1e-12) {
        best = held;
        low = from;
      }
    }
    if (best >= level - 1e-12) return { level, low, high: low + width - 1, probability: Math.min(1, best) };
  }
  return { level, low: 0, high: count - 1, probability: 1 };
}
