import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import type { BinnedColumn, FeatureBins } from './binning.ts';
import { blockFeatures, featureEntryBytes, splitResultBytes } from './wasm/kernels.ts';
import { pageBytes } from './wasm/web-assembly.ts';

/** i32 words of one build job; see `buildJob`. */
export const jobWords = 32;
/** Positions within a build job. Doubles lie at 8-byte places: `jobDoubles` counts in doubles. */
export const buildJob = {
  rows: 0,
  count: 1,
  gradients: 2,
  smallSlot: 3,
  largeSlot: 4,
  scanSmall: 5,
  scanLarge: 6,
  smallMask: 7,
  largeMask: 8,
  smallGradient: 9,
  smallHessian: 10,
  largeGradient: 11,
  largeHessian: 12,
} as const;
export const buildJobDoubles = {
  lambda: 8,
  minimum: 9,
  gradientScale: 10,
  hessianScale: 11,
  smallLow: 12,
  smallHigh: 13,
  largeLow: 14,
  largeHigh: 15,
} as const;
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

/** Doubles before the jobs that hold the scales of the softmax phase. */
export const softmaxScales = { gradient: 1, hessian: 2 } as const;

/** Where everything lies in the kernels' memory (byte addresses) and how big it is. Plain data: it goes to threads. */
export interface TreeLayout {
  readonly rows: number;
  readonly features: number;
  readonly outputs: number;
  readonly threads: number;
  /** Shares of the features, or of the rows, that threads take one after another; more than threads, to even them out. */
  readonly parts: number;
  readonly blocks: number;
  /** Bytes of one row's bins, 16 bits each. */
  readonly rowBytes: number;
  readonly rowBins: number;
  readonly featureTable: number;
  readonly blockBases: number;
  readonly mask: number;
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
  /** Room for the softmax of each part. */
  readonly shares: number;
  readonly sharesBytes: number;
  /** First pair of rows of each part and, last, the number of pairs. */
  readonly partPairs: readonly number[];
  readonly rowLists: number;
  readonly spare: number;
  readonly scratch: number;
  readonly slots: number;
  readonly slotBytes: number;
  readonly slotCount: number;
  readonly masks: number;
  readonly maskBytes: number;
  /** Word 0: number of jobs; jobs follow at `jobs + 128`. */
  readonly jobs: number;
  readonly jobLimit: number;
  readonly results: number;
  readonly pages: number;
  /** First block of each part and, last, the number of blocks. */
  readonly partBlocks: readonly number[];
  /** Byte range of the histogram that belongs to each part's blocks. */
  readonly partBytes: readonly (readonly [from: number, until: number])[];
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

const align = (address: number): number => Math.ceil(address / 64) * 64;

/** Lays the memory out. `slotBudgetBytes` bounds the histograms that are held at one time. */
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
  const { starts, entries } = histogramPlaces(bins, blocks);
  const slotBytes = align(entries * 8);
  const widest = Math.min(outputs * 2 ** Math.min(maxDepth, 12), outputs * Math.ceil(rows / 2) + outputs);
  const budget = Math.floor((options.slotBudgetBytes ?? 96 << 20) / slotBytes);
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
  const parts = threads === 1 ? 1 : Math.min(blocks, threads);
  const partBlocks = Array.from({ length: parts + 1 }, (_, part) => Math.round((part * blocks) / parts));
  const rowBytes = blocks * blockFeatures * 2;
  const blockStart = (block: number): number => (block < blocks ? starts[block]! * 8 : slotBytes);
  return {
    rows,
    features,
    outputs,
    threads,
    parts,
    blocks,
    rowBytes,
    rowBins: take(rows * rowBytes),
    featureTable: take(features * featureEntryBytes),
    blockBases: take(blocks * 4),
    mask: take(features),
    columnBins: take(rows * features * 2),
    outputBytes,
    gradients: take(outputs * outputBytes),
    scores: take(outputs * outputBytes),
    target: take(outputBytes),
    weights: take(outputBytes),
    shares: take(parts * align(outputs * 16)),
    sharesBytes: align(outputs * 16),
    partPairs: Array.from({ length: parts + 1 }, (_, part) => Math.round((part * outputBytes) / 16 / parts)),
    rowLists: take(outputs * rows * 4),
    spare: take(threads * align(rows * 4 + 64)),
    scratch: take(slotBytes),
    slots: take(slotCount * slotBytes),
    slotBytes,
    slotCount,
    masks: take(slotCount * align(features)),
    maskBytes: align(features),
    jobs: take(128 + jobLimit * jobWords * 4),
    jobLimit,
    results: take(jobLimit * 2 * parts * splitResultBytes),
    pages: Math.ceil(next / pageBytes) + 1,
    partBlocks,
    partBytes: Array.from({ length: parts }, (_, part) => [
      blockStart(partBlocks[part]!),
      blockStart(partBlocks[part + 1]!),
    ]),
    general: options.general,
  };
}

/** First entry of each block (even, so that vectors are aligned) and the number of entries, one spare for padding. */
function histogramPlaces(
  bins: readonly FeatureBins[],
  blocks: number,
): { starts: number[]; entries: number } {
  const starts: number[] = [];
  let entries = 0;
  for (let block = 0; block < blocks; block++) {
    starts.push(entries);
    for (const feature of bins.slice(block * blockFeatures, (block + 1) * blockFeatures))
      entries += entriesOf(feature);
    if (block === blocks - 1) entries++;
    entries += entries % 2;
  }
  return { starts, entries };
}

function entriesOf(feature: FeatureBins): number {
  return feature.bins + (feature.hasMissing ? 1 : 0);
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
  const { rows, features, blocks } = layout;
  const { starts, entries } = histogramPlaces(
    data.columns.map((column) => column.feature),
    blocks,
  );
  const words = new Int32Array(buffer);
  const stride = layout.rowBytes / 2;
  const rowBins = new Uint16Array(buffer, layout.rowBins, rows * stride);
  const columnBins = new Uint16Array(buffer, layout.columnBins, rows * features);
  for (let block = 0; block < blocks; block++) {
    words[layout.blockBases / 4 + block] = starts[block]! * 8;
    let within = 0;
    for (let j = block * blockFeatures; j < (block + 1) * blockFeatures; j++) {
      const column = data.columns[j];
      if (!column) {
        // Padding adds to the last entry, which no feature reads.
        const waste = entries - 1 - starts[block]!;
        for (let i = 0, at = j; i < rows; i++, at += stride) rowBins[at] = waste;
        continue;
      }
      const entry = (layout.featureTable + j * featureEntryBytes) / 4;
      words[entry] = (starts[block]! + within) * 8;
      words[entry + 1] = column.feature.bins;
      words[entry + 2] = column.feature.hasMissing ? 1 : 0;
      throwIfCancelled(data.signal);
      const { feature, rowBins: own } = column;
      columnBins.set(own, j * rows);
      for (let i = 0, at = j; i < rows; i++, at += stride) rowBins[at] = within + own[i]!;
      within += entriesOf(feature);
    }
  }
}
