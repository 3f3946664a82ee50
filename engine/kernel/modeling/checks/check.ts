import type { EstimatorTask } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';

/** One part of the data as the checks see it; what is absent makes the checks that need it answer `skipped`. */
export interface CheckPart {
  readonly features: Matrix;
  /** Class labels or real values, one a row. */
  readonly target: Float64Array;
  /** When each forecast is made, and when its label is known. */
  readonly forecastAt?: ArrayLike<number> | undefined;
  readonly labelKnownAt?: ArrayLike<number> | undefined;
  /** The latest instant of anything that went into the row's features. */
  readonly featuresKnownAt?: ArrayLike<number> | undefined;
  /** The market's probabilities, rows x classes in ascending order of label; NaN where there is no price. */
  readonly marketProbabilities?: Float64Array | undefined;
}

/**
 * Trains a fresh copy of the estimator on the features and target and answers its forecasts of the later features:
 * rows x classes (ascending labels of the target) or one value a row. Used by the probes on doctored targets.
 */
export type Probe = (features: Matrix, target: Float64Array, later: Matrix) => Promise<Float64Array>;

export interface CheckInput {
  readonly task: EstimatorTask;
  readonly train: CheckPart;
  /** Parts after `train`, in order of time; the last one is what the model will be judged on. */
  readonly later: readonly CheckPart[];
  /** Features that are made of market prices: allowed to be as close as the market. */
  readonly marketFeatures?: readonly string[] | undefined;
  readonly probe?: Probe | undefined;
  /** Seeds the shuffles of the probes; default 0. */
  readonly seed?: number | undefined;
}

export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skipped';

/** What a check says. The sentence is the developer's; users get `checks.<name>` of the
 * locale files, filled with the formatted figure. */
export interface CheckFinding {
  readonly status: CheckStatus;
  /** The measured number; NaN when skipped. */
  readonly figure: number;
  readonly sentence: string;
  readonly detail: Readonly<Record<string, string | number | readonly string[]>>;
}

/** How a figure is to be written: a share as a percentage, a count as a whole number, anything else with digits. */
export type FigureKind = 'share' | 'count' | 'number';

export interface Check {
  readonly name: string;
  readonly figureKind: FigureKind;
  run(input: CheckInput): CheckFinding | Promise<CheckFinding>;
}

export function skipped(reason: string): CheckFinding {
  return { status: 'skipped', figure: NaN, sentence: `Skipped: ${reason}.`, detail: { reason } };
}

/** Grades a figure of which more is worse. `failAbove` may be Infinity for a check that only warns. */
export function gradeAbove(
  figure: number,
  limits: { readonly warnAbove: number; readonly failAbove: number },
): CheckStatus {
  if (figure > limits.failAbove) return 'fail';
  return figure > limits.warnAbove ? 'warn' : 'pass';
}

/** Column `at` of a matrix, copied. */
export function columnOf({ values, rows, columns }: Matrix, at: number): Float64Array {
  const width = columns.length;
  const column = new Float64Array(rows);
  for (let row = 0; row < rows; row++) column[row] = values[row * width + at]!;
  return column;
}

/** Ascending distinct labels. */
export function distinct(target: ArrayLike<number>): number[] {
  return [...new Set(Array.from(target))].sort((a, b) => a - b);
}

/** At most `limit` row numbers, evenly spaced over `rows`. */
export function evenRows(rows: number, limit: number): Uint32Array {
  const count = Math.min(rows, limit);
  return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
}

/** A share as a percentage with one digit, for sentences. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Mean of paired differences and its standard error. */
export function pairedMean(differences: ArrayLike<number>): {
  readonly gain: number;
  readonly standardError: number;
} {
  const n = differences.length;
  let gain = 0;
  for (let i = 0; i < n; i++) gain += differences[i]! / n;
  let square = 0;
  for (let i = 0; i < n; i++) square += (differences[i]! - gain) ** 2;
  return { gain, standardError: Math.sqrt(square / (n - 1) / n) };
}

/** A gain over the market, in nats, that no honest forecast has shown. */
const suspiciousGain = 0.01;

/** Grades a gain over the market: a fail is large and beyond chance (3 standard errors), a warning one of the two. */
export function gradeGain({
  gain,
  standardError,
}: {
  readonly gain: number;
  readonly standardError: number;
}): CheckStatus {
  const beyondChance = gain > 3 * standardError && gain > 1e-9;
  if (beyondChance && gain > suspiciousGain) return 'fail';
  return beyondChance || gain > suspiciousGain ? 'warn' : 'pass';
}
