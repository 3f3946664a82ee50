import { AppError } from '../../../contract/errors.ts';
import { purgeBlocks, requireTimedRows, startOfInstant, timeOrder } from './timed-rows.ts';
import type { SplitOptions, TimedRows, TimeSplit } from './timed-rows.ts';

export interface SequentialShares {
  readonly train: number;
  readonly validation?: number | undefined;
  readonly calibration?: number | undefined;
  readonly test: number;
}

/**
 * One split in the order train, validation, calibration, test by the given shares of the rows (they must sum to 1).
 * Rows of one instant stay together; rows whose label is not known when the next part begins are purged.
 */
export function splitSequential(
  rows: TimedRows,
  shares: SequentialShares,
  options: SplitOptions = {},
): TimeSplit {
  requireTimedRows(rows, options);
  const { train, validation = 0, calibration = 0, test } = shares;
  const sum = train + validation + calibration + test;
  if (Math.abs(sum - 1) > 1e-9 || [train, validation, calibration, test].some((share) => share < 0)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `shares: expected shares of 0 or more that sum to 1, got a sum of ${sum}`,
    );
  }
  const order = timeOrder(rows);
  const cut = (share: number) => startOfInstant(rows, order, Math.round(share * order.length));
  const first = cut(train);
  const second = cut(train + validation);
  const third = cut(train + validation + calibration);
  return purgeBlocks(
    rows,
    {
      train: order.slice(0, first),
      validation: order.slice(first, second),
      calibration: order.slice(second, third),
      test: order.slice(third),
    },
    options.embargo ?? 0,
  );
}
