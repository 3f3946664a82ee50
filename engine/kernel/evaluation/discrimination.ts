import { ranks } from '../math/summary.ts';

/**
 * Area under the ROC curve of a yes/no event (Mann-Whitney, ties count half); NaN when only one side occurs.
 */
export function areaUnderCurve(scores: ArrayLike<number>, events: ArrayLike<number>): number {
  const rank = ranks(scores);
  let positives = 0;
  let total = 0;
  for (let i = 0; i < events.length; i++) {
    if (events[i] !== 1) continue;
    positives++;
    total += rank[i]!;
  }
  const negatives = events.length - positives;
  return positives === 0 || negatives === 0
    ? NaN
    : (total - (positives * (positives + 1)) / 2) / (positives * negatives);
}

export interface Sharpness {
  /** Mean of -sum p ln p, in nats; ln(classes) is no information. */
  readonly entropy: number;
  /** Mean of the largest probability. */
  readonly topProbability: number;
  /** Share of rows whose largest probability is above `level`. */
  readonly shareAbove: number;
}

/** How far forecasts dare to go from even odds, whatever came. `level` default 0.6. */
export function sharpness(
  probabilities: ArrayLike<number>,
  options: { classes?: number; level?: number } = {},
): Sharpness {
  const { classes = 3, level = 0.6 } = options;
  const n = probabilities.length / classes;
  let entropy = 0;
  let tops = 0;
  let above = 0;
  for (let at = 0; at < probabilities.length; at += classes) {
    let top = 0;
    for (let k = 0; k < classes; k++) {
      const p = probabilities[at + k]!;
      if (p > 0) entropy -= p * Math.log(p);
      if (p > top) top = p;
    }
    tops += top;
    if (top > level) above++;
  }
  return { entropy: entropy / n, topProbability: tops / n, shareAbove: above / n };
}
