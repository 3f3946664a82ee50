import { assembleModule } from './assembler.ts';
import { histogramKernels, type HistogramShape } from './histogram-kernels.ts';
import { rowKernels } from './row-kernels.ts';
import { scan } from './scan-kernel.ts';
import { softmax } from './softmax-kernel.ts';
import { webAssembly, type WasmMemory, type WasmModule } from './web-assembly.ts';

/**
 * The compute kernels, exported under these names. A histogram entry is one 64-bit word: the sum of quantised gradients
 * (signed, upper half) and of quantised Hessians (never negative, lower half), so that one addition serves both.
 */
export interface TreeKernels {
  /** Copies the bins of `count` > 0 rows, `ownBytes` of each `rowBytes`, to a place of their own, row after row. */
  gatherBins(rows: number, count: number, bins: number, rowBytes: number, ownBytes: number, to: number): void;
  /** Copies the gradients of `count` > 0 rows to places `step` bytes apart. */
  gatherGradients(rows: number, count: number, gradients: number, to: number, step: number): void;
  /**
   * Adds `count` > 0 gathered gradients to the bins of their rows, of which `blocks` blocks of features are added up;
   * `entries` is where those of the first feature begin.
   */
  histogram(
    count: number,
    bins: number,
    rowBytes: number,
    blocks: number,
    entries: number,
    gradients: number,
  ): void;
  /** The same for two outputs at once, whose gradients and whose entries lie side by side: 16 bytes in place of 8. */
  twinHistogram(
    count: number,
    bins: number,
    rowBytes: number,
    blocks: number,
    entries: number,
    gradients: number,
  ): void;
  /** Takes what was added up of features [first, last), at `from`, away from the histogram at `to`. */
  subtract(to: number, from: number, features: number, first: number, last: number): void;
  /** Puts what was added up in the histogram's place, then sets it to 0. */
  move(to: number, from: number, features: number, first: number, last: number): void;
  /** The same for two outputs at once, whose histograms come to `to` and `twinTo`. */
  moveTwins(to: number, from: number, features: number, first: number, last: number, twinTo: number): void;
  /** Writes the best split of features [first, last) to `result`. `minimum` is the least Hessian of a child. */
  scan(
    histogram: number,
    features: number,
    first: number,
    last: number,
    mask: number,
    totalGradient: number,
    totalHessian: number,
    lambda: number,
    minimum: number,
    result: number,
  ): void;
  /** Stable partition in place: rows whose bin is <= `splitBin` or equals `leftBin` come first. Answers their number. */
  partition(
    rows: number,
    count: number,
    column: number,
    splitBin: number,
    leftBin: number,
    spare: number,
  ): number;
  /** The packed sum of the rows' quantised gradients. */
  sum(rows: number, count: number, gradients: number): bigint;
  /**
   * Quantised softmax gradients and Hessians 2 p (1 - p) of `pairs` pairs of rows from the given addresses on. Arrays
   * of an output follow each other after `outputBytes`; `shares` is room for 16 bytes an output.
   */
  softmax(
    scores: number,
    target: number,
    weights: number,
    gradients: number,
    shares: number,
    outputBytes: number,
    outputs: number,
    pairs: number,
    gradientScale: number,
    hessianScale: number,
  ): void;
  /** Adds `value` to the scores of the rows; `scores` is the address of the first row's score. */
  addToScores(rows: number, count: number, scores: number, value: number): void;
}

/** The module of all kernels for a memory of the given size, which a thread may share. */
export function compileKernels(
  memory: { readonly pages: number; readonly shared: boolean },
  shape: HistogramShape,
): WasmModule {
  const kernels = [...histogramKernels(shape), scan, ...rowKernels(shape.binBytes), softmax];
  return new webAssembly.Module(
    assembleModule(kernels, {
      minimumPages: memory.pages,
      maximumPages: memory.pages,
      shared: memory.shared,
    }),
  );
}

export function instantiateKernels(module: WasmModule, memory: WasmMemory): TreeKernels {
  return new webAssembly.Instance(module, { env: { memory } }).exports as unknown as TreeKernels;
}
