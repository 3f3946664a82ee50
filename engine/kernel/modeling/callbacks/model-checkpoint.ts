import type { EpochLogs, TrainingCallback } from '../estimator.ts';
import { createBestTracker, readMeasure } from './measure.ts';
import type { WatchedMeasure } from './measure.ts';

export interface CheckpointOptions<Snapshot> extends WatchedMeasure {
  /** Takes the snapshot; called only when it will be kept. */
  snapshot(): Snapshot;
  /** Keeps it: a map in memory, a file, a table. May throw, which ends training. */
  store(snapshot: Snapshot, logs: EpochLogs): void;
  /** `best` (default) keeps improvements only; a number keeps every so-manieth epoch. */
  readonly keep?: 'best' | number | undefined;
}

/** Saves the model while it trains, through a store that the caller supplies. */
export function createModelCheckpoint<Snapshot>(options: CheckpointOptions<Snapshot>): TrainingCallback {
  const keep = options.keep ?? 'best';
  const tracker = createBestTracker(options.tolerance);
  return {
    onTrainBegin: () => tracker.reset(),
    onEpochEnd(logs) {
      const wanted =
        keep === 'best' ? tracker.improves(readMeasure(logs, options)) : (logs.epoch + 1) % keep === 0;
      if (wanted) options.store(options.snapshot(), logs);
    },
  };
}
