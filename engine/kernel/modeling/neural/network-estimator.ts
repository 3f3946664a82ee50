import { AppError } from '../../../contract/errors.ts';
import type { RateControl } from '../callbacks/learning-rate-schedule.ts';
import { defineEstimator } from '../define-estimator.ts';
import type { FitInput, PreparedSet } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import { createLoss } from '../losses/registry.ts';
import type { Loss } from '../losses/loss.ts';
import { networkBackend } from './backend.ts';
import { fitNetwork } from './fit-network.ts';
import type { Head } from './heads.ts';
import { encode, fitEncoder } from './network-input.ts';
import { loadNetwork, networkScores, networkSpec, saveNetwork } from './network-model.ts';
import type { NetworkModel } from './network-model.ts';
import { readNetworkParameters } from './network-parameters.ts';
import type { NetworkKind, NetworkParameters } from './network-parameters.ts';

interface Model extends NetworkModel {
  /** Regression: the target is learnt as (target - centre) / scale. */
  readonly centre: number;
  readonly scale: number;
}

export interface NetworkEstimator extends Estimator {
  /** Its `factor` scales the learning rate while `fit` runs. */
  readonly rate: RateControl;
  /** Epochs of the last fit and the one whose parameters were kept. */
  trainingSummary(): { readonly bestEpoch: number; readonly epochsRun: number };
  /** The fitted network itself, for export: encoder, layers, parameters; a regression's outputs are scaled by `scale` and moved by `centre`. */
  network(): NetworkModel & { readonly centre: number; readonly scale: number };
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
      save: saveNetwork,
      load: ({ state, blobs }) => loadNetwork<Model>(state, blobs ?? {}),
    },
    saved,
  );
  const { estimator } = defined;
  return Object.defineProperties(estimator, {
    rate: { value: rate, enumerable: true },
    network: { value: () => defined.fitted() },
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
