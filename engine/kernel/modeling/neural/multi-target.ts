import type { CancelSignal } from '../../../contract/domain.ts';
import { AppError } from '../../../contract/errors.ts';
import type { SavedModel } from '../define-estimator.ts';
import type { TrainingCallback } from '../estimator.ts';
import { alignColumns } from '../fit-input.ts';
import { createLoss } from '../losses/registry.ts';
import type { Loss, LossParameters } from '../losses/loss.ts';
import type { Matrix } from '../matrix.ts';
import { networkBackend } from './backend.ts';
import { fitNetwork } from './fit-network.ts';
import { outputsOf } from './heads.ts';
import type { Head } from './heads.ts';
import { encode, fitEncoder } from './network-input.ts';
import { loadNetwork, networkScores, networkSpec, saveNetwork } from './network-model.ts';
import type { NetworkModel } from './network-model.ts';
import { readNetworkParameters } from './network-parameters.ts';

/** What one head is to learn; JSON-safe. */
export interface TargetSpec {
  readonly name: string;
  /** A name of the loss registry. */
  readonly loss: string;
  readonly lossParameters?: LossParameters | undefined;
  /** Number of classes; 0 for a number. */
  readonly classes: number;
  /** Share in the sum of losses; default 1. */
  readonly importance?: number | undefined;
}

/** The rows of one target: class indexes or numbers, and what its loss asks for (weights, prices, groups). */
export type TargetRows = Omit<Head, 'name' | 'loss' | 'outputs' | 'importance'>;

export interface MultiTargetData {
  readonly features: Matrix;
  readonly targets: Readonly<Record<string, TargetRows>>;
}

interface Model extends NetworkModel {
  readonly targets: readonly TargetSpec[];
  readonly featureNames: readonly string[];
  readonly backendName: string;
  readonly capacity: number;
}

export interface MultiTargetNetwork {
  /** By target: rows x classes probabilities, or one value a row. */
  predict(features: Matrix): Readonly<Record<string, Float64Array>>;
  readonly summary: { readonly bestEpoch: number; readonly epochsRun: number; readonly backend: string };
  save(): SavedModel;
}

/**
 * One network with a head for each target (1X2, both score, totals, goals): what they share is learnt once. The parameters
 * are those of `mlp` but for the loss, which every target names itself. Stops and keeps the best epoch by the sum of the
 * heads' losses.
 */
export function fitMultiTarget(
  targets: readonly TargetSpec[],
  data: MultiTargetData,
  options: {
    readonly parameters?: Readonly<Record<string, unknown>> | undefined;
    readonly validation?: MultiTargetData | undefined;
    readonly callbacks?: readonly TrainingCallback[] | undefined;
    readonly signal?: CancelSignal | undefined;
  } = {},
): MultiTargetNetwork {
  const parameters = readNetworkParameters('mlp', options.parameters ?? {});
  const backend = networkBackend(parameters.backend);
  const losses = lossesOf(targets);
  const featureNames = [...data.features.columns];
  const encoder = fitEncoder(data.features, new Float64Array(data.features.rows).fill(1), parameters);
  const toData = (part: MultiTargetData) => ({
    input: encode(encoder, alignColumns(part.features, featureNames)),
    heads: targets.map((target, at) => toHead(target, losses[at]!, part)),
  });
  const training = toData(data);
  const spec = networkSpec('mlp', parameters, { encoder, outputs: outputsOf(training.heads) });
  const fitted = fitNetwork({
    backend,
    spec,
    training: parameters,
    data: training,
    validation: options.validation && toData(options.validation),
    callbacks: options.callbacks ?? [],
    rate: { factor: 1 },
    signal: options.signal,
  });
  const { batchSize: capacity } = parameters;
  return fromModel({
    ...fitted,
    spec,
    encoder,
    targets,
    featureNames,
    backendName: parameters.backend,
    capacity,
  });
}

/** The network that `save` described. */
export function loadMultiTarget({ state, blobs }: SavedModel): MultiTargetNetwork {
  return fromModel(loadNetwork<Model>(state, blobs ?? {}));
}

function fromModel(model: Model): MultiTargetNetwork {
  const backend = networkBackend(model.backendName);
  const losses = lossesOf(model.targets);
  const { bestEpoch, epochsRun, capacity, spec } = model;
  return {
    summary: { bestEpoch, epochsRun, backend: backend.name },
    save: () => saveNetwork(model),
    predict(features) {
      const scores = networkScores(model, alignColumns(features, model.featureNames), { backend, capacity });
      let first = 0;
      return Object.fromEntries(
        model.targets.map(({ name, classes }, at) => {
          const outputs = losses[at]!.outputs(classes);
          const own = new Float64Array(features.rows * outputs);
          for (let i = 0; i < own.length; i++) {
            own[i] = scores[Math.floor(i / outputs) * spec.outputs + first + (i % outputs)]!;
          }
          first += outputs;
          return [name, losses[at]!.predict(own, features.rows)];
        }),
      );
    },
  };
}

function lossesOf(targets: readonly TargetSpec[]): Loss[] {
  return targets.map(({ loss, lossParameters }) => createLoss(loss, lossParameters));
}

function toHead(target: TargetSpec, loss: Loss, { features, targets }: MultiTargetData): Head {
  const { name, classes, importance } = target;
  const rows = targets[name];
  if (rows?.target.length !== features.rows) {
    throw new AppError(
      'MODEL_INVALID',
      `target ${name}: expected ${features.rows} values, got ${rows?.target.length ?? 0}`,
      { detail: { target: name } },
    );
  }
  return { ...rows, name, loss, outputs: loss.outputs(classes), importance };
}
