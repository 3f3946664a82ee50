import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import type { NetworkBatch } from '../../../../../engine/kernel/modeling/neural/backend.ts';
import { startNorms, startParameters } from '../../../../../engine/kernel/modeling/neural/fit-network.ts';
import { parameterShapes } from '../../../../../engine/kernel/modeling/neural/network-spec.ts';
import type { NetworkSpec } from '../../../../../engine/kernel/modeling/neural/network-spec.ts';
import { plainBackend } from '../../../../../engine/kernel/modeling/neural/plain/engine.ts';
import { createFloatMemory } from '../../../../../engine/kernel/modeling/neural/plain/matrix-product.ts';
import { makeBatch, networkSpecs } from './network-cases.ts';

describe('the matrix product', () => {
  it('equals the sum in order, rounded to 32 bits at each step, to the bit', () => {
    const { floats, multiply } = createFloatMemory(4096);
    const random = createRandom(1);
    const [rows, columns, depth] = [8, 16, 13];
    const [a, b, c, init] = [0, 512, 1024, 2048];
    for (let i = 0; i < 512; i++) floats[i] = random.normal();
    for (let i = 512; i < 1024; i++) floats[i] = random.normal();
    for (let k = 0; k < columns; k++) floats[init + k] = k;
    multiply(rows, columns, depth, a * 4, depth * 4, 4, b * 4, columns * 4, c * 4, columns * 4, init * 4, 0);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = column;
        for (let k = 0; k < depth; k++) {
          sum = Math.fround(
            sum + Math.fround(floats[a + row * depth + k]! * floats[b + k * columns + column]!),
          );
        }
        expect(floats[c + row * columns + column]).toBe(sum);
      }
    }
  });

  it('reads a transposed matrix through its strides and adds to what is there', () => {
    const { floats, multiply } = createFloatMemory(1024);
    // A is stored depth x rows (2 x 4); B 2 x 8; C starts at 1.
    for (let i = 0; i < 8; i++) floats[i] = i;
    for (let i = 0; i < 16; i++) floats[64 + i] = i;
    floats.fill(1, 128, 160);
    multiply(4, 8, 2, 0, 4, 16, 64 * 4, 32, 128 * 4, 32, 128 * 4, 32);
    expect(Array.from(floats.subarray(128, 136))).toEqual([33, 37, 41, 45, 49, 53, 57, 61]);
    expect(floats[128 + 3 * 8 + 7]).toBe(1 + 3 * 7 + 7 * 15);
  });
});

/** A smooth stand-in for a loss: the sum of scores times fixed factors. */
function weighted(scores: Float32Array): { value: number; gradient: Float32Array } {
  const gradient = scores.map((_, at) => ((at * 7) % 5) - 2 + 0.5);
  return { value: scores.reduce((sum, score, at) => sum + score * gradient[at]!, 0), gradient };
}

function trained(spec: NetworkSpec, batch: NetworkBatch, parameters: Float32Array) {
  const engine = plainBackend.compile(spec, { seed: 3, capacity: 12 });
  let value = 0;
  const norms = startNorms(spec);
  const gradient = engine.differentiate(batch, { parameters, norms, step: 5 }, (scores) => {
    const answer = weighted(scores);
    value = answer.value;
    return answer.gradient;
  });
  return { value, gradient, norms };
}

/** Biases off 0 as well, so that no ReLU stands exactly on its kink. */
function anyParameters(spec: NetworkSpec): Float32Array {
  const random = createRandom(4);
  return startParameters(spec, createRandom(2)).map((value) => value + 0.1 * random.normal());
}

describe.each(Object.entries(networkSpecs))('the plain engine on %s', (_, spec) => {
  it('has the gradient of what it computes, by central differences', () => {
    const batch = makeBatch(spec, 11);
    const parameters = anyParameters(spec);
    const { gradient } = trained(spec, batch, parameters);
    let checked = 0;
    for (const shape of parameterShapes(spec)) {
      for (let i = 0; i < shape.rows * shape.columns; i += shape.rows * shape.columns > 20 ? 3 : 1) {
        const at = shape.offset + i;
        const slopeAt = (step: number) => {
          const shifted = (by: number) => {
            const copy = parameters.slice();
            copy[at]! += by;
            return trained(spec, batch, copy).value;
          };
          return (shifted(step) - shifted(-step)) / (2 * step);
        };
        // A ReLU's kink spoils the wider steps and rounding the narrower: a right gradient agrees with one of them.
        const agrees = [4e-3, 1e-3, 2.5e-4].some((step) => {
          const slope = slopeAt(step);
          return Math.abs(gradient[at]! - slope) < 1e-2 + 1e-2 * Math.abs(slope);
        });
        expect(agrees, `${shape.name}[${i}]`).toBe(true);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(10);
    expect(gradient.some((value) => Math.abs(value) > 0.1)).toBe(true);
  });

  it('forecasts a row the same to the bit, alone or in any batch', () => {
    const batch = makeBatch(spec, 11);
    const at = { parameters: startParameters(spec, createRandom(2)), norms: startNorms(spec) };
    const engine = plainBackend.compile(spec, { seed: 0, capacity: 11 });
    const all = engine.predict(batch, at).slice();
    const alone = engine.predict({ ...batch, rows: Uint32Array.of(7) }, at);
    expect(Array.from(alone)).toEqual(Array.from(all.subarray(7 * spec.outputs, 8 * spec.outputs)));
  });
});
