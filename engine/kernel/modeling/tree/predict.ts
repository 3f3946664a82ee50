import { leafOf, type TreeEnsemble } from './ensemble.ts';
import { createPredictKernel, lanes, packedNodeBytes, type PredictKernel } from './wasm/predict-kernel.ts';
import { pageBytes } from './wasm/web-assembly.ts';

/** Rows that go through all trees together: few enough for the nearest caches. */
const batchRows = 128;
/** Rows times trees below which packing the trees would cost more than it saves. */
const smallWork = 20_000;

/** Where scores go: the score of row i for output k is at k * outputStride + i * rowStride. */
export interface ScoreTarget {
  readonly scores: Float64Array;
  readonly outputStride: number;
  readonly rowStride: number;
}

/** Rows x outputs: base scores, or the given initial scores in their place, plus the leaves. */
export function scoresOf(
  ensemble: TreeEnsemble,
  values: Float32Array,
  initialScores?: Float64Array,
): Float64Array {
  const { outputs, baseScores } = ensemble;
  const rows = rowsOf(ensemble, values, initialScores);
  const scores = initialScores ? Float64Array.from(initialScores) : new Float64Array(rows * outputs);
  if (!initialScores) for (let i = 0; i < rows; i++) scores.set(baseScores, i * outputs);
  addTreeScores(ensemble, values, { scores, outputStride: 1, rowStride: outputs });
  return scores;
}

function rowsOf(
  ensemble: TreeEnsemble,
  values: Float32Array,
  initialScores: Float64Array | undefined,
): number {
  if (ensemble.features > 0) return values.length / ensemble.features;
  return initialScores ? initialScores.length / ensemble.outputs : 0;
}

/** Adds every tree's leaf values to the scores, in the order of the trees whatever the number of rows. */
export function addTreeScores(ensemble: TreeEnsemble, values: Float32Array, target: ScoreTarget): void {
  const { features, treeOutputs, starts, threshold } = ensemble;
  const rows = features === 0 ? 0 : values.length / features;
  if (rows * treeOutputs.length >= smallWork) {
    addByKernel(ensemble, values, target);
    return;
  }
  for (let i = 0; i < rows; i++) {
    for (let t = 0; t < treeOutputs.length; t++) {
      const leaf = starts[t]! + leafOf(ensemble, t, values, i);
      target.scores[treeOutputs[t]! * target.outputStride + i * target.rowStride]! += threshold[leaf]!;
    }
  }
}

interface PackedEnsemble {
  readonly kernel: PredictKernel;
  readonly depths: Int32Array;
  readonly rows: number;
  readonly scores: number;
  readonly nodes: number;
}

const packed = new WeakMap<TreeEnsemble, PackedEnsemble>();

function addByKernel(ensemble: TreeEnsemble, values: Float32Array, target: ScoreTarget): void {
  const { features, outputs, treeOutputs, starts } = ensemble;
  const pack = packed.get(ensemble) ?? packEnsemble(ensemble);
  packed.set(ensemble, pack);
  const { kernel, depths } = pack;
  const block = new Float32Array(kernel.memory.buffer, pack.rows, batchRows * 2 * features);
  const sums = new Float64Array(kernel.memory.buffer, pack.scores, batchRows * outputs);
  const rows = values.length / features;
  for (let first = 0; first < rows; first += batchRows) {
    const count = Math.min(batchRows, rows - first);
    fillBlock(block, values.subarray(first * features, (first + count) * features), features);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < outputs; k++) {
        sums[k * batchRows + i] = target.scores[k * target.outputStride + (first + i) * target.rowStride]!;
      }
    }
    const padded = Math.ceil(count / lanes) * lanes;
    for (let t = 0; t < treeOutputs.length; t++) {
      const root = pack.nodes + starts[t]! * packedNodeBytes;
      kernel.addTree(root, depths[t]!, pack.rows, padded, pack.scores + treeOutputs[t]! * batchRows * 8);
    }
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < outputs; k++) {
        target.scores[k * target.outputStride + (first + i) * target.rowStride] = sums[k * batchRows + i]!;
      }
    }
  }
}

/** Each row twice: once with missing values below everything, once above, for the two directions they may take. */
function fillBlock(block: Float32Array, values: Float32Array, features: number): void {
  for (let from = 0, to = 0; from < values.length; from += features, to += 2 * features) {
    for (let j = 0; j < features; j++) {
      const value = values[from + j]!;
      const missing = Number.isNaN(value);
      block[to + j] = missing ? -Infinity : value;
      block[to + features + j] = missing ? Infinity : value;
    }
  }
}

function packEnsemble(ensemble: TreeEnsemble): PackedEnsemble {
  const { features, outputs, starts, treeOutputs } = ensemble;
  const rows = pageBytes;
  const scores = rows + batchRows * features * 8;
  const nodes = scores + batchRows * outputs * 8;
  const kernel = createPredictKernel(features * 8, nodes + starts.at(-1)! * packedNodeBytes);
  const words = new Int32Array(kernel.memory.buffer);
  const floats = new Float32Array(kernel.memory.buffer);
  const depths = new Int32Array(treeOutputs.length);
  for (let t = 0; t < treeOutputs.length; t++) depths[t] = packTree(ensemble, t, { words, floats, nodes });
  return { kernel, depths, rows, scores, nodes };
}

/** Writes one tree with siblings side by side; answers its depth. */
function packTree(
  ensemble: TreeEnsemble,
  tree: number,
  memory: { readonly words: Int32Array; readonly floats: Float32Array; readonly nodes: number },
): number {
  const { features, feature, threshold, left, right, missingLeft } = ensemble;
  const start = ensemble.starts[tree]!;
  const root = memory.nodes + start * packedNodeBytes;
  const queue: { node: number; depth: number }[] = [{ node: 0, depth: 0 }];
  let deepest = 0;
  for (let place = 0; place < queue.length; place++) {
    const { node, depth } = queue[place]!;
    const at = start + node;
    const word = (root + place * packedNodeBytes) / 4;
    deepest = Math.max(deepest, depth);
    if (feature[at]! < 0) {
      memory.floats[word] = NaN;
      memory.words[word + 1] = 0;
      memory.words[word + 2] = root + place * packedNodeBytes;
      memory.floats[word + 3] = threshold[at]!;
    } else {
      memory.floats[word] = threshold[at]!;
      memory.words[word + 1] = (missingLeft[at] === 1 ? feature[at]! : feature[at]! + features) * 4;
      memory.words[word + 2] = root + queue.length * packedNodeBytes;
      queue.push({ node: left[at]!, depth: depth + 1 }, { node: right[at]!, depth: depth + 1 });
    }
  }
  return deepest;
}
