import type { Operation, ParameterPlace, Tensor } from './operation.ts';
import type { NetworkBatch } from '../backend.ts';

/** Copies the batch's numbers of a flat source (`columns` a row and step) into a tensor. */
export function loadRows(
  floats: Float32Array,
  tensor: Tensor,
  from: { readonly source: Float32Array; readonly rows: Uint32Array },
): void {
  const { columns, stride, rowsEach, value } = tensor;
  const width = columns * rowsEach;
  let to = value;
  for (const row of from.rows) {
    let at = row * width;
    for (let step = 0; step < rowsEach; step++, to += stride) {
      for (let k = 0; k < columns; k++) floats[to + k] = from.source[at++]!;
    }
  }
}

/** Copies a tensor's columns into the given columns of a wider one, one row each: step `step` of sequence `sequence`. */
export function place(
  input: Tensor,
  output: Tensor,
  at: { readonly column: number; readonly step: number; readonly gradient: boolean },
): Operation {
  const { columns } = input;
  const each = (rows: number, move: (from: number, to: number) => void): void => {
    for (let row = 0; row < rows; row++)
      move((row * input.rowsEach + at.step) * input.stride, row * output.stride + at.column);
  };
  return {
    forward: ({ floats, rows }) =>
      each(rows, (from, to) => {
        for (let k = 0; k < columns; k++) floats[output.value + to + k] = floats[input.value + from + k]!;
      }),
    backward: ({ floats, rows }) => {
      if (!at.gradient) return;
      each(rows, (from, to) => {
        for (let k = 0; k < columns; k++)
          floats[input.gradient + from + k]! += floats[output.gradient + to + k]!;
      });
    },
  };
}

export interface EmbeddingPlace {
  /** Category column in the batch's input, of `width` columns. */
  readonly category: number;
  readonly width: number;
  /** Where in the output's columns the vector goes. */
  readonly column: number;
}

/** Looks up one vector a row (entity embeddings, Guo and Berkhahn 2016). Category 0 gives zeros and learns nothing. */
export function embedding(
  table: ParameterPlace,
  output: Tensor,
  { batch, at }: { readonly batch: () => NetworkBatch; readonly at: EmbeddingPlace },
): Operation {
  const dimensions = table.shape.columns;
  const each = (move: (from: number, to: number, known: boolean) => void): void => {
    const { input, rows } = batch();
    rows.forEach((row, i) => {
      const category = input.categories[row * at.width + at.category]!;
      move(category * table.stride, i * output.stride + at.column, category > 0);
    });
  };
  return {
    forward: ({ floats }) =>
      each((from, to, known) => {
        for (let k = 0; k < dimensions; k++)
          floats[output.value + to + k] = known ? floats[table.value + from + k]! : 0;
      }),
    backward: ({ floats }) =>
      each((from, to, known) => {
        if (!known) return;
        for (let k = 0; k < dimensions; k++)
          floats[table.gradient + from + k]! += floats[output.gradient + to + k]!;
      }),
  };
}

/** Causal pairs: step t becomes [x_t, x_(t - distance)] with zeros before the sequence begins. */
export function lookBack(
  input: Tensor,
  output: Tensor,
  at: { readonly steps: number; readonly distance: number },
): Operation {
  const { stride } = input;
  const half = output.stride / 2;
  return {
    forward({ floats, rows }) {
      const total = rows * input.rowsEach;
      for (let row = 0; row < total; row++) {
        const from = input.value + row * stride;
        const to = output.value + row * output.stride;
        const reaches = row % at.steps >= at.distance;
        for (let k = 0; k < stride; k++) {
          floats[to + k] = floats[from + k]!;
          floats[to + half + k] = reaches ? floats[from - at.distance * stride + k]! : 0;
        }
      }
    },
    backward({ floats, rows }) {
      const total = rows * input.rowsEach;
      for (let row = 0; row < total; row++) {
        const from = output.gradient + row * output.stride;
        const to = input.gradient + row * stride;
        const reaches = row % at.steps >= at.distance;
        for (let k = 0; k < stride; k++) {
          floats[to + k]! += floats[from + k]!;
          if (reaches) floats[to - at.distance * stride + k]! += floats[from + half + k]!;
        }
      }
    },
  };
}
