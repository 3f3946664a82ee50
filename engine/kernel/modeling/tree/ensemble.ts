/**
 * Additive trees in flat arrays. Tree t holds nodes `starts[t]` to `starts[t + 1]`; `left` and `right` count from the
 * tree's start; a leaf has feature -1 and its value (learning rate included) in `threshold`.
 * A row goes left where its float32 value is below the threshold, or is missing and `missingLeft` is 1.
 */
export interface TreeEnsemble {
  readonly features: number;
  readonly outputs: number;
  /** Added to every row's score, one an output. */
  readonly baseScores: Float64Array;
  readonly starts: Int32Array;
  /** The output that each tree adds to. */
  readonly treeOutputs: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  /** Sum of Hessians of the training rows that reached the node. */
  readonly cover: Float32Array;
  /** Fall of the objective that the split brought (XGBoost's loss change); 0 for leaves. */
  readonly gain: Float32Array;
}

/** Collects trees one after another. */
export interface EnsembleBuilder {
  /** Opens a tree of the given output and answers its root, node 0. */
  beginTree(output: number, rootCover: number): number;
  /** Makes the node a split and answers its left child; the right one follows it. */
  split(
    node: number,
    by: { feature: number; threshold: number; missingLeft: boolean; gain: number },
    covers: { left: number; right: number },
  ): number;
  setLeaf(node: number, value: number): void;
  endTree(): void;
  readonly trees: number;
  /** The trees from `fromTree` (default 0) up to `untilTree` (default all). */
  build(shape: BuildShape): TreeEnsemble;
}

export interface BuildShape {
  readonly features: number;
  readonly outputs: number;
  readonly baseScores: Float64Array;
  readonly fromTree?: number;
  readonly untilTree?: number;
}

export function createEnsembleBuilder(): EnsembleBuilder {
  const starts = [0];
  const treeOutputs: number[] = [];
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const missingLeft: number[] = [];
  const cover: number[] = [];
  const gain: number[] = [];

  function addNode(nodeCover: number): void {
    feature.push(-1);
    threshold.push(0);
    left.push(-1);
    right.push(-1);
    missingLeft.push(0);
    cover.push(nodeCover);
    gain.push(0);
  }

  return {
    beginTree(output, rootCover) {
      treeOutputs.push(output);
      addNode(rootCover);
      return 0;
    },
    split(node, by, covers) {
      const start = starts.at(-1)!;
      const child = feature.length - start;
      const at = start + node;
      feature[at] = by.feature;
      threshold[at] = by.threshold;
      missingLeft[at] = by.missingLeft ? 1 : 0;
      gain[at] = by.gain;
      left[at] = child;
      right[at] = child + 1;
      addNode(covers.left);
      addNode(covers.right);
      return child;
    },
    setLeaf(node, value) {
      threshold[starts.at(-1)! + node] = value;
    },
    endTree() {
      starts.push(feature.length);
    },
    get trees() {
      return treeOutputs.length;
    },
    build({ features, outputs, baseScores, fromTree = 0, untilTree = treeOutputs.length }) {
      const first = starts[fromTree]!;
      const last = starts[untilTree]!;
      return {
        features,
        outputs,
        baseScores,
        starts: Int32Array.from(starts.slice(fromTree, untilTree + 1), (start) => start - first),
        treeOutputs: Int32Array.from(treeOutputs.slice(fromTree, untilTree)),
        feature: Int32Array.from(feature.slice(first, last)),
        threshold: Float32Array.from(threshold.slice(first, last)),
        left: Int32Array.from(left.slice(first, last)),
        right: Int32Array.from(right.slice(first, last)),
        missingLeft: Uint8Array.from(missingLeft.slice(first, last)),
        cover: Float32Array.from(cover.slice(first, last)),
        gain: Float32Array.from(gain.slice(first, last)),
      };
    },
  };
}

/** The leaf (node within the tree) that a row of float32 values ends in. */
export function leafOf(ensemble: TreeEnsemble, tree: number, values: Float32Array, row: number): number {
  const { feature, threshold, left, right, missingLeft, features } = ensemble;
  const start = ensemble.starts[tree]!;
  const from = row * features;
  let node = 0;
  for (;;) {
    const at = start + node;
    const split = feature[at]!;
    if (split < 0) return node;
    const value = values[from + split]!;
    node = value < threshold[at]! || (value !== value && missingLeft[at] === 1) ? left[at]! : right[at]!;
  }
}

/** The leaf of every row in every tree, rows x trees. */
export function leavesOf(ensemble: TreeEnsemble, values: Float32Array): Int32Array {
  const trees = ensemble.treeOutputs.length;
  const rows = values.length / ensemble.features;
  const leaves = new Int32Array(rows * trees);
  for (let i = 0; i < rows; i++) {
    for (let t = 0; t < trees; t++) leaves[i * trees + t] = leafOf(ensemble, t, values, i);
  }
  return leaves;
}

export const importanceKinds = ['gain', 'cover', 'count', 'totalGain', 'totalCover'] as const;
export type ImportanceKind = (typeof importanceKinds)[number];

/** One value a feature, by XGBoost's kinds: `count` of splits (its "weight"), mean or total gain and cover of them. */
export function splitImportances(ensemble: TreeEnsemble, kind: ImportanceKind): Float64Array {
  const { features, feature, gain, cover } = ensemble;
  const totals = new Float64Array(features);
  const counts = new Float64Array(features);
  for (let at = 0; at < feature.length; at++) {
    const j = feature[at]!;
    if (j < 0) continue;
    counts[j]!++;
    totals[j]! += kind === 'cover' || kind === 'totalCover' ? cover[at]! : gain[at]!;
  }
  if (kind === 'count') return counts;
  if (kind === 'totalGain' || kind === 'totalCover') return totals;
  return totals.map((total, j) => (counts[j]! > 0 ? total / counts[j]! : 0));
}
