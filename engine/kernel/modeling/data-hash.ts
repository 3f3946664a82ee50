import { createHasher } from '../math/hash.ts';
import type { Matrix } from './matrix.ts';

/** Numbers that are hashed in one go, in a few milliseconds. */
const sliceLength = 1 << 20;

/**
 * Hash of what `fit` saw: column names, features and the further arrays in their order (target, weights, ...).
 * `betweenSlices` is called every few milliseconds and may throw to stop.
 */
export function hashData(
  features: Matrix,
  arrays: readonly (Float64Array | undefined)[],
  betweenSlices: () => void,
): string {
  const hasher = createHasher();
  for (const name of features.columns) hasher.text(name);
  for (const array of [features.values, ...arrays]) {
    hasher.number(array?.length ?? -1);
    for (let first = 0; first < (array?.length ?? 0); first += sliceLength) {
      betweenSlices();
      const slice = array!.subarray(first, first + sliceLength);
      hasher.bytes(new Uint8Array(slice.buffer, slice.byteOffset, slice.byteLength));
    }
  }
  return hasher.digest();
}
