import type { Database } from '../../../db/client.ts';
import { readClosingPrices, readMatchesWithOffer } from '../../../db/queries/football/closing-prices.ts';
import { outcomeClasses } from '../../contract/domain.ts';
import type { BettingQuestion, ResultBetting, ResultStaking } from '../../contract/results.ts';
import { dayNumber } from '../../contract/zones.ts';
import { bankrollPaths } from '../../kernel/evaluation/bankroll.ts';
import { bettingRecord, closingLineValue } from '../../kernel/evaluation/betting.ts';
import { maximumDrawdown } from '../../kernel/evaluation/drawdown.ts';
import { kellyStake } from '../../kernel/evaluation/kelly.ts';
import { removeMargin } from '../../kernel/evaluation/margin.ts';
import { mean } from '../../kernel/math/summary.ts';
import { bootstrapSeed, figure, orNull } from './judged.ts';
import type { SettledSaid } from './settled-forecasts.ts';

/** Share of the starting bank on each bet with equal stakes. */
const flatShare = 0.01;
const draws = 500;
const points = 61;

/** A forecast with the price that was there to be taken. */
type Offered = SettledSaid & { readonly odds: number };

/**
 * What betting on the forecasts of a filter would have come to. Only prices that one bookmaker or exchange offered no
 * later than the forecast was made; bets of a day are settled together.
 */
export function resultBetting(
  database: Database,
  settled: readonly SettledSaid[],
  question: Pick<BettingQuestion, 'edge' | 'kellyFraction'>,
): ResultBetting {
  const results = settled.filter(({ type }) => type === '1x2');
  const offered = readMatchesWithOffer(database);
  const priced = results.filter((one): one is Offered => one.odds !== null && offered.has(one.matchId));
  const { edge } = question;
  const bets = priced.filter(({ probability, odds }) => edge === null || probability * odds - 1 > edge);
  const counts = {
    forecasts: results.length,
    withoutPrice: results.length - priced.length,
    bets: bets.length,
    draws,
  };
  if (bets.length < 2) return { ...counts, record: null, days: [], staking: [] };
  const days = bets.map(({ day }) => day);
  const odds = bets.map((bet) => bet.odds);
  const returns = bets.map((bet) => (bet.isHit ? bet.odds : 0));
  const record = bettingRecord({ odds, returns }, days.map(dayNumber), { seed: bootstrapSeed });
  const rounds = [...new Set(days)];
  const plans = [
    ['flat', flatShare, bets.map(() => flatShare)],
    ['kelly', question.kellyFraction, kellyShares(bets, question.kellyFraction)],
  ] as const;
  return {
    ...counts,
    record: {
      profit: record.profit,
      yield: figure(record.yield),
      hitRate: record.hitRate,
      meanOdds: mean(odds),
      requiredBets: orNull(record.requiredBets),
      noiseProbability: orNull(record.noiseProbability),
      longestLosingRun: record.longestLosingRun,
      ...closingOf(database, bets),
    },
    // Every path begins before the first day.
    days: thinned(['', ...rounds]).map((day, at) => (at === 0 ? (rounds[0] ?? '') : day)),
    staking: plans.map(([plan, fraction, shares]) =>
      staked({ returns, shares }, { plan, fraction, groups: days.map(dayNumber) }),
    ),
  };
}

/**
 * Kelly's share of the bank for each bet. Bets of one day stand on the same bank, so their shares are scaled down where
 * together they would pass the whole of it.
 */
function kellyShares(bets: readonly Offered[], fraction: number): number[] {
  const shares = bets.map(({ probability, odds }) => kellyStake(probability, odds, fraction));
  for (const places of Map.groupBy(bets.keys(), (at) => bets[at]!.day).values()) {
    const total = places.reduce((sum, at) => sum + shares[at]!, 0);
    if (total > 1) for (const at of places) shares[at]! /= total;
  }
  return shares;
}

function staked(
  bets: { readonly returns: readonly number[]; readonly shares: readonly number[] },
  by: { readonly plan: ResultStaking['plan']; readonly fraction: number; readonly groups: readonly number[] },
): ResultStaking {
  const staking = by.plan === 'flat' ? 'flat' : 'proportional';
  const paths = bankrollPaths(bets, by.groups, { seed: bootstrapSeed, staking, draws, points });
  const fall = maximumDrawdown(paths.actual);
  return {
    plan: by.plan,
    fraction: by.fraction,
    final: paths.actual.at(-1)!,
    drawdown: orNull(fall.share),
    drawdowns: [...paths.drawdown],
    ruined: paths.ruined,
    longestUnderWater: fall.longestUnderWater,
    actual: thinned([...paths.actual]),
    low: [...paths.low],
    middle: [...paths.middle],
    high: [...paths.high],
  };
}

/** The values that stand under the points of the paths. */
function thinned<Value>(values: readonly Value[]): Value[] {
  return Array.from(
    { length: points },
    (_, j) => values[Math.round((j * (values.length - 1)) / (points - 1))]!,
  );
}

function closingOf(
  database: Database,
  bets: readonly Offered[],
): Pick<NonNullable<ResultBetting['record']>, 'closingLineValue' | 'beatingClose' | 'withClose'> {
  const closing = readClosingPrices(
    database,
    bets.map(({ matchId }) => matchId),
  );
  const closed = bets.flatMap((bet) => {
    const prices = closing.get(bet.matchId);
    if (!prices) return [];
    const at = outcomeClasses.findIndex((name) => name === bet.label);
    const probability = removeMargin(prices)[at]!;
    return Number.isNaN(probability) ? [] : [{ bet, odds: prices[at]!, probability }];
  });
  if (closed.length < 2) return { closingLineValue: null, beatingClose: null, withClose: closed.length };
  const found = closingLineValue(
    {
      odds: closed.map(({ bet }) => bet.odds),
      closingProbabilities: closed.map(({ probability }) => probability),
      closingOdds: closed.map(({ odds }) => odds),
    },
    closed.map(({ bet }) => dayNumber(bet.day)),
    { seed: bootstrapSeed },
  );
  return {
    closingLineValue: figure(found.value),
    beatingClose: orNull(found.beatingClose),
    withClose: closed.length,
  };
}
