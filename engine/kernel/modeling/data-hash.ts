import { createHasher } from '../math/hash.ts';
import type { Matrix } from './matrix.ts';

/** Hash of what `fit` saw: column names, features and the further arrays in their order (target, weights, ...). */
export function hashData(features: Matrix, ...arrays: readonly (Float64Array | undefined)[]): string {
  const hasher = createHasher();
  for (const name of features.columns) hasher.text(name);
  for (const array of [features.values, ...arrays]) {
    hasher.number(array?.length ?? -1);
    if (array) hasher.bytes(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  return hasher.digest();
}
