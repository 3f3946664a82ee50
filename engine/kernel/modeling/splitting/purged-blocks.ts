import { AppError } from '../../../contract/errors.ts';
import { requireTimedRows, startOfInstant, timeOrder } from './timed-rows.ts';
import type { SplitOptions, TimedRows, TimeSplit } from './timed-rows.ts';

/** Cuts the rows in order of time into `count` blocks of nearly equal size that tear no instant apart. */
export function timeBlocks(rows: TimedRows, count: number): Uint32Array[] {
  const order = timeOrder(rows);
  if (!(Number.isInteger(count) && count >= 2 && count <= order.length)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `blocks: expected a whole number from 2 to ${order.length}, got ${count}`,
    );
  }
  const cuts = Array.from({ length: count + 1 }, (_, k) =>
    startOfInstant(rows, order, Math.round((k * order.length) / count)),
  );
  const blocks = cuts.slice(1).map((end, k) => order.slice(cuts[k], end));
  const empty = blocks.findIndex((block) => block.length === 0);
  if (empty >= 0) {
    throw new AppError(
      'HISTORY_TOO_SHORT',
      `block ${empty + 1} of ${count} is empty: too many rows share one instant`,
    );
  }
  return blocks;
}

/**
 * Tests on the given blocks and trains on the rest, purged: a training row goes if its label window
 * [forecast, label known] overlaps a test block's, or if it begins within `embargo` after that block's last label
 * (Lopez de Prado 2018, section 7.4, snippets 7.1 and 7.2). Training rows may be later than the test: for stress tests
 * of a strategy only, never for a headline score.
 */
export function purgeAround(
  rows: TimedRows,
  blocks: readonly Uint32Array[],
  options: { readonly testBlocks: readonly number[]; readonly embargo: number },
): TimeSplit {
  const { testBlocks, embargo } = options;
  const windows = joinNeighbours(testBlocks).map((group) => {
    let start = Infinity;
    let end = -Infinity;
    for (const block of group) {
      for (const row of blocks[block]!) {
        start = Math.min(start, rows.forecastAt[row]!);
        end = Math.max(end, rows.labelKnownAt[row]!);
      }
    }
    return { start, end };
  });
  const train: number[] = [];
  const purged: number[] = [];
  blocks.forEach((block, k) => {
    if (testBlocks.includes(k)) return;
    for (const row of block) {
      const touches = windows.some(
        ({ start, end }) => rows.labelKnownAt[row]! > start && rows.forecastAt[row]! < end + embargo,
      );
      (touches ? purged : train).push(row);
    }
  });
  return {
    train: Uint32Array.from(train),
    validation: new Uint32Array(0),
    calibration: new Uint32Array(0),
    test: Uint32Array.from(testBlocks.flatMap((block) => [...blocks[block]!])),
    purged: Uint32Array.from(purged).sort(),
  };
}

/** Ascending numbers in runs of neighbours: adjacent test blocks form one window. */
function joinNeighbours(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const value of numbers) {
    const last = runs.at(-1);
    if (last && last.at(-1) === value - 1) last.push(value);
    else runs.push([value]);
  }
  return runs;
}

/** Purged K-fold with embargo: each of `folds` blocks of time is the test once (Lopez de Prado 2018, section 7.4). */
export function splitPurged(rows: TimedRows, folds: number, options: SplitOptions = {}): TimeSplit[] {
  requireTimedRows(rows, options);
  const blocks = timeBlocks(rows, folds);
  return blocks.map((_, block) =>
    purgeAround(rows, blocks, { testBlocks: [block], embargo: options.embargo ?? 0 }),
  );
}
