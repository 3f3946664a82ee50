import type { RecordedForecast } from '../../../db/queries/football/forecast-record.ts';
import type { ForecastRecord } from '../../contract/championship.ts';
import { removeMargin } from '../../kernel/evaluation/margin.ts';
import { logLossOf, rankedProbabilityScoreOf } from '../../kernel/evaluation/scores.ts';
import { argmaxRow } from '../../kernel/math/softmax.ts';
import { createMean, rate } from './figures.ts';

/** What forecasts came to: all together and season by season (newest first), live ones and replays apart. */
export function forecastRecords(forecasts: readonly RecordedForecast[]): ForecastRecord[] {
  return (['live', 'replay'] as const).flatMap((origin) => {
    const own = forecasts.filter((one) => one.origin === origin);
    if (own.length === 0) return [];
    const seasons = [...Map.groupBy(own, ({ season }) => season)].reverse();
    return [
      recordOf(own, { origin, season: null }),
      ...seasons.map(([season, rows]) => recordOf(rows, { origin, season })),
    ];
  });
}

function recordOf(
  rows: readonly RecordedForecast[],
  about: Pick<ForecastRecord, 'origin' | 'season'>,
): ForecastRecord {
  const logLoss = createMean();
  const rps = createMean();
  const ours = createMean();
  const price = createMean();
  const held = { set80: { n: 0, hits: 0 }, set90: { n: 0, hits: 0 } };
  let hits = 0;
  let expectedHits = 0;
  for (const row of rows) {
    const p = [row.pHome, row.pDraw, row.pAway];
    const label = argmaxRow(p, 0, 3);
    const loss = logLossOf(p, 0, row.result, 3);
    if (label === row.result) hits++;
    expectedHits += p[label]!;
    logLoss.add(loss);
    rps.add(rankedProbabilityScoreOf(p, 0, row.result, 3));
    for (const level of ['set80', 'set90'] as const) {
      if (row[level] === null) continue;
      held[level].n++;
      if ((row[level] & (1 << row.result)) !== 0) held[level].hits++;
    }
    if (row.oddsHome === null || row.oddsDraw === null || row.oddsAway === null) continue;
    const fair = removeMargin([row.oddsHome, row.oddsDraw, row.oddsAway]);
    if (Number.isNaN(fair[0]!)) continue;
    ours.add(loss);
    price.add(logLossOf(fair, 0, row.result, 3));
  }
  return {
    ...about,
    hits: rate(hits, rows.length),
    expectedHits,
    logLoss: logLoss.read(),
    rankedProbabilityScore: rps.read(),
    againstPrice: { ours: ours.read(), price: price.read() },
    held80: rate(held.set80.hits, held.set80.n),
    held90: rate(held.set90.hits, held.set90.n),
  };
}
