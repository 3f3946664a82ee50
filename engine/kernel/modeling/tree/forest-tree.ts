import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import type { Random } from '../../math/random.ts';
import { aboveAll, type FeatureBins } from './binning.ts';
import type { EnsembleBuilder } from './ensemble.ts';

/** Rows to learn from; the impurity of a node is the weighted variance of its targets (for one-hot classes: Gini). */
export interface ForestData {
  readonly rows: number;
  readonly bins: readonly FeatureBins[];
  /** Bin of every row, feature after feature. */
  readonly columnBins: Uint16Array;
  /** Position in the fitted columns of each feature. */
  readonly columnOf: readonly number[];
  /** Rows x outputs. */
  readonly targets: Float64Array;
  readonly outputs: number;
}

export interface ForestSettings {
  readonly maxDepth: number;
  /** Least weight of a leaf. */
  readonly minSamplesLeaf: number;
  /** Features looked at in each node. */
  readonly featuresPerNode: number;
  /** Extra trees: one random threshold a feature in place of the best one. */
  readonly randomThresholds: boolean;
}

interface Candidate {
  readonly score: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
}

/** Better by more than rounding; of two that part the same rows the earlier feature. */
function isBetter(found: Candidate, best: Candidate): boolean {
  const margin = 1e-11 * Math.abs(best.score);
  if (found.score > best.score + margin) return true;
  return found.score >= best.score - margin && found.feature < best.feature;
}

/**
 * Grows one tree on rows of the given weights and puts it into the builder; `leafMeans` receives the mean target of
 * every node, node after node.
 */
export function growForestTree(
  data: ForestData,
  settings: ForestSettings,
  by: {
    readonly weights: Float64Array;
    readonly random: Random;
    readonly builder: EnsembleBuilder;
    readonly leafMeans: number[];
    readonly signal?: CancelSignal | undefined;
  },
): void {
  const { bins, columnBins, targets, outputs } = data;
  const { weights, random, builder } = by;
  const rows = Int32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const spare = new Int32Array(rows.length);
  const widest = bins.reduce((most, feature) => Math.max(most, feature.bins + 1), 1);
  const histogram = new Float64Array(widest * (outputs + 1));
  const left = new Float64Array(outputs + 1);
  const order = bins.map((_, feature) => feature);
  const total = new Float64Array(outputs + 1);

  sumOf(0, rows.length);
  const queue = [{ node: builder.beginTree(0, total[0]!), start: 0, count: rows.length, depth: 0 }];
  for (let at = 0; at < queue.length; at++) {
    const { node, start, count, depth } = queue[at]!;
    if (at % 16 === 0) throwIfCancelled(by.signal);
    sumOf(start, count);
    for (let k = 1; k <= outputs; k++) by.leafMeans.push(total[k]! / total[0]!);
    const split = depth < settings.maxDepth ? bestSplit(start, count) : undefined;
    if (!split) continue;
    const leftCount = partition(start, count, split);
    const { cuts } = bins[split.feature]!;
    const [weight, leftWeight] = [total[0]!, weightOf(start, leftCount)];
    const child = builder.split(
      node,
      {
        feature: data.columnOf[split.feature]!,
        threshold: split.bin < cuts.length ? cuts[split.bin]! : aboveAll,
        missingLeft: split.missingLeft,
        gain: split.score - scoreOf(total),
      },
      { left: leftWeight, right: weight - leftWeight },
    );
    queue.push(
      { node: child, start, count: leftCount, depth: depth + 1 },
      { node: child + 1, start: start + leftCount, count: count - leftCount, depth: depth + 1 },
    );
  }
  builder.endTree();

  function sumOf(start: number, count: number): void {
    total.fill(0);
    for (let i = start; i < start + count; i++) {
      const row = rows[i]!;
      const weight = weights[row]!;
      total[0]! += weight;
      for (let k = 0; k < outputs; k++) total[k + 1]! += weight * targets[row * outputs + k]!;
    }
  }

  function weightOf(start: number, count: number): number {
    let sum = 0;
    for (let i = start; i < start + count; i++) sum += weights[rows[i]!]!;
    return sum;
  }

  /** Sum of squares of the sums over the weight: the larger, the purer. */
  function scoreOf(sums: Float64Array): number {
    let squares = 0;
    for (let k = 1; k <= outputs; k++) squares += sums[k]! * sums[k]!;
    return sums[0]! > 0 ? squares / sums[0]! : 0;
  }

  /** Draws features until enough that are not constant here have been looked at, and keeps the best split. */
  function bestSplit(start: number, count: number): Candidate | undefined {
    if (total[0]! < 2 * settings.minSamplesLeaf || count < 2) return undefined;
    let best: Candidate | undefined;
    let looked = 0;
    for (let drawn = 0; drawn < order.length && looked < settings.featuresPerNode; drawn++) {
      if (settings.featuresPerNode < order.length) {
        const other = drawn + random.integer(order.length - drawn);
        [order[drawn], order[other]] = [order[other]!, order[drawn]!];
      }
      const feature = order[drawn]!;
      if (!fillHistogram(feature, start, count)) continue;
      looked++;
      const found = settings.randomThresholds ? randomCandidate(feature) : bestCandidate(feature);
      if (found && (!best || isBetter(found, best))) {
        best = found;
      }
    }
    return best && best.score > scoreOf(total) * (1 + 1e-12) ? best : undefined;
  }

  /** False where all rows of the node have one value of the feature. */
  function fillHistogram(feature: number, start: number, count: number): boolean {
    const width = outputs + 1;
    const column = feature * data.rows;
    histogram.fill(0, 0, (bins[feature]!.bins + 1) * width);
    const first = columnBins[column + rows[start]!]!;
    let varies = false;
    for (let i = start; i < start + count; i++) {
      const row = rows[i]!;
      const bin = columnBins[column + row]!;
      if (bin !== first) varies = true;
      const weight = weights[row]!;
      const at = bin * width;
      histogram[at]! += weight;
      for (let k = 0; k < outputs; k++) histogram[at + k + 1]! += weight * targets[row * outputs + k]!;
    }
    return varies;
  }

  function bestCandidate(feature: number): Candidate | undefined {
    let best: Candidate | undefined;
    forEachSide(feature, (missingLeft) => {
      for (let bin = 0; bin < bins[feature]!.bins; bin++) {
        if (histogram[bin * (outputs + 1)] === 0) continue;
        addBin(bin);
        const score = splitScore();
        if (score !== undefined && (!best || score > best.score)) best = { score, feature, bin, missingLeft };
      }
    });
    return best;
  }

  function randomCandidate(feature: number): Candidate | undefined {
    const width = outputs + 1;
    let low = 0;
    let high = bins[feature]!.bins - 1;
    while (low < high && histogram[low * width] === 0) low++;
    while (high > low && histogram[high * width] === 0) high--;
    const cut = low < high ? low + random.integer(high - low) : low;
    let best: Candidate | undefined;
    forEachSide(feature, (missingLeft) => {
      for (let bin = low; bin <= cut; bin++) addBin(bin);
      const score = splitScore();
      if (score !== undefined && (!best || score > best.score))
        best = { score, feature, bin: cut, missingLeft };
    });
    return best;
  }

  /** Starts `left` empty, and, where the node has missing values, once more with them. */
  function forEachSide(feature: number, walk: (missingLeft: boolean) => void): void {
    const { bins: count, hasMissing } = bins[feature]!;
    left.fill(0);
    const anyMissing = hasMissing && histogram[count * (outputs + 1)]! > 0;
    walk(false);
    if (!anyMissing) return;
    left.fill(0);
    addBin(count);
    walk(true);
  }

  function addBin(bin: number): void {
    const at = bin * (outputs + 1);
    for (let k = 0; k <= outputs; k++) left[k]! += histogram[at + k]!;
  }

  function splitScore(): number | undefined {
    const rightWeight = total[0]! - left[0]!;
    if (left[0]! < settings.minSamplesLeaf || rightWeight < settings.minSamplesLeaf) return undefined;
    if (left[0] === 0 || rightWeight <= 0) return undefined;
    let leftSquares = 0;
    let rightSquares = 0;
    for (let k = 1; k <= outputs; k++) {
      leftSquares += left[k]! * left[k]!;
      rightSquares += (total[k]! - left[k]!) ** 2;
    }
    return leftSquares / left[0]! + rightSquares / rightWeight;
  }

  function partition(start: number, count: number, { feature, bin, missingLeft }: Candidate): number {
    const column = feature * data.rows;
    const missingBin = missingLeft && bins[feature]!.hasMissing ? bins[feature]!.bins : -1;
    let toLeft = start;
    let toRight = 0;
    for (let i = start; i < start + count; i++) {
      const row = rows[i]!;
      const own = columnBins[column + row]!;
      if (own <= bin || own === missingBin) rows[toLeft++] = row;
      else spare[toRight++] = row;
    }
    rows.set(spare.subarray(0, toRight), toLeft);
    return toLeft - start;
  }
}
