import { createRandom } from '../math/random.ts';
import { quantileSorted } from '../math/summary.ts';
import { maximumDrawdown } from './drawdown.ts';
import type { Groups } from './skill.ts';

export interface StakedBets {
  /** Gross return of one unit, in time order: 0 lost, the odds when won, 1 void. */
  readonly returns: ArrayLike<number>;
  /**
   * Stake of each bet as a share of the bank: of the starting one (flat) or of the current one
   * (proportional).
   */
  readonly shares: ArrayLike<number>;
}

export interface BankrollOptions {
  readonly seed: number;
  /** Default flat. */
  readonly staking?: 'flat' | 'proportional' | undefined;
  /** Default 1000. */
  readonly draws?: number | undefined;
  /** Points of the path, the start included; default 51. */
  readonly points?: number | undefined;
  /** A bank at or below this share of the start counts as ruined and bets no more. Default 0.01. */
  readonly ruinedAt?: number | undefined;
}

export interface BankrollPaths {
  /** Bank as a multiple of the start after each share of the rounds: 5 %, 50 % and 95 % of the draws. */
  readonly low: Float64Array;
  readonly middle: Float64Array;
  readonly high: Float64Array;
  /** Of the draws: 5, 50 and 95 % of the deepest fall as a share of its peak. */
  readonly drawdown: readonly [low: number, middle: number, high: number];
  readonly ruined: number;
  /** What happened in the order that it did. */
  readonly actual: Float64Array;
}

/**
 * Bankroll paths by block bootstrap: rounds are drawn with replacement, the bets of a round are staked
 * together on the bank at its start.
 */
export function bankrollPaths(bets: StakedBets, groups: Groups, options: BankrollOptions): BankrollPaths {
  const { seed, staking = 'flat', draws = 1000, points = 51, ruinedAt = 0.01 } = options;
  const gains = roundGains(bets, groups);
  const rounds = gains.length;
  const random = createRandom(seed);
  const equity = new Float64Array(rounds + 1);
  const at = Array.from({ length: points }, (_, j) => Math.round((j * rounds) / Math.max(1, points - 1)));
  const columns = at.map(() => new Float64Array(draws));
  const falls = new Float64Array(draws);
  let ruined = 0;

  function walk(pick: (round: number) => number): boolean {
    equity[0] = 1;
    let alive = true;
    for (let r = 0; r < rounds; r++) {
      const bank = equity[r]!;
      alive &&= bank > ruinedAt;
      equity[r + 1] = alive ? bank + gains[pick(r)]! * (staking === 'flat' ? 1 : bank) : bank;
    }
    return alive && equity[rounds]! > ruinedAt;
  }

  walk((r) => r);
  const actual = equity.slice();
  for (let draw = 0; draw < draws; draw++) {
    if (!walk(() => random.integer(rounds))) ruined++;
    at.forEach((position, j) => (columns[j]![draw] = equity[position]!));
    falls[draw] = maximumDrawdown(equity).share;
  }
  for (const column of columns) column.sort();
  falls.sort();
  const path = (p: number) => Float64Array.from(columns, (column) => quantileSorted(column, p));
  return {
    low: path(0.05),
    middle: path(0.5),
    high: path(0.95),
    drawdown: [quantileSorted(falls, 0.05), quantileSorted(falls, 0.5), quantileSorted(falls, 0.95)],
    ruined: ruined / draws,
    actual,
  };
}

/** Profit of each round per unit of bank, rounds in order of their first bet. */
function roundGains(bets: StakedBets, groups: Groups): Float64Array {
  const index = new Map<number | string, number>();
  const gains: number[] = [];
  for (let i = 0; i < bets.returns.length; i++) {
    const key = groups[i]!;
    let at = index.get(key);
    if (at === undefined) {
      index.set(key, (at = gains.length));
      gains.push(0);
    }
    gains[at]! += bets.shares[i]! * (bets.returns[i]! - 1);
  }
  return Float64Array.from(gains);
}
