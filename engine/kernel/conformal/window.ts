import { tieTolerance } from './p-values.ts';
import type { Taxonomy } from './p-values.ts';
import { createSortedScores } from './sorted-scores.ts';

export interface WindowOptions {
  readonly classes: number;
  readonly taxonomy: Taxonomy;
  /** Weight of a row lost with every later row; 1: none. */
  readonly decay: number;
}

/** The latest whole days that together hold at least `size` rows. */
export interface Window {
  /** Rows of each class. */
  readonly counts: Uint32Array;
  isEnough(minimumPerClass: number): boolean;
  /** Adds the score of the class that came. */
  add(score: number, outcome: number): void;
  endDay(): void;
  /** P-values of the scores of every class of a new row. */
  pValues(scores: Float64Array): Float64Array;
  /** Smoothed p-value of one class; `tau` in [0, 1) places it among equal scores. */
  smoothedPValue(score: number, k: number, tau: number): number;
}

export function createWindow(size: number, options: WindowOptions): Window {
  const { classes, taxonomy, decay } = options;
  const isWeighted = decay < 1;
  let held = new Float64Array(64);
  let outcomes = new Uint8Array(64);
  let weights = new Float64Array(isWeighted ? 64 : 0);
  let length = 0;
  /** Rows of each whole day, oldest first. */
  const days: number[] = [];
  let today = 0;
  const counts = new Uint32Array(classes);
  const reached = new Float64Array(classes);
  const totals = new Float64Array(classes);
  // Equal weights need no look at every row. One list serves all classes when they are not told apart.
  const sorted = Array.from({ length: taxonomy === 'label' ? classes : 1 }, createSortedScores);
  const sortedOf = (k: number) => sorted[taxonomy === 'label' ? k : 0]!;

  function grow(): void {
    const scores = new Float64Array(2 * held.length);
    scores.set(held);
    held = scores;
    const bytes = new Uint8Array(2 * outcomes.length);
    bytes.set(outcomes);
    outcomes = bytes;
    if (!isWeighted) return;
    const wider = new Float64Array(held.length);
    wider.set(weights);
    weights = wider;
  }

  function drop(rows: number): void {
    for (let i = 0; i < rows; i++) {
      counts[outcomes[i]!]!--;
      if (!isWeighted) sortedOf(outcomes[i]!).remove(held[i]!);
    }
    held.copyWithin(0, rows, length);
    outcomes.copyWithin(0, rows, length);
    if (isWeighted) weights.copyWithin(0, rows, length);
    length -= rows;
  }

  /** Rows of a day weigh the same: decay to the power of the rows of later days, plus one. */
  function weigh(newest: number): void {
    const factor = decay ** newest;
    const before = length - newest;
    for (let i = 0; i < before; i++) weights[i]! *= factor;
    weights.fill(decay, before, length);
  }

  /**
   * Adds to `reached` and `totals` the weights of the rows at least as strange, and of all rows, for each
   * class.
   */
  function addWeights(scores: Float64Array): void {
    for (let i = 0; i < length; i++) {
      for (let k = 0; k < classes; k++) {
        if (taxonomy === 'label' && outcomes[i] !== k) continue;
        totals[k]! += weights[i]!;
        if (held[i]! >= scores[k]! - tieTolerance) reached[k]! += weights[i]!;
      }
    }
  }

  return {
    counts,
    isEnough(minimumPerClass) {
      for (let k = 0; k < classes; k++) if (counts[k]! < minimumPerClass) return false;
      return true;
    },
    add(score, outcome) {
      if (length === held.length) grow();
      held[length] = score;
      outcomes[length++] = outcome;
      counts[outcome]!++;
      today++;
      if (!isWeighted) sortedOf(outcome).insert(score);
    },
    endDay() {
      days.push(today);
      if (isWeighted) weigh(today);
      today = 0;
      let oldest = 0;
      let rows = 0;
      while (length - rows - days[oldest]! >= size) rows += days[oldest++]!;
      if (rows > 0) {
        drop(rows);
        days.splice(0, oldest);
      }
    },
    pValues(scores) {
      reached.fill(1);
      totals.fill(1);
      if (isWeighted) addWeights(scores);
      else {
        for (let k = 0; k < classes; k++) {
          reached[k]! += sortedOf(k).countAtLeast(scores[k]! - tieTolerance);
          totals[k]! += sortedOf(k).length;
        }
      }
      return reached.map((weight, k) => weight / totals[k]!);
    },
    smoothedPValue(score, k, tau) {
      let atLeast = 1;
      let more = 0;
      let total = 1;
      if (isWeighted) {
        for (let i = 0; i < length; i++) {
          if (taxonomy === 'label' && outcomes[i] !== k) continue;
          total += weights[i]!;
          if (held[i]! >= score - tieTolerance) atLeast += weights[i]!;
          if (held[i]! >= score + tieTolerance) more += weights[i]!;
        }
      } else {
        atLeast += sortedOf(k).countAtLeast(score - tieTolerance);
        more = sortedOf(k).countAtLeast(score + tieTolerance);
        total += sortedOf(k).length;
      }
      return (more + tau * (atLeast - more)) / total;
    },
  };
}
