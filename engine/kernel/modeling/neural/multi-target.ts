import type { CancelSignal } from '../../../contract/domain.ts';
import { AppError } from '../../../contract/errors.ts';
import type { TrainingCallback } from '../estimator.ts';
import { alignColumns } from '../fit-input.ts';
import { createLoss } from '../losses/registry.ts';
import type { Loss, LossParameters } from '../losses/loss.ts';
import type { Matrix } from '../matrix.ts';
import { networkBackend } from './backend.ts';
import { fitNetwork, predictRows } from './fit-network.ts';
import type { FittedNetwork } from './fit-network.ts';
import { outputsOf } from './heads.ts';
import type { Head } from './heads.ts';
import { networkSpec } from './network-estimator.ts';
import { encode, fitEncoder } from './network-input.ts';
import { readNetworkParameters } from './network-parameters.ts';

/** What one head is to learn. */
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

/** The rows of one target: class indexes or numbers, and what its loss asks for. */
export type TargetRows = Omit<Head, 'name' | 'loss' | 'outputs' | 'importance'>;

export interface MultiTargetData {
  readonly features: Matrix;
  readonly targets: Readonly<Record<string, TargetRows>>;
}

export interface MultiTargetNetwork {
  /** By target: rows x classes probabilities, or one value a row. */
  predict(features: Matrix): Readonly<Record<string, Float64Array>>;
  readonly summary: Pick<FittedNetwork, 'bestEpoch' | 'epochsRun'>;
}

/**
 * One network with a head for each target (1X2, both score, totals, goals): what they share is learnt once. The parameters
 * are those of `mlp` but for the loss, which every target names itself. Stops and keeps the best epoch by the sum of the heads' losses.
 */
export function fitMultiTarget(
  specs: readonly TargetSpec[],
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
  const losses = specs.map(({ loss, lossParameters }) => createLoss(loss, lossParameters));
  const encoder = fitEncoder(data.features, new Float64Array(data.features.rows).fill(1), parameters);
  const toData = (part: MultiTargetData) => ({
    input: encode(encoder, alignColumns(part.features, data.features.columns)),
    heads: specs.map((spec, at) => toHead(spec, losses[at]!, part)),
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
  return {
    summary: { bestEpoch: fitted.bestEpoch, epochsRun: fitted.epochsRun },
    predict(features) {
      const engine = backend.compile(spec, { seed: 0, capacity: parameters.batchSize });
      try {
        const input = encode(encoder, alignColumns(features, data.features.columns));
        const scores = predictRows(engine, input, { ...fitted, capacity: parameters.batchSize });
        let first = 0;
        return Object.fromEntries(
          training.heads.map(({ name, loss, outputs }) => {
            const own = new Float64Array(features.rows * outputs);
            for (let i = 0; i < own.length; i++) {
              own[i] = scores[Math.floor(i / outputs) * spec.outputs + first + (i % outputs)]!;
            }
            first += outputs;
            return [name, loss.predict(own, features.rows)];
          }),
        );
      } finally {
        engine.dispose();
      }
    },
  };
}

function toHead(spec: TargetSpec, loss: Loss, { features, targets }: MultiTargetData): Head {
  const rows = targets[spec.name];
  if (rows?.target.length !== features.rows) {
    throw new AppError(
      'MODEL_INVALID',
      `target ${spec.name}: expected ${features.rows} values, got ${rows?.target.length ?? 0}`,
      {
        detail: { target: spec.name },
      },
    );
  }
  return { ...rows, name: spec.name, loss, outputs: loss.outputs(spec.classes), importance: spec.importance };
}
