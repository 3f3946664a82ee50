import type { CancelSignal } from '../../contract/domain.ts';
import type { Matrix } from './matrix.ts';
import type { TeamFactory } from './tree/team.ts';

/** One finished epoch (a boosting round is one too), with its measures by name. */
export interface EpochLogs {
  readonly epoch: number;
  readonly total: number;
  readonly measures: Readonly<Record<string, number>>;
}

/** Called by `fit`; an `onEpochEnd` that answers `'stop'` ends training after that epoch. */
export interface TrainingCallback {
  onTrainBegin?(total: number): void;
  onEpochBegin?(epoch: number): void;
  onEpochEnd?(logs: EpochLogs): 'stop' | undefined | void;
  onTrainEnd?(): void;
}

export interface ValidationSet {
  readonly features: Matrix;
  readonly target: Float64Array;
  readonly weights?: Float64Array | undefined;
  readonly initialScores?: Float64Array | undefined;
}

export interface FitOptions {
  /** One weight a row, >= 0; default 1. A weight of 2 equals the row repeated. */
  readonly weights?: Float64Array | undefined;
  /** Scores (logits, row-major rows x outputs) that the model starts from: XGBoost's base margin. */
  readonly initialScores?: Float64Array | undefined;
  /**
   * When each row's forecast is made, in any unit: what forecasts rows by models of earlier ones goes by it. Rows of one
   * instant stay together. Default: the rows come in order of time, each an instant of its own.
   */
  readonly order?: Float64Array | undefined;
  readonly validation?: ValidationSet | undefined;
  readonly callbacks?: readonly TrainingCallback[] | undefined;
  readonly signal?: CancelSignal | undefined;
  /** Starts the threads that `nJobs` asks for; without it everything runs on the caller's thread, to the same bits. */
  readonly team?: TeamFactory | undefined;
}

export type EstimatorTask = 'classification' | 'regression';

/** Everything needed to say which model made a number. */
export interface EstimatorMetadata {
  readonly estimator: string;
  readonly task: EstimatorTask;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly featureNames: readonly string[];
  /** Class labels in the order of the probability columns; empty for regression. */
  readonly classes: readonly number[];
  readonly rows: number;
  /** Hash of features, target and weights that `fit` saw. */
  readonly dataHash: string;
  readonly backend: string;
  readonly libraries: Readonly<Record<string, string>>;
}

/** The data-only form of a fitted model; JSON-safe except that `blobs` hold binary weights. */
export interface SavedEstimator {
  readonly format: 1;
  readonly metadata: EstimatorMetadata;
  readonly state: unknown;
  readonly blobs?: Readonly<Record<string, Float32Array | Float64Array>> | undefined;
}

/**
 * The one contract of every model. The constructor (factory) only stores hyper-parameters; `fit` validates and forgets
 * every earlier fit; a column set that differs from the fitted one is a FEATURES_MISMATCH error that names the columns.
 */
export interface Estimator {
  readonly name: string;
  readonly task: EstimatorTask;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What NaN does: `reject` throws, `impute` uses a fitted stand-in, `native` learns a direction. */
  readonly missing: 'reject' | 'impute' | 'native';
  /** May be async (networks); throws CANCELLED when the signal says so. */
  fit(features: Matrix, target: Float64Array, options?: FitOptions): Promise<void>;
  /** Classification: the most probable class label; regression: the mean. Length = rows. */
  predict(features: Matrix, initialScores?: Float64Array): Float64Array;
  /** Row-major rows x classes, each row summing to 1. Throws for regression. */
  predictProbability(features: Matrix, initialScores?: Float64Array): Float64Array;
  /** One value a feature, in fitted order, or undefined where the model has none. */
  featureImportances(): Float64Array | undefined;
  readonly metadata: EstimatorMetadata | undefined;
  save(): SavedEstimator;
}
