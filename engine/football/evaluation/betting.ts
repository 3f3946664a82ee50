import type { Betting } from '../../contract/evaluation-details.ts';
import { forecastersOf, isReference, type Judged } from './judged.ts';
import { searchLuck } from './search-luck.ts';
import { stakingOf } from './staking.ts';
import { betsOf, edges, judgeStrategies, rowsWithPrice } from './strategies.ts';

/** The strategy whose bankroll is shown: fixed here, so that no result chooses it. */
const followed = { family: 'champion', edge: 0.03 } as const;

/** What betting on the forecasts would have come to. Null where no match has a price that anyone offered in time. */
export function bettingView(
  judged: Judged,
  rows: readonly number[],
  takers: readonly number[],
): Betting | null {
  const priced = rowsWithPrice(judged, rows, takers);
  if (priced.length === 0) return null;
  const forecasters = [...forecastersOf(judged)].filter(([name]) => !isReference(name));
  const strategies = forecasters.flatMap(([family, p]) =>
    edges.map((edge) => betsOf(judged, priced, { family, p, edge })),
  );
  const own = strategies.find((bets) => bets.family === followed.family && bets.edge === followed.edge)!;
  return {
    matches: priced.length,
    withoutPrice: rows.length - priced.length,
    ...judgeStrategies(judged, strategies, priced),
    searchLuck: searchLuck(judged, strategies, priced),
    followed,
    staking: stakingOf(judged, own, judged.stream.probabilities),
  };
}
