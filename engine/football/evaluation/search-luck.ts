import type { Betting } from '../../contract/evaluation-details.ts';
import { deflatedSharpe, overfittingProbability } from '../../kernel/evaluation/overfitting.ts';
import { mean, variance } from '../../kernel/math/summary.ts';
import { orNull, type Judged } from './judged.ts';
import { returnsOf, type StrategyBets } from './strategies.ts';

/** Parts of the time that are halved in every way. */
const blocks = 10;
/** Fewer bets say nothing of a strategy. */
const fewestBets = 100;

/**
 * What the search for a strategy is worth, by two figures that need no drawn worlds: how often the one that earned most in
 * one half of the time lay in the lower half of the ranks in the other (Bailey et al. 2017), and the probability that the
 * best ratio of mean to deviation is above what the best of as many useless strategies would show (deflated Sharpe ratio,
 * Bailey and Lopez de Prado 2014). Null with fewer than two strategies of 100 bets.
 *
 * @param rows those on which a bet could have been placed, in order of their days
 */
export function searchLuck(
  judged: Judged,
  strategies: readonly StrategyBets[],
  rows: readonly number[],
): Betting['searchLuck'] {
  const tried = strategies.filter((bets) => bets.rows.length >= fewestBets);
  if (tried.length < 2) return null;
  const profits = tried.map((bets) => Float64Array.from(returnsOf(judged, bets), (value) => value - 1));
  const blockOf = blocksByDay(judged, rows);
  const earned = Array.from({ length: blocks }, () => new Float64Array(tried.length));
  tried.forEach((bets, s) => {
    bets.rows.forEach((row, at) => (earned[blockOf.get(row)!]![s]! += profits[s]![at]!));
  });
  const ratios = profits.map((values) => mean(values) / Math.sqrt(variance(values)));
  const best = ratios.indexOf(Math.max(...ratios));
  const deflated = deflatedSharpe(profits[best]!, {
    trials: tried.length,
    trialSpread: Math.sqrt(variance(ratios)),
  });
  return {
    strategies: tried.length,
    blocks,
    overfitting: overfittingProbability(earned),
    ratio: orNull(deflated.ratio),
    expectedBest: orNull(deflated.expectedBest),
    probability: orNull(deflated.probability),
  };
}

/** Ten parts of about as many matches, each of whole days. */
function blocksByDay({ table }: Judged, rows: readonly number[]): ReadonlyMap<number, number> {
  const ordered = rows.toSorted((a, b) => table.day[a]! - table.day[b]! || a - b);
  const found = new Map<number, number>();
  let block = 0;
  ordered.forEach((row, at) => {
    const isNewDay = at > 0 && table.day[row] !== table.day[ordered[at - 1]!];
    if (isNewDay) block = Math.floor((at / ordered.length) * blocks);
    found.set(row, block);
  });
  return found;
}
