import { throwIfCancelled } from '../define-estimator.ts';
import type { CancelSignal } from '../../../contract/domain.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { expectedValue, fulfilled, leafPaths, type LeafPath } from './leaf-paths.ts';

/** Rows from which tables of all contributions of a leaf pay. */
const rowsForTables = 48;
/** Rows that go past the leaves of a tree together. */
const batchRows = 64;
/** Longest path that gets a table of 2^length entries. */
const longestTable = 10;

/**
 * Exact path-dependent TreeSHAP (Lundberg, Erion, Lee 2018): rows x outputs x (features + 1), the last column being the
 * expected score. Each row's contributions of an output sum to its score. `values` are float32, row-major.
 *
 * A leaf with path features i, of zero fractions z and of which the row fulfils the set O, is a product game; its
 * Shapley values are closed: with S(A) = sum over k of [x^k] prod over A of (z + x) * k! (d - 1 - k)! / d!, a fulfilled
 * feature gets value * prod over not-O of z * (1 - z_i) * S(O without i), any other - value * prod over not-O of z * S(O).
 * So a leaf has only 2^d different vectors of contributions, which many rows share.
 */
export function shapValues(
  ensemble: TreeEnsemble,
  values: Float32Array,
  options: { readonly signal?: CancelSignal | undefined } = {},
): Float64Array {
  const { features, outputs, treeOutputs, baseScores } = ensemble;
  const rows = features === 0 ? 0 : values.length / features;
  const stride = features + 1;
  const out = new Float64Array(rows * outputs * stride);
  const expected = Float64Array.from(baseScores);
  for (let t = 0; t < treeOutputs.length; t++) {
    if (t % 16 === 0) throwIfCancelled(options.signal);
    const paths = leafPaths(ensemble, t);
    const output = treeOutputs[t]!;
    for (const path of paths) expected[output]! += expectedValue(path);
    const target = { out, rows, rowStride: outputs * stride, offset: output * stride };
    const short = paths.every((path) => path.features.length <= longestTable);
    if (rows >= rowsForTables && short) addByTables(paths, values, { ...target, features });
    else addDirectly(paths, values, { ...target, features });
  }
  for (let at = features, k = 0; at < out.length; at += stride, k = (k + 1) % outputs) out[at] = expected[k]!;
  return out;
}

interface ShapTarget {
  readonly out: Float64Array;
  readonly rows: number;
  readonly features: number;
  readonly rowStride: number;
  readonly offset: number;
}

function addDirectly(paths: readonly LeafPath[], values: Float32Array, target: ShapTarget): void {
  for (const path of paths) {
    const length = path.features.length;
    if (length === 0) continue;
    const contributions = new Float64Array(length);
    for (let i = 0; i < target.rows; i++) {
      leafContributions(path, fulfilled(path, values, i * target.features), contributions);
      const at = i * target.rowStride + target.offset;
      for (let j = 0; j < length; j++) target.out[at + path.features[j]!]! += contributions[j]!;
    }
  }
}

function addByTables(paths: readonly LeafPath[], values: Float32Array, target: ShapTarget): void {
  const tables = paths.map(contributionTable);
  // A few rows at a time, so that they and their sums stay in the nearest cache while the leaves go by.
  for (let first = 0; first < target.rows; first += batchRows) {
    const last = Math.min(target.rows, first + batchRows);
    paths.forEach((path, leaf) => addLeaf(path, tables[leaf]!, { values, target, first, last }));
  }
}

function addLeaf(
  path: LeafPath,
  table: Float64Array,
  over: {
    readonly values: Float32Array;
    readonly target: ShapTarget;
    readonly first: number;
    readonly last: number;
  },
): void {
  const { features, low, high, missing } = path;
  const { values, first, last } = over;
  const { out, rowStride, offset } = over.target;
  const width = over.target.features;
  const length = features.length;
  for (let i = first; i < last; i++) {
    const from = i * width;
    let mask = 0;
    for (let j = 0; j < length; j++) {
      const value = values[from + features[j]!]!;
      const ok = value !== value ? missing[j]! : value >= low[j]! && value < high[j]! ? 1 : 0;
      mask |= ok << j;
    }
    const at = i * rowStride + offset;
    for (let j = 0, entry = mask * length; j < length; j++, entry++) {
      out[at + features[j]!]! += table[entry]!;
    }
  }
}

/** 2^d x d: the contributions for every set of fulfilled features. */
function contributionTable(path: LeafPath): Float64Array {
  const length = path.features.length;
  const table = new Float64Array(length << length);
  const sums = subsetSums(path.zeroFractions);
  const full = (1 << length) - 1;
  for (let mask = 0; mask <= full; mask++) {
    const unfulfilled = path.value * productOver(path.zeroFractions, full & ~mask);
    for (let j = 0; j < length; j++) {
      const bit = 1 << j;
      table[mask * length + j] =
        (mask & bit) !== 0
          ? unfulfilled * (1 - path.zeroFractions[j]!) * sums[mask & ~bit]!
          : -unfulfilled * sums[mask]!;
    }
  }
  return table;
}

/** S(A) for every subset A of the path's features but the whole. */
function subsetSums(zeroFractions: Float64Array): Float64Array {
  const length = zeroFractions.length;
  const weights = shapleyWeights(length);
  const sums = new Float64Array(1 << length);
  // Row A holds the coefficients of prod over A of (z + x); each grows from the set without its highest member.
  const coefficients = new Float64Array((length + 1) << length);
  coefficients[0] = 1;
  for (let mask = 0; mask < 1 << length; mask++) {
    const row = mask * (length + 1);
    if (mask > 0) {
      const highest = 31 - Math.clz32(mask);
      const parent = (mask & ~(1 << highest)) * (length + 1);
      const z = zeroFractions[highest]!;
      for (let k = 0; k <= length; k++) {
        coefficients[row + k] = z * coefficients[parent + k]! + (k > 0 ? coefficients[parent + k - 1]! : 0);
      }
    }
    let sum = 0;
    for (let k = 0; k < length; k++) sum += coefficients[row + k]! * weights[k]!;
    sums[mask] = sum;
  }
  return sums;
}

function productOver(zeroFractions: Float64Array, mask: number): number {
  let product = 1;
  for (let j = 0; j < zeroFractions.length; j++) if ((mask & (1 << j)) !== 0) product *= zeroFractions[j]!;
  return product;
}

/** k! (d - 1 - k)! / d! for k = 0 .. d - 1. */
function shapleyWeights(d: number): Float64Array {
  const weights = new Float64Array(d);
  weights[0] = 1 / d;
  for (let k = 1; k < d; k++) weights[k] = (weights[k - 1]! * k) / (d - k);
  return weights;
}

/** One leaf's contributions for one set of fulfilled features, without a table: O(d^2). */
function leafContributions(path: LeafPath, mask: number, into: Float64Array): void {
  const { zeroFractions } = path;
  const d = zeroFractions.length;
  const weights = shapleyWeights(d);
  const full = 2 ** d - 1;
  const unfulfilled = path.value * productOver(zeroFractions, full & ~mask);
  const whole = weightedCoefficients(zeroFractions, { mask, without: -1, weights });
  for (let j = 0; j < d; j++) {
    into[j] =
      (mask & (1 << j)) !== 0
        ? unfulfilled *
          (1 - zeroFractions[j]!) *
          weightedCoefficients(zeroFractions, { mask, without: j, weights })
        : -unfulfilled * whole;
  }
}

/** Sum over k of [x^k] prod over the set without one of (z + x), times the weights. */
function weightedCoefficients(
  zeroFractions: Float64Array,
  of: { readonly mask: number; readonly without: number; readonly weights: Float64Array },
): number {
  const coefficients = new Float64Array(zeroFractions.length + 1);
  coefficients[0] = 1;
  let degree = 0;
  for (let j = 0; j < zeroFractions.length; j++) {
    if (j === of.without || (of.mask & (1 << j)) === 0) continue;
    degree++;
    for (let k = degree; k >= 0; k--) {
      coefficients[k] = zeroFractions[j]! * coefficients[k]! + (k > 0 ? coefficients[k - 1]! : 0);
    }
  }
  let sum = 0;
  for (let k = 0; k < of.weights.length; k++) sum += coefficients[k]! * of.weights[k]!;
  return sum;
}

/**
 * Exact SHAP interaction values: rows x outputs x (features + 1) squared. Off the diagonal half of the pair's
 * interaction, on it what the feature does alone, in the last corner the expected score (XGBoost's `pred_interactions`).
 */
export function shapInteractions(ensemble: TreeEnsemble, values: Float32Array): Float64Array {
  const { features, outputs, treeOutputs } = ensemble;
  const rows = features === 0 ? 0 : values.length / features;
  const width = features + 1;
  const out = new Float64Array(rows * outputs * width * width);
  const single = shapValues(ensemble, values);
  for (let t = 0; t < treeOutputs.length; t++) {
    for (const path of leafPaths(ensemble, t)) {
      for (let i = 0; i < rows; i++) {
        const at = (i * outputs + treeOutputs[t]!) * width * width;
        addPairs(path, fulfilled(path, values, i * features), out.subarray(at, at + width * width));
      }
    }
  }
  for (let block = 0; block < rows * outputs; block++) {
    const matrix = out.subarray(block * width * width, (block + 1) * width * width);
    for (let j = 0; j < features; j++) {
      let others = 0;
      for (let k = 0; k < features; k++) if (k !== j) others += matrix[j * width + k]!;
      matrix[j * width + j] = single[block * width + j]! - others;
    }
    matrix[width * width - 1] = single[block * width + features]!;
  }
  return out;
}

/** Adds (o_i - z_i)(o_j - z_j) value * sum over k of [x^k] prod over the rest * k! (d - 2 - k)! / (2 (d - 1)!). */
function addPairs(path: LeafPath, mask: number, matrix: Float64Array): void {
  const { features, zeroFractions } = path;
  const d = features.length;
  const width = Math.sqrt(matrix.length);
  const weights = d < 2 ? new Float64Array(0) : shapleyWeights(d - 1);
  for (let i = 0; i < d; i++) {
    for (let j = i + 1; j < d; j++) {
      const rest = zeroFractions.filter((_, at) => at !== i && at !== j);
      const restMask = dropBit(dropBit(mask, j), i);
      const unfulfilled = productOver(rest, (2 ** (d - 2) - 1) & ~restMask);
      const sum = weightedCoefficients(rest, { mask: restMask, without: -1, weights });
      const moves = (((mask >> i) & 1) - zeroFractions[i]!) * (((mask >> j) & 1) - zeroFractions[j]!);
      const interaction = (path.value * moves * unfulfilled * sum) / 2;
      matrix[features[i]! * width + features[j]!]! += interaction;
      matrix[features[j]! * width + features[i]!]! += interaction;
    }
  }
}

/** The mask without the given place; higher places move down. */
function dropBit(mask: number, place: number): number {
  return ((mask >> (place + 1)) << place) | (mask & ((1 << place) - 1));
}
