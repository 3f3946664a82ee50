import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import type { BinnedColumn, FeatureBins } from './binning.ts';
import { featureEntryBytes } from './wasm/feature-table.ts';
import { blockFeatures, type HistogramShape } from './wasm/histogram-kernels.ts';
import { splitResultBytes } from './wasm/scan-kernel.ts';
import { pageBytes } from './wasm/web-assembly.ts';

/** i32 words of one job. Doubles lie at 8-byte places. */
export const jobWords = 64;
/**
 * Positions within a build job, which makes the histograms of two nodes: of a node and its larger sibling, which gets
 * what the parent has left, or of two roots at once (`twinGradients` is then the second one's, otherwise 0).
 */
export const buildJob = { rows: 0, count: 1, gradients: 2, twinGradients: 3 } as const;
/** Positions within one of the two sides of a build job, in words and in doubles from the job's start. */
export const jobSides = [
  {
    slot: 8,
    scan: 9,
    mask: 10,
    gradient: 11,
    hessian: 12,
    doubles: { lambda: 12, minimum: 13, gradientScale: 14, hessianScale: 15, low: 16, high: 17 },
  },
  {
    slot: 16,
    scan: 17,
    mask: 18,
    gradient: 19,
    hessian: 20,
    doubles: { lambda: 20, minimum: 21, gradientScale: 22, hessianScale: 23, low: 24, high: 25 },
  },
] as const;
/** Positions within a partition job; `left` is written by the member that owns it. */
export const partitionJob = {
  rows: 0,
  count: 1,
  column: 2,
  splitBin: 3,
  leftBin: 4,
  owner: 5,
  left: 6,
} as const;

/**
 * Words before the jobs: how many there are, whether to stop (1) in the midst of them, and in how many shares the features
 * of each build job are taken. The scales of the softmax phase lie in between.
 */
export const jobHeader = { jobs: 0, stop: 1, shares: 6, words: 32 } as const;
/** Doubles before the jobs that hold the scales of the softmax phase. */
export const softmaxScales = { gradient: 1, hessian: 2 } as const;

/** Where everything lies in the kernels' memory (byte addresses) and how big it is. Plain data: it goes to threads. */
export interface TreeLayout extends HistogramShape {
  readonly rows: number;
  readonly features: number;
  readonly outputs: number;
  readonly threads: number;
  /** Most shares that features or rows are taken in: one a thread. */
  readonly shares: number;
  readonly blocks: number;
  /** The bins of row after row, `rowBytes` each. */
  readonly rowBins: number;
  readonly rowBytes: number;
  readonly featureTable: number;
  readonly mask: number;
  /** The bins of feature after feature. */
  readonly columnBins: number;
  /** Bytes from one output's gradients or scores to the next: rows, made even, times 8. */
  readonly outputBytes: number;
  /** Outputs x rows, one word of two quantised sums each. */
  readonly gradients: number;
  /** Outputs x rows, doubles. */
  readonly scores: number;
  /** One double a row. */
  readonly target: number;
  readonly weights: number;
  /** Room for the softmax of each share of the rows. */
  readonly softmaxes: number;
  readonly softmaxBytes: number;
  readonly rowLists: number;
  readonly spare: number;
  /** Room of each thread for the rows that it adds up in one go: two gradients a row, then the bins. */
  readonly batches: number;
  readonly batchBytes: number;
  /** Where each thread adds up rows: `featureEntries` a feature, padding included, all 0 between jobs but for padding. */
  readonly scratch: number;
  readonly scratchBytes: number;
  /** The same for two outputs at once, of twice as many bytes. */
  readonly twinScratch: number;
  readonly slots: number;
  readonly slotBytes: number;
  readonly slotCount: number;
  readonly masks: number;
  readonly maskBytes: number;
  /** `jobHeader`, then the jobs. */
  readonly jobs: number;
  readonly jobLimit: number;
  readonly results: number;
  readonly pages: number;
  readonly general: GeneralScan | undefined;
}

/** Settings that need the slower, general search for splits. */
export interface GeneralScan {
  readonly lambda: number;
  readonly alpha: number;
  readonly maxDeltaStep: number;
  /** -1, 0 or 1 a feature. */
  readonly monotone: readonly number[];
}

/** Rows that are added up in one go; between two goes a wish to cancel is heard. */
export const batchRows = 512;
/** Bytes of the two gradients of a row. */
export const batchGradientBytes = 16;

const align = (address: number): number => Math.ceil(address / 64) * 64;

/**
 * Lays the memory out. `slotBudgetBytes` bounds the histograms that are held at one time, beyond the few that depth needs;
 * by default they fit the processor's cache.
 */
export function planLayout(
  bins: readonly FeatureBins[],
  shape: { readonly rows: number; readonly outputs: number; readonly maxDepth: number },
  options: {
    readonly threads: number;
    readonly slotBudgetBytes?: number;
    readonly general?: GeneralScan | undefined;
  },
): TreeLayout {
  const { rows, outputs, maxDepth } = shape;
  const features = bins.length;
  const blocks = Math.max(1, Math.ceil(features / blockFeatures));
  const threads = Math.max(1, Math.min(options.threads, blocks));
  const entries = bins.map(entriesOf);
  const slotBytes = align(Math.max(1, sumOf(entries)) * 8);
  const widest = Math.min(outputs * 2 ** Math.min(maxDepth, 12), outputs * Math.ceil(rows / 2) + outputs);
  const budget = Math.floor((options.slotBudgetBytes ?? 2 << 20) / slotBytes);
  // Going down one path at a time needs a histogram a level, whatever else is held.
  const slotCount = outputs + maxDepth + 2 + Math.min(widest, budget);
  const jobLimit = Math.max(outputs, slotCount);
  let next = pageBytes;
  const take = (bytes: number): number => {
    const at = next;
    next = align(next + bytes);
    return at;
  };
  const outputBytes = (rows + (rows % 2)) * 8;
  const featureEntries = entries.reduce((most, own) => Math.max(most, own), 2);
  const binBytes = featureEntries <= 256 ? 1 : 2;
  const padded = blocks * blockFeatures;
  const scratchBytes = padded * featureEntries * 8;
  const batchBytes = align(batchRows * (batchGradientBytes + padded * binBytes));
  return {
    rows,
    features,
    outputs,
    threads,
    shares: threads,
    blocks,
    binBytes,
    featureEntries,
    rowBins: take(rows * padded * binBytes),
    rowBytes: padded * binBytes,
    featureTable: take(features * featureEntryBytes),
    mask: take(features),
    columnBins: take(rows * features * binBytes),
    outputBytes,
    gradients: take(outputs * outputBytes),
    scores: take(outputs * outputBytes),
    target: take(outputBytes),
    weights: take(outputBytes),
    softmaxes: take(threads * align(outputs * 16)),
    softmaxBytes: align(outputs * 16),
    rowLists: take(outputs * rows * 4),
    spare: take(threads * align(rows * 4 + 64)),
    batches: take(threads * batchBytes),
    batchBytes,
    scratch: take(threads * scratchBytes),
    scratchBytes,
    twinScratch: take(threads * scratchBytes * 2),
    slots: take(slotCount * slotBytes),
    slotBytes,
    slotCount,
    masks: take(slotCount * align(features)),
    maskBytes: align(features),
    jobs: take((jobHeader.words + jobLimit * jobWords) * 4),
    jobLimit,
    results: take(jobLimit * 2 * threads * splitResultBytes),
    pages: Math.ceil(next / pageBytes) + 1,
    general: options.general,
  };
}

/** Entries of a feature in a histogram: one a bin, missing values' own too, and even, so that vectors are aligned. */
function entriesOf(feature: FeatureBins): number {
  const entries = feature.bins + (feature.hasMissing ? 1 : 0);
  return entries + (entries % 2);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** Where a share of `all` that is one of `shares` begins; the one after it is where it ends. */
export function shareStart(share: number, shares: number, all: number): number {
  return Math.round((share * all) / shares);
}

/** Writes the tables and the bins of every row into the memory. */
export function writeBins(
  buffer: ArrayBuffer,
  layout: TreeLayout,
  data: {
    readonly columns: readonly BinnedColumn[];
    readonly signal?: CancelSignal | undefined;
  },
): void {
  const { columns } = data;
  writeTables(buffer, layout, columns);
  const { rows } = layout;
  const Bins = layout.binBytes === 1 ? Uint8Array : Uint16Array;
  columns.forEach(({ rowBins }, j) => {
    throwIfCancelled(data.signal);
    new Bins(buffer, layout.columnBins + j * rows * layout.binBytes, rows).set(rowBins);
  });
  const width = layout.rowBytes / layout.binBytes;
  const own = new Bins(buffer, layout.rowBins, rows * width);
  // A stretch of rows at a time stays in the cache until all its columns are written.
  for (let first = 0; first < rows; first += rowsAtATime) {
    throwIfCancelled(data.signal);
    const until = Math.min(rows, first + rowsAtATime);
    columns.forEach(({ rowBins }, j) => {
      for (let i = first, at = first * width + j; i < until; i++, at += width) own[at] = rowBins[i]!;
    });
  }
}

const rowsAtATime = 1024;

function writeTables(buffer: ArrayBuffer, layout: TreeLayout, columns: readonly BinnedColumn[]): void {
  const words = new Int32Array(buffer, layout.featureTable);
  let start = 0;
  columns.forEach(({ feature }, j) => {
    const bytes = entriesOf(feature) * 8;
    words.set([start, feature.bins, feature.hasMissing ? 1 : 0, bytes], (j * featureEntryBytes) / 4);
    start += bytes;
  });
}
