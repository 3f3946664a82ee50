import { createRandom } from './random.ts';
import { quantileSorted } from './summary.ts';

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Draws; default 1000. */
  readonly draws?: number | undefined;
  /** Share of draws inside the interval; default 0.95. */
  readonly confidence?: number | undefined;
  readonly seed: number;
}

/**
 * Row sums of several columns by group, so that each bootstrap draw costs one pass over the groups and not
 * over the rows.
 */
export interface GroupSums {
  readonly groups: number;
  /** For each column, one sum a group. */
  readonly columns: readonly Float64Array[];
}

/**
 * Sums each column by group. `groups` holds any whole number or text a row (a round, a day); rows of a group
 * are drawn together because they share what happened to all of them.
 */
export function sumByGroup(
  columns: readonly ArrayLike<number>[],
  groups: ArrayLike<number> | readonly string[],
): GroupSums {
  const index = new Map<number | string, number>();
  const of = new Uint32Array(groups.length);
  for (let i = 0; i < groups.length; i++) {
    const key = groups[i]!;
    let at = index.get(key);
    if (at === undefined) index.set(key, (at = index.size));
    of[i] = at;
  }
  return {
    groups: index.size,
    columns: columns.map((column) => {
      const sums = new Float64Array(index.size);
      for (let i = 0; i < of.length; i++) sums[of[i]!]! += column[i]!;
      return sums;
    }),
  };
}

/**
 * Block bootstrap by group with a percentile interval (Efron 1979; Künsch 1989): each draw takes as many
 * groups as there are, with replacement, and hands the column totals to `statistic`. `value` is the statistic
 * of the totals as they are. Draws whose statistic is NaN are left out; with no group the interval is NaN.
 */
export function blockBootstrap(
  sums: GroupSums,
  statistic: (totals: Float64Array) => number,
  options: BootstrapOptions,
): Interval {
  const drawn = bootstrapDraws(sums, statistic, options);
  const side = (1 - (options.confidence ?? 0.95)) / 2;
  const sorted = drawn.values.sort();
  return {
    value: drawn.value,
    low: quantileSorted(sorted, side),
    high: quantileSorted(sorted, 1 - side),
  };
}

/** The statistic of all rows and of each draw (finite ones, in the order drawn). */
export function bootstrapDraws(
  sums: GroupSums,
  statistic: (totals: Float64Array) => number,
  options: BootstrapOptions,
): { value: number; values: Float64Array } {
  const { draws = 1000, seed } = options;
  const { groups, columns } = sums;
  const random = createRandom(seed);
  const totals = new Float64Array(columns.length);
  for (let g = 0; g < groups; g++) for (let c = 0; c < columns.length; c++) totals[c]! += columns[c]![g]!;
  const value = groups === 0 ? NaN : statistic(totals);
  const values = new Float64Array(groups === 0 ? 0 : draws);
  let kept = 0;
  for (let draw = 0; draw < values.length; draw++) {
    totals.fill(0);
    for (let i = 0; i < groups; i++) {
      const g = random.integer(groups);
      for (let c = 0; c < columns.length; c++) totals[c]! += columns[c]![g]!;
    }
    const each = statistic(totals);
    if (!Number.isNaN(each)) values[kept++] = each;
  }
  return { value, values: values.subarray(0, kept) };
}

/** Interval of the mean of `values`, drawn by group. */
export function bootstrapMean(
  values: ArrayLike<number>,
  groups: ArrayLike<number> | readonly string[],
  options: BootstrapOptions,
): Interval {
  const ones = new Float64Array(values.length).fill(1);
  return blockBootstrap(sumByGroup([values, ones], groups), (t) => t[0]! / t[1]!, options);
}
