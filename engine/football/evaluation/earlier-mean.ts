import type { ModelTable } from '../../../db/queries/football/processing.ts';

/**
 * What a championship's matches of earlier days came to on average, row by row: the reference that knows nothing of the
 * clubs. One match's worth of `prior` stands in for a past that is not there.
 *
 * @param value of a row; NaN where it is not settled
 */
export function earlierMean(
  { rows, day, championship }: Pick<ModelTable, 'rows' | 'day' | 'championship'>,
  { value, prior }: { readonly value: (row: number) => number; readonly prior: number },
): Float64Array {
  const means = new Float64Array(rows);
  const known = new Map<number, { n: number; sum: number }>();
  for (let from = 0, to = 0; from < rows; from = to) {
    while (to < rows && day[to] === day[from]) to++;
    for (let row = from; row < to; row++) {
      const { n, sum } = known.get(championship[row]!) ?? { n: 1, sum: prior };
      means[row] = sum / n;
    }
    for (let row = from; row < to; row++) {
      const own = value(row);
      if (Number.isNaN(own)) continue;
      const { n, sum } = known.get(championship[row]!) ?? { n: 1, sum: prior };
      known.set(championship[row]!, { n: n + 1, sum: sum + own });
    }
  }
  return means;
}
