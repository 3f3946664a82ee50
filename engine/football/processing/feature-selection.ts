import { chiSquareUpper } from '../../kernel/math/distributions.ts';
import { correlation } from '../../kernel/math/summary.ts';
import type { Matrix } from '../../kernel/modeling/matrix.ts';

/** Why a candidate is not in the model. */
export interface DroppedFeature {
  readonly name: string;
  readonly reason: 'missing' | 'constant' | 'uninformative' | 'redundant' | 'ranked-out';
  /** The figure that decided: share missing, p-value, or correlation. */
  readonly figure: number;
}

export interface FeatureSelection {
  /** In order of choice. */
  readonly kept: readonly string[];
  readonly dropped: readonly DroppedFeature[];
}

export interface SelectionLimits {
  /** At most so many are kept. */
  readonly maximum: number;
  /** A G-test of independence must reject at this level, divided by the number of candidates (Bonferroni). */
  readonly level: number;
  /** Share of missing values from which a candidate is out. */
  readonly missing: number;
  /** Absolute correlation with a chosen one from which a candidate is a copy. */
  readonly copy: number;
}

const bins = 10;

/**
 * Filters and ranks candidates inside a fold. Relevance is the mutual information of the quantile-binned feature with the
 * outcome (nats), tested against independence by its G statistic 2 n I ~ chi-square((bins - 1)(classes - 1)); choice is
 * greedy by minimum redundancy and maximum relevance (Peng, Long, Ding 2005) with the Gaussian information
 * -1/2 log(1 - r^2) between features as redundancy.
 */
export function chooseFeatures(
  features: Matrix,
  target: Float64Array,
  limits: SelectionLimits,
): FeatureSelection {
  const width = features.columns.length;
  const dropped: DroppedFeature[] = [];
  const candidates: { name: string; values: Float64Array; relevance: number }[] = [];
  for (let column = 0; column < width; column++) {
    const name = features.columns[column]!;
    const values = new Float64Array(features.rows);
    let missing = 0;
    let total = 0;
    for (let row = 0; row < features.rows; row++) {
      const value = features.values[row * width + column]!;
      values[row] = value;
      if (Number.isNaN(value)) missing++;
      else total += value;
    }
    const share = missing / Math.max(1, features.rows);
    if (share >= limits.missing) {
      dropped.push({ name, reason: 'missing', figure: share });
      continue;
    }
    const mean = total / (features.rows - missing);
    for (let row = 0; row < features.rows; row++) if (Number.isNaN(values[row])) values[row] = mean;
    const { information, degrees } = binnedInformation(values, target);
    if (degrees === 0) {
      dropped.push({ name, reason: 'constant', figure: 0 });
      continue;
    }
    const pValue = chiSquareUpper(2 * features.rows * information, degrees);
    if (pValue > limits.level / width) {
      dropped.push({ name, reason: 'uninformative', figure: pValue });
      continue;
    }
    candidates.push({ name, values, relevance: information });
  }
  const kept: string[] = [];
  const redundancy = new Float64Array(candidates.length);
  const open = new Set(candidates.keys());
  while (open.size > 0 && kept.length < limits.maximum) {
    let best = -1;
    let bestScore = -Infinity;
    for (const at of open) {
      const score = candidates[at]!.relevance - (kept.length ? redundancy[at]! / kept.length : 0);
      if (score > bestScore) [best, bestScore] = [at, score];
    }
    const chosen = candidates[best]!;
    open.delete(best);
    kept.push(chosen.name);
    for (const at of open) {
      const r = Math.abs(correlation(chosen.values, candidates[at]!.values));
      if (r >= limits.copy) {
        open.delete(at);
        dropped.push({ name: candidates[at]!.name, reason: 'redundant', figure: r });
      } else {
        redundancy[at] = redundancy[at]! - 0.5 * Math.log(1 - r * r);
      }
    }
  }
  for (const at of open) {
    dropped.push({ name: candidates[at]!.name, reason: 'ranked-out', figure: candidates[at]!.relevance });
  }
  return { kept, dropped };
}

/** Mutual information in nats of quantile bins (ties share a bin) and classes, and the degrees of freedom left. */
function binnedInformation(
  values: Float64Array,
  target: Float64Array,
): { information: number; degrees: number } {
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const edge = sorted[Math.floor((bin * n) / bins)]!;
    if (edge > sorted[0]! && edge !== edges.at(-1)) edges.push(edge);
  }
  const counts = new Float64Array((edges.length + 1) * 3);
  for (let row = 0; row < n; row++) {
    let bin = 0;
    while (bin < edges.length && values[row]! >= edges[bin]!) bin++;
    counts[bin * 3 + target[row]!]!++;
  }
  const classTotals = [0, 0, 0];
  const binTotals = edges.concat(0).map((_, bin) => {
    let total = 0;
    for (let k = 0; k < 3; k++) {
      total += counts[bin * 3 + k]!;
      classTotals[k]! += counts[bin * 3 + k]!;
    }
    return total;
  });
  let information = 0;
  binTotals.forEach((binTotal, bin) => {
    for (let k = 0; k < 3; k++) {
      const count = counts[bin * 3 + k]!;
      if (count > 0) information += (count / n) * Math.log((count * n) / (binTotal * classTotals[k]!));
    }
  });
  const classes = classTotals.filter((total) => total > 0).length;
  return { information, degrees: edges.length * (classes - 1) };
}
