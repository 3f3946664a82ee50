import { AppError } from '../../contract/errors.ts';
import type { CancelSignal } from '../../contract/domain.ts';
import { hashData } from './data-hash.ts';
import type {
  Estimator,
  EstimatorMetadata,
  EstimatorTask,
  FitOptions,
  SavedEstimator,
  TrainingCallback,
  ValidationSet,
} from './estimator.ts';
import type { Matrix } from './matrix.ts';
import { alignColumns, classIndexes, requireFinite, requireLength, requireWeights } from './fit-input.ts';

export interface PreparedSet {
  readonly features: Matrix;
  /** Regression: the target; classification: the class index of each row. */
  readonly target: Float64Array;
  readonly weights: Float64Array;
  readonly initialScores: Float64Array | undefined;
}

/** What a model's `fit` gets: checked, with class indexes in place of labels and one weight a row. */
export interface FitInput extends PreparedSet {
  readonly classes: readonly number[];
  readonly seed: number;
  readonly order: Float64Array | undefined;
  readonly validation: PreparedSet | undefined;
  readonly callbacks: readonly TrainingCallback[];
  readonly signal: CancelSignal | undefined;
  readonly team: FitOptions['team'];
}

export interface SavedModel {
  readonly state: unknown;
  readonly blobs?: SavedEstimator['blobs'];
}

/** The part of an estimator that is its own; `defineEstimator` adds what all share. */
export interface EstimatorDefinition<Parameters extends object, Model> {
  readonly name: string;
  readonly task: EstimatorTask;
  readonly parameters: Parameters & {
    readonly seed?: number;
    readonly classes?: readonly number[] | undefined;
  };
  readonly missing: Estimator['missing'];
  readonly backend?: string;
  /** True where `fit` tells the callbacks of its epochs itself; otherwise the whole fit counts as one. */
  readonly reportsEpochs?: boolean;
  readonly libraries?: Readonly<Record<string, string>>;
  /** True where the rows' order in time makes a difference, so that it belongs to what `fit` saw. */
  readonly goesByOrder?: boolean;
  /** Scores a row that `initialScores` hold; default: the number of classes, 1 for regression. */
  outputs?(classes: number): number;
  fit(input: FitInput): Model | Promise<Model>;
  /** Classification: rows x classes probabilities; regression: the mean of each row. */
  output(model: Model, features: Matrix, initialScores: Float64Array | undefined): Float64Array;
  importances?(model: Model): Float64Array | undefined;
  save(model: Model): SavedModel;
  load(saved: SavedModel, metadata: EstimatorMetadata): Model;
}

export interface DefinedEstimator<Model> {
  readonly estimator: Estimator;
  /** The fitted model; MODEL_INVALID when there is none. */
  fitted(): Model;
  /** The features in fitted column order, checked as `predict` does. */
  aligned(features: Matrix): Matrix;
}

interface Fitted<Model> {
  readonly model: Model;
  readonly metadata: EstimatorMetadata;
  readonly usesInitialScores: boolean;
}

/** Builds an `Estimator` from its own part, optionally already fitted from its saved form. */
export function defineEstimator<Parameters extends object, Model>(
  definition: EstimatorDefinition<Parameters, Model>,
  saved?: SavedEstimator,
): DefinedEstimator<Model> {
  const { name, task, parameters } = definition;
  let fitted: Fitted<Model> | undefined = saved && loadFitted(definition, saved);

  function current(): Fitted<Model> {
    if (!fitted)
      throw new AppError('MODEL_INVALID', `${name} has not been fitted`, { detail: { estimator: name } });
    return fitted;
  }

  function output(features: Matrix, initialScores: Float64Array | undefined): Float64Array {
    const { model, metadata, usesInitialScores } = current();
    const aligned = alignColumns(features, metadata.featureNames);
    if (definition.missing === 'reject') requireFinite(name, aligned);
    if (usesInitialScores && !initialScores) {
      throw new AppError(
        'MODEL_INVALID',
        `${name} was fitted from initial scores and needs them to predict`,
        {
          detail: { estimator: name },
        },
      );
    }
    if (initialScores) {
      requireLength(
        'initialScores',
        initialScores,
        features.rows * outputsOf(definition, metadata.classes.length),
      );
    }
    return definition.output(model, aligned, initialScores);
  }

  const estimator: Estimator = {
    name,
    task,
    parameters: parameters as Readonly<Record<string, unknown>>,
    missing: definition.missing,
    async fit(features, target, options = {}) {
      fitted = undefined;
      const input = prepare(definition, features, target, options);
      throwIfCancelled(input.signal);
      const model = definition.reportsEpochs
        ? await definition.fit(input)
        : await fitAsOneEpoch(definition, input);
      throwIfCancelled(input.signal);
      fitted = {
        model,
        usesInitialScores: options.initialScores !== undefined,
        metadata: {
          estimator: name,
          task,
          parameters: parameters as Readonly<Record<string, unknown>>,
          seed: input.seed,
          featureNames: [...features.columns],
          classes: input.classes,
          rows: features.rows,
          dataHash: hashData(
            features,
            [
              target,
              options.weights,
              options.initialScores,
              ...(definition.goesByOrder ? [options.order] : []),
            ],
            () => throwIfCancelled(input.signal),
          ),
          backend: definition.backend ?? 'typescript',
          libraries: definition.libraries ?? {},
        },
      };
    },
    predict(features, initialScores) {
      const values = output(features, initialScores);
      return task === 'regression' ? values : mostProbable(values, current().metadata.classes);
    },
    predictProbability(features, initialScores) {
      if (task === 'regression')
        throw new AppError('USAGE', `${name} is a regression and has no probabilities`);
      return output(features, initialScores);
    },
    featureImportances: () => definition.importances?.(current().model),
    get metadata() {
      return fitted?.metadata;
    },
    save() {
      const { model, metadata, usesInitialScores } = current();
      const { state, blobs } = definition.save(model);
      return { format: 1, metadata, state: { usesInitialScores, model: state }, blobs };
    },
  };
  return {
    estimator,
    fitted: () => current().model,
    aligned: (features) => alignColumns(features, current().metadata.featureNames),
  };
}

async function fitAsOneEpoch<P extends object, M>(
  definition: EstimatorDefinition<P, M>,
  input: FitInput,
): Promise<M> {
  for (const callback of input.callbacks) callback.onTrainBegin?.(1);
  for (const callback of input.callbacks) callback.onEpochBegin?.(0);
  const model = await definition.fit(input);
  for (const callback of input.callbacks) callback.onEpochEnd?.({ epoch: 0, total: 1, measures: {} });
  for (const callback of input.callbacks) callback.onTrainEnd?.();
  return model;
}

function outputsOf<P extends object, M>(definition: EstimatorDefinition<P, M>, classes: number): number {
  if (definition.task === 'regression') return 1;
  return definition.outputs?.(classes) ?? classes;
}

function prepare<P extends object, M>(
  definition: EstimatorDefinition<P, M>,
  features: Matrix,
  target: Float64Array,
  options: FitOptions,
): FitInput {
  const { name, task, parameters } = definition;
  if (features.rows === 0) throw new AppError('HISTORY_TOO_SHORT', `${name} got no rows to learn from`);
  const duplicate = features.columns.find((column, at) => features.columns.indexOf(column) !== at);
  if (duplicate !== undefined) {
    throw new AppError('FEATURES_MISMATCH', `column ${duplicate} comes twice`, {
      detail: { column: duplicate },
    });
  }
  if (definition.missing === 'reject') requireFinite(name, features);
  requireLength('target', target, features.rows);
  if (options.order) requireLength('order', options.order, features.rows);
  const classes = task === 'classification' ? (parameters.classes ?? distinctLabels(target)) : [];
  const prepareSet = (set: ValidationSet): PreparedSet => {
    const rows = set.features.rows;
    requireLength('target', set.target, rows);
    if (set.initialScores) {
      requireLength('initialScores', set.initialScores, rows * outputsOf(definition, classes.length));
    }
    return {
      features: alignColumns(set.features, features.columns),
      target: task === 'classification' ? classIndexes(set.target, classes) : requireFiniteTarget(set.target),
      weights: set.weights ? requireWeights(set.weights, rows) : new Float64Array(rows).fill(1),
      initialScores: set.initialScores,
    };
  };
  return {
    ...prepareSet({ features, target, weights: options.weights, initialScores: options.initialScores }),
    classes,
    seed: parameters.seed ?? 0,
    order: options.order,
    validation: options.validation && prepareSet(options.validation),
    callbacks: options.callbacks ?? [],
    signal: options.signal,
    team: options.team,
  };
}

function distinctLabels(target: Float64Array): number[] {
  return [...new Set(target)].sort((a, b) => a - b);
}

function requireFiniteTarget(target: Float64Array): Float64Array {
  for (let i = 0; i < target.length; i++) {
    if (!Number.isFinite(target[i])) {
      throw new AppError('MODEL_INVALID', `target of row ${i}: expected a number, got ${target[i]}`);
    }
  }
  return target;
}

function mostProbable(probabilities: Float64Array, classes: readonly number[]): Float64Array {
  const width = classes.length;
  const labels = new Float64Array(probabilities.length / width);
  for (let i = 0; i < labels.length; i++) {
    let best = 0;
    for (let k = 1; k < width; k++) {
      if (probabilities[i * width + k]! > probabilities[i * width + best]!) best = k;
    }
    labels[i] = classes[best]!;
  }
  return labels;
}

function loadFitted<P extends object, M>(
  definition: EstimatorDefinition<P, M>,
  saved: SavedEstimator,
): Fitted<M> {
  const { metadata, blobs } = saved;
  if (metadata.estimator !== definition.name) {
    throw new AppError('MODEL_INVALID', `a saved ${metadata.estimator} is no ${definition.name}`);
  }
  const state = saved.state as { usesInitialScores: boolean; model: unknown };
  return {
    metadata,
    usesInitialScores: state.usesInitialScores,
    model: definition.load({ state: state.model, blobs }, metadata),
  };
}

/** Throws CANCELLED when the signal says so. */
export function throwIfCancelled(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw new AppError('CANCELLED', 'training was cancelled');
}
