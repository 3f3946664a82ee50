import { AppError } from '../../../contract/errors.ts';
import type { CancelSignal } from '../../../contract/domain.ts';
import { fitCalibrator } from '../calibration/calibrator.ts';
import type { CalibrationMethodName, Calibrator } from '../calibration/calibrator.ts';
import { createEarlyStopping } from '../callbacks/early-stopping.ts';
import type { WatchedMeasure } from '../callbacks/measure.ts';
import type { CheckInput, Probe } from '../checks/check.ts';
import { reportModelCheck, requirePassed, runChecks } from '../checks/run-checks.ts';
import type { CheckReport, RunChecksOptions } from '../checks/run-checks.ts';
import type { MemberSpec } from '../ensembles/members.ts';
import type { Estimator, EstimatorMetadata, TrainingCallback } from '../estimator.ts';
import { createLoss } from '../losses/registry.ts';
import type { LossParameters } from '../losses/loss.ts';
import { lossPrefix } from '../tree/loss-objective.ts';
import type { TimeSplit } from '../splitting/timed-rows.ts';
import { measureClasses, measureValues } from './measures.ts';
import type { PartMeasures } from './measures.ts';
import { selectPart, toCheckPart } from './part-data.ts';
import type { TrainingData } from './part-data.ts';

export interface TrainOptions {
  /** Makes an unfitted estimator; called once for the model and once more for each probe. */
  readonly create: () => Estimator;
  readonly data: TrainingData;
  readonly split: TimeSplit;
  /** Fitted on the split's calibration part alone; a loss that biases probabilities demands one. */
  readonly calibration?: CalibrationMethodName | undefined;
  readonly callbacks?: readonly TrainingCallback[] | undefined;
  /** Stops on the validation part; only for estimators that report the watched measure each epoch. */
  readonly earlyStopping?: (WatchedMeasure & { readonly patience?: number }) | undefined;
  readonly checks?:
    | (RunChecksOptions & {
        readonly marketFeatures?: readonly string[] | undefined;
        /** Whether to train the two probes; default true. */
        readonly probes?: boolean | undefined;
      })
    | undefined;
  readonly signal?: CancelSignal | undefined;
  /** Milliseconds, for the training time; default: not measured. */
  readonly now?: (() => number) | undefined;
}

/** What a training run leaves behind beside its model; JSON-safe. */
export interface TrainingRecord {
  readonly metadata: EstimatorMetadata;
  readonly rows: Readonly<Record<keyof TimeSplit, number>>;
  readonly checks: CheckReport;
  /** What was checked of the trained model's forecasts. */
  readonly modelChecks: CheckReport | undefined;
  readonly calibration: { readonly method: CalibrationMethodName; readonly rows: number } | undefined;
  readonly biasedLoss: boolean;
  /** By part; `test` is calibrated where there is a calibrator, `testRaw` is not. */
  readonly measures: Readonly<Record<string, PartMeasures>>;
  readonly stoppedEpoch: number | undefined;
  readonly bestEpoch: number | undefined;
  readonly trainingSeconds: number | undefined;
}

export interface TrainingResult {
  readonly estimator: Estimator;
  readonly calibrator: Calibrator | undefined;
  readonly record: TrainingRecord;
  /** Forecasts of the test part: calibrated probabilities (rows x classes) or values. */
  readonly testForecasts: Float64Array;
}

/**
 * One training run: checks, fit with early stopping on a later part, calibration on a part that trained nothing and judges
 * nothing, measures on the test part. Throws CHECKS_FAILED, CANCELLED, or CONFIGURATION_INVALID when a loss that biases
 * probabilities has no calibrator, or a calibrator no part of its own.
 */
export async function train(options: TrainOptions): Promise<TrainingResult> {
  const { create, data, split, calibration, signal, now } = options;
  const estimator = create();
  const biasedLoss = biasedLossOf(estimator.parameters);
  requireCalibration(estimator, { biasedLoss, calibration, rows: split.calibration.length });
  const parts = {
    train: selectPart(data, split.train),
    validation: selectPart(data, split.validation),
    calibration: selectPart(data, split.calibration),
    test: selectPart(data, split.test),
  };
  const checks = await runChecks(checkInput(options, estimator, parts), options.checks);
  requirePassed(checks);

  const stopping = options.earlyStopping && createEarlyStopping(options.earlyStopping);
  const startedAt = now?.();
  await estimator.fit(parts.train.features, parts.train.target, {
    weights: parts.train.weights,
    initialScores: parts.train.initialScores,
    order: parts.train.times && Float64Array.from(parts.train.times.forecastAt),
    ...(parts.validation.features.rows > 0 && { validation: parts.validation }),
    callbacks: [...(options.callbacks ?? []), ...(stopping ? [stopping] : [])],
    signal,
  });
  const trainingSeconds = startedAt === undefined ? undefined : (now!() - startedAt) / 1000;

  const calibrator = calibration && calibrate(estimator, parts.calibration, calibration);
  const raw = forecast(estimator, parts.test);
  const testForecasts = calibrator ? calibrator.apply(raw) : raw;
  const modelChecks = checkModel(options, estimator, { part: parts.test, forecasts: testForecasts });
  return {
    estimator,
    calibrator,
    testForecasts,
    record: {
      metadata: estimator.metadata!,
      rows: rowCounts(split),
      checks,
      modelChecks,
      calibration: calibrator && { method: calibrator.method, rows: calibrator.n },
      biasedLoss: biasedLoss !== undefined,
      measures: {
        train: measure(estimator, parts.train, forecast(estimator, parts.train)),
        ...(split.validation.length > 0 && {
          validation: measure(estimator, parts.validation, forecast(estimator, parts.validation)),
        }),
        ...(split.test.length > 0 && { test: measure(estimator, parts.test, testForecasts) }),
        ...(split.test.length > 0 && calibrator && { testRaw: measure(estimator, parts.test, raw) }),
      },
      bestEpoch: stopping?.bestEpoch,
      stoppedEpoch: stopping?.stoppedEpoch,
      trainingSeconds,
    },
  };
}

/** The loss (`loss`, or an `objective` that names one; a member's too) that leaves probabilities that need calibration. */
function biasedLossOf(parameters: Estimator['parameters']): string | undefined {
  const name = lossName(parameters);
  const lossParameters = (parameters['lossParameters'] ?? {}) as LossParameters;
  if (name !== undefined && createLoss(name, lossParameters).biasesProbabilities) return name;
  const { member, members = [] } = parameters as { member?: MemberSpec; members?: readonly MemberSpec[] };
  for (const one of member ? [member, ...members] : members) {
    const inner = biasedLossOf(one.parameters ?? {});
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function lossName({ loss, objective }: Estimator['parameters']): string | undefined {
  if (typeof loss === 'string') return loss;
  return typeof objective === 'string' && objective.startsWith(lossPrefix)
    ? objective.slice(lossPrefix.length)
    : undefined;
}

function requireCalibration(
  { name, task }: Estimator,
  given: {
    readonly biasedLoss: string | undefined;
    readonly calibration: string | undefined;
    readonly rows: number;
  },
): void {
  if (task === 'classification' && given.biasedLoss && !given.calibration) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `${name}: the loss ${given.biasedLoss} biases probabilities, so a calibration method must be named`,
      { detail: { estimator: name, loss: given.biasedLoss } },
    );
  }
  if (given.calibration && given.rows === 0) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `${name}: calibration needs a part of its own that trains and judges nothing`,
      {
        detail: { estimator: name },
      },
    );
  }
}

function checkInput(
  options: TrainOptions,
  estimator: Estimator,
  parts: Record<string, TrainingData>,
): CheckInput {
  const { checks = {}, create, signal } = options;
  const later = [parts['validation']!, parts['calibration']!, parts['test']!].filter(
    (part) => part.features.rows > 0,
  );
  const usesScores = options.data.initialScores !== undefined;
  const probe: Probe = async (features, target, laterFeatures) => {
    const fresh = create();
    await fresh.fit(features, target, { signal });
    return fresh.task === 'classification'
      ? fresh.predictProbability(laterFeatures)
      : fresh.predict(laterFeatures);
  };
  return {
    task: estimator.task,
    train: toCheckPart(parts['train']!),
    later: later.map(toCheckPart),
    marketFeatures: checks.marketFeatures,
    // Initial scores are a second way for labels to arrive, and the probes do not carry them: they would prove nothing.
    probe: (checks.probes ?? true) && !usesScores ? probe : undefined,
  };
}

/** A model of prices may be as close as they are; any other that beats the market is stopped like a failed check. */
function checkModel(
  { checks = {} }: TrainOptions,
  estimator: Estimator,
  { part, forecasts }: { readonly part: TrainingData; readonly forecasts: Float64Array },
): CheckReport | undefined {
  if (estimator.task === 'regression' || part.features.rows === 0 || checks.marketFeatures?.length)
    return undefined;
  const report = reportModelCheck(
    {
      probabilities: forecasts,
      market: part.marketProbabilities,
      outcomes: classIndexes(estimator, part.target),
      classes: estimator.metadata!.classes.length,
    },
    checks,
  );
  requirePassed(report);
  return report;
}

function forecast(estimator: Estimator, part: TrainingData): Float64Array {
  if (part.features.rows === 0) return new Float64Array(0);
  return estimator.task === 'classification'
    ? estimator.predictProbability(part.features, part.initialScores)
    : estimator.predict(part.features, part.initialScores);
}

function classIndexes(estimator: Estimator, target: Float64Array): Float64Array {
  const { classes } = estimator.metadata!;
  return target.map((label) => classes.indexOf(label));
}

function calibrate(estimator: Estimator, part: TrainingData, method: CalibrationMethodName): Calibrator {
  if (estimator.task === 'regression') {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `${estimator.name} is a regression and has no probabilities to calibrate`,
    );
  }
  return fitCalibrator(method, forecast(estimator, part), classIndexes(estimator, part.target), {
    classes: estimator.metadata!.classes.length,
    weights: part.weights,
  });
}

function measure(estimator: Estimator, part: TrainingData, forecasts: Float64Array): PartMeasures {
  if (estimator.task === 'regression') return measureValues(forecasts, part.target, part.weights);
  return measureClasses({
    probabilities: forecasts,
    outcomes: classIndexes(estimator, part.target),
    classes: estimator.metadata!.classes.length,
    weights: part.weights,
  });
}

function rowCounts(split: TimeSplit): TrainingRecord['rows'] {
  const { train: fitted, validation, calibration, test, purged } = split;
  return {
    train: fitted.length,
    validation: validation.length,
    calibration: calibration.length,
    test: test.length,
    purged: purged.length,
  };
}
