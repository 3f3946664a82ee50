/**
 * Writes a stored feature vector into a matrix of doubles. A set says how many bytes its numbers take: 8, or 4 where
 * single precision is enough.
 */
export function setVector(
  matrix: Float64Array,
  at: number,
  vector: { readonly bytes: Uint8Array; readonly valueBytes: number },
): void {
  const { bytes, valueBytes } = vector;
  const { buffer, byteOffset, byteLength } = bytes;
  // A copy, for a stored vector need not begin where typed arrays may.
  const own = byteOffset % valueBytes === 0 ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  const start = own === buffer ? byteOffset : 0;
  const count = byteLength / valueBytes;
  matrix.set(
    valueBytes === 4 ? new Float32Array(own, start, count) : new Float64Array(own, start, count),
    at,
  );
}
