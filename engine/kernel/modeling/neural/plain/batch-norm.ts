import type { Operation, ParameterPlace, Tensor } from './operation.ts';

/** Added to variances. */
export const normEpsilon = 1e-5;
/** Share of the running mean and variance that a batch leaves in place. */
export const normMomentum = 0.9;

export interface NormParts {
  readonly scale: ParameterPlace;
  readonly shift: ParameterPlace;
  /** Place of the running means in the pass's `norms`; the variances follow. */
  readonly offset: number;
}

/** Batch normalisation (Ioffe and Szegedy 2015): batch statistics in training, running ones in inference; variance with divisor n. */
export function batchNorm(input: Tensor, output: Tensor, { scale, shift, offset }: NormParts): Operation {
  const { columns, stride } = input;
  const mean = new Float64Array(columns);
  const spread = new Float64Array(columns);
  const slopeSum = new Float64Array(columns);
  const productSum = new Float64Array(columns);
  return {
    forward({ floats, norms, rows, training }) {
      const runningVariance = offset + columns;
      if (training) {
        mean.fill(0);
        spread.fill(0);
        for (let row = 0, at = input.value; row < rows; row++, at += stride) {
          for (let k = 0; k < columns; k++) mean[k]! += floats[at + k]!;
        }
        for (let k = 0; k < columns; k++) mean[k]! /= rows;
        for (let row = 0, at = input.value; row < rows; row++, at += stride) {
          for (let k = 0; k < columns; k++) spread[k]! += (floats[at + k]! - mean[k]!) ** 2;
        }
        for (let k = 0; k < columns; k++) {
          const variance = spread[k]! / rows;
          norms[offset + k] = normMomentum * norms[offset + k]! + (1 - normMomentum) * mean[k]!;
          norms[runningVariance + k] =
            normMomentum * norms[runningVariance + k]! + (1 - normMomentum) * variance;
          spread[k] = 1 / Math.sqrt(variance + normEpsilon);
        }
      } else {
        for (let k = 0; k < columns; k++) {
          mean[k] = norms[offset + k]!;
          spread[k] = 1 / Math.sqrt(norms[runningVariance + k]! + normEpsilon);
        }
      }
      for (
        let row = 0, from = input.value, to = output.value;
        row < rows;
        row++, from += stride, to += stride
      ) {
        for (let k = 0; k < columns; k++) {
          floats[to + k] =
            (floats[from + k]! - mean[k]!) * spread[k]! * floats[scale.value + k]! + floats[shift.value + k]!;
        }
      }
    },
    backward({ floats, rows }) {
      slopeSum.fill(0);
      productSum.fill(0);
      for (let row = 0, x = input.value, dy = output.gradient; row < rows; row++, x += stride, dy += stride) {
        for (let k = 0; k < columns; k++) {
          const slope = floats[dy + k]!;
          slopeSum[k]! += slope;
          productSum[k]! += slope * (floats[x + k]! - mean[k]!) * spread[k]!;
        }
      }
      for (let k = 0; k < columns; k++) {
        floats[scale.gradient + k]! += productSum[k]!;
        floats[shift.gradient + k]! += slopeSum[k]!;
      }
      const place = { x: input.value, dx: input.gradient, dy: output.gradient };
      for (let row = 0; row < rows; row++, place.x += stride, place.dx += stride, place.dy += stride) {
        for (let k = 0; k < columns; k++) {
          const normal = (floats[place.x + k]! - mean[k]!) * spread[k]!;
          const centred = floats[place.dy + k]! - (slopeSum[k]! + normal * productSum[k]!) / rows;
          floats[place.dx + k]! += floats[scale.value + k]! * spread[k]! * centred;
        }
      }
    },
  };
}
