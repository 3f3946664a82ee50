import { createRandom } from '../math/random.ts';
import type { Random } from '../math/random.ts';
import { quantileSorted } from '../math/summary.ts';
import { sortedOrder } from '../math/sorted-order.ts';

/** A measure of how far two samples are apart, beside its law when nothing has changed. */
export interface DriftStatistic {
  readonly value: number;
  /** 95 % point of the same measure when whole days change places between the samples. */
  readonly high: number;
  /** Share of those draws at least as large, the seen one counted. */
  readonly pValue: number;
}

export interface Drift {
  /** Population stability index: sum over bins of (q - p) ln(q / p), over tenths of the reference and the missing ones. */
  readonly stability: DriftStatistic;
  /** Kolmogorov and Smirnov's largest distance of the distribution functions, over the values that are there. */
  readonly distance: DriftStatistic;
  /** Inner edges of the bins, ascending. */
  readonly edges: Float64Array;
  /** Shares of the reference and of the current rows in the bins; the last one is of the missing values. */
  readonly referenceShares: Float64Array;
  readonly currentShares: Float64Array;
}

/** Rows of both samples, each with its day; days of the two samples are told apart by their numbers. */
export interface DriftRows {
  /** NaN is missing. */
  readonly values: Float64Array;
  /** Position of the row's day in `isCurrent`. */
  readonly day: Int32Array;
  /** By day: 1 where it belongs to the current sample. */
  readonly isCurrent: Uint8Array;
}

const tenths = 10;

/**
 * How far the values of a column have moved from a reference to a current sample. Matches of one day share what happened
 * to all of them, so the law of no change is drawn by moving whole days between the samples, as many as each has.
 * `draws` default 99.
 */
export function measureDrift(
  rows: DriftRows,
  { seed, draws = 99 }: { readonly seed: number; readonly draws?: number },
): Drift {
  const edges = tenthsOfReference(rows);
  const counts = countsByDay(rows, edges);
  const bins = edges.length + 2;
  const order = finiteOrder(rows.values);
  const random = createRandom(seed);
  const drawn = { stability: new Float64Array(draws), distance: new Float64Array(draws) };
  const isCurrent = rows.isCurrent.slice();
  const shares = sharesOf(counts, isCurrent, bins);
  const seen = {
    stability: stabilityOf(shares.reference, shares.current),
    distance: distanceOf(rows, order, isCurrent),
  };
  for (let draw = 0; draw < draws; draw++) {
    shuffle(isCurrent, random);
    const { reference, current } = sharesOf(counts, isCurrent, bins);
    drawn.stability[draw] = stabilityOf(reference, current);
    drawn.distance[draw] = distanceOf(rows, order, isCurrent);
  }
  return {
    stability: besideNull(seen.stability, drawn.stability),
    distance: besideNull(seen.distance, drawn.distance),
    edges,
    referenceShares: shares.reference,
    currentShares: shares.current,
  };
}

function besideNull(value: number, drawn: Float64Array): DriftStatistic {
  let atLeast = 1;
  for (const each of drawn) if (each >= value) atLeast++;
  return { value, high: quantileSorted(drawn.sort(), 0.95), pValue: atLeast / (drawn.length + 1) };
}

/** Inner edges of ten bins that hold the reference's values evenly; fewer where values repeat. */
function tenthsOfReference({ values, day, isCurrent }: DriftRows): Float64Array {
  const sorted = values.filter((value, row) => isCurrent[day[row]!] === 0 && Number.isFinite(value)).sort();
  const edges = new Set<number>();
  for (let k = 1; k < tenths && sorted.length > 0; k++) {
    edges.add(sorted[Math.floor((k * sorted.length) / tenths)]!);
  }
  return Float64Array.from(edges);
}

/** Rows in each bin of each day, days x bins. */
function countsByDay({ values, day, isCurrent }: DriftRows, edges: Float64Array): Float64Array {
  const bins = edges.length + 2;
  const counts = new Float64Array(isCurrent.length * bins);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    let bin = bins - 1;
    if (Number.isFinite(value)) {
      bin = 0;
      while (bin < edges.length && value >= edges[bin]!) bin++;
    }
    counts[day[row]! * bins + bin]!++;
  }
  return counts;
}

function sharesOf(
  counts: Float64Array,
  isCurrent: Uint8Array,
  bins: number,
): { reference: Float64Array; current: Float64Array } {
  const reference = new Float64Array(bins);
  const current = new Float64Array(bins);
  for (let day = 0; day < isCurrent.length; day++) {
    const into = isCurrent[day] === 1 ? current : reference;
    for (let bin = 0; bin < bins; bin++) into[bin]! += counts[day * bins + bin]!;
  }
  const normalise = (sums: Float64Array) => {
    const total = sums.reduce((sum, count) => sum + count, 0);
    return sums.map((count) => count / Math.max(1, total));
  };
  return { reference: normalise(reference), current: normalise(current) };
}

/** An empty bin counts as a small share, which keeps the logarithm finite. */
const leastShare = 1e-4;

function stabilityOf(reference: Float64Array, current: Float64Array): number {
  let sum = 0;
  for (let bin = 0; bin < reference.length; bin++) {
    if (reference[bin] === 0 && current[bin] === 0) continue;
    const p = Math.max(leastShare, reference[bin]!);
    const q = Math.max(leastShare, current[bin]!);
    sum += (q - p) * Math.log(q / p);
  }
  return sum;
}

/** Rows with a value, ascending. */
function finiteOrder(values: Float64Array): Uint32Array {
  return sortedOrder(values).filter((row) => Number.isFinite(values[row]!));
}

function distanceOf({ values, day }: DriftRows, order: Uint32Array, isCurrent: Uint8Array): number {
  let currents = 0;
  for (const row of order) currents += isCurrent[day[row]!]!;
  const references = order.length - currents;
  if (currents === 0 || references === 0) return 0;
  let gap = 0;
  let widest = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    gap += isCurrent[day[row]!] === 1 ? 1 / currents : -1 / references;
    // Equal values are one step of both functions.
    if (i + 1 < order.length && values[order[i + 1]!] === values[row]) continue;
    if (Math.abs(gap) > widest) widest = Math.abs(gap);
  }
  return widest;
}

function shuffle(flags: Uint8Array, random: Random): void {
  for (let i = flags.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = flags[i]!;
    flags[i] = flags[j]!;
    flags[j] = held;
  }
}
