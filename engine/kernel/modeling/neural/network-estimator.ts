import { AppError } from '../../../contract/errors.ts';
import type { RateControl } from '../callbacks/learning-rate-schedule.ts';
import { defineEstimator } from '../define-estimator.ts';
import type { FitInput, PreparedSet } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import { createLoss } from '../losses/registry.ts';
import type { Loss } from '../losses/loss.ts';
import type { Matrix } from '../matrix.ts';
import { registerNetworkBackend, networkBackend } from './backend.ts';
import { fitNetwork, predictRows } from './fit-network.ts';
import type { FittedNetwork } from './fit-network.ts';
import type { Head } from './heads.ts';
import { denseWidth, encode, fitEncoder } from './network-input.ts';
import type { InputEncoder } from './network-input.ts';
import { readNetworkParameters } from './network-parameters.ts';
import type { NetworkKind, NetworkParameters } from './network-parameters.ts';
import type { NetworkSpec } from './network-spec.ts';
import { plainBackend } from './plain/engine.ts';

registerNetworkBackend(plainBackend);

interface Model extends FittedNetwork {
  readonly spec: NetworkSpec;
  readonly encoder: InputEncoder;
  /** Regression: the target is learnt as (target - centre) / scale. */
  readonly centre: number;
  readonly scale: number;
}

export interface NetworkEstimator extends Estimator {
  /** Its `factor` scales the learning rate while `fit` runs. */
  readonly rate: RateControl;
  /** Epochs of the last fit and the one whose parameters were kept. */
  trainingSummary(): { readonly bestEpoch: number; readonly epochsRun: number };
}

/** A multi-layer perceptron classifier: dense blocks with batch norm, dropout, L1, L2 and embeddings. */
export function createMlp(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): NetworkEstimator {
  return createNetwork('mlp', parameters, saved);
}

/** The same for a number; losses of the regression family. */
export function createMlpRegression(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): NetworkEstimator {
  return createNetwork('mlp-regression', parameters, saved);
}

/** A perceptron whose blocks after the first add to what came before (He et al. 2016). */
export function createResidualMlp(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): NetworkEstimator {
  return createNetwork('residual-mlp', parameters, saved);
}

/** A gated recurrent unit over each team's last matches, joined with the other columns in a perceptron. */
export function createGru(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): NetworkEstimator {
  return createNetwork('gru', parameters, saved);
}

/** A temporal convolutional network (Bai, Kolter, Koltun 2018) over each team's last matches, joined likewise. */
export function createTcn(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): NetworkEstimator {
  return createNetwork('tcn', parameters, saved);
}

function createNetwork(
  kind: NetworkKind,
  given: Readonly<Record<string, unknown>>,
  saved: SavedEstimator | undefined,
): NetworkEstimator {
  const parameters = readNetworkParameters(kind, given);
  const backend = networkBackend(parameters.backend);
  const loss = createLoss(parameters.loss, parameters.lossParameters);
  const rate: RateControl = { factor: 1 };
  const regression = kind === 'mlp-regression';

  const defined = defineEstimator<NetworkParameters, Model>(
    {
      name: kind,
      task: regression ? 'regression' : 'classification',
      missing: 'impute',
      reportsEpochs: true,
      parameters,
      backend: backend.name,
      libraries: backend.libraries,
      outputs: (classes) => loss.outputs(classes),
      fit(input) {
        const encoder = fitEncoder(input.features, input.weights, parameters);
        const outputs = loss.outputs(input.classes.length);
        if (!regression) requireColumns(loss, outputs, input.classes.length);
        const spec = networkSpec(kind, parameters, { encoder, outputs });
        const scaling = regression ? targetScaling(loss, input) : { centre: 0, scale: 1 };
        const toData = (set: PreparedSet) => ({
          input: encode(encoder, set.features),
          heads: [toHead(set, { loss, outputs, ...scaling })],
        });
        const fitted = fitNetwork({
          backend,
          spec,
          training: { ...parameters, seed: input.seed },
          data: toData(input),
          startScores:
            loss.name === 'poisson' && !input.initialScores
              ? [Math.log(Math.max(weightedMean(input), 1e-6))]
              : undefined,
          validation: input.validation && toData(input.validation),
          callbacks: input.callbacks,
          rate,
          signal: input.signal,
        });
        return { ...fitted, ...scaling, spec, encoder };
      },
      output(model, features, initialScores) {
        const scores = networkScores(model, features, { backend, capacity: parameters.batchSize });
        if (initialScores) scores.forEach((_, at) => (scores[at]! += initialScores[at]! / model.scale));
        const predicted = loss.predict(scores, features.rows);
        return regression ? predicted.map((value) => model.centre + model.scale * value) : predicted;
      },
      save: saveModel,
      load: ({ state, blobs }) => loadModel(state, blobs ?? {}),
    },
    saved,
  );
  const { estimator } = defined;
  return Object.defineProperties(estimator, {
    rate: { value: rate, enumerable: true },
    trainingSummary: {
      value: () => {
        const { bestEpoch, epochsRun } = defined.fitted();
        return { bestEpoch, epochsRun };
      },
    },
  }) as NetworkEstimator;
}

/** A loss for two classes cannot tell three apart. */
function requireColumns(loss: Loss, outputs: number, classes: number): void {
  const columns = loss.predict(new Float64Array(outputs), 1).length;
  if (columns === classes) return;
  throw new AppError(
    'CONFIGURATION_INVALID',
    `the loss ${loss.name} forecasts ${columns} classes, the target has ${classes}`,
    {
      detail: { loss: loss.name, classes },
    },
  );
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

function weightedMean({ target, weights }: FitInput): number {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < target.length; i++) {
    total += weights[i]!;
    if (weights[i]! > 0) mean += ((target[i]! - mean) * weights[i]!) / total;
  }
  return mean;
}

/** Location and scale of the target for losses on the identity; the Poisson loss speaks of logarithms and keeps its counts. */
function targetScaling(loss: Loss, input: FitInput): { centre: number; scale: number } {
  if (loss.name === 'poisson') return { centre: 0, scale: 1 };
  const centre = weightedMean(input);
  const deviations = { ...input, target: input.target.map((value) => (value - centre) ** 2) };
  return { centre, scale: Math.sqrt(weightedMean(deviations)) || 1 };
}

function toHead(
  { target, weights, initialScores }: PreparedSet,
  {
    loss,
    outputs,
    centre,
    scale,
  }: { readonly loss: Loss; readonly outputs: number; readonly centre: number; readonly scale: number },
): Head {
  const plain = centre === 0 && scale === 1;
  return {
    name: 'target',
    loss,
    outputs,
    target: plain ? target : target.map((value) => (value - centre) / scale),
    weights,
    initialScores: plain ? initialScores : initialScores?.map((score) => score / scale),
  };
}

function networkScores(
  model: Model,
  features: Matrix,
  { backend, capacity }: { readonly backend: ReturnType<typeof networkBackend>; readonly capacity: number },
): Float64Array {
  const engine = backend.compile(model.spec, { seed: 0, capacity });
  try {
    return Float64Array.from(predictRows(engine, encode(model.encoder, features), { ...model, capacity }));
  } finally {
    engine.dispose();
  }
}

function saveModel(model: Model) {
  const { parameters, norms, encoder, ...rest } = model;
  const { design, channelMeans, channelScales, ...columns } = encoder;
  return {
    state: { ...rest, columns, indicators: design.indicators },
    blobs: { parameters, norms, channelMeans, channelScales, means: design.means, scales: design.scales },
  };
}

function loadModel(state: unknown, blobs: NonNullable<SavedEstimator['blobs']>): Model {
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
  };
}
