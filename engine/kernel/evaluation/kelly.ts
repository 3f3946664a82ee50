import { minimize } from '../math/optimize/lbfgs.ts';
import type { Objective } from '../math/optimize/lbfgs.ts';
import { createRandom } from '../math/random.ts';

/** Up to this many bets every combination of results is looked at. */
const enumerated = 12;

/**
 * Share of the bank to stake by Kelly (1956), times `fraction` (1/4 is common; default 1): c (p o - 1) / (o -
 * 1), and 0 without an edge.
 */
export function kellyStake(probability: number, odds: number, fraction = 1): number {
  return Math.max(0, (fraction * (probability * odds - 1)) / (odds - 1));
}

export interface SimultaneousOptions {
  /** Part of the full stakes that is staked; default 1. */
  readonly fraction?: number | undefined;
  /** Largest sum of full stakes, a share of the bank. Default 0.999. */
  readonly maximumTotal?: number | undefined;
  /** Outcomes are enumerated up to 12 bets; above, this many are drawn. Default 4096. */
  readonly scenarios?: number | undefined;
  readonly seed: number;
}

/**
 * Kelly stakes of independent bets settled together (a round): the shares f >= 0 that maximise E log(1 + sum
 * f_i X_i). Bets without an edge get 0; every independent bet with one has a positive stake at the optimum,
 * so f = g^2 turns this into a search without bounds. When the best stakes exceed `maximumTotal`, all are
 * scaled down to it.
 */
export function simultaneousKelly(
  bets: { readonly probabilities: ArrayLike<number>; readonly odds: ArrayLike<number> },
  options: SimultaneousOptions,
): Float64Array {
  const { fraction = 1, maximumTotal = 0.999 } = options;
  const stakes = new Float64Array(bets.odds.length);
  const active: number[] = [];
  for (let i = 0; i < stakes.length; i++) if (bets.probabilities[i]! * bets.odds[i]! > 1) active.push(i);
  if (active.length === 0) return stakes;
  const start = Float64Array.from(active, (i) =>
    Math.sqrt((0.5 * kellyStake(bets.probabilities[i]!, bets.odds[i]!)) / active.length),
  );
  const { x } = minimize(lossOfGrowth(bets, active, options), start, {
    tolerance: 1e-11,
    maxIterations: 300,
  });
  let total = 0;
  for (const root of x) total += root * root;
  const scale = fraction * Math.min(1, maximumTotal / total);
  active.forEach((bet, j) => (stakes[bet] = scale * x[j]! * x[j]!));
  return stakes;
}

/** Minus the expected log wealth as a function of the roots of the stakes. */
function lossOfGrowth(
  bets: { readonly probabilities: ArrayLike<number>; readonly odds: ArrayLike<number> },
  active: readonly number[],
  options: SimultaneousOptions,
): Objective {
  const { wins, chances } = scenarioTable(bets, active, options);
  const width = active.length;
  const gains = Float64Array.from(active, (bet) => bets.odds[bet]! - 1);
  return (roots, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let s = 0; s < chances.length; s++) {
      const at = s * width;
      let wealth = 1;
      for (let j = 0; j < width; j++) {
        wealth += roots[j]! * roots[j]! * (wins[at + j] === 1 ? gains[j]! : -1);
      }
      if (!(wealth > 0)) return Infinity;
      loss -= chances[s]! * Math.log(wealth);
      const weight = (2 * chances[s]!) / wealth;
      for (let j = 0; j < width; j++) {
        gradient[j]! -= weight * roots[j]! * (wins[at + j] === 1 ? gains[j]! : -1);
      }
    }
    return loss;
  };
}

/** Which of the active bets win in each scenario, and how likely each scenario is. */
function scenarioTable(
  bets: { readonly probabilities: ArrayLike<number> },
  active: readonly number[],
  options: SimultaneousOptions,
): { wins: Uint8Array; chances: Float64Array } {
  const width = active.length;
  const exact = width <= enumerated;
  const count = exact ? 2 ** width : (options.scenarios ?? 4096);
  const wins = new Uint8Array(count * width);
  const chances = new Float64Array(count).fill(exact ? 1 : 1 / count);
  const random = createRandom(options.seed);
  for (let s = 0; s < count; s++) {
    for (let j = 0; j < width; j++) {
      const p = bets.probabilities[active[j]!]!;
      const won = exact ? (s >> j) & 1 : random.uniform() < p ? 1 : 0;
      wins[s * width + j] = won;
      if (exact) chances[s]! *= won === 1 ? p : 1 - p;
    }
  }
  return { wins, chances };
}
