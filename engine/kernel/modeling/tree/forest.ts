import { createRandom, type Random } from '../../math/random.ts';
import { defineEstimator, throwIfCancelled, type FitInput } from '../define-estimator.ts';
import type { Estimator, EstimatorTask, SavedEstimator } from '../estimator.ts';
import { classLabels, integerIn, numberIn, readParameters, seedRule, trueOrFalse } from '../parameters.ts';
import { binColumns, toFloat32 } from './binning.ts';
import { createEnsembleBuilder, leafOf, splitImportances, type TreeEnsemble } from './ensemble.ts';
import { loadEnsemble, saveEnsemble } from './ensemble-storage.ts';
import { growForestTree, type ForestData } from './forest-tree.ts';

export interface ForestParameters {
  /** Default 100. */
  readonly nEstimators: number;
  /** Default and most 32. */
  readonly maxDepth: number;
  /** Least weight (rows) of a leaf. Default 5. */
  readonly minSamplesLeaf: number;
  /** Share of the features looked at in each node, or 'sqrt'; default 'sqrt', for regression 1. */
  readonly maxFeatures: number | 'sqrt';
  /** Draw each tree's rows with replacement; default true for random forests, false for extra trees. */
  readonly bootstrap: boolean;
  /** Most bins a column is cut into. Default 256. */
  readonly maxBin: number;
  readonly classes?: readonly number[] | undefined;
  readonly seed: number;
}

interface Model {
  readonly ensemble: TreeEnsemble;
  /** Nodes x outputs: the mean target of the rows that reached the node. */
  readonly means: Float32Array;
  readonly outputs: number;
}

interface ForestKind {
  readonly name: string;
  readonly task: EstimatorTask;
  readonly randomThresholds: boolean;
}

type ForestFactory = (parameters?: Readonly<Record<string, unknown>>, saved?: SavedEstimator) => Estimator;

/** Random forest (Breiman 2001): class shares averaged over trees on bootstrap samples. */
export const createRandomForest = factoryOf({
  name: 'random-forest',
  task: 'classification',
  randomThresholds: false,
});

/** Random forest of means. */
export const createRandomForestRegression = factoryOf({
  name: 'random-forest-regression',
  task: 'regression',
  randomThresholds: false,
});

/** Extremely randomised trees (Geurts, Ernst, Wehenkel 2006): one random threshold a feature. */
export const createExtraTrees = factoryOf({
  name: 'extra-trees',
  task: 'classification',
  randomThresholds: true,
});

/** Extremely randomised trees of means. */
export const createExtraTreesRegression = factoryOf({
  name: 'extra-trees-regression',
  task: 'regression',
  randomThresholds: true,
});

function factoryOf(kind: ForestKind): ForestFactory {
  return (parameters = {}, saved) => {
    const resolved = readParameters<ForestParameters>(kind.name, parameters, {
      defaults: {
        nEstimators: 100,
        maxDepth: 32,
        minSamplesLeaf: 5,
        maxFeatures: kind.task === 'classification' ? 'sqrt' : 1,
        bootstrap: !kind.randomThresholds,
        maxBin: 256,
        seed: 0,
      },
      rules: {
        nEstimators: integerIn(1),
        maxDepth: integerIn(0, 32),
        minSamplesLeaf: numberIn(0, Infinity, { openLow: true, openHigh: true }),
        maxFeatures: (value) => (value === 'sqrt' ? undefined : numberIn(0, 1, { openLow: true })(value)),
        bootstrap: trueOrFalse,
        maxBin: integerIn(2, 4096),
        classes: classLabels,
        seed: seedRule,
      },
    });
    return defineEstimator<ForestParameters, Model>(
      {
        name: kind.name,
        task: kind.task,
        missing: 'native',
        reportsEpochs: true,
        parameters: resolved,
        fit: (input) => fit(input, kind, resolved),
        output: (model, features) => meanOverTrees(model, toFloat32(features.values)),
        importances({ ensemble }) {
          const gains = splitImportances(ensemble, 'totalGain');
          const total = gains.reduce((sum, gain) => sum + gain, 0);
          return total > 0 ? gains.map((gain) => gain / total) : gains;
        },
        save({ ensemble, means, outputs }) {
          const { shape, blobs } = saveEnsemble(ensemble);
          return { state: { ...shape, means: outputs }, blobs: { ...blobs, means } };
        },
        load({ state, blobs }) {
          const { features, means } = state as { features: number; means: number };
          const ensemble = loadEnsemble({ features, outputs: 1 }, blobs ?? {});
          return { ensemble, means: Float32Array.from(blobs!['means']!), outputs: means };
        },
      },
      saved,
    ).estimator;
  };
}

function fit(input: FitInput, kind: ForestKind, parameters: ForestParameters): Model {
  const { features, weights, callbacks, signal } = input;
  const data = prepareData(input, parameters.maxBin);
  const share = parameters.maxFeatures;
  const featuresPerNode = Math.max(
    1,
    Math.round(share === 'sqrt' ? Math.sqrt(data.bins.length) : share * data.bins.length),
  );
  const settings = { ...parameters, featuresPerNode, randomThresholds: kind.randomThresholds };
  const builder = createEnsembleBuilder();
  const means: number[] = [];
  const random = createRandom(parameters.seed);
  for (const callback of callbacks) callback.onTrainBegin?.(parameters.nEstimators);
  for (let tree = 0; tree < parameters.nEstimators; tree++) {
    throwIfCancelled(signal);
    for (const callback of callbacks) callback.onEpochBegin?.(tree);
    const own = random.split(tree);
    growForestTree(data, settings, {
      weights: parameters.bootstrap ? drawWeights(weights, own) : weights,
      random: own,
      builder,
      leafMeans: means,
      signal,
    });
    const logs = { epoch: tree, total: parameters.nEstimators, measures: {} };
    const wishes = callbacks.map((callback) => callback.onEpochEnd?.(logs));
    if (wishes.includes('stop')) break;
  }
  for (const callback of callbacks) callback.onTrainEnd?.();
  const ensemble = builder.build({
    features: features.columns.length,
    outputs: 1,
    baseScores: new Float64Array(1),
  });
  return { ensemble, means: Float32Array.from(means), outputs: data.outputs };
}

/** Rows with weight, drawn as often as there are of them, with replacement: each row's weight times its number of draws. */
function drawWeights(weights: Float64Array, random: Random): Float64Array {
  const rows = Int32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const drawn = new Float64Array(weights.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[random.integer(rows.length)]!;
    drawn[row]! += weights[row]!;
  }
  return drawn;
}

function prepareData({ features, target, weights, classes, signal }: FitInput, maxBin: number): ForestData {
  const columns = binColumns(features, { weights, maxBin, signal });
  const columnBins = new Uint16Array(features.rows * columns.length);
  columns.forEach(({ rowBins }, j) => columnBins.set(rowBins, j * features.rows));
  const outputs = Math.max(1, classes.length);
  const targets = new Float64Array(features.rows * outputs);
  for (let i = 0; i < features.rows; i++) {
    if (classes.length > 0) targets[i * outputs + target[i]!] = 1;
    else targets[i] = target[i]!;
  }
  return {
    rows: features.rows,
    bins: columns.map((column) => column.feature),
    columnBins,
    columnOf: columns.map((column) => column.position),
    targets,
    outputs,
  };
}

/** Rows x outputs: the mean over the trees; class shares are made to sum to 1 despite float32. */
function meanOverTrees({ ensemble, means, outputs }: Model, values: Float32Array): Float64Array {
  const trees = ensemble.treeOutputs.length;
  const rows = values.length / ensemble.features;
  const out = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    for (let t = 0; t < trees; t++) {
      const leaf = (ensemble.starts[t]! + leafOf(ensemble, t, values, i)) * outputs;
      for (let k = 0; k < outputs; k++) out[i * outputs + k]! += means[leaf + k]!;
    }
    let sum = trees;
    if (outputs > 1) {
      sum = 0;
      for (let k = 0; k < outputs; k++) sum += out[i * outputs + k]!;
    }
    for (let k = 0; k < outputs; k++) out[i * outputs + k]! /= sum;
  }
  return out;
}
