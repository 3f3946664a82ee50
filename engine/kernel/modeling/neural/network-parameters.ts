import { AppError } from '../../../contract/errors.ts';
import { createLoss } from '../losses/registry.ts';
import type { LossParameters } from '../losses/loss.ts';
import { optimizerNames } from '../optimizers/registry.ts';
import type { OptimizerParameters } from '../optimizers/registry.ts';
import { scheduleNames } from '../optimizers/schedules.ts';
import type { ScheduleParameters } from '../optimizers/schedules.ts';
import {
  arrayOf,
  classLabels,
  integerIn,
  numberIn,
  oneOf,
  optional,
  readParameters,
  seedRule,
  trueOrFalse,
} from '../parameters.ts';
import type { ParameterRule } from '../parameters.ts';
import type { EmbeddingColumns, SequenceColumns } from './network-input.ts';
import { activations } from './network-spec.ts';
import type { Activation } from './network-spec.ts';

export type NetworkKind = 'mlp' | 'mlp-regression' | 'residual-mlp' | 'gru' | 'tcn';

export interface NetworkParameters {
  /** Units of each block. Residual: blocks after the first add to it and may be of any width. Default [64, 32]. */
  readonly hidden: readonly number[];
  /** Default relu. */
  readonly activation: Activation;
  readonly batchNorm: boolean;
  readonly dropout: number;
  readonly l1: number;
  readonly l2: number;
  /** A name of the loss registry; default cross-entropy, or squared-error for a regression (of the standardised target). */
  readonly loss: string;
  readonly lossParameters: LossParameters;
  /** Default adam at 0.001. */
  readonly optimizer: string;
  readonly optimizerParameters: OptimizerParameters;
  readonly learningRate: number;
  readonly schedule: string;
  readonly scheduleParameters: ScheduleParameters;
  /** Most epochs; default 100. */
  readonly epochs: number;
  /** Default 256. */
  readonly batchSize: number;
  /** Longest gradient; default 0 (no limit). */
  readonly clipNorm: number;
  /** Epochs without a better validation loss before training ends (0: never); default 10. Needs a validation part. */
  readonly patience: number;
  readonly embeddings: readonly EmbeddingColumns[];
  /** GRU and TCN only, and needed there. */
  readonly sequence?: SequenceColumns | undefined;
  /** Units of the sequence encoder; default 16. */
  readonly sequenceUnits: number;
  /** TCN: how far each convolution looks back; default [1, 2, 4]. */
  readonly dilations: readonly number[];
  /** Default `plain`; another must have been loaded, or creation fails. */
  readonly backend: string;
  readonly classes?: readonly number[] | undefined;
  readonly seed: number;
}

const defaults: NetworkParameters = {
  hidden: [64, 32],
  activation: 'relu',
  batchNorm: false,
  dropout: 0,
  l1: 0,
  l2: 0,
  loss: 'cross-entropy',
  lossParameters: {},
  optimizer: 'adam',
  optimizerParameters: {},
  learningRate: 0.001,
  schedule: 'constant',
  scheduleParameters: {},
  epochs: 100,
  batchSize: 256,
  clipNorm: 0,
  patience: 10,
  embeddings: [],
  sequenceUnits: 16,
  dilations: [1, 2, 4],
  backend: 'plain',
  seed: 0,
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');

const record: ParameterRule = (value) => (isRecord(value) ? undefined : 'an object');
const text: ParameterRule = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a name');
const embedding: ParameterRule = (value) =>
  isRecord(value) && isNames(value['columns']) && integerIn(1, 256)(value['dimensions']) === undefined
    ? undefined
    : '{ columns: names, dimensions: 1 to 256 }';
const sequence: ParameterRule = (value) => {
  const said = '{ columns: names by [series][step][channel], all series of one shape }';
  if (!isRecord(value) || !Array.isArray(value['columns']) || value['columns'].length === 0) return said;
  const series = value['columns'] as readonly unknown[];
  const steps = Array.isArray(series[0]) ? series[0].length : 0;
  const channels =
    steps > 0 && Array.isArray((series[0] as unknown[])[0])
      ? ((series[0] as unknown[][])[0] ?? []).length
      : 0;
  const fits = (one: unknown) =>
    Array.isArray(one) &&
    one.length === steps &&
    one.every((step) => isNames(step) && (step as unknown[]).length === channels);
  return steps > 0 && series.every(fits) ? undefined : said;
};

/** The given parameters over the defaults. Anything unknown or out of range is CONFIGURATION_INVALID. */
export function readNetworkParameters(
  kind: NetworkKind,
  given: Readonly<Record<string, unknown>>,
): NetworkParameters {
  const regression = kind === 'mlp-regression';
  const parameters = readParameters<NetworkParameters>(kind, given, {
    defaults: regression ? { ...defaults, loss: 'squared-error' } : defaults,
    rules: {
      hidden: arrayOf(integerIn(1, 4096)),
      activation: oneOf(...activations),
      batchNorm: trueOrFalse,
      dropout: numberIn(0, 0.95),
      l1: numberIn(0, 1e3),
      l2: numberIn(0, 1e3),
      loss: text,
      lossParameters: record,
      optimizer: oneOf(...optimizerNames),
      optimizerParameters: record,
      learningRate: numberIn(0, 10, { openLow: true }),
      schedule: oneOf(...scheduleNames),
      scheduleParameters: record,
      epochs: integerIn(1, 100_000),
      batchSize: integerIn(2, 65_536),
      clipNorm: numberIn(0, 1e6),
      patience: integerIn(0),
      embeddings: arrayOf(embedding),
      sequence: optional(sequence),
      sequenceUnits: integerIn(1, 1024),
      dilations: arrayOf(integerIn(1, 200)),
      backend: text,
      classes: classLabels,
      seed: seedRule,
    },
  });
  requireFittingLoss(kind, parameters);
  if ((kind === 'gru' || kind === 'tcn') !== (parameters.sequence !== undefined)) {
    const said = parameters.sequence ? 'reads no sequence' : 'needs the parameter sequence';
    throw new AppError('CONFIGURATION_INVALID', `${kind} ${said}`, {
      detail: { estimator: kind, parameter: 'sequence' },
    });
  }
  return parameters;
}

function requireFittingLoss(kind: NetworkKind, { loss, lossParameters }: NetworkParameters): void {
  const { family } = createLoss(loss, lossParameters);
  const fits =
    kind === 'mlp-regression' ? family === 'regression' : family === 'classification' || family === 'ordinal';
  if (fits) return;
  throw new AppError(
    'CONFIGURATION_INVALID',
    `${kind}: a loss of the ${family} family, ${loss}, does not fit its task`,
    {
      detail: { estimator: kind, loss },
    },
  );
}
