import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import {
  binColumns,
  binOf,
  findBins,
  toFloat32,
} from '../../../../../engine/kernel/modeling/tree/binning.ts';
import { blockFeatures } from '../../../../../engine/kernel/modeling/tree/wasm/histogram-kernels.ts';
import {
  compileKernels,
  instantiateKernels,
} from '../../../../../engine/kernel/modeling/tree/wasm/kernels.ts';
import { webAssembly } from '../../../../../engine/kernel/modeling/tree/wasm/web-assembly.ts';

function kernels(binBytes: 1 | 2 = 1) {
  const memory = new webAssembly.Memory({ initial: 4, maximum: 4, shared: false });
  return {
    memory,
    kernels: instantiateKernels(compileKernels({ pages: 4, shared: false, binBytes }), memory),
  };
}

const widths = [
  { binBytes: 1, Bins: Uint8Array },
  { binBytes: 2, Bins: Uint16Array },
] as const;

describe.each(widths)('the partition kernel on bins of $binBytes bytes', ({ binBytes, Bins }) => {
  it('puts left rows before right ones and keeps the order on both sides', () => {
    const { memory, kernels: k } = kernels(binBytes);
    const rows = new Int32Array(memory.buffer, 1024, 8);
    rows.set([0, 1, 2, 3, 4, 5, 6, 7]);
    new Bins(memory.buffer, 2048, 8).set([5, 1, 9, 2, 9, 3, 0, 7]);
    expect(k.partition(1024, 8, 2048, 2, 9, 4096)).toBe(5);
    expect([...rows]).toEqual([1, 2, 3, 4, 6, 0, 5, 7]);
    expect(k.partition(1024, 0, 2048, 2, 9, 4096)).toBe(0);
  });
});

describe.each(widths)('the histogram kernels on bins of $binBytes bytes', ({ binBytes, Bins }) => {
  const rowBytes = blockFeatures * binBytes;
  const [rows, bins, bases, gradients, twins, histogram] = [1024, 2048, 4096, 8192, 8448, 16384] as const;

  /** Three rows; the last feature has three bins, the others one. A gradient is written as hundreds, a Hessian as ones. */
  function prepared(entryBytes: number) {
    const { memory, kernels: k } = kernels(binBytes);
    new Int32Array(memory.buffer, rows, 4).set([2, 0, 1, 1_000_000]);
    const own = new Bins(memory.buffer, bins, 3 * blockFeatures);
    [2, 0, 2].forEach((bin, row) => (own[(row + 1) * blockFeatures - 1] = bin));
    const starts = Array.from({ length: blockFeatures }, (_, j) => histogram + j * entryBytes);
    new Int32Array(memory.buffer, bases, blockFeatures).set(starts);
    new BigInt64Array(memory.buffer, gradients, 3).set([101n, 202n, 404n]);
    new BigInt64Array(memory.buffer, twins, 3).set([1n, 2n, 4n]);
    const entries = new BigInt64Array(memory.buffer, histogram, (blockFeatures + 2) * (entryBytes / 8));
    return { k, memory, entries };
  }
  const constant = Array.from({ length: blockFeatures - 1 }, () => 707n);

  it('add every row to the bin of each feature, be their number even or odd', () => {
    const { k, entries } = prepared(8);
    k.histogram(rows, 3, bins, rowBytes, rowBytes, bases, gradients);
    expect([...entries]).toEqual([...constant, 202n, 0n, 505n]);
    k.histogram(rows, 2, bins, rowBytes, rowBytes, bases, gradients);
    expect([...entries].slice(-3)).toEqual([202n, 0n, 1010n]);
    k.histogram(rows, 0, bins, rowBytes, rowBytes, bases, gradients);
    expect([...entries].slice(-3)).toEqual([202n, 0n, 1010n]);
  });

  it('add for two outputs at once what they add for each alone', () => {
    const { k, memory, entries } = prepared(16);
    k.twinHistogram(rows, 3, bins, rowBytes, rowBytes, bases, gradients, twins);
    const bytes = (blockFeatures + 2) * 8;
    const [first, second] = [32_768, 49_152] as const;
    k.moveTwins(first, second, histogram, bytes);
    expect([...new BigInt64Array(memory.buffer, first, bytes / 8)]).toEqual([...constant, 202n, 0n, 505n]);
    expect([...new BigInt64Array(memory.buffer, second, bytes / 8)].slice(-4)).toEqual([7n, 2n, 0n, 5n]);
    expect(entries.every((entry) => entry === 0n)).toBe(true);
  });
});

describe('the softmax kernel', () => {
  it('gives quantised gradients as exact as their scale', () => {
    const { memory, kernels: k } = kernels();
    const random = createRandom(1);
    const rows = 100;
    const bytes = rows * 8;
    const [scores, target, weights, gradients, shares] = [1024, 8192, 16384, 32768, 65536] as const;
    const s = new Float64Array(memory.buffer, scores, rows * 3).map(() => 20 * random.normal());
    const y = new Float64Array(memory.buffer, target, rows).map(() => random.integer(3));
    const w = new Float64Array(memory.buffer, weights, rows).map(() => random.uniform());
    new Float64Array(memory.buffer, scores, rows * 3).set(s);
    new Float64Array(memory.buffer, target, rows).set(y);
    new Float64Array(memory.buffer, weights, rows).set(w);
    const scale = 2 ** 24;
    k.softmax(scores, target, weights, gradients, shares, bytes, 3, rows / 2, scale, scale);
    const words = new Int32Array(memory.buffer, gradients, rows * 6);
    for (let i = 0; i < rows; i++) {
      const e = [0, 1, 2].map((c) => Math.exp(s[c * rows + i]!));
      const sum = e[0]! + e[1]! + e[2]!;
      for (let c = 0; c < 3; c++) {
        const p = e[c]! / sum;
        const at = (c * rows + i) * 2;
        expect(Math.abs(words[at + 1]! - scale * w[i]! * (p - (y[i] === c ? 1 : 0)))).toBeLessThan(0.5001);
        expect(Math.abs(words[at]! - scale * w[i]! * 2 * p * (1 - p))).toBeLessThan(0.5001);
      }
    }
  });
});

describe('bins', () => {
  const ones = (n: number) => new Float64Array(n).fill(1);

  it('are one a value where there are few, with cuts between the values', () => {
    const { cuts, bins, hasMissing } = findBins(Float32Array.of(3, 1, NaN, 1, 2), ones(5), 256);
    expect([...cuts]).toEqual([1.5, 2.5]);
    expect(bins).toBe(3);
    expect(hasMissing).toBe(true);
  });

  it('hold every value of a long column where a search by halves finds it', () => {
    const random = createRandom(3);
    const odd = [-0, 0, 1, -1, NaN, 3e38, -3e38, 1e-45];
    const draws: readonly ((i: number) => number)[] = [
      (i) => (i < 8 ? odd[i]! : random.normal()),
      (i) => [-1, -0, 0, 1][i % 4]!,
      (i) => 1500 + (i % 700) / 1024,
      () => Math.exp(40 * random.normal()),
      () => 7,
    ];
    const rows = 25_000;
    const columns = draws.map((_, j) => `c${j}`);
    const values = new Float64Array(rows * draws.length).map((_, at) =>
      draws[at % draws.length]!(Math.floor(at / draws.length)),
    );
    const features = createMatrix(rows, columns, values);
    // Rows without weight have no say in the cuts, so that -0 may meet a cut at 0.
    const weights = ones(rows).map((_, i) => (i % 4 === 1 || i % 4 === 2 ? 0 : 1));
    for (const { position, feature, rowBins } of binColumns(features, { weights, maxBin: 256 })) {
      const column = toFloat32(
        Float64Array.from({ length: rows }, (_, i) => values[i * columns.length + position]!),
      );
      const expected = Uint16Array.from(column, (value) =>
        Number.isNaN(value) ? feature.bins : binOf(feature.cuts, value),
      );
      expect(rowBins).toEqual(expected);
    }
  });

  it('leave a byte room for missing values', () => {
    const column = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? NaN : i));
    expect(findBins(column, ones(1000), 256).bins).toBe(255);
    expect(findBins(column.subarray(1), ones(999), 256).bins).toBe(256);
    expect(findBins(column, ones(1000), 300).bins).toBe(300);
  });

  it('are of about equal weight where there are many', () => {
    const random = createRandom(2);
    const column = Float32Array.from({ length: 5000 }, () => random.normal());
    const { cuts, bins } = findBins(column, ones(5000), 16);
    expect(bins).toBe(16);
    const counts = new Int32Array(bins);
    for (const value of column) counts[binOf(cuts, value)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(300);
    expect(Math.max(...counts)).toBeLessThan(325);
  });

  it('do not see rows of weight 0', () => {
    const { cuts } = findBins(Float32Array.of(1, 2, 3), Float64Array.of(1, 0, 1), 256);
    expect([...cuts]).toEqual([2]);
  });

  it('order negative numbers, zeros of both signs and values beyond float32', () => {
    const column = toFloat32(Float64Array.of(-1e300, -2, -0, 0, 2, 1e300, -1));
    const { cuts, bins } = findBins(column, ones(7), 256);
    expect(bins).toBe(6);
    expect([...cuts]).toEqual([...cuts].sort((a, b) => a - b));
    expect(binOf(cuts, -0)).toBe(binOf(cuts, 0));
  });
});
