import { createRandom } from '../math/random.ts';

/**
 * Share of the bank to stake by Kelly (1956), times `fraction` (1/4 is common; default 1): c (p o - 1) / (o - 1), and 0
 * without an edge.
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
 * Kelly stakes of independent bets settled together (a round): the shares f >= 0 that maximise E log(1 + sum f_i X_i),
 * found by coordinate-wise Newton steps on the concave objective. Bets without an edge get 0. When the best stakes exceed
 * `maximumTotal`, all are scaled down to it.
 */
export function simultaneousKelly(
  bets: { readonly probabilities: ArrayLike<number>; readonly odds: ArrayLike<number> },
  options: SimultaneousOptions,
): Float64Array {
  const { fraction = 1, maximumTotal = 0.999 } = options;
  const n = bets.odds.length;
  const stakes = new Float64Array(n);
  const active: number[] = [];
  for (let i = 0; i < n; i++) if (bets.probabilities[i]! * bets.odds[i]! > 1) active.push(i);
  if (active.length === 0) return stakes;
  const { wins, chances } = scenarioTable(bets, active, options);
  const wealth = new Float64Array(chances.length).fill(1);
  for (let sweep = 0; sweep < 200; sweep++) {
    let moved = 0;
    active.forEach((bet, column) => {
      const gain = bets.odds[bet]! - 1;
      const step = improve(wealth, { wins, chances, column, gain, stake: stakes[bet]! });
      stakes[bet]! += step;
      for (let s = 0; s < wealth.length; s++) {
        wealth[s]! += step * (wins[s * active.length + column] === 1 ? gain : -1);
      }
      moved = Math.max(moved, Math.abs(step));
    });
    if (moved < 1e-12) break;
  }
  let total = 0;
  for (const stake of stakes) total += stake;
  const scale = fraction * Math.min(1, maximumTotal / total);
  for (let i = 0; i < n; i++) stakes[i]! *= scale;
  return stakes;
}

/** The best change of one stake, the others held: Newton's method on the derivative of the expected log wealth, in a bracket. */
function improve(
  wealth: Float64Array,
  bet: { wins: Uint8Array; chances: Float64Array; column: number; gain: number; stake: number },
): number {
  const { wins, chances, column, gain, stake } = bet;
  const width = wins.length / chances.length;
  let slope = 0;
  let bend = 0;

  function differentiate(step: number): void {
    slope = 0;
    bend = 0;
    for (let s = 0; s < wealth.length; s++) {
      const change = wins[s * width + column] === 1 ? gain : -1;
      const ratio = change / (wealth[s]! + step * change);
      slope += chances[s]! * ratio;
      bend -= chances[s]! * ratio * ratio;
    }
  }

  // The change may take the stake to 0 below, and no scenario's wealth to 0 above.
  let low = -stake;
  let high = Infinity;
  for (let s = 0; s < wealth.length; s++) {
    if (wins[s * width + column] === 0) high = Math.min(high, wealth[s]!);
  }
  differentiate(low);
  if (slope <= 0) return low;
  let step = low - slope / bend;
  for (let i = 0; i < 100; i++) {
    if (!(step > low && step < high)) step = low + (high - low) / 2;
    differentiate(step);
    if (slope > 0) low = step;
    else high = step;
    const next = step - slope / bend;
    if (Math.abs(next - step) < 1e-15 || high - low < 1e-15) return step;
    step = next;
  }
  return step;
}

/** Which of the active bets win in each scenario, and how likely each scenario is. */
function scenarioTable(
  bets: { readonly probabilities: ArrayLike<number> },
  active: readonly number[],
  options: SimultaneousOptions,
): { wins: Uint8Array; chances: Float64Array } {
  const width = active.length;
  const exact = width <= 12;
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
