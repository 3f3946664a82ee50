import type { TrainingCallback } from '../estimator.ts';
import type { LearningRateSchedule } from '../optimizers/schedules.ts';
import { readMeasure } from './measure.ts';
import type { WatchedMeasure } from './measure.ts';

/** Whatever has a learning rate that may change while it trains: a factor of its base rate. */
export interface RateControl {
  factor: number;
}

/** Drives a model's rate by a schedule, one step an epoch. A schedule that observes (plateau) needs the watched measure. */
export function createLearningRateCallback(
  schedule: LearningRateSchedule,
  control: RateControl,
  watched: WatchedMeasure = {},
): TrainingCallback {
  let totalSteps = 0;
  return {
    onTrainBegin(total) {
      totalSteps = total;
      schedule.reset?.();
    },
    onEpochBegin(epoch) {
      control.factor = schedule.factor({ step: epoch, totalSteps });
    },
    onEpochEnd(logs) {
      schedule.observe?.(readMeasure(logs, watched));
    },
    onTrainEnd() {
      control.factor = 1;
    },
  };
}
