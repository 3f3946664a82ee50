import { AppError } from '../../../contract/errors.ts';
import type { SavedEstimator } from '../estimator.ts';
import { createOnnxGraph, type OnnxGraph, type OnnxValue } from './onnx-graph.ts';
import { exportLogistic, exportSlopes, type ExportedScores, type SavedParts } from './onnx-linear.ts';
import { exportNetwork } from './onnx-network.ts';
import { applyLink, axis } from './onnx-parts.ts';
import { exportBoosting, exportForest } from './onnx-trees.ts';

/** What an exporter is given of the model. */
interface ExportInput extends SavedParts {
  readonly estimator: string;
  readonly featureNames: readonly string[];
  readonly usesInitialScores: boolean;
}

type Exporter = (
  graph: OnnxGraph,
  features: OnnxValue,
  input: ExportInput,
) => ExportedScores & { readonly centre?: number; readonly scale?: number };

const exporters: Readonly<Record<string, Exporter>> = {
  'extra-trees': exportForest,
  'extra-trees-regression': exportForest,
  'gradient-boosting': exportBoosting,
  gru: exportNetwork,
  'linear-regression': exportSlopes,
  'logistic-regression': exportLogistic,
  mlp: exportNetwork,
  'mlp-regression': exportNetwork,
  'ordered-logit': exportSlopes,
  'poisson-regression': exportSlopes,
  'random-forest': exportForest,
  'random-forest-regression': exportForest,
  'residual-mlp': exportNetwork,
  tcn: exportNetwork,
};

/** The estimators that have an ONNX form, in alphabetical order. */
export const onnxEstimators: readonly string[] = Object.keys(exporters).sort();

/**
 * A fitted model as an ONNX file (opset 17, ai.onnx.ml 3) that any runtime for it computes to float32 precision.
 *
 * Inputs: `features`, float32 rows x columns in the fitted order (NaN is missing, as everywhere), and, where the model was
 * fitted from initial scores, `initial_scores`, float32 rows x scores. Outputs: `probabilities` (rows x classes) and `label`
 * (int64) of a classification, `prediction` (rows) of a regression. The file's metadata name columns, classes and data.
 *
 * @throws AppError `EXPORT_UNSUPPORTED` for a model without an ONNX form
 */
export function exportOnnx(saved: SavedEstimator): Uint8Array {
  const { metadata, blobs = {} } = saved;
  const { estimator, featureNames, classes, parameters } = metadata;
  const exporter = Object.hasOwn(exporters, estimator) ? exporters[estimator] : undefined;
  if (!exporter) {
    throw new AppError(
      'EXPORT_UNSUPPORTED',
      `${estimator} has no ONNX form; those that have one: ${onnxEstimators.join(', ')}`,
      { detail: { estimator, known: onnxEstimators } },
    );
  }
  if (metadata.task === 'classification' && classes.length < 2) {
    throw new AppError(
      'EXPORT_UNSUPPORTED',
      `a ${estimator} that knows one class only has nothing to compute`,
    );
  }
  const { usesInitialScores, model } = saved.state as {
    usesInitialScores: boolean;
    model: Readonly<Record<string, unknown>>;
  };
  const graph = createOnnxGraph(estimator);
  const features = graph.input('features', featureNames.length);
  const exported = exporter(graph, features, {
    estimator,
    featureNames,
    usesInitialScores,
    state: model,
    blobs,
    parameters,
  });
  const { link, centre = 0, scale = 1 } = exported;
  const scores = usesInitialScores
    ? addInitialScores(graph, exported.scores, { scale, columns: scoreColumns(exported, classes.length) })
    : exported.scores;
  const answer = applyLink(graph, scores, { link, classes: classes.length });
  if (metadata.task === 'classification') writeClasses(graph, answer, classes);
  else writeNumber(graph, answer, { centre, scale });
  return graph.finish({
    estimator,
    task: metadata.task,
    features: JSON.stringify(featureNames),
    classes: JSON.stringify(classes),
    parameters: JSON.stringify(parameters),
    seed: String(metadata.seed),
    dataHash: metadata.dataHash,
  });
}

/** Scores a row that initial scores are given for. */
function scoreColumns({ link }: ExportedScores, classes: number): number {
  switch (link.kind) {
    case 'softmax':
      return classes;
    case 'shares':
      return classes === 2 ? 1 : classes;
    case 'conditional':
      return classes - 1;
    case 'logistic':
    case 'ordered':
    case 'identity':
    case 'exponential':
      return 1;
  }
}

/** Initial scores are in the units of the target, the model's own in those it was scaled to. */
function addInitialScores(
  graph: OnnxGraph,
  scores: OnnxValue,
  { scale, columns }: { readonly scale: number; readonly columns: number },
): OnnxValue {
  const given = graph.input('initial_scores', columns);
  const scaled = scale === 1 ? given : graph.node('Div', [given, graph.floats([scale])]);
  return graph.node('Add', [scores, scaled]);
}

function writeClasses(graph: OnnxGraph, probabilities: OnnxValue, classes: readonly number[]): void {
  graph.output('probabilities', probabilities, { type: 'float', columns: classes.length });
  const best = graph.node('ArgMax', [probabilities], {
    attributes: { axis: { integer: 1 }, keepdims: { integer: 0 } },
  });
  const label = graph.node('Gather', [graph.integers(classes), best], axis(0));
  graph.output('label', label, { type: 'int64' });
}

function writeNumber(
  graph: OnnxGraph,
  value: OnnxValue,
  { centre, scale }: { readonly centre: number; readonly scale: number },
): void {
  const scaled = scale === 1 ? value : graph.node('Mul', [value, graph.floats([scale])]);
  const moved = centre === 0 ? scaled : graph.node('Add', [scaled, graph.floats([centre])]);
  const flat = graph.node('Squeeze', [moved, graph.integers([1])]);
  graph.output('prediction', flat, { type: 'float' });
}
