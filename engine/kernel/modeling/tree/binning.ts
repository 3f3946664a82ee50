import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import type { Matrix } from '../matrix.ts';

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

/** Trees see features as float32, as XGBoost does; beyond its range the last float32 but one stands in. */
export function toFloat32(values: Float64Array): Float32Array {
  const out = Float32Array.from(values);
  for (let i = 0; i < out.length; i++) {
    if (out[i]! > largest) out[i] = largest;
    else if (out[i]! < -largest) out[i] = -largest;
  }
  return out;
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
  const own = new Float64Array(rows);
  return [...columns].sort().map((name) => {
    throwIfCancelled(options.signal);
    const position = columns.indexOf(name);
    for (let i = 0, at = position; i < rows; i++, at += width) own[i] = values[at]!;
    const column = toFloat32(own);
    const feature = findBins(column, options.weights, options.maxBin);
    return { name, position, feature, rowBins: binColumn(column, feature) };
  });
}

/**
 * The bins of one column: one a distinct value where there are at most `maxBin`, otherwise bins of about equal weight.
 * Rows of weight 0 have no say. A cut lies halfway between the values that it parts.
 */
export function findBins(column: Float32Array, weights: Float64Array, maxBin: number): FeatureBins {
  const present = new Float32Array(column.length);
  let count = 0;
  let hasMissing = false;
  let weight = -1;
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!;
    if (value !== value) hasMissing = true;
    else if (weights[row]! > 0) {
      present[count++] = value + 0; // -0 becomes 0
      weight = weight === -1 || weight === weights[row] ? weights[row]! : NaN;
    }
  }
  const values = sortFloats(present.subarray(0, count));
  const repeats = new Float64Array(count);
  let distinct = 0;
  for (let i = 0; i < count; i++) {
    if (i === 0 || values[i] !== values[distinct - 1]) values[distinct++] = values[i]!;
    repeats[distinct - 1]!++;
  }
  const kept = values.subarray(0, distinct);
  let opens: Uint8Array | undefined;
  if (distinct > maxBin) {
    const shares = Number.isNaN(weight)
      ? weightOfValues(kept, column, weights)
      : repeats.subarray(0, distinct);
    opens = equalWeightBins(shares, maxBin);
  }
  const cuts: number[] = [];
  for (let i = 1; i < distinct; i++) {
    if (!opens || opens[i]) cuts.push(between(kept[i - 1]!, kept[i]!));
  }
  return { cuts: Float32Array.from(cuts), bins: cuts.length + 1, hasMissing };
}

/** The bits of a float32 as a whole number that grows with it. */
function orderedBits(bits: number): number {
  return bits >>> 31 ? ~bits >>> 0 : (bits | 0x80000000) >>> 0;
}

/** Ascending, by radix sort on the bits (three passes of 11): several times quicker than comparing. */
function sortFloats(values: Float32Array): Float32Array {
  const n = values.length;
  let from = new Uint32Array(values.slice().buffer);
  let to = new Uint32Array(n);
  for (let i = 0; i < n; i++) from[i] = orderedBits(from[i]!);
  const places = new Uint32Array(2048);
  for (let shift = 0; shift < 33; shift += 11) {
    places.fill(0);
    for (let i = 0; i < n; i++) places[(from[i]! >>> shift) & 2047]!++;
    for (let digit = 0, next = 0; digit < 2048; digit++) {
      const size = places[digit]!;
      places[digit] = next;
      next += size;
    }
    for (let i = 0; i < n; i++) to[places[(from[i]! >>> shift) & 2047]!++] = from[i]!;
    [from, to] = [to, from];
  }
  for (let i = 0; i < n; i++) from[i]! ^= from[i]! >>> 31 ? 0x80000000 : 0xffffffff;
  return new Float32Array(from.buffer);
}

/** The weight of the rows that hold each of the distinct values. */
function weightOfValues(values: Float32Array, column: Float32Array, weights: Float64Array): Float64Array {
  const sums = new Float64Array(values.length);
  for (let row = 0; row < column.length; row++) {
    if (weights[row]! > 0 && !Number.isNaN(column[row]))
      sums[binOf(values, column[row]!) - 1]! += weights[row]!;
  }
  return sums;
}

/** Marks the distinct values that open a new bin, given the weight of each. */
function equalWeightBins(shares: Float64Array, maxBin: number): Uint8Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const opens = new Uint8Array(shares.length);
  let before = 0;
  let last = 0;
  for (let i = 0; i < shares.length; i++) {
    const bin = Math.floor((maxBin * (before + shares[i]! / 2)) / total);
    if (i > 0 && bin !== last) opens[i] = 1;
    last = bin;
    before += shares[i]!;
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

/** The bin of every value of a column; missing ones have the bin after the present ones, or 0 where none was expected. */
function binColumn(column: Float32Array, { cuts, bins, hasMissing }: FeatureBins): Uint16Array {
  const out = new Uint16Array(column.length);
  const missing = hasMissing ? bins : 0;
  if (column.length < rowsForTable) {
    for (let i = 0; i < out.length; i++) out[i] = Number.isNaN(column[i]) ? missing : binOf(cuts, column[i]!);
    return out;
  }
  const bits = new Uint32Array(column.buffer, column.byteOffset, column.length);
  const cutBits = new Uint32Array(cuts.buffer, cuts.byteOffset, cuts.length);
  // By the upper half of the bits: how many cuts lie in lower ranges, and so where the search may begin and end.
  const table = new Uint16Array(65_537);
  for (const cut of cutBits) table[(orderedBits(cut) >>> 16) + 1]!++;
  for (let range = 1; range <= 65_536; range++) table[range]! += table[range - 1]!;
  for (let i = 0; i < out.length; i++) {
    const value = column[i]!;
    if (value !== value) {
      out[i] = missing;
      continue;
    }
    const range = orderedBits(bits[i]!) >>> 16;
    let bin = table[range]!;
    const end = table[range + 1]!;
    while (bin < end && cuts[bin]! <= value) bin++;
    out[i] = bin;
  }
  return out;
}
