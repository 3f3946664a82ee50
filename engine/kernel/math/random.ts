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

function multiply64(aHigh: number, aLow: number, bHigh: number, bLow: number): [high: number, low: number] {
  const a0 = aLow & 0xffff,
    a1 = aLow >>> 16,
    b0 = bLow & 0xffff,
    b1 = bLow >>> 16;
  const p00 = a0 * b0,
    p01 = a0 * b1,
    p10 = a1 * b0,
    p11 = a1 * b1;
  const middle = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  const low = ((middle << 16) | (p00 & 0xffff)) >>> 0;
  const carry = p11 + (p01 >>> 16) + (p10 >>> 16) + (middle >>> 16);
  const high = (carry + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) >>> 0;
  return [high, low];
}

/** A stream of splitmix64 started at `seed` (a non-negative safe integer). */
export function createRandom(seed: number): Random {
  let high = Math.floor(seed / 0x100000000) >>> 0;
  let low = seed >>> 0;
  let spare: number | undefined;

  function next(): [high: number, low: number] {
    const sum = low + 0x7f4a7c15;
    low = sum >>> 0;
    high = (high + 0x9e3779b9 + (sum > 0xffffffff ? 1 : 0)) >>> 0;
    let h = high,
      l = low;
    [h, l] = [(h ^ (h >>> 30)) >>> 0, (l ^ ((l >>> 30) | (h << 2))) >>> 0];
    [h, l] = multiply64(h, l, 0xbf58476d, 0x1ce4e5b9);
    [h, l] = [(h ^ (h >>> 27)) >>> 0, (l ^ ((l >>> 27) | (h << 5))) >>> 0];
    [h, l] = multiply64(h, l, 0x94d049bb, 0x133111eb);
    return [(h ^ (h >>> 31)) >>> 0, (l ^ ((l >>> 31) | (h << 1))) >>> 0];
  }

  const random: Random = {
    uniform() {
      const [h, l] = next();
      return (h * 2097152 + (l >>> 11)) / 9007199254740992;
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
      bits.setUint32(0, (high ^ Math.imul(label + 1, 0x9e3779b1)) >>> 0);
      bits.setUint32(4, (low ^ Math.imul(label + 1, 0x85ebca77)) >>> 0);
      return createRandom((bits.getUint32(0) & 0x1fffff) * 0x100000000 + bits.getUint32(4));
    },
  };
  return random;
}
