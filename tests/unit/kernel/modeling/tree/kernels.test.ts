import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { binOf, findBins, toFloat32 } from '../../../../../engine/kernel/modeling/tree/binning.ts';
import {
  compileKernels,
  instantiateKernels,
} from '../../../../../engine/kernel/modeling/tree/wasm/kernels.ts';
import { webAssembly } from '../../../../../engine/kernel/modeling/tree/wasm/web-assembly.ts';

function kernels() {
  const memory = new webAssembly.Memory({ initial: 4, maximum: 4, shared: false });
  return { memory, kernels: instantiateKernels(compileKernels({ pages: 4, shared: false }), memory) };
}

describe('the partition kernel', () => {
  it('puts left rows before right ones and keeps the order on both sides', () => {
    const { memory, kernels: k } = kernels();
    const rows = new Int32Array(memory.buffer, 1024, 8);
    rows.set([0, 1, 2, 3, 4, 5, 6, 7]);
    new Uint16Array(memory.buffer, 2048, 8).set([5, 1, 9, 2, 9, 3, 0, 7]);
    expect(k.partition(1024, 8, 2048, 2, 9, 4096)).toBe(5);
    expect([...rows]).toEqual([1, 2, 3, 4, 6, 0, 5, 7]);
    expect(k.partition(1024, 0, 2048, 2, 9, 4096)).toBe(0);
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
