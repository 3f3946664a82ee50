import type { Basis } from '../../kernel/conformal/online.ts';
import { createWindow, type Window } from '../../kernel/conformal/window.ts';

/** What the past says about how far off the middle a count may lie. */
export interface CountForecast {
  readonly basis: Basis;
  /** Settled forecasts that the intervals rest on. */
  readonly n: number;
  /** Lowest and highest count of each level, level after level. */
  readonly intervals: Uint8Array;
}

export interface CountWindows {
  forecast(stream: number, distribution: Float64Array): CountForecast;
  observe(stream: number, distribution: Float64Array, count: number): void;
  endDay(): void;
}

/**
 * Conformal intervals of counts from a forecast distribution. A count's strangeness is how far the middle of its step
 * lies from the median: |2 (F(n - 1) + p(n) / 2) - 1|. Counts that are not too strange beside those that came in the
 * latest whole days make up the interval (split conformal, online; Vovk et al. 2019 for distributions). As distributions
 * differ from match to match, so do the steps, and the share held comes out near the level and not, as for a single
 * distribution, at the next step above it.
 */
export function createCountWindows(options: {
  /** Settled forecasts of a stream that its window holds. */
  readonly window: number;
  /** Fewer, and the pooled window is used. */
  readonly minimum: number;
  /** Coverage, ascending. */
  readonly levels: readonly number[];
}): CountWindows {
  const { window, minimum, levels } = options;
  const make = () => createWindow(window, { classes: 1, taxonomy: 'all', decay: 1 });
  const pooled = make();
  const own = new Map<number, Window>();
  const touched = new Set<Window>();
  const score = new Float64Array(1);

  return {
    forecast(stream, distribution) {
      const mine = own.get(stream);
      const used = mine?.isEnough(minimum) ? mine : pooled;
      const basis = used === mine ? 'own' : pooled.isEnough(minimum) ? 'pooled' : 'none';
      const intervals = new Uint8Array(levels.length * 2);
      if (basis === 'none') return { basis, n: used.counts[0]!, intervals };
      const strangeness = stepMiddles(distribution);
      const isHeld = (n: number, limit: number) => {
        score[0] = strangeness[n]!;
        return used.pValues(score)[0]! > limit;
      };
      let low = leastOf(strangeness);
      let high = low;
      // A wider level begins where a narrower one ended.
      levels.forEach((level, at) => {
        while (low > 0 && isHeld(low - 1, 1 - level)) low--;
        while (high < strangeness.length - 1 && isHeld(high + 1, 1 - level)) high++;
        intervals[at * 2] = low;
        intervals[at * 2 + 1] = high;
      });
      return { basis, n: used.counts[0]!, intervals };
    },
    observe(stream, distribution, count) {
      let mine = own.get(stream);
      if (!mine) own.set(stream, (mine = make()));
      const value = stepMiddles(distribution)[Math.min(count, distribution.length - 1)]!;
      mine.add(value, 0);
      pooled.add(value, 0);
      touched.add(mine).add(pooled);
    },
    endDay() {
      for (const each of touched) each.endDay();
      touched.clear();
    },
  };
}

/** The strangeness of each count. */
function stepMiddles(distribution: Float64Array): Float64Array {
  let below = 0;
  return distribution.map((p) => {
    const middle = below + p / 2;
    below += p;
    return Math.abs(2 * middle - 1);
  });
}

/** The first of the smallest: the count nearest the median, which belongs to every interval. */
function leastOf(values: Float64Array): number {
  let best = 0;
  for (let n = 1; n < values.length; n++) if (values[n]! < values[best]!) best = n;
  return best;
}
