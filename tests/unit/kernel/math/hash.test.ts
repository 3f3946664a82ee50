import { describe, expect, it } from 'vitest';
import { createHasher, hashBytes } from '../../../../engine/kernel/math/hash.ts';
import { createRandom } from '../../../../engine/kernel/math/random.ts';

describe('the content hash', () => {
  it('is 16 hexadecimal digits and the same for the same bytes', () => {
    const bytes = new Uint8Array([1, 2, 3, 4, 5]);
    expect(hashBytes(bytes)).toMatch(/^[0-9a-f]{16}$/);
    expect(hashBytes(bytes)).toBe(hashBytes(bytes.slice()));
  });

  it('does not depend on how the bytes were cut into calls', () => {
    const random = createRandom(3);
    const bytes = Uint8Array.from({ length: 257 }, () => random.integer(256));
    const whole = hashBytes(bytes);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(createHasher().bytes(bytes.subarray(0, cut)).bytes(bytes.subarray(cut)).digest()).toBe(whole);
    }
  });

  it('does not depend on where the bytes lie in memory', () => {
    const buffer = new Uint8Array(64);
    buffer.set([9, 8, 7, 6, 5, 4, 3, 2, 1], 3);
    expect(hashBytes(buffer.subarray(3, 12))).toBe(hashBytes(new Uint8Array([9, 8, 7, 6, 5, 4, 3, 2, 1])));
  });

  it('tells trailing zeros, the order of words and text boundaries apart', () => {
    const seen = new Set([
      hashBytes(new Uint8Array(0)),
      hashBytes(new Uint8Array(1)),
      hashBytes(new Uint8Array(4)),
      hashBytes(new Uint8Array(8)),
      hashBytes(new Uint8Array([1, 0, 0, 0, 2, 0, 0, 0])),
      hashBytes(new Uint8Array([2, 0, 0, 0, 1, 0, 0, 0])),
      createHasher().text('ab').text('c').digest(),
      createHasher().text('a').text('bc').digest(),
      createHasher().number(-0).digest(),
    ]);
    expect(seen.size).toBe(9);
  });

  it('takes every NaN for the same missing value', () => {
    const odd = new Float64Array(1);
    new Uint32Array(odd.buffer).set([7, 0xfff80000]);
    expect(createHasher().number(odd[0]!).digest()).toBe(createHasher().number(NaN).digest());
  });

  it('flips about half of its 64 bits when one input bit flips', () => {
    const random = createRandom(11);
    let flipped = 0;
    const trials = 2000;
    for (let trial = 0; trial < trials; trial++) {
      const bytes = Uint8Array.from({ length: 24 }, () => random.integer(256));
      const before = BigInt(`0x${hashBytes(bytes)}`);
      const at = random.integer(24);
      bytes[at] = bytes[at]! ^ (1 << random.integer(8));
      let difference = before ^ BigInt(`0x${hashBytes(bytes)}`);
      for (; difference > 0n; difference >>= 1n) flipped += Number(difference & 1n);
    }
    // Mean 32 of 64; the standard error over 2,000 trials is 4 / sqrt(2000) = 0.09.
    expect(Math.abs(flipped / trials - 32)).toBeLessThan(0.5);
  });

  it('finds no two equal hashes among 200,000 short vectors', () => {
    const seen = new Set<string>();
    const vector = new Float64Array(2);
    const bytes = new Uint8Array(vector.buffer);
    for (let i = 0; i < 200_000; i++) {
      vector[0] = i % 447;
      vector[1] = Math.floor(i / 447);
      seen.add(hashBytes(bytes));
    }
    expect(seen.size).toBe(200_000);
  });
});
