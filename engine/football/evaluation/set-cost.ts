import { createOnlineConformal } from '../../kernel/conformal/online.ts';
import { hasClass, setSize } from '../../kernel/conformal/sets.ts';
import type { SettledForecasts } from './coverage.ts';

const classes = 3;

/** What prediction sets of some forecasts cost. */
export interface SetCost {
  /** Forecasts with enough history for a set. */
  readonly n: number;
  /** Mean number of classes in the sets as they would have been published. */
  readonly size: number;
  /** Share of the matches of each result that had it in their set. */
  readonly coverage: readonly number[];
  /**
   * The mean size if each class had been covered at the level exactly, by a bound chosen in hindsight. It compares
   * forecasts and rules whose coverage came out differently, and no rule can be had that knows it.
   */
  readonly sizeAtLevel: number;
}

/** Runs online conformal sets over settled forecasts in order of their days and reports on `rows` among them. */
export function setCost(
  forecasts: SettledForecasts,
  rows: readonly number[],
  options: { readonly level: number; readonly window: number; readonly minimumPerClass: number },
): SetCost {
  const { level, window, minimumPerClass } = options;
  const watched = new Set(rows);
  const conformal = createOnlineConformal({ window, minimumPerClass });
  const pValues: Float64Array[] = [];
  const outcomes: number[] = [];
  const masks: number[] = [];
  for (let from = 0, to = 0; from < forecasts.rows; from = to) {
    while (to < forecasts.rows && forecasts.day[to] === forecasts.day[from]) to++;
    const settled = [];
    for (let row = from; row < to; row++) {
      const outcome = forecasts.target[row]!;
      if (outcome < 0 || Number.isNaN(forecasts.probabilities[row * classes]!)) continue;
      const probabilities = forecasts.probabilities.subarray(row * classes, (row + 1) * classes);
      const stream = forecasts.championship[row]!;
      settled.push({ stream, probabilities, outcome });
      if (!watched.has(row)) continue;
      const answer = conformal.forecast(stream, probabilities);
      if (answer.basis === 'none') continue;
      pValues.push(answer.pValues);
      outcomes.push(outcome);
      masks.push(answer.set(level));
    }
    conformal.observe(settled);
  }
  const n = outcomes.length;
  const coverage: number[] = [];
  let sizeAtLevel = 0;
  for (let k = 0; k < classes; k++) {
    const own = pValues.flatMap((p, i) => (outcomes[i] === k ? [p[k]!] : [])).sort((a, b) => a - b);
    coverage.push(masks.filter((mask, i) => outcomes[i] === k && hasClass(mask, k)).length / own.length);
    const bound = own[Math.floor((1 - level) * own.length + 1e-9)]!;
    sizeAtLevel += pValues.filter((p) => p[k]! >= bound).length / n;
  }
  return { n, size: masks.reduce((sum, mask) => sum + setSize(mask), 0) / n, coverage, sizeAtLevel };
}
