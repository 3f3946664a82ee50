/**
 * Seeded random numbers: splitmix64 (Steele, Lea, Flood 2014), two 32-bit halves so that no BigInt is needed.
 * The k-th output from a seed is a pure function of both, which makes streams easy to split.
 */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, n). */
  integer(n: number): number;
  /** Standard normal (polar method, Marsaglia 1962). */
  normal(): number;
  /** An independent stream for the given label. */
  split(label: number): Random;
}

const bits = new DataView(new ArrayBuffer(8));

/** Upper 32 bits of the product of two 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff,
    a1 = a >>> 16,
    b0 = b & 0xffff,
    b1 = b >>> 16;
  const p01 = Math.imul(a0, b1) >>> 0,
    p10 = Math.imul(a1, b0) >>> 0;
  const middle = (Math.imul(a0, b0) >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  return (Math.imul(a1, b1) + (p01 >>> 16) + (p10 >>> 16) + (middle >>> 16)) | 0;
}

/** A stream of splitmix64 started at `seed` (a non-negative safe integer). */
export function createRandom(seed: number): Random {
  // Numbers that a closure keeps are allocated one by one beyond 31 bits; those in an array of their own kind are not.
  const state = new Int32Array(4);
  const [high, low, outHigh, outLow] = [0, 1, 2, 3] as const;
  state[high] = Math.floor(seed / 0x100000000);
  state[low] = seed % 0x100000000;
  let spare: number | undefined;

  function next(): void {
    const before = state[low]!;
    const sum = (before + 0x7f4a7c15) | 0;
    let h = (state[high]! + 0x9e3779b9 + (sum >>> 0 < before >>> 0 ? 1 : 0)) | 0;
    let l = sum;
    state[low] = l;
    state[high] = h;
    l ^= (l >>> 30) | (h << 2);
    h ^= h >>> 30;
    h = (multiplyHigh(l, 0x1ce4e5b9) + Math.imul(h, 0x1ce4e5b9) + Math.imul(l, 0xbf58476d)) | 0;
    l = Math.imul(l, 0x1ce4e5b9);
    l ^= (l >>> 27) | (h << 5);
    h ^= h >>> 27;
    h = (multiplyHigh(l, 0x133111eb) + Math.imul(h, 0x133111eb) + Math.imul(l, 0x94d049bb)) | 0;
    l = Math.imul(l, 0x133111eb);
    state[outLow] = l ^ ((l >>> 31) | (h << 1));
    state[outHigh] = h ^ (h >>> 31);
  }

  const random: Random = {
    uniform() {
      next();
      return ((state[outHigh]! >>> 0) * 2097152 + (state[outLow]! >>> 11)) / 9007199254740992;
    },
    integer(n) {
      return Math.floor(random.uniform() * n);
    },
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const u = 2 * random.uniform() - 1;
        const v = 2 * random.uniform() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const scale = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * scale;
          return u * scale;
        }
      }
    },
    split(label) {
      bits.setUint32(0, (state[high]! ^ Math.imul(label + 1, 0x9e3779b1)) >>> 0);
      bits.setUint32(4, (state[low]! ^ Math.imul(label + 1, 0x85ebca77)) >>> 0);
      return createRandom((bits.getUint32(0) & 0x1fffff) * 0x100000000 + bits.getUint32(4));
    },
  };
  return random;
}
