import { fisherUpper } from '../../math/distributions.ts';

/**
 * One-way analysis of variance: does the mean of a column differ between classes (F test). NaN rows are left
 * out.
 */
export function varianceRatio(
  column: ArrayLike<number>,
  labels: ArrayLike<number>,
): { statistic: number; pValue: number } {
  const groups = new Map<number, { n: number; sum: number }>();
  let n = 0;
  let total = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (Number.isNaN(value)) continue;
    const group = groups.get(labels[i]!) ?? { n: 0, sum: 0 };
    group.n++;
    group.sum += value;
    groups.set(labels[i]!, group);
    n++;
    total += value;
  }
  const middle = total / n;
  let between = 0;
  for (const group of groups.values()) between += group.n * (group.sum / group.n - middle) ** 2;
  let within = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (Number.isNaN(value)) continue;
    const group = groups.get(labels[i]!)!;
    within += (value - group.sum / group.n) ** 2;
  }
  const [numerator, denominator] = [groups.size - 1, n - groups.size];
  const statistic = between / numerator / (within / denominator);
  return { statistic, pValue: fisherUpper(statistic, numerator, denominator) };
}
