import { AppError } from '../../../contract/errors.ts';
import type { SavedEstimator } from '../estimator.ts';
import { ensembleExporters } from './onnx-ensembles.ts';
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

/** The estimators that have an ONNX form, in alphabetical order; an ensemble has one where its members do. */
export const onnxEstimators: readonly string[] = [
  ...Object.keys(exporters),
  ...Object.keys(ensembleExporters),
].sort();

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
  const { metadata } = saved;
  const { estimator, featureNames, classes, parameters } = metadata;
  requireForm(estimator);
  if (metadata.task === 'classification' && classes.length < 2) {
    throw new AppError(
      'EXPORT_UNSUPPORTED',
      `a ${estimator} that knows one class only has nothing to compute`,
    );
  }
  const graph = createOnnxGraph(estimator);
  const features = graph.input('features', featureNames.length);
  let given: OnnxValue | undefined;
  const initialScores = (columns: number): OnnxValue => (given ??= graph.input('initial_scores', columns));
  const { value, centre, scale } = answerOf(graph, features, { saved, initialScores });
  if (metadata.task === 'classification') writeClasses(graph, value, classes);
  else writeNumber(graph, value, { centre, scale });
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

function requireForm(estimator: string): void {
  if (onnxEstimators.includes(estimator)) return;
  throw new AppError(
    'EXPORT_UNSUPPORTED',
    `${estimator} has no ONNX form; those that have one: ${onnxEstimators.join(', ')}`,
    { detail: { estimator, known: onnxEstimators } },
  );
}

/** Probabilities of a classification; of a regression a number that is yet to be scaled and moved. */
interface Answer {
  readonly value: OnnxValue;
  readonly centre: number;
  readonly scale: number;
}

interface Whole {
  readonly saved: SavedEstimator;
  /** The input of initial scores, which all members of an ensemble share. */
  readonly initialScores: (columns: number) => OnnxValue;
}

function answerOf(graph: OnnxGraph, features: OnnxValue, { saved, initialScores }: Whole): Answer {
  const { metadata, blobs = {} } = saved;
  const { estimator, featureNames, classes, parameters } = metadata;
  requireForm(estimator);
  const ensemble = ensembleExporters[estimator];
  if (ensemble) {
    const answer = (member: SavedEstimator, input: OnnxValue): OnnxValue =>
      answerOf(graph, input, { saved: member, initialScores }).value;
    return { value: ensemble(graph, features, { saved, answer }), centre: 0, scale: 1 };
  }
  const { usesInitialScores, model } = saved.state as {
    usesInitialScores: boolean;
    model: Readonly<Record<string, unknown>>;
  };
  const exported = exporters[estimator]!(graph, features, {
    estimator,
    featureNames,
    usesInitialScores,
    state: model,
    blobs,
    parameters,
  });
  const { link, centre = 0, scale = 1 } = exported;
  const scores = usesInitialScores
    ? addScores(graph, exported.scores, { to: initialScores(scoreColumns(exported, classes.length)), scale })
    : exported.scores;
  return { value: applyLink(graph, scores, { link, classes: classes.length }), centre, scale };
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
function addScores(
  graph: OnnxGraph,
  scores: OnnxValue,
  { to, scale }: { readonly to: OnnxValue; readonly scale: number },
): OnnxValue {
  const scaled = scale === 1 ? to : graph.node('Div', [to, graph.floats([scale])]);
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
