import { createScoreGrid } from './score-grid.ts';
import type { GoalCount, ScoreGrid } from './score-grid.ts';

/** A division of all scores into groups, and how probable each group is to be. */
export interface GridMargin {
  /** The group of each cell, from 0. */
  readonly groups: Uint8Array;
  /** Of each group; together 1. */
  readonly probabilities: Float64Array;
}

/** Home win, draw, away win. */
export function outcomeMargin(probabilities: ArrayLike<number>, size: number): GridMargin {
  return margin(size, probabilities, (home, away) => (home > away ? 0 : home === away ? 1 : 2));
}

/**
 * Chances of going over lines that no count can meet (0.5, 1.5, ...): ascending, each `over` at most the one before.
 * Throws RangeError otherwise.
 */
export function overMargin(
  of: GoalCount,
  lines: readonly { readonly line: number; readonly over: number }[],
  size: number,
): GridMargin {
  const probabilities: number[] = [];
  let above = 1;
  lines.forEach(({ line, over }, index) => {
    const isHalf = line > 0 && Number.isInteger(line - 0.5);
    if (!isHalf || (index > 0 && line <= lines[index - 1]!.line)) {
      throw new RangeError(
        `expected ascending half lines such as 2.5, got ${lines.map((one) => one.line).join(', ')}`,
      );
    }
    if (!(over <= above))
      throw new RangeError(`more is not likelier: over ${line} got ${over} after ${above}`);
    probabilities.push(above - over);
    above = over;
  });
  probabilities.push(above);
  const groupOf = (count: number) => lines.filter(({ line }) => count > line).length;
  return margin(size, probabilities, (home, away) =>
    groupOf(of === 'total' ? home + away : of === 'home' ? home : away),
  );
}

function margin(
  size: number,
  probabilities: ArrayLike<number>,
  groupOf: (home: number, away: number) => number,
): GridMargin {
  let total = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const p = probabilities[k]!;
    if (!(p >= 0 && p <= 1))
      throw new RangeError(`expected probabilities, got ${Array.from(probabilities).join(', ')}`);
    total += p;
  }
  if (Math.abs(total - 1) > 1e-6)
    throw new RangeError(`expected probabilities that add up to 1, got ${total}`);
  const groups = new Uint8Array(size * size);
  for (let h = 0, at = 0; h < size; h++) {
    for (let a = 0; a < size; a++) groups[at++] = groupOf(h, a);
  }
  return { groups, probabilities: Float64Array.from(probabilities, (p) => p / total) };
}

export interface Reconciled {
  readonly grid: ScoreGrid;
  /** Passes over the margins: 1 when there is only one. */
  readonly sweeps: number;
  /** The largest distance of a group from its probability; margins that contradict one another leave it large. */
  readonly largestError: number;
}

/**
 * The grid closest to the given one, in Kullback-Leibler divergence from it, that has the given margins. With one margin
 * that is each group scaled to its probability; with several, iterative proportional fitting (Deming and Stephan 1940;
 * its limit is the closest grid: Csiszar 1975, theorem 3.2), which ends when every margin is met to 1e-12 or after
 * 2,000 sweeps. The last margin given is always met exactly. Throws RangeError for a group that must be possible and has
 * no score in the grid.
 */
export function reconcileGrid(grid: ScoreGrid, margins: readonly GridMargin[]): Reconciled {
  const cells = Float64Array.from(grid.cells);
  const mostSweeps = margins.length > 1 ? 2000 : 1;
  let sweeps = 0;
  let largestError = Infinity;
  while (sweeps < mostSweeps && largestError > 1e-12) {
    for (const one of margins) scaleGroups(cells, one);
    sweeps++;
    largestError = 0;
    for (const one of margins) largestError = Math.max(largestError, errorOf(cells, one));
  }
  return { grid: { ...createScoreGrid(cells), beyond: grid.beyond }, sweeps, largestError };
}

function groupSums(cells: Float64Array, { groups, probabilities }: GridMargin): Float64Array {
  if (groups.length !== cells.length) {
    throw new RangeError(`expected a margin of ${cells.length} scores, got ${groups.length}`);
  }
  const sums = new Float64Array(probabilities.length);
  for (let i = 0; i < cells.length; i++) sums[groups[i]!]! += cells[i]!;
  return sums;
}

function scaleGroups(cells: Float64Array, one: GridMargin): void {
  const factors = groupSums(cells, one);
  for (let k = 0; k < factors.length; k++) {
    const wanted = one.probabilities[k]!;
    if (wanted > 0 && factors[k] === 0) {
      throw new RangeError(`group ${k} is to have probability ${wanted}, but no score of it is possible`);
    }
    factors[k] = wanted === 0 ? 0 : wanted / factors[k]!;
  }
  for (let i = 0; i < cells.length; i++) cells[i]! *= factors[one.groups[i]!]!;
}

function errorOf(cells: Float64Array, one: GridMargin): number {
  const sums = groupSums(cells, one);
  let largest = 0;
  for (let k = 0; k < sums.length; k++)
    largest = Math.max(largest, Math.abs(sums[k]! - one.probabilities[k]!));
  return largest;
}
