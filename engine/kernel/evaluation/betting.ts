/** What bets earned, and how little that proves. */
import { blockBootstrap, sumByGroup } from '../math/bootstrap.ts';
import type { BootstrapOptions, Interval } from '../math/bootstrap.ts';
import { normalQuantile, normalUpper } from '../math/normal.ts';
import { longestLosingRun, maximumDrawdown } from './drawdown.ts';
import type { Drawdown } from './drawdown.ts';
import type { Groups } from './skill.ts';

export interface Bets {
  /** Decimal odds taken, in time order. */
  readonly odds: ArrayLike<number>;
  /** Gross return of one unit: 0 lost, the odds when won, 1 void, between for halves of quarter lines. */
  readonly returns: ArrayLike<number>;
  /** Units staked; default 1 each. */
  readonly stakes?: ArrayLike<number> | undefined;
}

export interface BettingRecord {
  readonly bets: number;
  readonly turnover: number;
  readonly profit: number;
  /** Profit / turnover, with its block-bootstrap interval by group. */
  readonly yield: Interval;
  /** Share of bets that returned more than their stake. */
  readonly hitRate: number;
  /** Bets needed before a yield of this size differs from 0 at 5 %; Infinity for a yield of 0. */
  readonly requiredBets: number;
  /** How often bets without any edge at these odds show at least this yield by luck (for a loss: at most). */
  readonly noiseProbability: number;
  /** Of the running profit in units. */
  readonly drawdown: Drawdown;
  readonly longestLosingRun: number;
}

export function bettingRecord(bets: Bets, groups: Groups, options: BootstrapOptions): BettingRecord {
  const n = bets.odds.length;
  const profits = new Float64Array(n);
  const stakes = new Float64Array(n);
  let turnover = 0;
  let profit = 0;
  let hits = 0;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    const stake = (stakes[i] = bets.stakes ? bets.stakes[i]! : 1);
    profits[i] = stake * (bets.returns[i]! - 1);
    turnover += stake;
    profit += profits[i]!;
    if (bets.returns[i]! > 1) hits++;
    spread += stake * stake * (bets.odds[i]! - 1);
  }
  const earned = blockBootstrap(sumByGroup([profits, stakes], groups), (t) => t[0]! / t[1]!, options);
  const equity = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) equity[i + 1] = equity[i]! + profits[i]!;
  const meanOdds = spread / sumOfSquares(stakes) + 1;
  return {
    bets: n,
    turnover,
    profit,
    yield: earned,
    hitRate: hits / n,
    requiredBets: requiredBets(earned.value, meanOdds),
    noiseProbability: normalUpper(Math.abs(profit) / Math.sqrt(spread)),
    drawdown: maximumDrawdown(equity),
    longestLosingRun: longestLosingRun(bets.returns),
  };
}

/**
 * Bets at the given odds before a yield is significant: (z / yield)^2 (odds - 1), a fair bet's variance being
 * odds - 1. 5 % at odds 2 takes 1,537, at odds 5 it takes 6,146. `level` two-sided, default 0.05.
 */
export function requiredBets(wantedYield: number, odds: number, level = 0.05): number {
  const z = normalQuantile(1 - level / 2);
  return Math.ceil((z / wantedYield) ** 2 * (odds - 1));
}

export interface ClosingLineValue {
  /** Mean of odds taken x fair closing probability - 1: the value of the price itself, whatever came. */
  readonly value: Interval;
  /** Share of bets at better odds than the raw close; NaN without raw closing odds. */
  readonly beatingClose: number;
}

/** Closing line value per bet. It converges about ten times faster than the yield does. */
export function closingLineValue(
  bets: {
    readonly odds: ArrayLike<number>;
    /** Closing probability of the selection with the margin removed. */
    readonly closingProbabilities: ArrayLike<number>;
    readonly closingOdds?: ArrayLike<number> | undefined;
  },
  groups: Groups,
  options: BootstrapOptions,
): ClosingLineValue {
  const n = bets.odds.length;
  const values = new Float64Array(n);
  let beaten = 0;
  for (let i = 0; i < n; i++) {
    values[i] = bets.odds[i]! * bets.closingProbabilities[i]! - 1;
    if (bets.closingOdds && bets.odds[i]! > bets.closingOdds[i]!) beaten++;
  }
  const ones = new Float64Array(n).fill(1);
  return {
    value: blockBootstrap(sumByGroup([values, ones], groups), (t) => t[0]! / t[1]!, options),
    beatingClose: bets.closingOdds ? beaten / n : NaN,
  };
}

function sumOfSquares(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total;
}
