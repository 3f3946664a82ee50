import type { Betting, Strategy } from '../../contract/evaluation-details.ts';
import { bettingRecord, closingLineValue } from '../../kernel/evaluation/betting.ts';
import { holmAdjusted } from '../../kernel/evaluation/multiplicity.ts';
import { createRandom } from '../../kernel/math/random.ts';
import { mean, quantileSorted } from '../../kernel/math/summary.ts';
import { bootstrapSeed, figure, orNull, type Judged } from './judged.ts';

/** Edges tried: a bet is placed where probability x odds - 1 exceeds it. */
export const edges = [0, 0.03, 0.06, 0.1] as const;
const worlds = 1000;

/** The bets of one strategy in order of time, at most one a match: the selection of the highest value. */
export interface StrategyBets {
  readonly family: string;
  readonly edge: number;
  readonly rows: readonly number[];
  readonly selections: readonly number[];
}

/**
 * The rows on which a bet could have been placed: a result, and prices that one bookmaker offered no later than the
 * instant of the forecast. An average of bookmakers is nobody's offer.
 */
export function rowsWithPrice(judged: Judged, rows: readonly number[], takers: readonly number[]): number[] {
  const { preMatch, table } = judged;
  return rows.filter(
    (row) =>
      takers.includes(preMatch.bookmaker[row]!) &&
      preMatch.instant[row]! <= table.asOf[row]! &&
      !Number.isNaN(judged.preMatchFair[row * 3]!),
  );
}

export function betsOf(
  judged: Judged,
  rows: readonly number[],
  by: { readonly family: string; readonly p: Float64Array; readonly edge: number },
): StrategyBets {
  const { prices } = judged.preMatch;
  const chosen: number[] = [];
  const selections: number[] = [];
  for (const row of rows) {
    let best = -1;
    let highest = by.edge;
    for (let k = 0; k < 3; k++) {
      const value = by.p[row * 3 + k]! * prices[row * 3 + k]! - 1;
      if (value > highest) [best, highest] = [k, value];
    }
    if (best < 0) continue;
    chosen.push(row);
    selections.push(best);
  }
  return { family: by.family, edge: by.edge, rows: chosen, selections };
}

export function oddsOf({ preMatch }: Judged, bets: StrategyBets): number[] {
  return bets.rows.map((row, at) => preMatch.prices[row * 3 + bets.selections[at]!]!);
}

/** Gross return of one unit on each bet. */
export function returnsOf(judged: Judged, bets: StrategyBets): number[] {
  const odds = oddsOf(judged, bets);
  return bets.rows.map((row, at) => (judged.table.target[row] === bets.selections[at] ? odds[at]! : 0));
}

/** What each strategy earned with equal stakes, beside what worthless ones earn by luck. */
export function judgeStrategies(
  judged: Judged,
  strategies: readonly StrategyBets[],
  rows: readonly number[],
): { strategies: Strategy[]; warning: Betting['warning'] } {
  const yields = strategies.map((bets) => yieldOf(returnsOf(judged, bets)));
  const noise = drawWorthlessWorlds(judged, strategies, { rows, yields });
  const pValues = strategies.map((bets, at) => (bets.rows.length > 0 ? noise.pValues[at]! : 1));
  const adjusted = holmAdjusted(pValues);
  return {
    strategies: strategies.map((bets, at) =>
      describe(judged, bets, { noiseProbability: pValues[at]!, adjustedProbability: adjusted[at]! }),
    ),
    warning: {
      strategies: strategies.length,
      worlds,
      bestYield: orNull(noise.bestYield),
      expectedBest: orNull(mean(noise.bests)),
      highBest: orNull(quantileSorted(noise.bests, 0.95)),
      noiseProbability: orNull(noise.bestPValue),
    },
  };
}

function describe(
  judged: Judged,
  bets: StrategyBets,
  noise: { readonly noiseProbability: number; readonly adjustedProbability: number },
): Strategy {
  const { family, edge, rows, selections } = bets;
  const none = { value: null, low: null, high: null };
  if (rows.length < 2) {
    return {
      family,
      edge,
      bets: rows.length,
      yield: none,
      hitRate: null,
      meanOdds: null,
      requiredBets: null,
      noiseProbability: null,
      adjustedProbability: null,
      closingLineValue: null,
      beatingClose: null,
    };
  }
  const odds = oddsOf(judged, bets);
  const days = rows.map((row) => judged.table.day[row]!);
  const record = bettingRecord({ odds, returns: returnsOf(judged, bets) }, days, { seed: bootstrapSeed });
  const clv = closingLineValue(
    {
      odds,
      closingProbabilities: rows.map((row, at) => judged.closingFair[row * 3 + selections[at]!]!),
      closingOdds: rows.map((row, at) => judged.closing.prices[row * 3 + selections[at]!]!),
    },
    days,
    { seed: bootstrapSeed },
  );
  return {
    family,
    edge,
    bets: record.bets,
    yield: figure(record.yield),
    hitRate: record.hitRate,
    meanOdds: mean(odds),
    requiredBets: orNull(record.requiredBets),
    ...noise,
    closingLineValue: figure(clv.value),
    beatingClose: orNull(clv.beatingClose),
  };
}

const yieldOf = (returns: readonly number[]): number =>
  returns.length === 0 ? Number.NaN : returns.reduce((sum, value) => sum + value - 1, 0) / returns.length;

/** Too few bets show any yield at all: they take no part in the contest for the best. */
const contestMinimum = 100;

/**
 * Worlds in which nobody knows more than the price: results are drawn from the very probabilities that the prices say
 * (margin removed), all strategies place the bets that they placed, and the best yield of each world is kept. What the
 * best of the real ones is worth shows beside these (the winner's curse).
 */
function drawWorthlessWorlds(
  judged: Judged,
  strategies: readonly StrategyBets[],
  seen: { readonly rows: readonly number[]; readonly yields: readonly number[] },
) {
  const { rows, yields } = seen;
  const { preMatchFair } = judged;
  const random = createRandom(bootstrapSeed);
  const odds = strategies.map((bets) => Float64Array.from(oddsOf(judged, bets)));
  const drawn = new Uint8Array(judged.table.rows);
  const atLeast = new Float64Array(strategies.length).fill(1);
  const contests = (at: number) => strategies[at]!.rows.length >= contestMinimum;
  const bestYield = yields.reduce((top, value, at) => (contests(at) && value > top ? value : top), -Infinity);
  const bests = new Float64Array(worlds);
  let asGood = 1;
  for (let world = 0; world < worlds; world++) {
    for (const row of rows) {
      const u = random.uniform();
      const home = preMatchFair[row * 3]!;
      drawn[row] = u < home ? 0 : u < home + preMatchFair[row * 3 + 1]! ? 1 : 2;
    }
    let best = -Infinity;
    strategies.forEach((bets, at) => {
      let earned = 0;
      for (let i = 0; i < bets.rows.length; i++) {
        if (drawn[bets.rows[i]!] === bets.selections[i]) earned += odds[at]![i]!;
      }
      const yielded = earned / bets.rows.length - 1;
      if (yielded >= yields[at]!) atLeast[at]!++;
      if (contests(at) && yielded > best) best = yielded;
    });
    bests[world] = best;
    if (best >= bestYield) asGood++;
  }
  bests.sort();
  const isContested = strategies.some((_, at) => contests(at));
  return {
    pValues: atLeast.map((count) => count / (worlds + 1)),
    bestYield: isContested ? bestYield : Number.NaN,
    bests: isContested ? bests : new Float64Array(0),
    bestPValue: isContested ? asGood / (worlds + 1) : Number.NaN,
  };
}
