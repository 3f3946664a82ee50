import { AppError } from '../../../contract/errors.ts';

/** When each row's forecast is made and when its label is known, in one unit (epoch ms; days in small examples). */
export interface TimedRows {
  readonly forecastAt: ArrayLike<number>;
  /** Never before `forecastAt`. */
  readonly labelKnownAt: ArrayLike<number>;
}

/** Row numbers of each part, in order of time; parts that were not asked for are empty. Parts never share a row. */
export interface TimeSplit {
  readonly train: Uint32Array;
  /** For early stopping; after `train`. */
  readonly validation: Uint32Array;
  /** For calibrators; after `validation`. */
  readonly calibration: Uint32Array;
  readonly test: Uint32Array;
  /** Rows left out because their label was not known in time, or by the embargo. */
  readonly purged: Uint32Array;
}

export interface SplitOptions {
  /** Extra time that must lie between a known label and the next part; same unit as the rows; default 0. */
  readonly embargo?: number | undefined;
  /** Asking for `true` is an error: no splitter mixes time. */
  readonly shuffle?: boolean | undefined;
}

/** Refuses a wish to shuffle, rows of unequal length, and labels known before their forecast. */
export function requireTimedRows(rows: TimedRows, options: SplitOptions): void {
  if (options.shuffle) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      'shuffle: rows of a forecast are ordered by time and are never shuffled',
      {
        detail: { name: 'shuffle' },
      },
    );
  }
  const { forecastAt, labelKnownAt } = rows;
  if (forecastAt.length !== labelKnownAt.length) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `expected one label time a row: ${forecastAt.length} forecasts, ${labelKnownAt.length} label times`,
    );
  }
  for (let i = 0; i < forecastAt.length; i++) {
    if (!(labelKnownAt[i]! >= forecastAt[i]!)) {
      throw new AppError('FUTURE_DATA', `row ${i}: its label is known before its forecast is made`, {
        detail: { row: i },
      });
    }
  }
}

/** Row numbers by time of forecast; equal times keep their order. */
export function timeOrder(rows: TimedRows): Uint32Array {
  const order = Uint32Array.from({ length: rows.forecastAt.length }, (_, i) => i);
  return order.sort((a, b) => rows.forecastAt[a]! - rows.forecastAt[b]! || a - b);
}

/** Moves a cut in the ordered rows back to the first row of its instant: a day is never torn apart. */
export function startOfInstant(rows: TimedRows, order: Uint32Array, cut: number): number {
  let at = Math.min(Math.max(cut, 0), order.length);
  while (at > 0 && at < order.length && rows.forecastAt[order[at]!] === rows.forecastAt[order[at - 1]!]) at--;
  return at;
}

/**
 * Turns consecutive blocks of rows (any may be empty) into a split: a row stays only if its label, plus the embargo, is
 * known when the first forecast of any later block is made.
 */
export function purgeBlocks(
  rows: TimedRows,
  blocks: { readonly [Part in Exclude<keyof TimeSplit, 'purged'>]: Uint32Array },
  embargo: number,
): TimeSplit {
  const purged: number[] = [];
  let laterStart = Infinity;
  const keep = (block: Uint32Array): Uint32Array => {
    const kept = block.filter((row) => {
      const known = rows.labelKnownAt[row]! + embargo <= laterStart;
      if (!known) purged.push(row);
      return known;
    });
    if (block.length > 0) laterStart = Math.min(laterStart, rows.forecastAt[block[0]!]!);
    return kept;
  };
  const test = keep(blocks.test);
  const calibration = keep(blocks.calibration);
  const validation = keep(blocks.validation);
  const train = keep(blocks.train);
  return { train, validation, calibration, test, purged: Uint32Array.from(purged).sort() };
}
