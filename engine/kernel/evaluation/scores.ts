/**
 * Proper scores of probability rows. `probabilities` is row-major, rows x classes, classes in their order
 * (home, draw, away); `outcomes` holds the class that came, 0-based. Lower is better for all but accuracy.
 */
import { argmaxRow } from '../math/softmax.ts';
import { mean } from '../math/summary.ts';

export interface Scores {
  /** Mean -ln p of what came, natural logarithm. */
  readonly logLoss: number;
  /**
   * Ranked probability score: 1/(classes - 1) * sum of squared cumulative differences (Epstein 1969), 0 to 1.
   */
  readonly rps: number;
  /** Sum over classes of squared differences (Brier 1950), 0 to 2. */
  readonly brier: number;
  /** Share of rows whose most probable class came; the first of equals counts. */
  readonly accuracy: number;
}

/** A probability below this counts as this much in the log loss, so that one sure mistake is not infinite. */
export const probabilityFloor = 1e-15;

export interface RowOptions {
  /** Default 3. */
  readonly classes?: number | undefined;
  /** Written to and answered instead of a new array. */
  readonly out?: Float64Array | undefined;
}

type Score = (p: ArrayLike<number>, offset: number, outcome: number, classes: number) => number;

/** -ln p of the class that came. */
export const logLossOf: Score = (p, offset, outcome) => {
  const value = p[offset + outcome]!;
  return -Math.log(value < probabilityFloor ? probabilityFloor : value);
};

/** Ranked probability score of one row. */
export const rankedProbabilityScoreOf: Score = (p, offset, outcome, classes) => {
  let cumulative = 0;
  let total = 0;
  for (let k = 0; k < classes - 1; k++) {
    cumulative += p[offset + k]!;
    const difference = cumulative - (outcome <= k ? 1 : 0);
    total += difference * difference;
  }
  return total / (classes - 1);
};

/** Brier score of one row, summed over classes. */
export const brierOf: Score = (p, offset, outcome, classes) => {
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const difference = p[offset + k]! - (k === outcome ? 1 : 0);
    total += difference * difference;
  }
  return total;
};

/** 1 when the most probable class came, else 0. */
export const hitOf: Score = (p, offset, outcome, classes) =>
  argmaxRow(p, offset, classes) === outcome ? 1 : 0;

function rows(score: Score) {
  return (p: ArrayLike<number>, outcomes: ArrayLike<number>, options: RowOptions = {}): Float64Array => {
    const { classes = 3, out = new Float64Array(outcomes.length) } = options;
    for (let i = 0, at = 0; i < outcomes.length; i++, at += classes) {
      out[i] = score(p, at, outcomes[i]!, classes);
    }
    return out;
  };
}

/** One log loss a row. */
export const logLosses = rows(logLossOf);
/** One ranked probability score a row. */
export const rankedProbabilityScores = rows(rankedProbabilityScoreOf);
/** One Brier score a row. */
export const brierScores = rows(brierOf);
/** 1 or 0 a row: did the most probable class come. */
export const hits = rows(hitOf);

export function logLoss(p: ArrayLike<number>, outcomes: ArrayLike<number>, classes = 3): number {
  return mean(logLosses(p, outcomes, { classes }));
}

export function rankedProbabilityScore(
  p: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  classes = 3,
): number {
  return mean(rankedProbabilityScores(p, outcomes, { classes }));
}

export function brier(p: ArrayLike<number>, outcomes: ArrayLike<number>, classes = 3): number {
  return mean(brierScores(p, outcomes, { classes }));
}

export function accuracy(p: ArrayLike<number>, outcomes: ArrayLike<number>, classes = 3): number {
  return mean(hits(p, outcomes, { classes }));
}

/** All four means in one pass; NaN for no rows. */
export function scoreForecasts(
  p: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  classes = 3,
): Scores & { readonly n: number } {
  const n = outcomes.length;
  let log = 0;
  let rps = 0;
  let squares = 0;
  let right = 0;
  for (let i = 0, at = 0; i < n; i++, at += classes) {
    const outcome = outcomes[i]!;
    log += logLossOf(p, at, outcome, classes);
    rps += rankedProbabilityScoreOf(p, at, outcome, classes);
    squares += brierOf(p, at, outcome, classes);
    right += hitOf(p, at, outcome, classes);
  }
  return { n, logLoss: log / n, rps: rps / n, brier: squares / n, accuracy: right / n };
}

/** Counts, row-major: what came x the most probable class. */
export function confusionMatrix(p: ArrayLike<number>, outcomes: ArrayLike<number>, classes = 3): Uint32Array {
  const counts = new Uint32Array(classes * classes);
  for (let i = 0; i < outcomes.length; i++) {
    counts[outcomes[i]! * classes + argmaxRow(p, i * classes, classes)]!++;
  }
  return counts;
}
