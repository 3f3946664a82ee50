import { AppError } from '../../../contract/errors.ts';
import type { CancelSignal } from '../../../contract/domain.ts';
import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import type { RateControl } from '../callbacks/learning-rate-schedule.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import type { TrainingCallback } from '../estimator.ts';
import { createOptimizer } from '../optimizers/registry.ts';
import type { OptimizerParameters } from '../optimizers/registry.ts';
import { createSchedule } from '../optimizers/schedules.ts';
import type { ScheduleParameters } from '../optimizers/schedules.ts';
import type { NetworkBackend, NetworkEngine, NetworkInput } from './backend.ts';
import { headGradient, headLoss } from './heads.ts';
import type { Head } from './heads.ts';
import { normOffsets, parameterCount, parameterShapes } from './network-spec.ts';
import type { NetworkSpec } from './network-spec.ts';

/** One part of the data: encoded rows and what each head is to learn of them. */
export interface NetworkData {
  readonly input: NetworkInput;
  readonly heads: readonly Head[];
}

export interface NetworkTraining {
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly optimizerParameters: OptimizerParameters;
  readonly learningRate: number;
  readonly schedule: string;
  /** Steps of a schedule are batches; of `plateau`, epochs. */
  readonly scheduleParameters: ScheduleParameters;
  /** Penalties l1 |w| and l2 w^2 / 2 on weights (not on biases and norms), added to the mean loss. */
  readonly l1: number;
  readonly l2: number;
  /** Longest gradient; a longer one is shortened. 0: never. */
  readonly clipNorm: number;
  /** Epochs without a better validation loss before training ends; 0: never. */
  readonly patience: number;
  readonly seed: number;
}

export interface FittedNetwork {
  readonly parameters: Float32Array;
  readonly norms: Float32Array;
  /** The epoch whose parameters these are: the best on the validation part, else the last. */
  readonly bestEpoch: number;
  readonly epochsRun: number;
}

export interface NetworkFit {
  readonly backend: NetworkBackend;
  readonly spec: NetworkSpec;
  readonly training: NetworkTraining;
  readonly data: NetworkData;
  readonly validation?: NetworkData | undefined;
  /** Scores that the untrained network is to give every row; default 0. */
  readonly startScores?: readonly number[] | undefined;
  readonly callbacks: readonly TrainingCallback[];
  readonly rate: RateControl;
  readonly signal: CancelSignal | undefined;
}

/**
 * Trains a network in shuffled batches of the training rows and answers the parameters of the best epoch. Reports
 * `trainingLoss` (mean over the epoch's batches as they were met) and `validationLoss` each epoch. Throws CANCELLED.
 */
export function fitNetwork(fit: NetworkFit): FittedNetwork {
  const { backend, spec, training, callbacks } = fit;
  const engine = backend.compile(spec, { seed: training.seed, capacity: training.batchSize });
  try {
    for (const callback of callbacks) callback.onTrainBegin?.(training.epochs);
    const fitted = runEpochs(fit, engine);
    for (const callback of callbacks) callback.onTrainEnd?.();
    return fitted;
  } finally {
    engine.dispose();
  }
}

function runEpochs(fit: NetworkFit, engine: NetworkEngine): FittedNetwork {
  const { spec, training, data, validation, callbacks, rate } = fit;
  const random = createRandom(training.seed);
  const parameters = startParameters(spec, random.split(0));
  if (fit.startScores) parameters.set(fit.startScores, parameters.length - spec.outputs);
  const norms = startNorms(spec);
  const step = createStep(fit, engine, { parameters, norms });
  const order = Uint32Array.from({ length: data.input.rows }, (_, row) => row);
  let best = { parameters: parameters.slice(), norms: norms.slice(), epoch: -1, loss: Infinity };
  let epoch = 0;
  for (let stop = false; epoch < training.epochs && !stop; epoch++) {
    for (const callback of callbacks) callback.onEpochBegin?.(epoch);
    shuffle(order, random.split(epoch + 1));
    const trainingLoss = step.epoch(order, rate.factor);
    if (!Number.isFinite(trainingLoss)) {
      throw new AppError(
        'MODEL_INVALID',
        `training diverged in epoch ${epoch}: lower the learning rate or clip gradients`,
        {
          detail: { epoch },
        },
      );
    }
    const measures: Record<string, number> = { trainingLoss };
    if (validation) {
      const loss = (measures['validationLoss'] = evaluate(engine, validation, {
        parameters,
        norms,
        capacity: training.batchSize,
      }));
      step.observe(loss);
      if (loss < best.loss) best = { parameters: parameters.slice(), norms: norms.slice(), epoch, loss };
      stop = training.patience > 0 && epoch - best.epoch >= training.patience;
    } else {
      step.observe(trainingLoss);
    }
    for (const callback of callbacks) {
      if (callback.onEpochEnd?.({ epoch, total: training.epochs, measures }) === 'stop') stop = true;
    }
  }
  if (validation && best.epoch >= 0) {
    return { parameters: best.parameters, norms: best.norms, bestEpoch: best.epoch, epochsRun: epoch };
  }
  return { parameters, norms, bestEpoch: epoch - 1, epochsRun: epoch };
}

interface NetworkState {
  readonly parameters: Float32Array;
  readonly norms: Float32Array;
}

/** One epoch of steps: batches of nearly equal size, gradient, penalties, clipping, optimiser, schedule. */
function createStep(
  { spec, training, data, signal }: NetworkFit,
  engine: NetworkEngine,
  state: NetworkState,
) {
  const { parameters, norms } = state;
  const decayed = new Uint8Array(parameters.length);
  for (const shape of parameterShapes(spec)) {
    if (shape.decayed) decayed.fill(1, shape.offset, shape.offset + shape.rows * shape.columns);
  }
  const optimizer = createOptimizer(training.optimizer, { ...training.optimizerParameters, decayed });
  const schedule = createSchedule(training.schedule, training.scheduleParameters);
  const batches = Math.ceil(data.input.rows / training.batchSize);
  let step = 0;
  return {
    observe: (loss: number) => schedule.observe?.(loss),
    epoch(order: Uint32Array, factor: number): number {
      let total = 0;
      for (let i = 0; i < batches; i++) {
        throwIfCancelled(signal);
        const from = Math.floor((i * order.length) / batches);
        const rows = order.subarray(from, Math.floor(((i + 1) * order.length) / batches));
        let loss = 0;
        const at = { parameters, norms, step };
        const gradient = engine.differentiate({ input: data.input, rows }, at, (scores) => {
          const answer = headGradient(data.heads, rows, scores);
          loss = answer.loss;
          return answer.gradient;
        });
        addPenalties(gradient, parameters, { decayed, l1: training.l1, l2: training.l2 });
        clip(gradient, training.clipNorm);
        const scheduled = schedule.factor({ step, totalSteps: training.epochs * batches });
        optimizer.step({ parameters, gradient, learningRate: training.learningRate * factor * scheduled });
        step++;
        total += loss * rows.length;
      }
      return total / order.length;
    },
  };
}

function evaluate(
  engine: NetworkEngine,
  { input, heads }: NetworkData,
  at: NetworkState & { readonly capacity: number },
): number {
  const rows = Uint32Array.from({ length: input.rows }, (_, row) => row);
  return headLoss(heads, rows, predictRows(engine, input, at));
}

/** Scores of all rows, in batches of the engine's capacity. */
export function predictRows(
  engine: NetworkEngine,
  input: NetworkInput,
  { parameters, norms, capacity }: NetworkState & { readonly capacity: number },
): Float32Array {
  const parts: Float32Array[] = [];
  for (let from = 0; from < input.rows; from += capacity) {
    const rows = Uint32Array.from({ length: Math.min(capacity, input.rows - from) }, (_, i) => from + i);
    parts.push(engine.predict({ input, rows }, { parameters, norms }));
  }
  const scores = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    scores.set(part, to);
    to += part.length;
  }
  return scores;
}

/** He et al. 2015 for ReLU layers, Glorot and Bengio 2010 for the others, deviation 0.05 for embeddings. */
export function startParameters(spec: NetworkSpec, random: Random): Float32Array {
  const parameters = new Float32Array(parameterCount(spec));
  for (const { rows, columns, parts, offset, start } of parameterShapes(spec)) {
    const out = columns / parts.columns;
    const deviation = {
      he: Math.sqrt(2 / rows),
      glorot: Math.sqrt(2 / (rows + out)),
      small: 0.05,
      zero: 0,
      one: 0,
    }[start];
    for (let i = 0; i < rows * columns; i++) {
      parameters[offset + i] = start === 'one' ? 1 : deviation === 0 ? 0 : deviation * random.normal();
    }
    if (start === 'small') parameters.fill(0, offset, offset + columns); // the unknown category
  }
  return parameters;
}

/** Running means 0 and variances 1. */
export function startNorms(spec: NetworkSpec): Float32Array {
  const { offsets, length } = normOffsets(spec);
  const norms = new Float32Array(length);
  spec.trunk.forEach(({ batchNorm, units }, at) => {
    if (batchNorm) norms.fill(1, offsets[at]! + units, offsets[at]! + 2 * units);
  });
  return norms;
}

function shuffle(order: Uint32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
}

function addPenalties(
  gradient: Float32Array,
  parameters: Float32Array,
  { decayed, l1, l2 }: { readonly decayed: Uint8Array; readonly l1: number; readonly l2: number },
): void {
  if (l1 === 0 && l2 === 0) return;
  for (let i = 0; i < gradient.length; i++) {
    if (decayed[i] === 1) gradient[i]! += l2 * parameters[i]! + l1 * Math.sign(parameters[i]!);
  }
}

function clip(gradient: Float32Array, longest: number): void {
  if (longest === 0) return;
  let square = 0;
  for (let i = 0; i < gradient.length; i++) square += gradient[i]! * gradient[i]!;
  const scale = longest / Math.sqrt(square);
  if (scale < 1) for (let i = 0; i < gradient.length; i++) gradient[i]! *= scale;
}
