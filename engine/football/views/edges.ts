import type { Database } from '../../../db/client.ts';
import { readPricedForecasts } from '../../../db/queries/football/priced-forecasts.ts';
import { outcomeClasses, type Day } from '../../contract/domain.ts';
import type { EdgeBand } from '../../contract/today.ts';
import { removeMargin } from '../../kernel/evaluation/margin.ts';
import { createMean, rate } from './figures.ts';
import { bestValue } from './match-view.ts';

/** Claims are told apart by size: the larger, the oftener it is the forecast that is wrong. */
const bands = [
  { from: 0, to: 0.03 },
  { from: 0.03, to: 0.06 },
  { from: 0.06, to: 0.1 },
  { from: 0.1, to: null },
] as const;
/** Forecasts looked back on. */
const considered = 5000;

/**
 * What became of values that forecasts claimed at their price: how often the fair closing price (Shin's method) said that
 * there was none, and what one unit on each earned.
 */
export function edgeRecord(
  database: Database,
  before: Day,
): { considered: number; from: Day | null; until: Day | null; bands: EdgeBand[] } {
  const forecasts = readPricedForecasts(database, { before, limit: considered });
  const tallies = bands.map((band) => ({ ...band, closed: 0, noise: 0, profit: createMean() }));
  for (const one of forecasts) {
    const odds = { H: one.oddsHome, D: one.oddsDraw, A: one.oddsAway };
    const { selection, edge } = bestValue({ H: one.pHome, D: one.pDraw, A: one.pAway }, odds);
    const tally = tallies.find(({ from, to }) => edge > from && (to === null || edge <= to));
    if (!tally) continue;
    const result = outcomeClasses[1 - Math.sign(one.homeGoals - one.awayGoals)]!;
    tally.profit.add(result === selection ? odds[selection] - 1 : -1);
    const { closingHome, closingDraw, closingAway } = one;
    if (closingHome === null || closingDraw === null || closingAway === null) continue;
    const fair = removeMargin([closingHome, closingDraw, closingAway])[outcomeClasses.indexOf(selection)]!;
    if (Number.isNaN(fair)) continue;
    tally.closed++;
    if (fair * odds[selection] <= 1) tally.noise++;
  }
  return {
    considered: forecasts.length,
    from: forecasts.at(-1)?.day ?? null,
    until: forecasts[0]?.day ?? null,
    bands: tallies.map(({ from, to, closed, noise, profit }) => ({
      ...{ from, to },
      noise: rate(noise, closed),
      yield: profit.read(),
    })),
  };
}
