import type { Mean, Rate } from '../../contract/match-view.ts';
import { wilsonInterval } from '../../kernel/math/intervals.ts';
import { normalQuantile } from '../../kernel/math/normal.ts';

/** Level of every interval that the screens show. */
export const intervalLevel = 0.95;
const z = normalQuantile(0.5 + intervalLevel / 2);

/** A share with Wilson's interval. */
export function rate(hits: number, n: number): Rate {
  if (n === 0) return { n, hits, share: null, low: null, high: null, level: intervalLevel };
  const [low, high] = wilsonInterval(hits, n, intervalLevel);
  return { n, hits, share: hits / n, low, high, level: intervalLevel };
}

/** Adds up values one by one (Welford 1962) and gives their mean with the normal interval of its standard error. */
export function createMean(): { add(value: number): void; read(): Mean } {
  let n = 0;
  let mean = 0;
  let squares = 0;
  return {
    add(value) {
      n++;
      const distance = value - mean;
      mean += distance / n;
      squares += distance * (value - mean);
    },
    read() {
      if (n === 0) return { n, mean: null, low: null, high: null, level: intervalLevel };
      if (n === 1) return { n, mean, low: null, high: null, level: intervalLevel };
      const half = z * Math.sqrt(squares / (n - 1) / n);
      return { n, mean, low: mean - half, high: mean + half, level: intervalLevel };
    },
  };
}
