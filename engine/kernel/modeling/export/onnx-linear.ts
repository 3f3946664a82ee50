import type { SavedEstimator } from '../estimator.ts';
import type { Design } from '../linear/design.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import { denseLayer, designColumns, type Link } from './onnx-parts.ts';

/** A model's scores in the graph, and how they become its answer. */
export interface ExportedScores {
  readonly scores: OnnxValue;
  readonly link: Link;
}

export interface SavedParts {
  readonly state: Readonly<Record<string, unknown>>;
  readonly blobs: NonNullable<SavedEstimator['blobs']>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

function designOf({ state, blobs }: SavedParts): Design {
  const { means, scales, centres } = blobs as Readonly<Record<string, Float64Array>>;
  return { means: means!, scales: scales!, centres: centres!, indicators: state['indicators'] as number[] };
}

/** Multinomial logistic regression: a score a class. */
export function exportLogistic(graph: OnnxGraph, features: OnnxValue, saved: SavedParts): ExportedScores {
  const weights = saved.blobs['weights']!;
  const classes = saved.state['classes'] as number;
  const width = weights.length / classes;
  const kernel = new Float64Array((width - 1) * classes);
  const bias = new Float64Array(classes);
  for (let k = 0; k < classes; k++) {
    bias[k] = weights[k * width]!;
    for (let j = 1; j < width; j++) kernel[(j - 1) * classes + k] = weights[k * width + j]!;
  }
  const columns = designColumns(graph, features, designOf(saved));
  return { scores: denseLayer(graph, columns, { kernel, bias }), link: { kind: 'softmax' } };
}

/** Linear, Poisson and ordered regression: one score, after `free` numbers that are the intercept or the thresholds. */
export function exportSlopes(
  graph: OnnxGraph,
  features: OnnxValue,
  saved: SavedParts & { readonly estimator: string },
): ExportedScores {
  const weights = saved.blobs['weights']!;
  const free = weights.subarray(0, saved.state['free'] as number);
  const isOrdered = saved.estimator === 'ordered-logit';
  const scores = denseLayer(graph, designColumns(graph, features, designOf(saved)), {
    kernel: weights.subarray(free.length),
    bias: isOrdered ? [0] : free,
  });
  if (isOrdered) return { scores, link: { kind: 'ordered', thresholds: free } };
  return { scores, link: { kind: saved.estimator === 'poisson-regression' ? 'exponential' : 'identity' } };
}
