import { columnBlock, rowBlock } from './matrix-product.ts';
import type { FloatMemory } from './matrix-product.ts';
import type { ParameterShape } from '../network-spec.ts';

/** What every operation of one pass sees. */
export interface Pass extends FloatMemory {
  /** Rows of the batch. */
  rows: number;
  training: boolean;
  /** State of the dropout's random bits; never 0. */
  noise: number;
  /** Running means and variances of the batch norms. */
  norms: Float32Array;
}

/** One step of the network. Backward adds to the gradients of its inputs and parameters. */
export interface Operation {
  forward(pass: Pass): void;
  backward(pass: Pass): void;
}

/** A matrix in the memory with its gradient; positions in floats. Rows = batch rows x `rowsEach`. */
export interface Tensor {
  readonly value: number;
  readonly gradient: number;
  /** Columns in use; columns up to `stride` stay 0. */
  readonly columns: number;
  readonly stride: number;
  readonly rowsEach: number;
}

/** A parameter matrix laid out for the product: each part padded to a full block of columns (and its rows likewise). */
export interface ParameterPlace {
  readonly shape: ParameterShape;
  readonly value: number;
  readonly gradient: number;
  readonly stride: number;
  readonly rowStride: number;
}

function padColumns(columns: number): number {
  return Math.ceil(columns / columnBlock) * columnBlock;
}

export function padRows(rows: number): number {
  return Math.ceil(rows / rowBlock) * rowBlock;
}

/** Where a 1 stands in every memory. */
export const one = 0;

/** Hands out places in a memory that is made once everything is known. */
export interface Planner {
  tensor(columns: number, rowsEach: number): Tensor;
  parameter(shape: ParameterShape): ParameterPlace;
  /** Floats without a gradient. */
  scratch(length: number): number;
  /** Floats handed out so far. */
  readonly length: number;
  /** Start and end of every gradient, to be cleared before each way back. */
  readonly gradients: readonly (readonly [number, number])[];
}

export function createPlanner(wanted: number): Planner {
  const capacity = padRows(wanted);
  const gradients: [number, number][] = [];
  let length = one + columnBlock;
  const takeBoth = (count: number) => {
    const value = length;
    const gradient = value + count;
    length = gradient + count;
    gradients.push([gradient, length]);
    return { value, gradient };
  };
  return {
    gradients,
    get length() {
      return length;
    },
    tensor(columns, rowsEach) {
      const stride = padColumns(columns);
      return { ...takeBoth(capacity * rowsEach * stride), columns, stride, rowsEach };
    },
    parameter(shape) {
      const stride = shape.parts.columns * padColumns(shape.columns / shape.parts.columns);
      const rowStride = padColumns(shape.rows / shape.parts.rows);
      return { ...takeBoth(shape.parts.rows * rowStride * stride), shape, stride, rowStride };
    },
    scratch(count) {
      const at = length;
      length += padColumns(count);
      return at;
    },
  };
}

/** Calls back for each run of neighbouring numbers of a parameter: start in the flat vector, start in the place, length. */
export function forEachRun(
  { shape, stride, rowStride }: ParameterPlace,
  copy: (flat: number, place: number, length: number) => void,
): void {
  const { rows, columns, parts, offset } = shape;
  const partRows = rows / parts.rows;
  const partColumns = columns / parts.columns;
  const partStride = stride / parts.columns;
  for (let row = 0; row < rows; row++) {
    const placeRow = Math.floor(row / partRows) * rowStride + (row % partRows);
    for (let part = 0; part < parts.columns; part++) {
      copy(offset + row * columns + part * partColumns, placeRow * stride + part * partStride, partColumns);
    }
  }
}
