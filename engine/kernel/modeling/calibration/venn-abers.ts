import { sortedOrder } from '../../math/sorted-order.ts';
import type { CalibrationMethod } from './calibrator.ts';
import { applyEachClass, fitEachClass } from './one-against-rest.ts';

/**
 * Inductive Venn-Abers prediction (Vovk & Petej 2014). For a new score s, p0 and p1 are the isotonic fits at
 * s once the new point is added with label 0 and with label 1. Only the chord of the cumulative diagram
 * across the new point can change, so both hulls of the old points are kept as parent links and the chord is
 * found in a few steps.
 */
export interface VennAbersState {
  /** Distinct scores, ascending. */
  readonly scores: readonly number[];
  /** Total weight and weighted events at each score. */
  readonly weights: readonly number[];
  readonly events: readonly number[];
}

export interface VennAbersPredictor {
  /** Writes [p0, p1] for the score. p0 <= p1. */
  predict(score: number, pair: Float64Array): Float64Array;
}

export function fitVennAbers(
  scores: ArrayLike<number>,
  events: ArrayLike<number>,
  weights?: ArrayLike<number>,
): VennAbersState {
  const order = sortedOrder(scores);
  const distinct: number[] = [];
  const masses: number[] = [];
  const totals: number[] = [];
  for (const at of order) {
    const weight = weights ? weights[at]! : 1;
    if (distinct.length === 0 || scores[at]! !== distinct.at(-1)) {
      distinct.push(scores[at]!);
      masses.push(0);
      totals.push(0);
    }
    masses[masses.length - 1]! += weight;
    totals[totals.length - 1]! += weight * events[at]!;
  }
  return { scores: distinct, weights: masses, events: totals };
}

export function createVennAbers(state: VennAbersState): VennAbersPredictor {
  const n = state.scores.length;
  const scores = Float64Array.from(state.scores);
  // The cumulative diagram: point k holds the weight and the events of the first k scores.
  const x = new Float64Array(n + 1);
  const y = new Float64Array(n + 1);
  for (let k = 0; k < n; k++) {
    x[k + 1] = x[k]! + state.weights[k]!;
    y[k + 1] = y[k]! + state.events[k]!;
  }
  const slope = (a: number, b: number) => (y[b]! - y[a]!) / (x[b]! - x[a]!);
  // before[k]: the vertex left of k on the lower hull of points 0..k; after[k]: right of k on that of points
  // k..n.
  const before = new Int32Array(n + 1).fill(-1);
  const after = new Int32Array(n + 1).fill(-1);
  for (let k = 1; k <= n; k++) {
    let at = k - 1;
    while (before[at]! >= 0 && slope(before[at]!, at) >= slope(at, k)) at = before[at]!;
    before[k] = at;
  }
  for (let k = n - 1; k >= 0; k--) {
    let at = k + 1;
    while (after[at]! >= 0 && slope(at, after[at]!) <= slope(k, at)) at = after[at]!;
    after[k] = at;
  }

  /**
   * Slope of the chord over the new point of weight 1, from the hull ending at `left` to the one starting at
   * `right`.
   */
  function chord(left: number, right: number, label: number): number {
    let l = left;
    let r = right;
    for (;;) {
      const value = (y[r]! + label - y[l]!) / (x[r]! + 1 - x[l]!);
      const back = before[l]!;
      const next = after[r]!;
      if (back >= 0 && slope(back, l) >= value) l = back;
      else if (next >= 0 && slope(r, next) <= value) r = next;
      else return value;
    }
  }

  return {
    predict(score, pair) {
      let low = 0;
      let high = n;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (scores[middle]! < score) low = middle + 1;
        else high = middle;
      }
      const right = low < n && scores[low] === score ? low + 1 : low;
      pair[0] = chord(low, right, 0);
      pair[1] = chord(low, right, 1);
      return pair;
    },
  };
}

/** One probability from the pair: p1 / (1 - p0 + p1), which minimises the worst regret in log loss. */
export function mergeVennAbers(p0: number, p1: number): number {
  return p1 / (1 - p0 + p1);
}

/**
 * Merged Venn-Abers of each class against the rest, normalised. As point probabilities it is worse than
 * temperature below thousands of rows.
 */
export const vennAbers: CalibrationMethod<readonly VennAbersState[]> = {
  name: 'vennAbers',
  fit: (sample) =>
    fitEachClass(sample, (binary) => fitVennAbers(binary.probabilities, binary.events, binary.weights)),
  apply: (states) =>
    applyEachClass(
      states.map((state) => {
        const predictor = createVennAbers(state);
        const pair = new Float64Array(2);
        return (p) => {
          predictor.predict(p, pair);
          return mergeVennAbers(pair[0]!, pair[1]!);
        };
      }),
    ),
};
