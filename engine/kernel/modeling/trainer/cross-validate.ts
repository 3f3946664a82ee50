import { AppError } from '../../../contract/errors.ts';
import type { CancelSignal } from '../../../contract/domain.ts';
import type { Estimator } from '../estimator.ts';
import type { TimeSplit } from '../splitting/timed-rows.ts';
import type { Objective } from '../tuning/run-study.ts';
import type { TrialParameters } from '../tuning/space.ts';
import { measureClasses, measureValues } from './measures.ts';
import type { PartMeasures } from './measures.ts';
import { selectPart } from './part-data.ts';
import type { TrainingData } from './part-data.ts';

export interface FoldResult {
  readonly fold: number;
  /** Rows of the test part, as in the split. */
  readonly rows: Uint32Array;
  /** Class labels in the order of the forecasts' columns; empty for a regression. */
  readonly classes: readonly number[];
  /** Rows x classes probabilities, or one value a row, of rows that the fold did not train on. */
  readonly forecasts: Float64Array;
  readonly measures: PartMeasures;
}

export interface CrossValidation {
  /** Makes an unfitted estimator; called once a fold. */
  readonly create: () => Estimator;
  readonly data: TrainingData;
  readonly splits: readonly TimeSplit[];
  readonly signal?: CancelSignal | undefined;
  /** Told of each fold before the next begins; what it throws ends the validation. */
  readonly onFold?: ((result: FoldResult) => void) | undefined;
}

/**
 * Fits a fresh estimator on each split's training part (its validation part for early stopping) and measures it on the
 * test part. A test label that a fold's training never had is HISTORY_TOO_SHORT.
 */
export async function crossValidate({
  create,
  data,
  splits,
  signal,
  onFold,
}: CrossValidation): Promise<FoldResult[]> {
  const results: FoldResult[] = [];
  for (const [fold, split] of splits.entries()) {
    if (signal?.aborted) throw new AppError('CANCELLED', 'cross-validation was cancelled');
    const part = selectPart(data, split.train);
    const test = selectPart(data, split.test);
    const estimator = create();
    await estimator.fit(part.features, part.target, {
      weights: part.weights,
      initialScores: part.initialScores,
      order: part.times && Float64Array.from(part.times.forecastAt),
      ...(split.validation.length > 0 && { validation: selectPart(data, split.validation) }),
      signal,
    });
    const result = { fold, rows: split.test, ...judge(estimator, test, fold) };
    results.push(result);
    onFold?.(result);
  }
  return results;
}

function judge(estimator: Estimator, test: TrainingData, fold: number): Omit<FoldResult, 'fold' | 'rows'> {
  const { features, target, weights, initialScores } = test;
  const { classes } = estimator.metadata!;
  if (estimator.task === 'regression') {
    const forecasts = estimator.predict(features, initialScores);
    return { classes, forecasts, measures: measureValues(forecasts, target, weights) };
  }
  const outcomes = target.map((label) => classes.indexOf(label));
  const unseen = outcomes.indexOf(-1);
  if (unseen >= 0) {
    throw new AppError(
      'HISTORY_TOO_SHORT',
      `fold ${fold}: class ${target[unseen]} comes in the test part but not in training`,
      {
        detail: { fold, class: String(target[unseen]) },
      },
    );
  }
  const probabilities = estimator.predictProbability(features, initialScores);
  const measures = measureClasses({ probabilities, outcomes, classes: classes.length, weights });
  return { classes, forecasts: probabilities, measures };
}

/**
 * What a study is to minimise: the chosen measure over the folds, reported fold by fold so that pruning can end a trial early.
 * `measure` default: log loss, or the root mean squared error of a regression.
 */
export function foldObjective(
  create: (parameters: TrialParameters) => Estimator,
  validation: Omit<CrossValidation, 'create' | 'onFold' | 'signal'>,
  measure?: string,
): Objective {
  return async (parameters, { step, signal }) => {
    await crossValidate({
      ...validation,
      create: () => create(parameters),
      signal,
      onFold: ({ measures }) => {
        const name = measure ?? ('logLoss' in measures ? 'logLoss' : 'rootMeanSquaredError');
        const value = measures[name];
        if (value === undefined) {
          const known = Object.keys(measures);
          throw new AppError('CONFIGURATION_INVALID', `no measure ${name}; there are: ${known.join(', ')}`, {
            detail: { measure: name, known },
          });
        }
        step(value);
      },
    });
  };
}
