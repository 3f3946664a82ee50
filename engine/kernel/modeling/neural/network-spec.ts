/** A fully connected block: dense, batch norm, activation, dropout; `residual` adds dense(dropout(activation(norm(dense x)))) to x. */
export interface BlockSpec {
  readonly kind: 'dense' | 'residual';
  readonly units: number;
  readonly activation: Activation;
  readonly batchNorm: boolean;
  /** Share of units dropped in training, [0, 1). */
  readonly dropout: number;
}

export const activations = ['relu', 'tanh'] as const;
export type Activation = (typeof activations)[number];

/** One table of learnt vectors, shared by its category columns (home and away team). Category 0 is the unknown one and stays 0. */
export interface EmbeddingSpec {
  readonly categories: number;
  readonly dimensions: number;
  readonly columns: number;
}

/** Sequences of equal length, oldest step first, read by one shared encoder. The last channel is 1 where a step is present. */
export interface SequenceSpec {
  readonly count: number;
  readonly steps: number;
  readonly channels: number;
  readonly encoder: 'gru' | 'tcn';
  readonly units: number;
  /** TCN: distance that each causal convolution of two taps looks back, in order. */
  readonly dilations: readonly number[];
  readonly dropout: number;
}

/** A network as plain data: what any backend compiles. Scores of all heads lie next to each other. */
export interface NetworkSpec {
  readonly inputs: number;
  readonly embeddings: readonly EmbeddingSpec[];
  readonly sequence?: SequenceSpec | undefined;
  readonly trunk: readonly BlockSpec[];
  readonly outputs: number;
}

/** One parameter matrix in the flat vector. `parts`: how many equal blocks its rows and columns hold (gates, taps). */
export interface ParameterShape {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly offset: number;
  readonly parts: { readonly rows: number; readonly columns: number };
  readonly start: 'he' | 'glorot' | 'small' | 'zero' | 'one';
  /** Whether L1, L2 and weight decay apply: weights and embeddings, not biases and norms. */
  readonly decayed: boolean;
}

/** The width of what enters the trunk: dense inputs, embeddings, encoded sequences, in this order. */
export function trunkWidth({ inputs, embeddings, sequence }: NetworkSpec): number {
  const embedded = embeddings.reduce((sum, { dimensions, columns }) => sum + dimensions * columns, 0);
  return inputs + embedded + (sequence ? sequence.count * sequence.units : 0);
}

/** Every parameter in the order of the flat vector, the same for all backends. */
export function parameterShapes(spec: NetworkSpec): ParameterShape[] {
  const shapes: ParameterShape[] = [];
  let offset = 0;
  const add = (
    name: string,
    [rows, columns]: readonly [number, number],
    start: ParameterShape['start'],
    { parts = { rows: 1, columns: 1 }, decayed = start !== 'zero' && start !== 'one' } = {},
  ): void => {
    shapes.push({ name, rows, columns, offset, parts, start, decayed });
    offset += rows * columns;
  };
  const addDense = (name: string, shape: readonly [number, number], start: ParameterShape['start']): void => {
    add(`${name}.kernel`, shape, start);
    add(`${name}.bias`, [1, shape[1]], 'zero');
  };
  spec.embeddings.forEach(({ categories, dimensions }, at) =>
    add(`embedding.${at}`, [categories, dimensions], 'small'),
  );
  if (spec.sequence?.encoder === 'gru') {
    const { channels, units } = spec.sequence;
    const gates = { parts: { rows: 1, columns: 3 } };
    add('gru.input', [channels, 3 * units], 'glorot', gates);
    add('gru.inputBias', [1, 3 * units], 'zero', gates);
    add('gru.recurrent', [units, 3 * units], 'glorot', gates);
    add('gru.recurrentBias', [1, 3 * units], 'zero', gates);
  }
  if (spec.sequence?.encoder === 'tcn') {
    const { channels, units, dilations } = spec.sequence;
    addDense('tcn.project', [channels, units], 'glorot');
    dilations.forEach((_, at) => {
      add(`tcn.${at}.kernel`, [2 * units, units], 'he', { parts: { rows: 2, columns: 1 } });
      add(`tcn.${at}.bias`, [1, units], 'zero');
    });
  }
  let width = trunkWidth(spec);
  spec.trunk.forEach(({ kind, units, activation, batchNorm }, at) => {
    addDense(`block.${at}`, [width, units], activation === 'relu' ? 'he' : 'glorot');
    if (batchNorm) {
      add(`block.${at}.scale`, [1, units], 'one');
      add(`block.${at}.shift`, [1, units], 'zero');
    }
    if (kind === 'residual') addDense(`block.${at}.back`, [units, width], 'glorot');
    else width = units;
  });
  // A head of zeros makes every network start at the constant (or at the initial scores) and learn away from there.
  add('head.kernel', [width, spec.outputs], 'zero', { decayed: true });
  add('head.bias', [1, spec.outputs], 'zero');
  return shapes;
}

export function parameterCount(spec: NetworkSpec): number {
  const last = parameterShapes(spec).at(-1)!;
  return last.offset + last.rows * last.columns;
}

/** Running means then variances of every batch norm, in order: state that is not trained by gradients. */
export function normOffsets(spec: NetworkSpec): {
  readonly offsets: readonly number[];
  readonly length: number;
} {
  let length = 0;
  const offsets = spec.trunk.map(({ batchNorm, units }) => {
    const offset = length;
    if (batchNorm) length += 2 * units;
    return offset;
  });
  return { offsets, length };
}
