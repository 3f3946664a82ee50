import { rowBlock } from './matrix-product.ts';
import { one, padRows } from './operation.ts';
import type { Operation, ParameterPlace, Pass, Planner, Tensor } from './operation.ts';

const bytes = 4;

export interface DenseParts {
  readonly kernel: ParameterPlace;
  readonly bias: ParameterPlace;
  /** Whether the input needs a gradient; raw data do not. */
  readonly inputGradient: boolean;
}

/** y = x W + b. */
export function dense(planner: Planner, input: Tensor, output: Tensor, parts: DenseParts): Operation {
  const { kernel, bias, inputGradient } = parts;
  const transposed = inputGradient ? planner.scratch(output.stride * input.stride) : 0;
  return {
    forward({ multiply, rows }) {
      multiply(
        padRows(rows * input.rowsEach), output.stride, input.stride,
        input.value * bytes, input.stride * bytes, bytes,
        kernel.value * bytes, output.stride * bytes,
        output.value * bytes, output.stride * bytes,
        bias.value * bytes, 0,
      ); // prettier-ignore
    },
    backward(pass) {
      const { floats, multiply } = pass;
      const rows = pass.rows * input.rowsEach;
      addColumnSums(pass, output, { rows, to: bias.gradient });
      multiply(
        input.stride, output.stride, rows,
        input.value * bytes, bytes, input.stride * bytes,
        output.gradient * bytes, output.stride * bytes,
        kernel.gradient * bytes, output.stride * bytes,
        kernel.gradient * bytes, output.stride * bytes,
      ); // prettier-ignore
      if (!inputGradient) return;
      transpose(floats, { from: kernel.value, to: transposed, rows: input.stride, columns: output.stride });
      multiply(
        padRows(rows), input.stride, output.stride,
        output.gradient * bytes, output.stride * bytes, bytes,
        transposed * bytes, input.stride * bytes,
        input.gradient * bytes, input.stride * bytes,
        input.gradient * bytes, input.stride * bytes,
      ); // prettier-ignore
    },
  };
}

/** Adds each column's sum of a tensor's gradient to the floats at `to`: a product with a row of ones. */
export function addColumnSums(
  { multiply }: Pass,
  { gradient, stride }: Tensor,
  { rows, to }: { readonly rows: number; readonly to: number },
): void {
  // All four rows of the block are the same row: strides of 0.
  multiply(
    rowBlock, stride, rows,
    one * bytes, 0, 0,
    gradient * bytes, stride * bytes,
    to * bytes, 0,
    to * bytes, 0,
  ); // prettier-ignore
}

/** Writes the transpose of a rows x columns matrix. */
export function transpose(
  floats: Float32Array,
  {
    from,
    to,
    rows,
    columns,
  }: { readonly from: number; readonly to: number; readonly rows: number; readonly columns: number },
): void {
  for (let row = 0, at = from; row < rows; row++) {
    for (let column = 0; column < columns; column++) floats[to + column * rows + row] = floats[at++]!;
  }
}

/** In place: y = max(0, x) or tanh x. */
export function activate(tensor: Tensor, activation: 'relu' | 'tanh'): Operation {
  const { value, gradient, stride, rowsEach } = tensor;
  if (activation === 'relu') {
    return {
      forward: ({ rectify, rows }) => rectify(value * bytes, rows * rowsEach * stride),
      backward: ({ rectifyGradient, rows }) =>
        rectifyGradient(value * bytes, gradient * bytes, rows * rowsEach * stride),
    };
  }
  return {
    forward({ floats, rows }) {
      const end = value + rows * rowsEach * stride;
      for (let at = value; at < end; at++) floats[at] = Math.tanh(floats[at]!);
    },
    backward({ floats, rows }) {
      const length = rows * rowsEach * stride;
      for (let i = 0; i < length; i++) floats[gradient + i]! *= 1 - floats[value + i]! ** 2;
    },
  };
}

/** Inverted dropout (Srivastava et al. 2014): in training each number is dropped with the given share, the rest scaled up. */
export function dropout(input: Tensor, output: Tensor, share: number): Operation {
  const scale = 1 / (1 - share);
  const limit = share * 0x100000000;
  let mask = new Float32Array(0);
  return {
    forward(pass: Pass) {
      const { floats, training } = pass;
      const length = pass.rows * input.rowsEach * input.stride;
      if (!training) {
        floats.copyWithin(output.value, input.value, input.value + length);
        return;
      }
      if (mask.length < length) mask = new Float32Array(length);
      let noise = pass.noise;
      for (let i = 0; i < length; i++) {
        // xorshift32 (Marsaglia 2003).
        noise ^= noise << 13;
        noise ^= noise >>> 17;
        noise ^= noise << 5;
        mask[i] = noise >>> 0 < limit ? 0 : scale;
        floats[output.value + i] = floats[input.value + i]! * mask[i]!;
      }
      pass.noise = noise;
    },
    backward({ floats, rows }) {
      const length = rows * input.rowsEach * input.stride;
      for (let i = 0; i < length; i++) floats[input.gradient + i]! += floats[output.gradient + i]! * mask[i]!;
    },
  };
}

/** y = a + b. */
export function addTensors(a: Tensor, b: Tensor, output: Tensor): Operation {
  return {
    forward({ floats, rows }) {
      const length = rows * output.rowsEach * output.stride;
      for (let i = 0; i < length; i++) floats[output.value + i] = floats[a.value + i]! + floats[b.value + i]!;
    },
    backward({ floats, rows }) {
      const length = rows * output.rowsEach * output.stride;
      for (let i = 0; i < length; i++) {
        const slope = floats[output.gradient + i]!;
        floats[a.gradient + i]! += slope;
        floats[b.gradient + i]! += slope;
      }
    },
  };
}
