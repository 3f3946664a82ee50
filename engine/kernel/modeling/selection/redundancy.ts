import { correlation, ranks } from '../../math/summary.ts';

export interface RankedFeature {
  /** Position of the column. */
  readonly column: number;
  /** Information about the target. */
  readonly relevance: number;
  /** Mean information shared with the columns chosen before it. */
  readonly redundancy: number;
  /** relevance - redundancy. */
  readonly score: number;
}

/**
 * Minimum redundancy, maximum relevance (Peng, Long & Ding 2005, the difference form): columns in the order
 * in which a greedy search takes them, `count` of them (default all). `relevance` is each column's mutual
 * information with the target; `shared` that of two columns, by default the Gaussian copula's of their ranks.
 * Equal scores go to the earlier column.
 */
export function rankByRedundancy(
  columns: readonly ArrayLike<number>[],
  relevance: ArrayLike<number>,
  options: {
    readonly count?: number | undefined;
    readonly shared?: ((a: number, b: number) => number) | undefined;
  } = {},
): RankedFeature[] {
  const { count = columns.length, shared = copulaInformation(columns) } = options;
  const sums = new Float64Array(columns.length);
  const taken = new Set<number>();
  const ranked: RankedFeature[] = [];
  while (ranked.length < Math.min(count, columns.length)) {
    let best: RankedFeature | undefined;
    for (let column = 0; column < columns.length; column++) {
      if (taken.has(column)) continue;
      const redundancy = ranked.length > 0 ? sums[column]! / ranked.length : 0;
      const score = relevance[column]! - redundancy;
      if (!best || score > best.score) best = { column, relevance: relevance[column]!, redundancy, score };
    }
    if (!best) break;
    taken.add(best.column);
    ranked.push(best);
    for (let column = 0; column < columns.length; column++) {
      if (!taken.has(column)) sums[column]! += shared(column, best.column);
    }
  }
  return ranked;
}

/**
 * -ln(1 - r^2) / 2 of the rank correlation of two columns over the rows where both are numbers; at most 20
 * nats.
 */
export function copulaInformation(columns: readonly ArrayLike<number>[]): (a: number, b: number) => number {
  const isWhole = columns.map((column) => !Array.from(column).some(Number.isNaN));
  const ranked = columns.map((column, i) => (isWhole[i] ? ranks(column) : undefined));
  return (a, b) => {
    let left: ArrayLike<number> | undefined = ranked[a];
    let right: ArrayLike<number> | undefined = ranked[b];
    if (!left || !right) {
      const rows = Array.from(columns[a]!, (v, i) =>
        Number.isNaN(v) || Number.isNaN(columns[b]![i]!) ? -1 : i,
      ).filter((i) => i >= 0);
      left = ranks(rows.map((i) => columns[a]![i]!));
      right = ranks(rows.map((i) => columns[b]![i]!));
    }
    const r = correlation(left, right);
    return Number.isNaN(r) ? 0 : Math.min(20, -0.5 * Math.log(Math.max(0, 1 - r * r)));
  };
}
