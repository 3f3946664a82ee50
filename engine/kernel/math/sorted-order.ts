const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Typed arrays share the machine's byte order; nearly all are little-endian. */
const highWord = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/**
 * Positions in ascending order of the values, NaN last; equal values (0 and -0 too) keep their order. A radix
 * sort over the eight bytes of a double: ten times faster than sorting with a comparator from a few hundred
 * values on.
 */
export function sortedOrder(values: ArrayLike<number>): Uint32Array {
  const n = values.length;
  // Bytes of each value, least significant first, mapped so that they compare as unsigned numbers.
  const bytes = new Uint8Array(8 * n);
  const counts = new Uint32Array(8 * 256);
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    float[0] = value !== value ? NaN : value + 0;
    let high = words[highWord]!;
    let low = words[1 - highWord]!;
    if (high >>> 31 === 1 && value === value) {
      high = ~high;
      low = ~low;
    } else high = (high | 0x80000000) >>> 0;
    for (let b = 0; b < 8; b++) {
      const byte = (b < 4 ? low >>> (8 * b) : high >>> (8 * (b - 4))) & 255;
      bytes[b * n + i] = byte;
      counts[b * 256 + byte]!++;
    }
  }
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let next = new Uint32Array(n);
  for (let b = 0; b < 8; b++) {
    const at = b * 256;
    if (n > 0 && counts[at + bytes[b * n]!]! === n) continue;
    let start = 0;
    for (let v = 0; v < 256; v++) {
      const count = counts[at + v]!;
      counts[at + v] = start;
      start += count;
    }
    for (let i = 0; i < n; i++) {
      const row = order[i]!;
      next[counts[at + bytes[b * n + row]!]!++] = row;
    }
    [order, next] = [next, order];
  }
  return order;
}
