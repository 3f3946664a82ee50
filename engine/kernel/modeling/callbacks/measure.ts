import { AppError } from '../../../contract/errors.ts';
import type { EpochLogs } from '../estimator.ts';

/** Which measure a callback watches, and which way is better. */
export interface WatchedMeasure {
  /** Name in the epoch's measures; default the loss on the validation part (the first name that begins with `validation`). */
  readonly measure?: string | undefined;
  /** Default `lower`. */
  readonly better?: 'lower' | 'higher' | undefined;
  /** A change that is not larger than this is no improvement; default 0. */
  readonly tolerance?: number | undefined;
}

/** Reads the watched measure so that lower is better. A missing name is CONFIGURATION_INVALID and lists what there is. */
export function readMeasure({ measures }: EpochLogs, watched: WatchedMeasure): number {
  const name =
    watched.measure ??
    Object.keys(measures).find((known) => known.startsWith('validation')) ??
    'validationLoss';
  const value = measures[name];
  if (value === undefined) {
    const known = Object.keys(measures);
    throw new AppError(
      'CONFIGURATION_INVALID',
      `no measure ${name} in training; it has: ${known.join(', ')}`,
      {
        detail: { measure: name, known },
      },
    );
  }
  return watched.better === 'higher' ? -value : value;
}

/** Remembers the best value; `improves` answers whether this one is better by more than the tolerance. NaN never is. */
export function createBestTracker(tolerance = 0): { improves(value: number): boolean; reset(): void } {
  let best = Infinity;
  return {
    improves(value) {
      if (!(value < best - tolerance) && !(best === Infinity && value < best)) return false;
      best = value;
      return true;
    },
    reset() {
      best = Infinity;
    },
  };
}
