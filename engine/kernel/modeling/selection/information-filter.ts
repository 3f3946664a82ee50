import { correlation } from '../../math/summary.ts';
import type { Matrix } from '../matrix.ts';
import { testInformation } from './permutation-null.ts';
import { rankByRedundancy } from './redundancy.ts';

export type DropReason =
  /** Too often not a number; figure: the missing share. */
  | 'missing'
  /** One value, or nearly always one value; figure: that value's share. */
  | 'constant'
  /** Says what a column with more information says; figure: their correlation. */
  | 'correlated'
  /** No more information than with shuffled labels; figure: the p-value. */
  | 'noise'
  /** Beyond the number asked for, least new information first; figure: relevance - redundancy. */
  | 'limit';

export interface InformationFilterOptions {
  readonly seed: number;
  /** At most so many are kept. Default: all that pass. */
  readonly maximum?: number | undefined;
  /** Missing share from which a column is out. Default 0.5. */
  readonly maximumMissing?: number | undefined;
  /** Share of one value from which a column is out. Default 0.99. */
  readonly maximumShare?: number | undefined;
  /** Absolute correlation from which the less informative of two is out. Default 0.98. */
  readonly maximumCorrelation?: number | undefined;
  /** Largest p-value kept. Default 0.05. */
  readonly level?: number | undefined;
  /** Shuffles for each column. Default 39. */
  readonly draws?: number | undefined;
}

export interface FilteredFeatures {
  /** In the order in which minimum redundancy, maximum relevance takes them; information in nats. */
  readonly kept: readonly { readonly name: string; readonly information: number; readonly score: number }[];
  readonly dropped: readonly {
    readonly name: string;
    readonly reason: DropReason;
    readonly figure: number;
    /** The kept column that a correlated one repeats. */
    readonly of?: string | undefined;
  }[];
}

interface Candidate {
  readonly name: string;
  readonly values: Float64Array;
  readonly information: number;
}

/**
 * Which columns say something about the classes that others do not, with the reason for each one dropped. Uses the
 * labels, so it belongs inside the fold: on training rows only.
 */
export function filterByInformation(
  features: Matrix,
  labels: ArrayLike<number>,
  options: InformationFilterOptions,
): FilteredFeatures {
  const { level = 0.05, draws = 39, seed, maximum = Infinity } = options;
  const { maximumMissing = 0.5, maximumShare = 0.99, maximumCorrelation = 0.98 } = options;
  const dropped: FilteredFeatures['dropped'][number][] = [];
  const informative: Candidate[] = [];
  features.columns.forEach((name, column) => {
    const values = columnOf(features, column);
    const missing = values.reduce((count, v) => count + (Number.isNaN(v) ? 1 : 0), 0) / features.rows;
    const share = largestShare(values);
    if (missing >= maximumMissing) return dropped.push({ name, reason: 'missing', figure: missing });
    if (share >= maximumShare) return dropped.push({ name, reason: 'constant', figure: share });
    const test = testInformation(values, labels, { seed: seed + column, draws });
    if (test.pValue > level) return dropped.push({ name, reason: 'noise', figure: test.pValue });
    return informative.push({ name, values, information: test.value });
  });

  const distinct: Candidate[] = [];
  for (const candidate of informative.toSorted((a, b) => b.information - a.information)) {
    const twin = distinct.find(
      ({ values }) => Math.abs(pairwiseCorrelation(values, candidate.values)) >= maximumCorrelation,
    );
    if (twin) {
      const figure = pairwiseCorrelation(twin.values, candidate.values);
      dropped.push({ name: candidate.name, reason: 'correlated', figure, of: twin.name });
    } else distinct.push(candidate);
  }

  const ranked = rankByRedundancy(
    distinct.map(({ values }) => values),
    distinct.map(({ information }) => information),
  ).map(({ column, score }) => ({
    name: distinct[column]!.name,
    information: distinct[column]!.information,
    score,
  }));
  for (const { name, score } of ranked.slice(maximum)) dropped.push({ name, reason: 'limit', figure: score });
  return { kept: ranked.slice(0, maximum), dropped };
}

function columnOf({ values, rows, columns }: Matrix, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => values[i * columns.length + column]!);
}

/** Share of the most frequent value among those that are numbers. */
function largestShare(values: Float64Array): number {
  const counts = new Map<number, number>();
  let numbers = 0;
  let most = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    numbers++;
    if (count > most) most = count;
  }
  return numbers === 0 ? 1 : most / numbers;
}

/** Correlation over the rows where both are numbers; 0 where there is none. */
function pairwiseCorrelation(a: Float64Array, b: Float64Array): number {
  const isWhole = (_: number, i: number) => !Number.isNaN(a[i]!) && !Number.isNaN(b[i]!);
  const r = correlation(a.filter(isWhole), b.filter(isWhole));
  return Number.isNaN(r) ? 0 : r;
}
