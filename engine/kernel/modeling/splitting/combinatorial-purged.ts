import { AppError } from '../../../contract/errors.ts';
import { purgeAround, timeBlocks } from './purged-blocks.ts';
import { requireTimedRows } from './timed-rows.ts';
import type { SplitOptions, TimedRows, TimeSplit } from './timed-rows.ts';

export interface CombinatorialPurged {
  readonly splits: readonly TimeSplit[];
  /** Row numbers of each block of time. */
  readonly blocks: readonly Uint32Array[];
  /** `paths[p][b]`: which split's forecast of block b belongs to path p; every path covers all rows once. */
  readonly paths: readonly (readonly number[])[];
}

export interface CombinatorialOptions extends SplitOptions {
  /** Blocks of time, N. */
  readonly blocks: number;
  /** Blocks a split is tested on, k < N. */
  readonly testBlocks: number;
}

/** More splits than this are a slip of the pen rather than a plan. */
const mostSplits = 10_000;

/**
 * Combinatorial purged cross-validation (Lopez de Prado 2018, section 12.3): all C(N, k) choices of test blocks, purged and
 * embargoed, and the k/N C(N, k) = C(N - 1, k - 1) paths over the whole history that their forecasts make up.
 */
export function splitCombinatorialPurged(
  rows: TimedRows,
  options: CombinatorialOptions,
): CombinatorialPurged {
  requireTimedRows(rows, options);
  const { blocks: count, testBlocks, embargo = 0 } = options;
  if (!(Number.isInteger(testBlocks) && testBlocks >= 1 && testBlocks < count)) {
    throw new AppError('CONFIGURATION_INVALID', `testBlocks: expected 1 to ${count - 1}, got ${testBlocks}`);
  }
  const blocks = timeBlocks(rows, count);
  const choices = combinations(count, testBlocks);
  // Split s that tests block b goes to the first path whose block b is still free.
  const paths: number[][] = [];
  const used = new Array<number>(count).fill(0);
  choices.forEach((choice, split) => {
    for (const block of choice) {
      const path = used[block]!++;
      (paths[path] ??= new Array<number>(count).fill(-1))[block] = split;
    }
  });
  return {
    splits: choices.map((choice) => purgeAround(rows, blocks, { testBlocks: choice, embargo })),
    blocks,
    paths,
  };
}

/**
 * Puts the forecasts of all splits together into one column a path. `forecasts[s]` holds one value a row of
 * `splits[s].test`, in that order. Answer: rows of the whole history by path.
 */
export function reconstructPaths(
  { splits, blocks, paths }: CombinatorialPurged,
  forecasts: readonly ArrayLike<number>[],
): Float64Array[] {
  const rows = blocks.reduce((sum, block) => sum + block.length, 0);
  const byRow = splits.map(
    (split, s) => new Map(Array.from(split.test, (row, at) => [row, forecasts[s]![at]!])),
  );
  return paths.map((path) => {
    const column = new Float64Array(rows);
    path.forEach((split, block) => {
      for (const row of blocks[block]!) column[row] = byRow[split]!.get(row)!;
    });
    return column;
  });
}

/** All ascending choices of `size` numbers below `count`, in lexicographic order. */
function combinations(count: number, size: number): number[][] {
  const found: number[][] = [];
  const choose = (chosen: readonly number[], from: number): void => {
    if (found.length > mostSplits) {
      throw new AppError(
        'CONFIGURATION_INVALID',
        `${count} blocks by ${testLabel(size)} make more than ${mostSplits} splits`,
      );
    }
    if (chosen.length === size) {
      found.push([...chosen]);
      return;
    }
    for (let next = from; next <= count - (size - chosen.length); next++) choose([...chosen, next], next + 1);
  };
  choose([], 0);
  return found;
}

function testLabel(size: number): string {
  return `${size} test ${size === 1 ? 'block' : 'blocks'}`;
}
