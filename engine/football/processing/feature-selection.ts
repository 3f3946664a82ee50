import { chiSquareUpper } from '../../kernel/math/distributions.ts';
import { solvePositiveDefinite } from '../../kernel/modeling/linear/cholesky.ts';
import { createLogisticRegression } from '../../kernel/modeling/linear/logistic-regression.ts';
import { selectColumns, type Matrix } from '../../kernel/modeling/matrix.ts';

/** Why a candidate is not in the model. */
export type DroppedFeature = {
  readonly name: string;
  /** `adds-nothing`: what it says is said by the chosen ones, or is noise. */
  readonly reason: 'missing' | 'constant' | 'adds-nothing' | 'limit';
  /** The figure that decided: share missing, or p-value of its score test beside the chosen ones. */
  readonly figure: number;
};

export interface FeatureSelection {
  /** In order of choice, each with the score statistic at which it entered. */
  readonly kept: readonly { readonly name: string; readonly statistic: number }[];
  readonly dropped: readonly DroppedFeature[];
}

export interface SelectionLimits {
  /** At most so many are kept. */
  readonly maximum: number;
  /** Share of missing values from which a candidate is out. */
  readonly missing: number;
}

/** Contrasts of three classes: the first and the last against the middle one. */
const contrasts = [0, 2] as const;

interface Candidate {
  readonly name: string;
  /** Standardised; missing ones are 0, the mean. */
  readonly values: Float64Array;
}

/**
 * Forward selection for a multinomial logistic regression of three classes. In each step every candidate's score test
 * (Rao 1948) says how much it would add beside the chosen ones, without fitting it; the strongest enters if its statistic
 * exceeds 2 log n, the price of its two coefficients by the Bayesian information criterion (Schwarz 1978).
 */
export async function chooseFeatures(
  features: Matrix,
  target: Float64Array,
  limits: SelectionLimits,
): Promise<FeatureSelection> {
  const dropped: DroppedFeature[] = [];
  const candidates = features.columns.flatMap((name, column) => {
    const { values, missing, isConstant } = standardise(features, column);
    if (missing >= limits.missing) dropped.push({ name, reason: 'missing', figure: missing });
    else if (isConstant) dropped.push({ name, reason: 'constant', figure: missing });
    else return [{ name, values }];
    return [];
  });
  const price = 2 * Math.log(features.rows);
  const kept: { name: string; statistic: number }[] = [];
  const chosen: Candidate[] = [];
  let open = candidates;
  for (;;) {
    const probabilities = await fittedProbabilities(features, target, chosen);
    const scores = scoreStatistics(open, { chosen, probabilities, target });
    let best = -1;
    scores.forEach((score, at) => {
      if (score > (scores[best] ?? 0)) best = at;
    });
    const enters = best >= 0 && scores[best]! > price && chosen.length < limits.maximum;
    if (!enters) {
      open.forEach(({ name }, at) => {
        const reason = scores[at]! > price ? 'limit' : 'adds-nothing';
        dropped.push({ name, reason, figure: chiSquareUpper(scores[at]!, contrasts.length) });
      });
      return { kept, dropped };
    }
    chosen.push(open[best]!);
    kept.push({ name: open[best]!.name, statistic: scores[best]! });
    open = open.filter((_, at) => at !== best);
  }
}

function standardise(
  features: Matrix,
  column: number,
): { values: Float64Array; missing: number; isConstant: boolean } {
  const { rows } = features;
  const width = features.columns.length;
  const values = new Float64Array(rows);
  let missing = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const value = features.values[row * width + column]!;
    values[row] = value;
    if (Number.isNaN(value)) missing++;
    else sum += value;
  }
  const mean = sum / (rows - missing);
  for (let row = 0; row < rows; row++) {
    values[row] = Number.isNaN(values[row]) ? 0 : values[row]! - mean;
    squares += values[row]! ** 2;
  }
  const deviation = Math.sqrt(squares / rows);
  const isConstant = !(deviation > 1e-12 * Math.max(1, Math.abs(mean)));
  if (!isConstant) for (let row = 0; row < rows; row++) values[row]! /= deviation;
  return { values, missing: missing / Math.max(1, rows), isConstant };
}

/** Probabilities of the model on the chosen features; of the class shares while there are none. */
async function fittedProbabilities(
  features: Matrix,
  target: Float64Array,
  chosen: readonly Candidate[],
): Promise<Float64Array> {
  const matrix = selectColumns(
    features,
    chosen.map(({ name }) => name),
  );
  const estimator = createLogisticRegression({ C: 1e6, classes: [0, 1, 2] });
  await estimator.fit(matrix, target);
  return estimator.predictProbability(matrix);
}

/** Chi-square statistic of each candidate beside the chosen ones; 0 where it is a combination of them. */
function scoreStatistics(
  candidates: readonly Candidate[],
  model: {
    readonly chosen: readonly Candidate[];
    readonly probabilities: Float64Array;
    readonly target: Float64Array;
  },
): number[] {
  const { chosen, probabilities, target } = model;
  const rows = target.length;
  const ones = new Float64Array(rows).fill(1);
  const design = [ones, ...chosen.map(({ values }) => values)];
  const size = design.length * 2;
  const held = new Float64Array(size * size);
  design.forEach((left, i) => {
    design.forEach((right, j) => {
      if (j > i) return;
      const block = information(left, right, probabilities);
      for (let a = 0; a < 2; a++) {
        for (let b = 0; b < 2; b++) {
          held[(i * 2 + a) * size + j * 2 + b] = block[a * 2 + b]!;
          held[(j * 2 + b) * size + i * 2 + a] = block[a * 2 + b]!;
        }
      }
    });
  });
  return candidates.map(({ values }) => {
    const score = [0, 0];
    for (let row = 0; row < rows; row++) {
      for (let a = 0; a < 2; a++) {
        const k = contrasts[a]!;
        score[a]! += values[row]! * ((target[row] === k ? 1 : 0) - probabilities[row * 3 + k]!);
      }
    }
    const own = information(values, values, probabilities);
    const cross = [new Float64Array(size), new Float64Array(size)];
    design.forEach((column, j) => {
      const block = information(values, column, probabilities);
      for (let a = 0; a < 2; a++) for (let b = 0; b < 2; b++) cross[a]![j * 2 + b] = block[a * 2 + b]!;
    });
    // What is left of the candidate's information when the chosen ones have taken their part.
    const left = Float64Array.from(own);
    for (let b = 0; b < 2; b++) {
      const solved = solvePositiveDefinite(held, cross[b]!);
      for (let a = 0; a < 2; a++) {
        for (let i = 0; i < size; i++) left[a * 2 + b]! -= cross[a]![i]! * solved[i]!;
      }
    }
    const determinant = left[0]! * left[3]! - left[1]! * left[2]!;
    if (!(left[0]! > 1e-6 * own[0]! && left[3]! > 1e-6 * own[3]! && determinant > 0)) return 0;
    return (
      (score[0]! ** 2 * left[3]! -
        score[0]! * score[1]! * (left[1]! + left[2]!) +
        score[1]! ** 2 * left[0]!) /
      determinant
    );
  });
}

/** Fisher information between two columns: 2 x 2 over the contrasts, sum of x z (p_a [a = b] - p_a p_b). */
function information(x: Float64Array, z: Float64Array, probabilities: Float64Array): Float64Array {
  let first = 0;
  let mixed = 0;
  let last = 0;
  for (let row = 0; row < x.length; row++) {
    const product = x[row]! * z[row]!;
    const p = probabilities[row * 3 + contrasts[0]]!;
    const q = probabilities[row * 3 + contrasts[1]]!;
    first += product * p * (1 - p);
    mixed -= product * p * q;
    last += product * q * (1 - q);
  }
  return Float64Array.of(first, mixed, mixed, last);
}
