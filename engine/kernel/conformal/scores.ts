/**
 * Nonconformity scores of classification: how strange each class would be for a row of probabilities. Larger
 * is stranger.
 */
export const scoreNames = ['lac', 'aps', 'raps', 'rps'] as const;
export type ScoreName = (typeof scoreNames)[number];

export interface ScoreOptions {
  /** RAPS: what each class beyond `freeRanks` costs. Default 0.1. */
  readonly lambda?: number | undefined;
  /** RAPS: ranks without a cost. Default 1. */
  readonly freeRanks?: number | undefined;
}

/**
 * Writes the score of every class of the row `p[from .. from + classes)` to `out[to ..]`. `u` in [0, 1]
 * randomises APS and RAPS by taking off u * p_y; 0 leaves them conservative. A probability that is no number
 * gets the lowest score, so that the class stays in every set.
 */
export type NonconformityScore = (
  p: ArrayLike<number>,
  from: number,
  out: Float64Array,
  to: number,
  u?: number,
) => void;

/**
 * - lac: 1 - p_y (Sadinle, Lei & Wasserman 2019): the smallest sets on average.
 * - aps: probability of the classes at least as probable, y included (Romano, Sesia & Candès 2020).
 * - raps: aps + lambda * max(0, rank - freeRanks) (Angelopoulos et al. 2021).
 * - rps: ranked probability score of y, for ordered classes: sets without holes.
 * Equal probabilities are ranked in class order.
 */
export function createScore(
  name: ScoreName,
  classes: number,
  options: ScoreOptions = {},
): NonconformityScore {
  if (name === 'lac') {
    return (p, from, out, to) => {
      for (let k = 0; k < classes; k++) {
        const value = 1 - p[from + k]!;
        out[to + k] = value === value ? value : -Infinity;
      }
    };
  }
  if (name === 'rps') return rankedScore(classes);
  const { lambda = 0.1, freeRanks = 1 } = options;
  return adaptiveScore(classes, name === 'raps' ? lambda : 0, freeRanks);
}

function rankedScore(classes: number): NonconformityScore {
  return (p, from, out, to) => {
    for (let y = 0; y < classes; y++) {
      let cumulative = 0;
      let total = 0;
      for (let k = 0; k < classes - 1; k++) {
        cumulative += p[from + k]!;
        const difference = cumulative - (y <= k ? 1 : 0);
        total += difference * difference;
      }
      const value = total / (classes - 1);
      out[to + y] = value === value ? value : -Infinity;
    }
  };
}

function adaptiveScore(classes: number, lambda: number, freeRanks: number): NonconformityScore {
  const order = new Uint32Array(classes);
  return (p, from, out, to, u = 0) => {
    let valid = true;
    for (let k = 0; k < classes; k++) {
      const value = p[from + k]!;
      valid &&= value === value;
      let at = k;
      while (at > 0 && p[from + order[at - 1]!]! < value) {
        order[at] = order[at - 1]!;
        at--;
      }
      order[at] = k;
    }
    if (!valid) {
      out.fill(-Infinity, to, to + classes);
      return;
    }
    let mass = 0;
    for (let rank = 1; rank <= classes; rank++) {
      const y = order[rank - 1]!;
      const value = p[from + y]!;
      mass += value;
      out[to + y] = mass - u * value + lambda * Math.max(0, rank - freeRanks);
    }
  };
}
