import type { SequenceColumns } from '../neural/network-input.ts';
import { normOffsets, parameterShapes, type NetworkSpec } from '../neural/network-spec.ts';
import { normEpsilon } from '../neural/plain/batch-norm.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import type { ExportedScores, SavedParts } from './onnx-linear.ts';
import { lossLink } from './onnx-links.ts';
import { exportSequences } from './onnx-sequence.ts';
import { axis, denseLayer, designColumns, toFloat } from './onnx-parts.ts';

/** The part of a saved network that is needed to compute it; see network-estimator.ts. */
interface NetworkState {
  readonly spec: NetworkSpec;
  readonly centre: number;
  readonly scale: number;
  readonly columns: {
    readonly denseColumns: readonly string[];
    readonly embeddings: readonly {
      readonly columns: readonly string[];
      readonly known: readonly number[];
    }[];
    readonly sequence?: SequenceColumns | undefined;
  };
  readonly indicators: readonly number[];
}

/** Standardised values beyond this many deviations count as this many, as in the encoder. */
const farthest = 10;

/** A network: scaled columns, embeddings and read sequences through dense, normalised and residual blocks to the scores. */
export function exportNetwork(
  graph: OnnxGraph,
  features: OnnxValue,
  saved: SavedParts & { readonly featureNames: readonly string[] },
): ExportedScores & { readonly centre: number; readonly scale: number } {
  const state = saved.state as unknown as NetworkState;
  const { spec, centre, scale } = state;
  const parameters = saved.blobs['parameters']!;
  const shapes = new Map(parameterShapes(spec).map((shape) => [shape.name, shape]));
  const parameter = (name: string): ArrayLike<number> => {
    const { offset, rows, columns } = shapes.get(name)!;
    return parameters.subarray(offset, offset + rows * columns);
  };
  const dense = (name: string, input: OnnxValue) =>
    denseLayer(graph, input, { kernel: parameter(`${name}.kernel`), bias: parameter(`${name}.bias`) });

  const norms = saved.blobs['norms']!;
  const offsets = normOffsets(spec).offsets;
  let value = inputColumns(graph, features, { ...saved, network: state, parameter });
  spec.trunk.forEach((block, at) => {
    let inner = dense(`block.${at}`, value);
    if (block.batchNorm) {
      const row = (values: ArrayLike<number>) => graph.floats(values, [block.units]);
      const start = offsets[at]!;
      inner = graph.node(
        'BatchNormalization',
        [
          inner,
          row(parameter(`block.${at}.scale`)),
          row(parameter(`block.${at}.shift`)),
          row(norms.subarray(start, start + block.units)),
          row(norms.subarray(start + block.units, start + 2 * block.units)),
        ],
        { attributes: { epsilon: { float: normEpsilon } } },
      );
    }
    inner = graph.node(block.activation === 'relu' ? 'Relu' : 'Tanh', [inner]);
    value = block.kind === 'residual' ? graph.node('Add', [value, dense(`block.${at}.back`, inner)]) : inner;
  });
  const { loss, lossParameters } = saved.parameters as {
    loss: string;
    lossParameters: Readonly<Record<string, unknown>>;
  };
  return { scores: dense('head', value), link: lossLink(loss, lossParameters), centre, scale };
}

function inputColumns(
  graph: OnnxGraph,
  features: OnnxValue,
  parts: SavedParts & {
    readonly featureNames: readonly string[];
    readonly network: NetworkState;
    readonly parameter: (name: string) => ArrayLike<number>;
  },
): OnnxValue {
  const { blobs, featureNames, network, parameter } = parts;
  const { columns, indicators, spec } = network;
  const pick = (names: readonly string[]) =>
    graph.node(
      'Gather',
      [features, graph.integers(names.map((name) => featureNames.indexOf(name)))],
      axis(1),
    );
  const inputs: OnnxValue[] = [];
  if (columns.denseColumns.length > 0) {
    const { means, scales } = blobs as Readonly<Record<string, Float64Array>>;
    const design = { means: means!, scales: scales!, centres: means!, indicators };
    const scaled = designColumns(graph, pick(columns.denseColumns), design);
    inputs.push(graph.node('Clip', [scaled, graph.floats([-farthest]), graph.floats([farthest])]));
  }
  columns.embeddings.forEach(({ columns: names, known }, at) => {
    const { dimensions } = spec.embeddings[at]!;
    // Row 0 of the table is the unknown category and zero: no match picks it.
    const table = Array.from(parameter(`embedding.${at}`)).slice(dimensions);
    for (const name of names) {
      const isKnown = graph.node('Equal', [pick([name]), graph.floats(known, [1, known.length])]);
      const vectors = graph.floats(table, [known.length, dimensions]);
      inputs.push(graph.node('MatMul', [toFloat(graph, isKnown), vectors]));
    }
  });
  if (spec.sequence && columns.sequence) {
    const { channelMeans: means, channelScales: scales } = blobs as Readonly<Record<string, Float64Array>>;
    const { sequence } = columns;
    const shape = { spec: spec.sequence, sequence, means: means!, scales: scales!, farthest };
    inputs.push(...exportSequences(graph, { ...shape, pick, parameter }));
  }
  return inputs.length === 1 ? inputs[0]! : graph.node('Concat', inputs, axis(1));
}
