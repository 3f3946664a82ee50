/** How much of a best result is the searching that found it. */
import { normalCdf, normalQuantile } from '../math/normal.ts';
import { mean, variance } from '../math/summary.ts';

const eulerGamma = 0.5772156649015329;

/**
 * Deflated Sharpe ratio (Bailey & López de Prado 2014): the probability that the true ratio of mean to
 * standard deviation of `returns` is above what the best of `trials` useless strategies would show.
 * `trialSpread` is the standard deviation of the ratios over the trials. Below 0.95 the result is within
 * reach of searching alone.
 */
export function deflatedSharpe(
  returns: ArrayLike<number>,
  options: { readonly trials: number; readonly trialSpread: number },
): { ratio: number; expectedBest: number; probability: number } {
  const { trials, trialSpread } = options;
  const n = returns.length;
  const middle = mean(returns);
  const deviation = Math.sqrt(variance(returns));
  const ratio = middle / deviation;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    const z = (returns[i]! - middle) / deviation;
    third += z ** 3 / n;
    fourth += z ** 4 / n;
  }
  const expectedBest = trials > 1 ? trialSpread * expectedMaximum(trials) : 0;
  const spread = Math.sqrt((1 - third * ratio + ((fourth - 1) / 4) * ratio * ratio) / (n - 1));
  return { ratio, expectedBest, probability: normalCdf((ratio - expectedBest) / spread) };
}

/** Expected largest of n standard normal values, the approximation of the paper. */
function expectedMaximum(n: number): number {
  return (1 - eulerGamma) * normalQuantile(1 - 1 / n) + eulerGamma * normalQuantile(1 - 1 / (n * Math.E));
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, López
 * de Prado & Zhu 2017): over all ways of halving the blocks, how often the strategy that is best in one half
 * lies in the lower half of the ranks in the other. `blocks[b][s]` is the mean result of strategy s in block
 * b; an even number of blocks, 2 to 16. 0.5 is what useless strategies show.
 */
export function overfittingProbability(blocks: readonly ArrayLike<number>[]): number {
  const count = blocks.length;
  if (count < 2 || count > 16 || count % 2 === 1) {
    throw new RangeError(`expected an even number of 2 to 16 blocks, got ${count}`);
  }
  const strategies = blocks[0]!.length;
  const inside = new Float64Array(strategies);
  const outside = new Float64Array(strategies);
  let halves = 0;
  let overfitted = 0;
  for (let mask = 0; mask < 1 << count; mask++) {
    inside.fill(0);
    outside.fill(0);
    let chosen = 0;
    for (let b = 0; b < count; b++) {
      const isIn = ((mask >> b) & 1) === 1;
      if (isIn) chosen++;
      for (let s = 0; s < strategies; s++) (isIn ? inside : outside)[s]! += blocks[b]![s]!;
    }
    if (chosen !== count / 2) continue;
    let best = 0;
    for (let s = 1; s < strategies; s++) if (inside[s]! > inside[best]!) best = s;
    let rank = 0;
    for (let s = 0; s < strategies; s++) {
      if (outside[s]! < outside[best]!) rank++;
      else if (outside[s] === outside[best]) rank += 0.5;
    }
    halves++;
    if (rank / strategies <= 0.5) overfitted++;
  }
  return overfitted / halves;
}
