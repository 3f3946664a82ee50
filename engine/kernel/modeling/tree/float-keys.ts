import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';

/** The key of 0. */
const zeroKey = 1 << 31;

/** The bits of a float32 as 32 bits that grow with it, read without a sign. -0 is 0. */
export function keyOf(bits: number): number {
  return bits > 0 ? bits ^ zeroKey : bits << 1 === 0 ? zeroKey : ~bits;
}

/** The float32 of a key. */
export function floatOf(key: number): number {
  keyBits[0] = key < 0 ? key ^ zeroKey : ~key;
  return keyFloat[0]!;
}

const keyBits = new Int32Array(1);
const keyFloat = new Float32Array(keyBits.buffer);

/** Ascending, by radix sort (three passes of 11 bits): several times quicker than comparing. */
export function sortKeys(keys: Int32Array, signal?: CancelSignal): Int32Array {
  const n = keys.length;
  let from = keys;
  let to: Int32Array = new Int32Array(n);
  const places = new Int32Array(3 * 2048);
  for (let i = 0; i < n; i++) {
    const key = keys[i]!;
    places[key & 2047]!++;
    places[2048 + ((key >>> 11) & 2047)]!++;
    places[4096 + (key >>> 22)]!++;
  }
  for (let pass = 0; pass < 3; pass++) {
    throwIfCancelled(signal);
    const next = places.subarray(2048 * pass, 2048 * pass + 2048);
    for (let digit = 0, start = 0; digit < 2048; digit++) {
      const size = next[digit]!;
      next[digit] = start;
      start += size;
    }
    const shift = 11 * pass;
    for (let i = 0; i < n; i++) {
      const key = from[i]!;
      const digit = (key >>> shift) & 2047;
      const place = next[digit]!;
      next[digit] = place + 1;
      to[place] = key;
    }
    [from, to] = [to, from];
  }
  return from;
}
