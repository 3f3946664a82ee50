/** What the likelihood is taken of, and the buffers that an evaluation fills; one row a match. */
export interface LawRows {
  readonly rows: number;
  readonly leagues: number;
  readonly league: Uint16Array;
  readonly homeGoals: Uint8Array;
  readonly awayGoals: Uint8Array;
  readonly weights: Float64Array;
  /** Filled before each evaluation: intensities and their logarithms. */
  readonly home: Float64Array;
  readonly away: Float64Array;
  readonly logHome: Float64Array;
  readonly logAway: Float64Array;
  /** Written by the evaluation: weighted derivative of the log likelihood by each log intensity. */
  readonly homeSlope: Float64Array;
  readonly awaySlope: Float64Array;
}

/** A parameter that the law has beside the two intensities; every league has its own. */
export interface LawParameter {
  readonly name: string;
  readonly start: number;
  /** A weak pull towards a value, in effect `precision` * (parameter - mean)^2, where a likelihood can be flat. */
  readonly prior?: { readonly mean: number; readonly precision: number } | undefined;
}

/**
 * Weighted log likelihood at the intensities in the rows. `extras` and `extraSlopes` hold a value per parameter and
 * league (parameter * leagues + league); slopes are added to. -Infinity or NaN where the law does not hold. Allocates nothing.
 */
export type LawEvaluation = (extras: Float64Array, extraSlopes: Float64Array) => number;

/** How two intensities become the probability of a score. */
export interface ScoreLaw {
  readonly name: string;
  readonly parameters: readonly LawParameter[];
  /** Prepares an evaluation for these matches. */
  bind(rows: LawRows): LawEvaluation;
  /** Probabilities of the scores 0 to size - 1 each, unscaled, into `cells` (home * size + away). */
  fill(cells: Float64Array, size: number, intensities: LawIntensities): void;
}

export interface LawIntensities {
  readonly home: number;
  readonly away: number;
  /** The values of `ScoreLaw.parameters`, in their order. */
  readonly extras: ArrayLike<number>;
}

/** ln n! of the counts that a match can hold. */
const logFactorials = new Float64Array(256);
for (let n = 2; n < logFactorials.length; n++) logFactorials[n] = logFactorials[n - 1]! + Math.log(n);

/** The sum of weight * (ln x! + ln y!): the part of the likelihood that no parameter moves. */
export function factorialPart(rows: LawRows): number {
  let total = 0;
  for (let i = 0; i < rows.rows; i++) {
    total += rows.weights[i]! * (logFactorials[rows.homeGoals[i]!]! + logFactorials[rows.awayGoals[i]!]!);
  }
  return total;
}

/** Poisson probabilities of 0 to out.length - 1. */
export function fillPoisson(out: Float64Array, mean: number): void {
  out[0] = Math.exp(-mean);
  for (let k = 1; k < out.length; k++) out[k] = (out[k - 1]! * mean) / k;
}

/** The product of two independent counts. */
export function fillProduct(cells: Float64Array, home: Float64Array, away: Float64Array): void {
  const size = home.length;
  for (let h = 0, at = 0; h < size; h++) {
    for (let a = 0; a < size; a++) cells[at++] = home[h]! * away[a]!;
  }
}
