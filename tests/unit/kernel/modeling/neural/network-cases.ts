import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import type { NetworkBatch } from '../../../../../engine/kernel/modeling/neural/backend.ts';
import type { BlockSpec, NetworkSpec } from '../../../../../engine/kernel/modeling/neural/network-spec.ts';

const block = (change: Partial<BlockSpec> = {}): BlockSpec => ({
  kind: 'dense',
  units: 5,
  activation: 'tanh',
  batchNorm: false,
  dropout: 0,
  ...change,
});
const sequence = { count: 2, steps: 4, channels: 3, units: 5, dilations: [1, 2], dropout: 0 } as const;

/** Small networks that hold every kind of part; smooth, but for one, so that finite differences speak clearly. */
export const networkSpecs: Readonly<Record<string, NetworkSpec>> = {
  'a linear network': { inputs: 3, embeddings: [], trunk: [], outputs: 3 },
  'a perceptron': { inputs: 9, embeddings: [], trunk: [block({ units: 10 }), block()], outputs: 3 },
  'a perceptron with batch norm': {
    inputs: 4,
    embeddings: [],
    trunk: [block({ batchNorm: true }), block({ units: 3, batchNorm: true })],
    outputs: 2,
  },
  'a perceptron with dropout': {
    inputs: 4,
    embeddings: [],
    trunk: [block({ units: 9, dropout: 0.4 })],
    outputs: 2,
  },
  'a residual perceptron': {
    inputs: 4,
    embeddings: [],
    trunk: [block({ units: 6 }), block({ kind: 'residual', units: 10 })],
    outputs: 3,
  },
  'embeddings of two teams': {
    inputs: 2,
    embeddings: [{ categories: 4, dimensions: 3, columns: 2 }],
    trunk: [block()],
    outputs: 3,
  },
  'a GRU': {
    inputs: 2,
    embeddings: [],
    sequence: { ...sequence, encoder: 'gru' },
    trunk: [block()],
    outputs: 3,
  },
  'a TCN': {
    inputs: 2,
    embeddings: [],
    sequence: { ...sequence, encoder: 'tcn' },
    trunk: [block()],
    outputs: 3,
  },
};

/** Seeded rows for a spec; some steps absent, some categories unknown. */
export function makeBatch(spec: NetworkSpec, rows: number): NetworkBatch {
  const random = createRandom(9);
  const categories = spec.embeddings.flatMap(({ categories: known, columns }) =>
    new Array<number>(columns).fill(known),
  );
  const cells = spec.sequence ? rows * spec.sequence.count * spec.sequence.steps : 0;
  const channels = spec.sequence?.channels ?? 0;
  const sequences = new Float32Array(cells * channels);
  for (let cell = 0; cell < cells; cell++) {
    if (random.uniform() < 0.2) continue;
    for (let k = 0; k < channels; k++)
      sequences[cell * channels + k] = k === channels - 1 ? 1 : random.normal();
  }
  return {
    input: {
      rows,
      dense: Float32Array.from({ length: rows * spec.inputs }, () => random.normal()),
      categories: Int32Array.from({ length: rows * categories.length }, (_, at) =>
        random.integer(categories[at % categories.length]!),
      ),
      sequences,
    },
    rows: Uint32Array.from({ length: rows }, (_, row) => row),
  };
}
