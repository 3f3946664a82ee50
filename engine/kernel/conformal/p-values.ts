import { sortedOrder } from '../math/sorted-order.ts';

/** Scores this close count as equal: the cumulated mass of the last class is 1 only up to rounding. */
export const tieTolerance = 1e-12;

/**
 * The ceil((n + 1)(1 - alpha))-th smallest score: the threshold of split conformal sets. Infinity when n is
 * too small for alpha (n < 1/alpha - 1). `sorted` ascending.
 */
export function conformalQuantile(sorted: ArrayLike<number>, alpha: number): number {
  const rank = Math.ceil((sorted.length + 1) * (1 - alpha) - 1e-12);
  return rank > sorted.length ? Infinity : rank < 1 ? -Infinity : sorted[rank - 1]!;
}

/** Past scores that new ones are compared with, weighted or not. */
export interface Reference {
  readonly n: number;
  /** (1 + weight of scores >= s) / (1 + all weight): valid, never below the true chance. */
  pValue(score: number): number;
  /**
   * (weight of scores > s + tau * (weight of equal ones + 1)) / (1 + all weight): exactly uniform for uniform
   * tau in [0, 1).
   */
  smoothedPValue(score: number, tau: number): number;
}

/**
 * A reference from scores in any order. `weights` (default all 1) make it the weighted form for drifting data
 * (Barber, Candès, Ramdas & Tibshirani 2023); the new point weighs 1.
 */
export function createReference(scores: ArrayLike<number>, weights?: ArrayLike<number>): Reference {
  const n = scores.length;
  const order = sortedOrder(scores);
  const sorted = new Float64Array(n);
  // above[i]: weight of the scores from position i on.
  const above = new Float64Array(n + 1);
  for (let i = n - 1; i >= 0; i--) {
    sorted[i] = scores[order[i]!]!;
    above[i] = above[i + 1]! + (weights ? weights[order[i]!]! : 1);
  }
  const total = above[0]! + 1;

  /** First position whose score is at least `value`. */
  function position(value: number): number {
    let low = 0;
    let high = n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    n,
    pValue: (score) => (1 + above[position(score - tieTolerance)]!) / total,
    smoothedPValue(score, tau) {
      const atLeast = above[position(score - tieTolerance)]!;
      const more = above[position(score + tieTolerance)]!;
      return (more + tau * (atLeast - more + 1)) / total;
    },
  };
}

/** Weights rho^(n - i) of rows in time order, the newest last: rho^1. */
export function exponentialWeights(n: number, rho: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => rho ** (n - i));
}

/**
 * `all` compares with every past row; `label` only with past rows of the class in question, and so holds per
 * class.
 */
export type Taxonomy = 'all' | 'label';

/** One reference a class: for the label taxonomy from its own rows, else one and the same. */
export function createReferences(
  past: {
    /** Score of the class that came, one a row. */
    readonly scores: ArrayLike<number>;
    readonly outcomes: ArrayLike<number>;
    readonly weights?: ArrayLike<number> | undefined;
  },
  classes: number,
  taxonomy: Taxonomy = 'label',
): Reference[] {
  const { scores, outcomes, weights } = past;
  if (taxonomy === 'all') return new Array<Reference>(classes).fill(createReference(scores, weights));
  return Array.from({ length: classes }, (_, k) => {
    const rows: number[] = [];
    for (let i = 0; i < outcomes.length; i++) if (outcomes[i] === k) rows.push(i);
    return createReference(
      rows.map((i) => scores[i]!),
      weights && rows.map((i) => weights[i]!),
    );
  });
}
