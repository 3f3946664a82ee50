import type { SavedModel } from '../define-estimator.ts';
import type { SavedEstimator } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import type { NetworkBackend } from './backend.ts';
import { predictRows } from './fit-network.ts';
import type { FittedNetwork } from './fit-network.ts';
import { denseWidth, encode } from './network-input.ts';
import type { InputEncoder } from './network-input.ts';
import type { NetworkKind, NetworkParameters } from './network-parameters.ts';
import type { NetworkSpec } from './network-spec.ts';

/** Everything that turns raw columns into scores; plain data. */
export interface NetworkModel extends FittedNetwork {
  readonly spec: NetworkSpec;
  readonly encoder: InputEncoder;
}

/** The network that the parameters describe, for what the encoder makes of the columns. */
export function networkSpec(
  kind: NetworkKind,
  parameters: NetworkParameters,
  { encoder, outputs }: { readonly encoder: InputEncoder; readonly outputs: number },
): NetworkSpec {
  const { activation, batchNorm, dropout, sequence } = parameters;
  return {
    inputs: denseWidth(encoder),
    embeddings: encoder.embeddings.map(({ known, dimensions, columns }) => ({
      categories: known.length + 1,
      dimensions,
      columns: columns.length,
    })),
    sequence: sequence && {
      count: sequence.columns.length,
      steps: sequence.columns[0]!.length,
      channels: sequence.columns[0]![0]!.length + 1,
      encoder: kind === 'tcn' ? 'tcn' : 'gru',
      units: parameters.sequenceUnits,
      dilations: parameters.dilations,
      dropout,
    },
    trunk: parameters.hidden.map((units, at) => ({
      kind: kind === 'residual-mlp' && at > 0 ? 'residual' : 'dense',
      units,
      activation,
      batchNorm,
      dropout,
    })),
    outputs,
  };
}

/** Scores, rows x outputs of all heads, of raw columns in fitted order. */
export function networkScores(
  model: NetworkModel,
  features: Matrix,
  { backend, capacity }: { readonly backend: NetworkBackend; readonly capacity: number },
): Float64Array {
  const engine = backend.compile(model.spec, { seed: 0, capacity });
  try {
    return Float64Array.from(predictRows(engine, encode(model.encoder, features), { ...model, capacity }));
  } finally {
    engine.dispose();
  }
}

/** The model with its numbers apart, so that they come back to the bit. */
export function saveNetwork<Model extends NetworkModel>(model: Model): SavedModel {
  const { parameters, norms, encoder, ...rest } = model;
  const { design, channelMeans, channelScales, ...columns } = encoder;
  return {
    state: { ...rest, columns, indicators: design.indicators },
    blobs: { parameters, norms, channelMeans, channelScales, means: design.means, scales: design.scales },
  };
}

/** What `saveNetwork` was given. */
export function loadNetwork<Model extends NetworkModel>(
  state: unknown,
  blobs: NonNullable<SavedEstimator['blobs']>,
): Model {
  const { columns, indicators, ...rest } = state as Omit<Model, 'parameters' | 'norms' | 'encoder'> & {
    columns: Omit<InputEncoder, 'design' | 'channelMeans' | 'channelScales'>;
    indicators: readonly number[];
  };
  const doubles = blobs as Readonly<Record<string, Float64Array>>;
  const means = doubles['means']!;
  return {
    ...rest,
    parameters: blobs['parameters'] as Float32Array,
    norms: blobs['norms'] as Float32Array,
    encoder: {
      ...columns,
      sequence: columns.sequence,
      design: { means, scales: doubles['scales']!, centres: means, indicators },
      channelMeans: doubles['channelMeans']!,
      channelScales: doubles['channelScales']!,
    },
  } as unknown as Model;
}
