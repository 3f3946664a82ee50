import { savedMembers } from '../ensembles/members.ts';
import { probabilityFloor as poolFloor } from '../ensembles/log-pool.ts';
import { probabilityFloor as stackFloor } from '../ensembles/stacking.ts';
import type { SavedEstimator } from '../estimator.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import { axis } from './onnx-parts.ts';

/** Puts the probabilities of one member into the graph. */
export type MemberAnswer = (member: SavedEstimator, features: OnnxValue) => OnnxValue;

type EnsembleExporter = (
  graph: OnnxGraph,
  features: OnnxValue,
  whole: { readonly saved: SavedEstimator; readonly answer: MemberAnswer },
) => OnnxValue;

/** The estimators that put members' probabilities together, and how: probabilities out of the features. */
export const ensembleExporters: Readonly<Record<string, EnsembleExporter>> = {
  bagging(graph, features, { saved, answer }) {
    const members = savedMembers(saved).map((member) => answer(member, features));
    return shares(graph, total(graph, members));
  },
  'linear-pool'(graph, features, { saved, answer }) {
    const members = savedMembers(saved).map((member) => answer(member, features));
    return shares(graph, total(graph, weighted(graph, members, saved)));
  },
  'log-pool'(graph, features, { saved, answer }) {
    const logs = savedMembers(saved).map((member) => logOf(graph, answer(member, features), poolFloor));
    return graph.node('Softmax', [total(graph, weighted(graph, logs, saved))], axis(1));
  },
  stacking(graph, features, { saved, answer }) {
    const all = savedMembers(saved);
    const logs = all.slice(0, -1).map((member) => logOf(graph, answer(member, features), stackFloor));
    return answer(all.at(-1)!, graph.node('Concat', logs, axis(1)));
  },
};

function weighted(graph: OnnxGraph, values: readonly OnnxValue[], saved: SavedEstimator): OnnxValue[] {
  const weights = saved.blobs!['weights']!;
  return values.map((value, m) => graph.node('Mul', [value, graph.floats([weights[m]!])]));
}

function total(graph: OnnxGraph, values: readonly OnnxValue[]): OnnxValue {
  return graph.node('Sum', values);
}

/** Each row made to sum to 1. */
function shares(graph: OnnxGraph, values: OnnxValue): OnnxValue {
  return graph.node('Div', [values, graph.node('ReduceSum', [values, graph.integers([1])])]);
}

function logOf(graph: OnnxGraph, probabilities: OnnxValue, floor: number): OnnxValue {
  return graph.node('Log', [graph.node('Max', [probabilities, graph.floats([floor])])]);
}
