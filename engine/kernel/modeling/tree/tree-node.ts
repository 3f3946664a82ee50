import { leafWeight } from './general-scan.ts';

export interface GrowthSettings {
  readonly maxDepth: number;
  readonly minChildWeight: number;
  readonly gamma: number;
  readonly lambda: number;
  readonly alpha: number;
  readonly maxDeltaStep: number;
  readonly learningRate: number;
  /** -1, 0 or 1 a feature, where any is constrained. */
  readonly monotone: readonly number[] | undefined;
  /** Sets of features that may meet on one path. */
  readonly interactions: readonly (readonly number[])[] | undefined;
}

/** Quantised gradients of one output: real = quantised / scale. */
export interface GradientSums {
  readonly gradientScale: number;
  readonly hessianScale: number;
  /** Over the sampled rows. */
  readonly gradient: number;
  readonly hessian: number;
}

/** Rows of a round: `sampled` build the trees, `others` only receive their scores. Row lists start with both, in turn. */
export interface RowSample {
  readonly sampled: number;
  readonly others: number;
}

/** A node of a tree under construction. */
export interface Node {
  readonly output: number;
  readonly id: number;
  readonly depth: number;
  /** Positions in the output's row list. */
  readonly start: number;
  readonly count: number;
  readonly otherStart: number;
  readonly otherCount: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly low: number;
  readonly high: number;
  /** Features on the path from the root, where interactions are constrained. */
  readonly path: readonly number[];
  /** Index of the histogram; -1 for a leaf. */
  slot: number;
  split: Split | undefined;
}

/** How a node is parted in two. */
export interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly leftGradient: number;
  readonly leftHessian: number;
}

/** Children of one parent, the one with fewer rows first, or one or two roots. */
export interface Pair {
  readonly nodes: readonly [Node, Node | undefined];
  readonly parent: Node | undefined;
}

/** The root of an output's tree, which holds all rows. */
export function rootNode(output: number, sum: GradientSums, sample: RowSample): Node {
  return {
    output,
    id: 0,
    depth: 0,
    start: 0,
    count: sample.sampled,
    otherStart: sample.sampled,
    otherCount: sample.others,
    gradient: sum.gradient,
    hessian: sum.hessian,
    low: -Infinity,
    high: Infinity,
    path: [],
    slot: -1,
    split: undefined,
  };
}

/** Roots have the same rows, so that two of them read the bins together. */
export function pairsOfRoots(nodes: readonly Node[]): Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < nodes.length; at += 2) {
    pairs.push({ nodes: [nodes[at]!, nodes[at + 1]], parent: undefined });
  }
  return pairs;
}

/** The most rows last: threads take the last job first, and small ones at the end leave no thread waiting for long. */
export function byRows(a: Node, b: Node): number {
  return a.count - b.count;
}

/** The best score of the node's rows, within the bounds that monotone features above put on it. */
export function weightOf(
  node: Pick<Node, 'gradient' | 'hessian' | 'low' | 'high'>,
  { gradientScale, hessianScale }: GradientSums,
  settings: GrowthSettings,
): number {
  return leafWeight(node.gradient / gradientScale, node.hessian / hessianScale, {
    ...settings,
    low: node.low,
    high: node.high,
  });
}

/** Both sides of a node's split, given how many of its rows went left; they get `nextId` and the number after it. */
export function childNodes(
  node: Node,
  parted: { readonly count: number; readonly otherCount: number },
  by: { readonly settings: GrowthSettings; readonly sums: GradientSums; readonly nextId: number },
): [left: Node, right: Node] {
  const { settings, nextId } = by;
  const split = node.split!;
  const { count, otherCount } = parted;
  const shared = {
    output: node.output,
    depth: node.depth + 1,
    path: settings.interactions ? [...new Set([...node.path, split.feature])] : node.path,
    slot: -1,
    split: undefined,
  };
  const bounds = childBounds(node, split, by);
  return [
    {
      ...shared,
      ...bounds.left,
      id: nextId,
      start: node.start,
      count,
      otherStart: node.otherStart,
      otherCount,
      gradient: split.leftGradient,
      hessian: split.leftHessian,
    },
    {
      ...shared,
      ...bounds.right,
      id: nextId + 1,
      start: node.start + count,
      count: node.count - count,
      otherStart: node.otherStart + otherCount,
      otherCount: node.otherCount - otherCount,
      gradient: node.gradient - split.leftGradient,
      hessian: node.hessian - split.leftHessian,
    },
  ];
}

/** Below a split on a monotone feature neither side may cross the middle of the two weights. */
function childBounds(
  node: Node,
  split: Split,
  by: { readonly settings: GrowthSettings; readonly sums: GradientSums },
): Record<'left' | 'right', { low: number; high: number }> {
  const { low, high } = node;
  const direction = by.settings.monotone?.[split.feature] ?? 0;
  if (direction === 0) return { left: { low, high }, right: { low, high } };
  const weight = (gradient: number, hessian: number): number =>
    weightOf({ gradient, hessian, low, high }, by.sums, by.settings);
  const middle =
    (weight(split.leftGradient, split.leftHessian) +
      weight(node.gradient - split.leftGradient, node.hessian - split.leftHessian)) /
    2;
  return direction > 0
    ? { left: { low, high: middle }, right: { low: middle, high } }
    : { left: { low: middle, high }, right: { low, high: middle } };
}
