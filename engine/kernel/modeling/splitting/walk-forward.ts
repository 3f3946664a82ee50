import { AppError } from '../../../contract/errors.ts';
import { purgeBlocks, requireTimedRows, startOfInstant, timeOrder } from './timed-rows.ts';
import type { SplitOptions, TimedRows, TimeSplit } from './timed-rows.ts';

export interface WalkForwardOptions extends SplitOptions {
  /**
   * What one step is: a list with the period (round, season) of each row, never falling in time; or a number of rows.
   */
  readonly steps: { readonly period: ArrayLike<number> } | { readonly rows: number };
  /** Steps a test part holds; default 1. The newest, possibly short, remainder is a fold too. */
  readonly testSteps?: number | undefined;
  /** Steps of training before the first fold; default 1. */
  readonly minimumTrainSteps?: number | undefined;
  /** Rolling: at most so many steps of training. Undefined (default): anchored, everything since the start. */
  readonly maximumTrainSteps?: number | undefined;
  /** Steps for early stopping, taken from the end of training; default 0. */
  readonly validationSteps?: number | undefined;
  /** Steps for the calibrator, between validation and test; default 0. */
  readonly calibrationSteps?: number | undefined;
}

/** Folds that walk towards the present: each trains on the past, then is tested on the next steps, and no test row is tested twice. */
export function splitWalkForward(rows: TimedRows, options: WalkForwardOptions): TimeSplit[] {
  requireTimedRows(rows, options);
  const { testSteps = 1, minimumTrainSteps = 1, maximumTrainSteps = Infinity } = options;
  const { validationSteps = 0, calibrationSteps = 0, embargo = 0 } = options;
  const order = timeOrder(rows);
  const bounds = stepBounds(rows, order, options.steps);
  const steps = bounds.length - 1;
  const folds: TimeSplit[] = [];
  const between = (from: number, to: number) => order.slice(bounds[from], bounds[to]);
  for (let test = minimumTrainSteps + validationSteps + calibrationSteps; test < steps; test += testSteps) {
    const calibration = test - calibrationSteps;
    const validation = calibration - validationSteps;
    folds.push(
      purgeBlocks(
        rows,
        {
          train: between(Math.max(0, validation - maximumTrainSteps), validation),
          validation: between(validation, calibration),
          calibration: between(calibration, test),
          test: between(test, Math.min(steps, test + testSteps)),
        },
        embargo,
      ),
    );
  }
  if (folds.length === 0) {
    throw new AppError('HISTORY_TOO_SHORT', `${steps} steps are too few for a single walk-forward fold`, {
      detail: { steps },
    });
  }
  return folds;
}

/** Positions in `order` where each step begins, and the end. */
function stepBounds(rows: TimedRows, order: Uint32Array, steps: WalkForwardOptions['steps']): number[] {
  const bounds = [0];
  if ('rows' in steps) {
    if (!(steps.rows >= 1))
      throw new AppError('CONFIGURATION_INVALID', `steps.rows: expected 1 or more, got ${steps.rows}`);
    for (let at = steps.rows; at < order.length; at += steps.rows) {
      const cut = startOfInstant(rows, order, at);
      if (cut > bounds.at(-1)!) bounds.push(cut);
    }
  } else {
    for (let at = 1; at < order.length; at++) {
      const earlier = steps.period[order[at - 1]!]!;
      const later = steps.period[order[at]!]!;
      if (later < earlier) {
        throw new AppError(
          'CONFIGURATION_INVALID',
          `period: falls from ${earlier} to ${later} while time goes on`,
          {
            detail: { row: order[at]! },
          },
        );
      }
      if (later > earlier) bounds.push(at);
    }
  }
  bounds.push(order.length);
  return bounds;
}
