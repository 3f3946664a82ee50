import { betaQuantile } from '../math/distributions.ts';
import { clopperPearsonInterval } from '../math/intervals.ts';
import { logBeta } from '../math/special.ts';
import { hasClass, setSize } from './sets.ts';

/**
 * The law of the coverage of split conformal sets over calibration parts of `n` rows: Beta(n + 1 - l, l) with
 * l = floor((n + 1) alpha) (Vovk 2012). What a user may expect to see, before any result.
 */
export function coverageLaw(
  n: number,
  level: number,
): { mean: number; low: number; high: number; standardDeviation: number } {
  const l = Math.floor((n + 1) * (1 - level) + 1e-9);
  if (l === 0) return { mean: 1, low: 1, high: 1, standardDeviation: 0 };
  const mean = (n + 1 - l) / (n + 1);
  return {
    mean,
    low: betaQuantile(0.05, n + 1 - l, l),
    high: betaQuantile(0.95, n + 1 - l, l),
    standardDeviation: Math.sqrt((mean * (1 - mean)) / (n + 2)),
  };
}

export interface CoverageRow {
  readonly group: string;
  readonly n: number;
  /** Share of rows whose set held the class that came. */
  readonly coverage: number;
  /** 95 % Clopper-Pearson interval of it. */
  readonly low: number;
  readonly high: number;
  readonly meanSize: number;
  /** Shares of sets with 0, 1, 2 ... classes. */
  readonly sizes: readonly number[];
  /** Share of right ones among the sets of one class; NaN without any. */
  readonly singletonAccuracy: number;
}

/**
 * Coverage of set masks by group: class that came, league, month, odds band, set size. `groupOf` names a
 * row's group; rows of `undefined` are left out. Groups in the order of their first row.
 */
export function coverageByGroup(
  masks: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  options: { readonly classes?: number; readonly groupOf?: (row: number) => string | undefined } = {},
): CoverageRow[] {
  const { classes = 3, groupOf = () => 'all' } = options;
  const tallies = new Map<string, { n: number; covered: number; right: number; sizes: number[] }>();
  for (let i = 0; i < outcomes.length; i++) {
    const group = groupOf(i);
    if (group === undefined) continue;
    let tally = tallies.get(group);
    if (!tally) {
      tallies.set(
        group,
        (tally = { n: 0, covered: 0, right: 0, sizes: new Array<number>(classes + 1).fill(0) }),
      );
    }
    const covered = hasClass(masks[i]!, outcomes[i]!) ? 1 : 0;
    const size = setSize(masks[i]!);
    tally.n++;
    tally.covered += covered;
    tally.sizes[size]!++;
    if (size === 1) tally.right += covered;
  }
  return Array.from(tallies, ([group, { n, covered, right, sizes }]) => {
    const [low, high] = clopperPearsonInterval(covered, n);
    return {
      group,
      n,
      coverage: covered / n,
      low,
      high,
      meanSize: sizes.reduce((total, count, size) => total + count * size, 0) / n,
      sizes: sizes.map((count) => count / n),
      singletonAccuracy: sizes[1]! > 0 ? right / sizes[1]! : NaN,
    };
  });
}

/**
 * What sets that keep their promise show of `n` forecasts: mean and 90 % range of the covered share, the beta-binomial law
 * that the law of coverage over calibration parts of `calibration` rows gives to so many forecasts (Angelopoulos & Bates
 * 2023, appendix C). Wide for few forecasts, never narrower than the law itself for many.
 */
export function coverageRange(
  calibration: number,
  { level, n }: { readonly level: number; readonly n: number },
): { mean: number; low: number; high: number } {
  const l = Math.floor((calibration + 1) * (1 - level) + 1e-9);
  if (l === 0) return { mean: 1, low: 1, high: 1 };
  const a = calibration + 1 - l;
  const at = (p: number) => betaBinomialQuantile(p, n, { a, b: l }) / n;
  return { mean: a / (a + l), low: at(0.05), high: at(0.95) };
}

/** Smallest count whose distribution function reaches p; its weights by recurrence, so one pass over the counts. */
function betaBinomialQuantile(
  p: number,
  n: number,
  { a, b }: { readonly a: number; readonly b: number },
): number {
  let logWeight = logBeta(a, n + b) - logBeta(a, b);
  let reached = 0;
  for (let count = 0; count < n; count++) {
    reached += Math.exp(logWeight);
    if (reached >= p) return count;
    logWeight += Math.log(((n - count) * (count + a)) / ((count + 1) * (n - count - 1 + b)));
  }
  return n;
}
