import type { Staking } from '../../contract/evaluation-details.ts';
import { bankrollPaths } from '../../kernel/evaluation/bankroll.ts';
import { bettingRecord } from '../../kernel/evaluation/betting.ts';
import { maximumDrawdown } from '../../kernel/evaluation/drawdown.ts';
import { kellyStake, simultaneousKelly } from '../../kernel/evaluation/kelly.ts';
import { bootstrapSeed, figure, orNull, type Judged } from './judged.ts';
import { oddsOf, returnsOf, type StrategyBets } from './strategies.ts';

/** Part of the bank on each bet (of the starting one: flat), and part of the full Kelly stakes. */
const share = 0.01;
const kellyFraction = 0.25;
/** Draws and points of the bankroll's paths. */
const draws = 500;
const points = 41;

/** The same bets under each staking plan. Bets of a day are staked together on the bank at its start. */
export function stakingOf(judged: Judged, bets: StrategyBets, p: Float64Array): Staking[] {
  if (bets.rows.length < 2) return [];
  const odds = oddsOf(judged, bets);
  const chances = bets.rows.map((row, at) => p[row * 3 + bets.selections[at]!]!);
  const days = bets.rows.map((row) => judged.table.day[row]!);
  const equal = bets.rows.map(() => share);
  const plans: readonly (readonly [Staking['plan'], number, readonly number[]])[] = [
    ['flat', share, equal],
    ['fixed-fraction', share, equal],
    ['kelly', kellyFraction, odds.map((price, at) => kellyStake(chances[at]!, price, kellyFraction))],
    ['simultaneous-kelly', kellyFraction, simultaneousStakes({ chances, odds, days })],
  ];
  const returns = returnsOf(judged, bets);
  return plans.map(([plan, fraction, shares]) => {
    const staking = plan === 'flat' ? 'flat' : 'proportional';
    const record = bettingRecord({ odds, returns, stakes: shares }, days, { seed: bootstrapSeed });
    const paths = bankrollPaths({ returns, shares }, days, { seed: bootstrapSeed, staking, draws, points });
    const fall = maximumDrawdown(paths.actual);
    return {
      plan,
      fraction,
      bets: record.bets,
      turnover: record.turnover,
      yield: figure(record.yield),
      final: paths.actual.at(-1)!,
      drawdown: orNull(fall.share),
      longestLosingRun: record.longestLosingRun,
      longestUnderWater: fall.longestUnderWater,
      drawdowns: [...paths.drawdown],
      ruined: paths.ruined,
      paths: { low: [...paths.low], middle: [...paths.middle], high: [...paths.high] },
      actual: thinned(paths.actual),
    };
  });
}

/** The points of the actual bank that stand under those of the paths. */
function thinned(actual: Float64Array): number[] {
  return Array.from(
    { length: points },
    (_, j) => actual[Math.round((j * (actual.length - 1)) / (points - 1))]!,
  );
}

/** Kelly stakes of a day's bets, which are settled together. */
function simultaneousStakes(bets: {
  readonly chances: readonly number[];
  readonly odds: readonly number[];
  readonly days: readonly number[];
}): number[] {
  const { chances, odds, days } = bets;
  const stakes: number[] = [];
  for (const [day, places] of Map.groupBy(days.keys(), (at) => days[at]!)) {
    const of = { probabilities: places.map((at) => chances[at]!), odds: places.map((at) => odds[at]!) };
    const found = simultaneousKelly(of, {
      seed: bootstrapSeed + day,
      fraction: kellyFraction,
      scenarios: 1024,
    });
    places.forEach((at, i) => (stakes[at] = found[i]!));
  }
  return stakes;
}
