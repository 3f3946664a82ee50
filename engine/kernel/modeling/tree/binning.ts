import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import type { Matrix } from '../matrix.ts';
import { floatOf, keyOf, sortKeys } from './float-keys.ts';

/** How many values of each feature are told apart, and where one bin ends. */
export interface FeatureBins {
  /** Ascending; a value below `cuts[b]` and not below `cuts[b - 1]` is in bin b. All are float32 numbers. */
  readonly cuts: Float32Array;
  /** Number of bins for present values: cuts + 1. A missing value has the bin after them. */
  readonly bins: number;
  readonly hasMissing: boolean;
}

/** Above every value that `toFloat32` gives: the cut of a split that parts present from missing values. */
export const aboveAll = 3.4028234663852886e38;
const largest = 3.4028232635611926e38;

/** Bins that one byte tells apart. */
const byteBins = 256;

/** Trees see features as float32, as XGBoost does; beyond its range the last float32 but one stands in. */
export function toFloat32(values: Float64Array): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = withinFloat32(values[i]!);
  return out;
}

function withinFloat32(value: number): number {
  return value > largest ? largest : value < -largest ? -largest : value;
}

/** A column as trees are grown from it. */
export interface BinnedColumn {
  readonly name: string;
  /** Its place in the matrix. */
  readonly position: number;
  readonly feature: FeatureBins;
  /** The bin of every row. */
  readonly rowBins: Uint16Array;
}

/**
 * The columns of a matrix in the order of their names, so that a tie between two of them falls the same way wherever
 * they stand.
 */
export function binColumns(
  features: Matrix,
  options: {
    readonly weights: Float64Array;
    readonly maxBin: number;
    readonly signal?: CancelSignal | undefined;
  },
): BinnedColumn[] {
  const { columns, rows, values } = features;
  const width = columns.length;
  const places = new Map([...columns].sort().map((name, place) => [name, place]));
  const binned = new Array<BinnedColumn>(width);
  // Neighbours in a row share a cache line: they are taken out together.
  const together = Array.from({ length: Math.min(width, columnsTogether) }, () => new Float32Array(rows));
  for (let first = 0; first < width; first += columnsTogether) {
    const count = Math.min(columnsTogether, width - first);
    takeColumns(values, { first, width, into: together.slice(0, count), signal: options.signal });
    for (let j = 0; j < count; j++) {
      const position = first + j;
      const name = columns[position]!;
      const column = together[j]!;
      const feature = findBins(column, options.weights, options);
      throwIfCancelled(options.signal);
      binned[places.get(name)!] = { name, position, feature, rowBins: binColumn(column, feature) };
    }
  }
  return binned;
}

const columnsTogether = 8;
const rowsTogether = 512;

/** Fills one array a column, from column `first` on, with the float32 numbers that trees see. */
function takeColumns(
  values: Float64Array,
  to: {
    readonly first: number;
    readonly width: number;
    readonly into: readonly Float32Array[];
    readonly signal: CancelSignal | undefined;
  },
): void {
  const rows = values.length / to.width;
  for (let row = 0; row < rows; row += rowsTogether) {
    throwIfCancelled(to.signal);
    const until = Math.min(rows, row + rowsTogether);
    to.into.forEach((column, j) => {
      for (let i = row, at = row * to.width + to.first + j; i < until; i++, at += to.width)
        column[i] = withinFloat32(values[at]!);
    });
  }
}

/**
 * The bins of one column: one a distinct value where there are at most `maxBin`, otherwise bins of about equal weight.
 * Rows of weight 0 have no say. A cut lies halfway between the values that it parts. Where a byte just holds `maxBin`,
 * missing values have one of these bins.
 */
export function findBins(
  column: Float32Array,
  weights: Float64Array,
  options: { readonly maxBin: number; readonly signal?: CancelSignal | undefined },
): FeatureBins {
  const { maxBin, signal } = options;
  const { keys, hasMissing } = sortedKeys(column, weights, signal);
  throwIfCancelled(signal);
  const firsts = firstOfEach(keys);
  throwIfCancelled(signal);
  const distinct = firsts.length - 1;
  const most = hasMissing && maxBin === byteBins ? maxBin - 1 : maxBin;
  const valueAt = (index: number): number => floatOf(keys[firsts[index]!]!);
  const cuts: number[] = [];
  if (distinct <= most) {
    for (let i = 1; i < distinct; i++) cuts.push(between(valueAt(i - 1), valueAt(i)));
  } else {
    const before = areEqual(column, weights)
      ? firsts
      : weightBefore(
          Float32Array.from({ length: distinct }, (_, i) => valueAt(i)),
          column,
          weights,
        );
    for (const i of equalWeightBins(before, most)) cuts.push(between(valueAt(i - 1), valueAt(i)));
  }
  return { cuts: Float32Array.from(cuts), bins: cuts.length + 1, hasMissing };
}

/** The keys of the present values of weight above 0, ascending. */
function sortedKeys(
  column: Float32Array,
  weights: Float64Array,
  signal: CancelSignal | undefined,
): { keys: Int32Array; hasMissing: boolean } {
  const keys = new Int32Array(column.length);
  const bits = new Int32Array(column.buffer, column.byteOffset, column.length);
  let count = 0;
  let missing = 0;
  for (let row = 0; row < bits.length; row++) {
    const own = bits[row]!;
    if ((own & magnitude) > infinity) missing++;
    else if (weights[row]! > 0) keys[count++] = keyOf(own);
  }
  return { keys: sortKeys(keys.subarray(0, count), signal), hasMissing: missing > 0 };
}

/** Where each distinct key begins in an ascending list and, last, how long that is. */
function firstOfEach(keys: Int32Array): Int32Array {
  const firsts = new Int32Array(keys.length + 1);
  let distinct = 0;
  for (let i = 0; i < keys.length; i++) {
    if (i === 0 || keys[i] !== keys[i - 1]) firsts[distinct++] = i;
  }
  firsts[distinct] = keys.length;
  return firsts.subarray(0, distinct + 1);
}

const magnitude = 0x7fffffff;
const infinity = 0x7f800000;

/** Whether all present values of weight above 0 weigh the same. */
function areEqual(column: Float32Array, weights: Float64Array): boolean {
  let weight = 0;
  for (let row = 0; row < column.length; row++) {
    const own = weights[row]!;
    if (own === weight || !(own > 0) || Number.isNaN(column[row])) continue;
    if (weight > 0) return false;
    weight = own;
  }
  return true;
}

/** The weight of the rows below each of the distinct values and, last, of all. */
function weightBefore(values: Float32Array, column: Float32Array, weights: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let row = 0; row < column.length; row++) {
    if (weights[row]! > 0 && !Number.isNaN(column[row])) sums[binOf(values, column[row]!)]! += weights[row]!;
  }
  for (let i = 1; i < sums.length; i++) sums[i]! += sums[i - 1]!;
  return sums;
}

/** The distinct values that open a new bin, given the weight before each. */
function equalWeightBins(before: Float64Array | Int32Array, maxBin: number): number[] {
  const distinct = before.length - 1;
  const total = before[distinct]!;
  const opens: number[] = [];
  let edge = -Infinity;
  for (let i = 0; i < distinct; i++) {
    const reached = (maxBin * (before[i]! + before[i + 1]!)) / 2;
    if (reached < edge) continue;
    if (i > 0) opens.push(i);
    edge = (Math.floor(reached / total) + 1) * total;
  }
  return opens;
}

/** A float32 above `low` and at most `high`, halfway where one fits. */
function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  return middle > low && middle <= high ? middle : high;
}

/** Number of cuts that are not above the value. */
export function binOf(cuts: Float32Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows from which a table of where each range of values begins pays. */
const rowsForTable = 20_000;
const ranges = 65_536;

/** The bin of every value of a column; missing ones have the bin after the present ones, or 0 where none was expected. */
function binColumn(column: Float32Array, { cuts, bins, hasMissing }: FeatureBins): Uint16Array {
  const out = new Uint16Array(column.length);
  const missing = hasMissing ? bins : 0;
  if (column.length < rowsForTable || cuts.length === 0) {
    for (let i = 0; i < out.length; i++) out[i] = Number.isNaN(column[i]) ? missing : binOf(cuts, column[i]!);
    return out;
  }
  const bits = new Int32Array(column.buffer, column.byteOffset, column.length);
  const cutBits = new Int32Array(cuts.buffer, cuts.byteOffset, cuts.length);
  const [lowest, highest] = [cuts[0]!, cuts.at(-1)!];
  // Keys between the outermost cuts fall into ranges of equal width: most hold no cut, and so their bin is known.
  const firstKey = keyOf(cutBits[0]!);
  const width = (keyOf(cutBits.at(-1)!) - firstKey) >>> 0;
  const shift = Math.max(0, 32 - Math.clz32(width) - Math.log2(ranges));
  const below = new Uint16Array(ranges + 1);
  for (const cut of cutBits) below[((keyOf(cut) - firstKey) >>> shift) + 1]!++;
  for (let range = 1; range <= ranges; range++) below[range]! += below[range - 1]!;
  for (let i = 0; i < out.length; i++) {
    const value = column[i]!;
    if (value !== value) out[i] = missing;
    else if (value < lowest) out[i] = 0;
    else if (value >= highest) out[i] = cuts.length;
    else {
      const range = (keyOf(bits[i]!) - firstKey) >>> shift;
      let bin = below[range]!;
      const end = below[range + 1]!;
      while (bin < end && cuts[bin]! <= value) bin++;
      out[i] = bin;
    }
  }
  return out;
}
