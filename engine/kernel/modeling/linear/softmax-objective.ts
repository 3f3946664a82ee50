import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';

/** Rows between two looks at the signal: a few milliseconds at most. */
const rowsPerLook = 1024;

/** The rows of a multinomial logistic fit. */
export interface SoftmaxData {
  /** Rows x width, a leading 1 for the intercept. */
  readonly design: Float64Array;
  readonly rows: number;
  readonly width: number;
  readonly classes: number;
  /** Class index of each row. */
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  /** Rows x classes, added to the linear scores. */
  readonly offsets: Float64Array | undefined;
  readonly signal?: CancelSignal | undefined;
}

export interface SoftmaxDerivatives {
  /** Weighted sum of log losses. */
  loss: number;
  /** classes x width. */
  readonly gradient: Float64Array;
  /** (classes x width) squared, the full symmetric matrix; left alone when not asked for. */
  readonly hessian: Float64Array | undefined;
}

/**
 * Loss, gradient and Hessian of the multinomial log loss in one pass over the rows:
 * g_k = sum w (p_k - [y = k]) x,  H_kl = sum w p_k ([k = l] - p_l) x x'.
 * Since the rows of H sum to zero over l, only the blocks k < l are summed and the diagonal ones follow.
 */
export function softmaxDerivatives(
  data: SoftmaxData,
  coefficients: Float64Array,
  options: { readonly withHessian: boolean },
): SoftmaxDerivatives {
  const { design, rows, width, classes, labels, weights, offsets } = data;
  const triangle = (width * (width + 1)) / 2;
  const pairs = options.withHessian ? (classes * (classes - 1)) / 2 : 0;
  const blocks = new Float64Array(pairs * triangle);
  const gradient = new Float64Array(classes * width);
  const p = new Float64Array(classes);
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    if (i % rowsPerLook === 0) throwIfCancelled(data.signal);
    const weight = weights[i]!;
    if (weight === 0) continue;
    const row = i * width;
    let highest = -Infinity;
    for (let k = 0; k < classes; k++) {
      let score = offsets ? offsets[i * classes + k]! : 0;
      const from = k * width;
      for (let j = 0; j < width; j++) score += coefficients[from + j]! * design[row + j]!;
      p[k] = score;
      if (score > highest) highest = score;
    }
    const label = labels[i]!;
    let sum = 0;
    const own = p[label]! - highest;
    for (let k = 0; k < classes; k++) {
      const e = Math.exp(p[k]! - highest);
      p[k] = e;
      sum += e;
    }
    loss += weight * (Math.log(sum) - own);
    for (let k = 0; k < classes; k++) p[k]! /= sum;
    for (let k = 0; k < classes; k++) {
      const residual = weight * (p[k]! - (k === label ? 1 : 0));
      const from = k * width;
      for (let j = 0; j < width; j++) gradient[from + j]! += residual * design[row + j]!;
    }
    for (let k = 0, block = 0; k < classes && pairs > 0; k++) {
      for (let l = k + 1; l < classes; l++, block++)
        addOuter(blocks, block * triangle, design, row, width, weight * p[k]! * p[l]!);
    }
  }
  return { loss, gradient, hessian: options.withHessian ? assemble(blocks, width, classes) : undefined };
}

/** Adds `scale x x'` to a packed lower triangle. */
function addOuter(
  packed: Float64Array,
  start: number,
  design: Float64Array,
  row: number,
  width: number,
  scale: number,
): void {
  let at = start;
  for (let a = 0; a < width; a++) {
    const scaled = scale * design[row + a]!;
    for (let b = 0; b <= a; b++) packed[at++]! += scaled * design[row + b]!;
  }
}

function assemble(blocks: Float64Array, width: number, classes: number): Float64Array {
  const size = classes * width;
  const hessian = new Float64Array(size * size);
  let at = 0;
  for (let k = 0; k < classes; k++) {
    for (let l = k + 1; l < classes; l++) {
      for (let a = 0; a < width; a++) {
        for (let b = 0; b <= a; b++) {
          const value = blocks[at++]!;
          add(k, l, a, b, -value);
          add(l, k, a, b, -value);
          add(k, k, a, b, value);
          add(l, l, a, b, value);
        }
      }
    }
  }
  return hessian;

  function add(k: number, l: number, a: number, b: number, value: number): void {
    hessian[(k * width + a) * size + l * width + b]! += value;
    if (a !== b) hessian[(k * width + b) * size + l * width + a]! += value;
  }
}
