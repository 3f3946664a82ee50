/**
 * A quick 64-bit content hash: two 32-bit lanes with the mixing steps of MurmurHash3 (Appleby, public domain) and
 * different constants, crossed at the end. It tells changed content from unchanged; it is no defence against an
 * adversary.
 */
export interface Hasher {
  /** Adds bytes. Where one call ends and the next begins makes no difference. */
  bytes(bytes: Uint8Array): Hasher;
  /** Adds a text as UTF-16 code units with its length before it, so that 'ab','c' and 'a','bc' differ. */
  text(text: string): Hasher;
  /** Adds a number as the eight little-endian bytes of its double; every NaN counts as the same one. */
  number(value: number): Hasher;
  /** The hash of everything added so far, 16 hexadecimal digits. More may be added afterwards. */
  digest(): string;
  /** Forgets everything, to be used again. */
  reset(): Hasher;
}

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function finish(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

export function createHasher(): Hasher {
  let first = 0x9e3779b9 | 0;
  let second = 0x7f4a7c15;
  let length = 0;
  let pending = 0; // up to three bytes that do not make a word yet
  let pendingCount = 0;

  function word(value: number): void {
    let k = Math.imul(value, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    first ^= Math.imul(k, 0x1b873593);
    first = (Math.imul((first << 13) | (first >>> 19), 5) + 0xe6546b64) | 0;
    k = Math.imul(value, 0x239b961b);
    k = (k << 16) | (k >>> 16);
    second ^= Math.imul(k, 0xab0e9789);
    second = (Math.imul((second << 17) | (second >>> 15), 5) + 0x561ccd1b) | 0;
  }

  function byte(value: number): void {
    pending |= value << (8 * pendingCount);
    pendingCount++;
    if (pendingCount === 4) {
      word(pending);
      pending = 0;
      pendingCount = 0;
    }
  }

  const hasher: Hasher = {
    bytes(bytes) {
      let at = 0;
      length += bytes.length;
      while (pendingCount !== 0 && at < bytes.length) byte(bytes[at++]!);
      if (littleEndian && (bytes.byteOffset + at) % 4 === 0) {
        const whole = new Uint32Array(bytes.buffer, bytes.byteOffset + at, (bytes.length - at) >>> 2);
        for (let i = 0; i < whole.length; i++) word(whole[i]!);
        at += 4 * whole.length;
      }
      for (const last = bytes.length - 3; at < last; at += 4) {
        word(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
      }
      while (at < bytes.length) byte(bytes[at++]!);
      return hasher;
    },
    text(text) {
      hasher.number(text.length);
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        byte(unit & 0xff);
        byte(unit >>> 8);
      }
      length += 2 * text.length;
      return hasher;
    },
    number(value) {
      double[0] = Number.isNaN(value) ? NaN : value;
      for (let i = 0; i < 8; i++) byte(doubleBytes[littleEndian ? i : 7 - i]!);
      length += 8;
      return hasher;
    },
    digest() {
      const tail = Math.imul(pending ^ (pendingCount << 29), 0xcc9e2d51);
      let a = first ^ tail ^ length;
      let b = second ^ Math.imul((tail << 15) | (tail >>> 17), 0x1b873593) ^ length;
      a = (a + b) | 0;
      b = (b + a) | 0;
      a = finish(a);
      b = finish(b);
      a = (a + b) | 0;
      b = (b + a) | 0;
      return hex(a) + hex(b);
    },
    reset() {
      first = 0x9e3779b9 | 0;
      second = 0x7f4a7c15;
      length = 0;
      pending = 0;
      pendingCount = 0;
      return hasher;
    },
  };
  return hasher;
}

/** The 64-bit content hash of some bytes, 16 hexadecimal digits. */
export function hashBytes(bytes: Uint8Array): string {
  return createHasher().bytes(bytes).digest();
}
