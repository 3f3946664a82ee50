import { settlementOfHalves } from './line.ts';
import type { SettledHalves, Settlement } from './line.ts';
import { scoreOf, statusRules } from './result.ts';
import type { MatchResult, Period } from './result.ts';
import { requireBet } from './table.ts';
import type { Bet } from './table.ts';

/**
 * What becomes of a bet, a forecast or a target once the match is what `result` says. `period` is that of the price;
 * by default the market's own (regular time). A finished match whose score for the period is not known stays pending.
 * Throws USAGE for a selection or line that the market does not have.
 */
export function settle(bet: Bet, result: MatchResult, period?: Period): Settlement {
  const rule = requireBet(bet);
  const status = statusRules[result.status];
  if (status !== 'settled') return status;
  const score = scoreOf(result, bet.sport, period ?? rule.period[bet.sport]);
  return score ? settlementOfHalves(rule.settle(bet, score)) : 'pending';
}

const kept = new Map<string, Int8Array>();

/**
 * How a bet is settled by each score of a square grid (home * size + away), in half stakes (`SettledHalves`): what makes
 * a grid into the probability of a selection. Kept, so to be read only.
 */
export function settlementGrid(bet: Bet, size: number): Int8Array {
  const key = `${bet.sport} ${bet.market} ${bet.selection} ${bet.line ?? ''} ${size}`;
  const known = kept.get(key);
  if (known) return known;
  const rule = requireBet(bet);
  const grid = Int8Array.from({ length: size * size }, (_, at): SettledHalves =>
    rule.settle(bet, [Math.floor(at / size), at % size]),
  );
  // Lines are asked for by people, but a loop over lines must not fill the memory.
  if (kept.size >= 5000) kept.clear();
  kept.set(key, grid);
  return grid;
}
