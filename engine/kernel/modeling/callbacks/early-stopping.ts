import type { TrainingCallback } from '../estimator.ts';
import { createBestTracker, readMeasure } from './measure.ts';
import type { WatchedMeasure } from './measure.ts';

export interface EarlyStopping extends TrainingCallback {
  /** Epoch of the best measure, -1 before the first. */
  readonly bestEpoch: number;
  readonly stoppedEpoch: number | undefined;
}

/** Stops when the measure has not improved for `patience` epochs (default 10). A NaN measure stops at once. */
export function createEarlyStopping(
  options: WatchedMeasure & { readonly patience?: number } = {},
): EarlyStopping {
  const patience = options.patience ?? 10;
  const tracker = createBestTracker(options.tolerance);
  let bestEpoch = -1;
  let stoppedEpoch: number | undefined;
  return {
    get bestEpoch() {
      return bestEpoch;
    },
    get stoppedEpoch() {
      return stoppedEpoch;
    },
    onTrainBegin() {
      tracker.reset();
      bestEpoch = -1;
      stoppedEpoch = undefined;
    },
    onEpochEnd(logs) {
      const value = readMeasure(logs, options);
      if (tracker.improves(value)) bestEpoch = logs.epoch;
      if (!Number.isNaN(value) && logs.epoch - bestEpoch < patience) return undefined;
      stoppedEpoch = logs.epoch;
      return 'stop';
    },
  };
}
