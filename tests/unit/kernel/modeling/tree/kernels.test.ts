import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import {
  binColumns,
  binOf,
  findBins,
  toFloat32,
} from '../../../../../engine/kernel/modeling/tree/binning.ts';
import { featureEntryBytes } from '../../../../../engine/kernel/modeling/tree/wasm/feature-table.ts';
import { blockFeatures } from '../../../../../engine/kernel/modeling/tree/wasm/histogram-kernels.ts';
import {
  compileKernels,
  instantiateKernels,
} from '../../../../../engine/kernel/modeling/tree/wasm/kernels.ts';
import { webAssembly } from '../../../../../engine/kernel/modeling/tree/wasm/web-assembly.ts';

const featureEntries = 4;

function kernels(binBytes: 1 | 2 = 1) {
  const memory = new webAssembly.Memory({ initial: 4, maximum: 4, shared: false });
  return {
    memory,
    kernels: instantiateKernels(
      compileKernels({ pages: 4, shared: false }, { binBytes, featureEntries }),
      memory,
    ),
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
  const blocks = 3;
  const features = blocks * blockFeatures;
  const rowBytes = features * binBytes;
  const [rows, bins, gradients, twins] = [1024, 2048, 4096, 4352] as const;
  const [gatheredBins, gathered, table, entries] = [8192, 10_240, 12_288, 16_384] as const;
  const [histogram, other] = [32_768, 49_152] as const;

  /** Three rows of 24 features with three bins each. A gradient is written as hundreds, a Hessian as ones. */
  function prepared() {
    const { memory, kernels: k } = kernels(binBytes);
    new Int32Array(memory.buffer, rows, 3).set([2, 0, 1]);
    const binOfRow = (row: number, feature: number): number => (row + feature) % 3;
    new Bins(memory.buffer, bins, 3 * features).set(
      Array.from({ length: 3 * features }, (_, at) => binOfRow(Math.floor(at / features), at % features)),
    );
    new BigInt64Array(memory.buffer, gradients, 3).set([101n, 202n, 404n]);
    new BigInt64Array(memory.buffer, twins, 3).set([1n, 2n, 4n]);
    for (let j = 0; j < features; j++) {
      new Int32Array(memory.buffer, table + j * featureEntryBytes, 4).set([j * 32, 3, 0, 32]);
    }
    const at = (address: number): bigint[] => [...new BigInt64Array(memory.buffer, address, features * 4)];
    const expected = (values: readonly bigint[]): bigint[] =>
      Array.from({ length: features * 4 }, (_, i) =>
        values.reduce((sum, value, row) => sum + (binOfRow(row, i >> 2) === (i & 3) ? value : 0n), 0n),
      );
    return { k, at, expected };
  }

  it('add every listed row to the bin of each feature', () => {
    const { k, at, expected } = prepared();
    k.gatherBins(rows, 3, bins, rowBytes, rowBytes, gatheredBins);
    k.gatherGradients(rows, 3, gradients, gathered, 8);
    k.histogram(3, gatheredBins, rowBytes, blocks, entries, gathered);
    expect(at(entries)).toEqual(expected([101n, 202n, 404n]));
    k.histogram(2, gatheredBins, rowBytes, blocks, entries, gathered);
    expect(at(entries)).toEqual(expected([202n, 202n, 808n]));
  });

  it('move what was added up, feature by feature, and take it away from what is there', () => {
    const { k, at, expected } = prepared();
    k.gatherBins(rows, 3, bins, rowBytes, rowBytes, gatheredBins);
    k.gatherGradients(rows, 3, gradients, gathered, 8);
    k.histogram(3, gatheredBins, rowBytes, blocks, entries, gathered);
    k.move(histogram, entries, table, 0, features);
    expect(at(histogram)).toEqual(expected([101n, 202n, 404n]));
    expect(at(entries)).toEqual(expected([]));
    k.histogram(1, gatheredBins, rowBytes, blocks, entries, gathered);
    k.subtract(histogram, entries, table, 0, features - 1);
    const rest = expected([101n, 202n, 0n]);
    expect(at(histogram).slice(0, -4)).toEqual(rest.slice(0, -4));
    expect(at(histogram).slice(-4)).toEqual(expected([101n, 202n, 404n]).slice(-4));
  });

  it('add for two outputs at once what they add for each alone', () => {
    const { k, at, expected } = prepared();
    k.gatherBins(rows, 3, bins, rowBytes, rowBytes, gatheredBins);
    k.gatherGradients(rows, 3, gradients, gathered, 16);
    k.gatherGradients(rows, 3, twins, gathered + 8, 16);
    k.twinHistogram(3, gatheredBins, rowBytes, blocks, entries, gathered);
    k.moveTwins(histogram, entries, table, 0, features, other);
    expect(at(histogram)).toEqual(expected([101n, 202n, 404n]));
    expect(at(other)).toEqual(expected([1n, 2n, 4n]));
    expect(at(entries)).toEqual(expected([]));
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
    const { cuts, bins, hasMissing } = findBins(Float32Array.of(3, 1, NaN, 1, 2), ones(5), { maxBin: 256 });
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

  it('hear the wish to cancel in the midst of a column', () => {
    const features = createMatrix(
      2000,
      ['a'],
      new Float64Array(2000).map((_, i) => i),
    );
    let looks = 0;
    const signal = {
      get aborted() {
        return ++looks === 6;
      },
    };
    expect(() => binColumns(features, { weights: ones(2000), maxBin: 256, signal })).toThrow('cancelled');
    expect(looks).toBe(6);
  });

  it('leave a byte room for missing values', () => {
    const column = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? NaN : i));
    expect(findBins(column, ones(1000), { maxBin: 256 }).bins).toBe(255);
    expect(findBins(column.subarray(1), ones(999), { maxBin: 256 }).bins).toBe(256);
    expect(findBins(column, ones(1000), { maxBin: 300 }).bins).toBe(300);
  });

  it('are of about equal weight where there are many', () => {
    const random = createRandom(2);
    const column = Float32Array.from({ length: 5000 }, () => random.normal());
    const { cuts, bins } = findBins(column, ones(5000), { maxBin: 16 });
    expect(bins).toBe(16);
    const counts = new Int32Array(bins);
    for (const value of column) counts[binOf(cuts, value)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(300);
    expect(Math.max(...counts)).toBeLessThan(325);
  });

  it('do not see rows of weight 0', () => {
    const { cuts } = findBins(Float32Array.of(1, 2, 3), Float64Array.of(1, 0, 1), { maxBin: 256 });
    expect([...cuts]).toEqual([2]);
  });

  it('order negative numbers, zeros of both signs and values beyond float32', () => {
    const column = toFloat32(Float64Array.of(-1e300, -2, -0, 0, 2, 1e300, -1));
    const { cuts, bins } = findBins(column, ones(7), { maxBin: 256 });
    expect(bins).toBe(6);
    expect([...cuts]).toEqual([...cuts].sort((a, b) => a - b));
    expect(binOf(cuts, -0)).toBe(binOf(cuts, 0));
  });
});
