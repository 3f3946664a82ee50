import { throwIfCancelled } from '../define-estimator.ts';
import type { CancelSignal } from '../../../contract/domain.ts';
import { aboveAll, type FeatureBins } from './binning.ts';
import type { EnsembleBuilder } from './ensemble.ts';
import { gainOfWeight } from './general-scan.ts';
import { buildJob, jobHeader, jobSides, jobWords, partitionJob, type TreeLayout } from './layout.ts';
import { teamPhases, type HistogramTeam } from './team.ts';
import {
  byRows,
  childNodes,
  pairsOfRoots,
  rootNode,
  weightOf,
  type GradientSums,
  type GrowthSettings,
  type Node,
  type Pair,
  type RowSample,
  type Split,
} from './tree-node.ts';
import type { TreeKernels } from './wasm/kernels.ts';
import { noMissingSeen, splitResultBytes } from './wasm/scan-kernel.ts';

export interface GrowContext {
  readonly buffer: ArrayBuffer;
  readonly layout: TreeLayout;
  readonly kernels: TreeKernels;
  readonly team: HistogramTeam;
  readonly bins: readonly FeatureBins[];
  readonly settings: GrowthSettings;
  readonly builder: EnsembleBuilder;
  /** Position in the fitted columns of each feature in the memory. */
  readonly columnOf: readonly number[];
  readonly signal: CancelSignal | undefined;
  /** A better value for a leaf from its rows, before the learning rate; absent: the Newton step. */
  readonly refineLeaf?: ((output: number, rows: Int32Array) => number) | undefined;
}

/** A tree under construction; trees of a round grow side by side, so that threads seldom wait. */
interface Sapling {
  readonly root: Node;
  /** By the node's id. */
  readonly splits: Map<number, { readonly split: Split; readonly left: Node; readonly right: Node }>;
}

/** Jobs a thread from which threads take whole jobs: enough that their ends fall close together. */
const jobsForWholeRows = 4;

/** Grows one tree an output from the gradients in the memory and adds their scores to those of the rows. */
export function growRound(context: GrowContext, sums: readonly GradientSums[], sample: RowSample): void {
  const { layout, settings } = context;
  const words = new Int32Array(context.buffer);
  const doubles = new Float64Array(context.buffer);
  const bytes = new Uint8Array(context.buffer);
  const freeSlots = Array.from({ length: layout.slotCount }, (_, i) => layout.slotCount - 1 - i);
  const header = layout.jobs / 4;
  const firstJob = header + jobHeader.words;
  const jobAt = (job: number): number => firstJob + job * jobWords;
  const slotAddress = (slot: number): number => layout.slots + slot * layout.slotBytes;
  const rowAddress = (output: number, position: number): number =>
    layout.rowLists + (output * layout.rows + position) * 4;
  const minimumOf = (output: number): number =>
    Math.max(1, settings.minChildWeight * sums[output]!.hessianScale);

  const saplings = sums.map((sum, output): Sapling => ({
    root: rootNode(output, sum, sample),
    splits: new Map(),
  }));
  const open: Node[] = [];
  let shares = layout.shares;
  const roots = saplings.map(({ root }) => root).filter(maySplit);
  buildAndScan(pairsOfRoots(roots));
  // The last opened nodes come first, so that the number of histograms held stays small however deep the trees are.
  while (open.length > 0) {
    throwIfCancelled(context.signal);
    const batch = open.splice(-Math.max(1, freeSlots.length - settings.maxDepth - 1));
    buildAndScan(splitNodes(batch.sort(byRows)).sort((a, b) => byRows(a.nodes[0], b.nodes[0])));
  }
  for (const sapling of saplings) finish(sapling);

  function maySplit(node: Node): boolean {
    return (
      node.depth < settings.maxDepth &&
      node.count >= 2 &&
      node.hessian >= 2 * minimumOf(node.output) &&
      layout.features > 0
    );
  }

  /** Parts the rows of the nodes; answers the pairs whose histograms are needed. */
  function splitNodes(nodes: readonly Node[]): Pair[] {
    const jobs: { node: Node; others: boolean }[] = [];
    for (const node of nodes) {
      jobs.push({ node, others: false });
      if (node.otherCount > 0) jobs.push({ node, others: true });
    }
    const left = partitionRows(jobs);
    const pairs: Pair[] = [];
    let job = 0;
    for (const node of nodes) {
      const count = left[job++]!;
      const otherCount = node.otherCount > 0 ? left[job++]! : 0;
      const { splits } = saplings[node.output]!;
      const [leftChild, rightChild] = childNodes(
        node,
        { count, otherCount },
        { settings, sums: sums[node.output]!, nextId: splits.size * 2 + 1 },
      );
      splits.set(node.id, { split: node.split!, left: leftChild, right: rightChild });
      const small = leftChild.count <= rightChild.count ? leftChild : rightChild;
      const large = small === leftChild ? rightChild : leftChild;
      if (maySplit(small) || maySplit(large)) pairs.push({ nodes: [small, large], parent: node });
      else freeSlots.push(node.slot);
    }
    return pairs;
  }

  function partitionRows(jobs: readonly { node: Node; others: boolean }[]): Int32Array {
    const left = new Int32Array(jobs.length);
    for (let first = 0; first < jobs.length; first += layout.jobLimit) {
      const part = jobs.slice(first, first + layout.jobLimit);
      part.forEach(({ node, others }, job) => {
        const at = jobAt(job);
        const { feature, bin, missingLeft } = node.split!;
        words[at + partitionJob.rows] = rowAddress(node.output, others ? node.otherStart : node.start);
        words[at + partitionJob.count] = others ? node.otherCount : node.count;
        words[at + partitionJob.column] = layout.columnBins + feature * layout.rows * layout.binBytes;
        words[at + partitionJob.splitBin] = bin;
        words[at + partitionJob.leftBin] =
          missingLeft && context.bins[feature]!.hasMissing ? context.bins[feature]!.bins : -1;
      });
      words[header + jobHeader.jobs] = part.length;
      context.team.run(teamPhases.partition);
      for (let job = 0; job < part.length; job++) left[first + job] = words[jobAt(job) + partitionJob.left]!;
    }
    return left;
  }

  /** Makes the histograms of both nodes of each pair and finds their splits. */
  function buildAndScan(pairs: readonly Pair[]): void {
    for (let first = 0; first < pairs.length; first += layout.jobLimit) {
      const part = pairs.slice(first, first + layout.jobLimit);
      part.forEach(writeBuildJob);
      words[header + jobHeader.jobs] = part.length;
      // Whole rows are read once; few jobs are shared by features, so that every thread has its part of each.
      shares = part.length < jobsForWholeRows * layout.threads ? layout.shares : 1;
      words[header + jobHeader.shares] = shares;
      if (part.length > 0) context.team.run(teamPhases.build);
      part.forEach(({ nodes }, job) => {
        takeResult(nodes[0], job, 0);
        if (nodes[1]) takeResult(nodes[1], job, 1);
      });
    }
  }

  /** Children share their parent's slot: what the smaller one does not have is the larger one's. */
  function writeBuildJob({ nodes: [first, second], parent }: Pair, job: number): void {
    const at = jobAt(job);
    if (parent) {
      if (maySplit(second!)) second!.slot = parent.slot;
      else freeSlots.push(parent.slot);
      if (maySplit(first)) first.slot = freeSlots.pop()!;
    } else {
      first.slot = freeSlots.pop()!;
      if (second) second.slot = freeSlots.pop()!;
    }
    words[at + buildJob.rows] = rowAddress(first.output, first.start);
    words[at + buildJob.count] = first.count;
    words[at + buildJob.gradients] = gradientsOf(first);
    words[at + buildJob.twinGradients] = !parent && second ? gradientsOf(second) : 0;
    writeSide(first, job, 0);
    writeSide(second, job, 1);
  }

  function gradientsOf(node: Node): number {
    return layout.gradients + node.output * layout.outputBytes;
  }

  function writeSide(node: Node | undefined, job: number, which: 0 | 1): void {
    const at = jobAt(job);
    const side = jobSides[which];
    const has = node !== undefined && node.slot >= 0;
    words[at + side.slot] = has ? slotAddress(node.slot) : 0;
    words[at + side.scan] = has ? 1 : 0;
    if (!has) return;
    words[at + side.mask] = maskOf(node);
    words[at + side.gradient] = node.gradient;
    words[at + side.hessian] = node.hessian;
    const sum = sums[node.output]!;
    const real = at / 2;
    doubles[real + side.doubles.lambda] = settings.lambda * sum.hessianScale;
    doubles[real + side.doubles.minimum] = minimumOf(node.output);
    doubles[real + side.doubles.gradientScale] = sum.gradientScale;
    doubles[real + side.doubles.hessianScale] = sum.hessianScale;
    doubles[real + side.doubles.low] = node.low;
    doubles[real + side.doubles.high] = node.high;
  }

  /** Address of the features that the node may split by: those of the round, and that may meet the ones on its path. */
  function maskOf(node: Node): number {
    if (!settings.interactions || node.slot < 0) return layout.mask;
    const address = layout.masks + node.slot * layout.maskBytes;
    const allowed = new Set(
      settings.interactions.filter((group) => node.path.every((feature) => group.includes(feature))).flat(),
    );
    for (let feature = 0; feature < layout.features; feature++) {
      const free = node.path.length === 0 || node.path.includes(feature) || allowed.has(feature);
      bytes[address + feature] = free ? bytes[layout.mask + feature]! : 0;
    }
    return address;
  }

  function takeResult(node: Node, job: number, side: 0 | 1): void {
    if (node.slot < 0) return;
    const split = bestSplit(node, (job * 2 + side) * layout.shares);
    if (split) {
      node.split = split;
      open.push(node);
    } else {
      freeSlots.push(node.slot);
      node.slot = -1;
    }
  }

  /** The best of the shares' results, the earlier feature on a tie, where its gain is worth a split. */
  function bestSplit(node: Node, firstResult: number): Split | undefined {
    let best = -1;
    let bestScore = -Infinity;
    for (let share = 0; share < shares; share++) {
      const address = layout.results + (firstResult + share) * splitResultBytes;
      const score = doubles[address / 8]!;
      if (words[address / 4 + 4]! >= 0 && score > bestScore) {
        best = address;
        bestScore = score;
      }
    }
    if (best < 0) return undefined;
    const { gradientScale, hessianScale } = sums[node.output]!;
    const real = { gradient: node.gradient / gradientScale, hessian: node.hessian / hessianScale };
    const score = layout.general ? bestScore : (bestScore * hessianScale) / (gradientScale * gradientScale);
    const gain = score - gainOfWeight(weightOf(node, sums[node.output]!, settings), real, settings);
    if (!(gain > 1e-6) || gain < settings.gamma) return undefined;
    const leftHessian = words[best / 4 + 2]!;
    const direction = words[best / 4 + 6]!;
    return {
      feature: words[best / 4 + 4]!,
      bin: words[best / 4 + 5]!,
      // Where no missing value was seen, a later one follows the greater part of the rows.
      missingLeft: direction === noMissingSeen ? 2 * leftHessian >= node.hessian : direction === 1,
      gain,
      leftGradient: words[best / 4 + 3]!,
      leftHessian,
    };
  }

  /** Puts the grown tree into the ensemble, node by node from the root, and its leaves into the rows' scores. */
  function finish({ root, splits }: Sapling): void {
    const { builder } = context;
    const { hessianScale } = sums[root.output]!;
    const queue: [node: Node, id: number][] = [
      [root, builder.beginTree(root.output, root.hessian / hessianScale)],
    ];
    for (let at = 0; at < queue.length; at++) {
      const [node, id] = queue[at]!;
      const grown = splits.get(node.id);
      if (!grown) {
        setLeaf(node, id);
        continue;
      }
      const { split, left, right } = grown;
      const { cuts } = context.bins[split.feature]!;
      const by = {
        feature: context.columnOf[split.feature]!,
        threshold: split.bin < cuts.length ? cuts[split.bin]! : aboveAll,
        missingLeft: split.missingLeft,
        gain: split.gain,
      };
      const covers = { left: left.hessian / hessianScale, right: right.hessian / hessianScale };
      const child = builder.split(id, by, covers);
      queue.push([left, child], [right, child + 1]);
    }
    builder.endTree();
  }

  function setLeaf(node: Node, id: number): void {
    const rows = rowAddress(node.output, node.start);
    const refined = context.refineLeaf?.(node.output, words.subarray(rows / 4, rows / 4 + node.count));
    const value = Math.fround(
      settings.learningRate * (refined ?? weightOf(node, sums[node.output]!, settings)),
    );
    context.builder.setLeaf(id, value);
    const scores = layout.scores + node.output * layout.outputBytes;
    context.kernels.addToScores(rows, node.count, scores, value);
    if (node.otherCount > 0) {
      context.kernels.addToScores(rowAddress(node.output, node.otherStart), node.otherCount, scores, value);
    }
  }
}
