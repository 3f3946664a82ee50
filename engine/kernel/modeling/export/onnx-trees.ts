import { loadEnsemble } from '../tree/ensemble-storage.ts';
import type { TreeEnsemble } from '../tree/ensemble.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import type { ExportedScores, SavedParts } from './onnx-linear.ts';
import { lossLink, objectiveLink } from './onnx-links.ts';

/** What a leaf adds to which output. */
interface Leaves {
  readonly outputs: number;
  readonly base: ArrayLike<number>;
  /** Output and value pairs of a leaf, by its tree and its place among all nodes. */
  add(tree: number, at: number, to: (output: number, value: number) => void): void;
}

/** Boosted trees: base scores plus one leaf a tree; initial scores take the place of the base scores. */
export function exportBoosting(
  graph: OnnxGraph,
  features: OnnxValue,
  saved: SavedParts & { readonly usesInitialScores: boolean },
): ExportedScores {
  const { state, blobs, parameters, usesInitialScores } = saved;
  const { features: width, outputs } = state as { features: number; outputs: number };
  const ensemble = loadEnsemble({ features: width, outputs }, blobs);
  const scores = sumOfTrees(graph, features, ensemble, {
    outputs,
    base: usesInitialScores ? new Float64Array(outputs) : ensemble.baseScores,
    add(tree, at, to) {
      to(ensemble.treeOutputs[tree]!, ensemble.threshold[at]!);
    },
  });
  const objective = parameters['objective'] as string;
  const lossName = /^loss:(.+)$/.exec(objective)?.[1];
  const link = lossName
    ? lossLink(lossName, (parameters['lossParameters'] ?? {}) as Readonly<Record<string, unknown>>)
    : objectiveLink(objective);
  return { scores, link };
}

/** Forests: the mean of the leaves' class shares, made to sum to 1, or of their means. */
export function exportForest(graph: OnnxGraph, features: OnnxValue, saved: SavedParts): ExportedScores {
  const { state, blobs } = saved;
  const { features: width, means: outputs } = state as { features: number; means: number };
  const ensemble = loadEnsemble({ features: width, outputs: 1 }, blobs);
  const means = blobs['means']!;
  const sum = sumOfTrees(graph, features, ensemble, {
    outputs,
    base: new Float64Array(outputs),
    add(_, at, to) {
      for (let k = 0; k < outputs; k++) to(k, means[at * outputs + k]!);
    },
  });
  const total =
    outputs > 1
      ? graph.node('ReduceSum', [sum, graph.integers([1])])
      : graph.floats([ensemble.treeOutputs.length]);
  return { scores: graph.node('Div', [sum, total]), link: { kind: 'identity' } };
}

/** The largest float32 but one: trees hold values beyond it for it, as `toFloat32` does. */
const largest = 3.4028232635611926e38;

function sumOfTrees(
  graph: OnnxGraph,
  features: OnnxValue,
  ensemble: TreeEnsemble,
  leaves: Leaves,
): OnnxValue {
  const { starts, feature, threshold, left, right, missingLeft } = ensemble;
  const nodes = { tree: [] as number[], id: [] as number[], modes: [] as string[] };
  const target = { tree: [] as number[], node: [] as number[], id: [] as number[], weight: [] as number[] };
  for (let tree = 0; tree + 1 < starts.length; tree++) {
    for (let at = starts[tree]!; at < starts[tree + 1]!; at++) {
      const id = at - starts[tree]!;
      const isLeaf = feature[at]! < 0;
      nodes.tree.push(tree);
      nodes.id.push(id);
      nodes.modes.push(isLeaf ? 'LEAF' : 'BRANCH_LT');
      if (!isLeaf) continue;
      leaves.add(tree, at, (output, value) => {
        target.tree.push(tree);
        target.node.push(id);
        target.id.push(output);
        target.weight.push(value);
      });
    }
  }
  const unlessLeaf = (values: ArrayLike<number>) =>
    Array.from(values, (value, at) => (feature[at]! < 0 ? 0 : value));
  const limits = [graph.floats([-largest]), graph.floats([largest])];
  // What clipping makes of a missing value is nowhere said.
  const clipped = graph.node('Clip', [features, ...limits]);
  const held = graph.node('Where', [graph.node('IsNaN', [features]), features, clipped]);
  return graph.node('TreeEnsembleRegressor', [held], {
    domain: 'ai.onnx.ml',
    attributes: {
      n_targets: { integer: leaves.outputs },
      aggregate_function: { text: 'SUM' },
      post_transform: { text: 'NONE' },
      base_values: { floats: leaves.base },
      nodes_treeids: { integers: nodes.tree },
      nodes_nodeids: { integers: nodes.id },
      nodes_featureids: { integers: unlessLeaf(feature) },
      nodes_modes: { texts: nodes.modes },
      nodes_values: { floats: unlessLeaf(threshold) },
      nodes_truenodeids: { integers: unlessLeaf(left) },
      nodes_falsenodeids: { integers: unlessLeaf(right) },
      nodes_missing_value_tracks_true: { integers: unlessLeaf(missingLeft) },
      target_treeids: { integers: target.tree },
      target_nodeids: { integers: target.node },
      target_ids: { integers: target.id },
      target_weights: { floats: target.weight },
    },
  });
}
