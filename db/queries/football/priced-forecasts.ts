import type { Day } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** A settled forecast with the price it bore and the last price before kick-off. */
export interface PricedForecast {
  readonly day: Day;
  readonly pHome: number;
  readonly pDraw: number;
  readonly pAway: number;
  readonly oddsHome: number;
  readonly oddsDraw: number;
  readonly oddsAway: number;
  readonly homeGoals: number;
  readonly awayGoals: number;
  /** Of the sharpest bookmaker that has one, else of the market's average; null without. */
  readonly closingHome: number | null;
  readonly closingDraw: number | null;
  readonly closingAway: number | null;
}

/** Exported for the test of its query plan. */
export const pricedForecastsStatement = `
SELECT match.match_day AS day, o.home AS pHome, o.draw AS pDraw, o.away AS pAway,
  o.price_home AS oddsHome, o.price_draw AS oddsDraw, o.price_away AS oddsAway,
  match.home_goals AS homeGoals, match.away_goals AS awayGoals,
  closing.price_1 AS closingHome, closing.price_2 AS closingDraw, closing.price_3 AS closingAway
FROM match
JOIN outcome AS o ON o.match_id = match.id AND o.forecast_type = '1x2'
LEFT JOIN odds_quote AS closing ON closing.match_id = match.id AND closing.market_id = 1
  AND closing.phase = 3 AND closing.line = 0 AND closing.bookmaker_id = @sharpest
WHERE match.match_day < @before AND match.status = 'finished' AND o.price_home IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM outcome AS other
    WHERE other.match_id = o.match_id AND other.forecast_type = '1x2'
      AND ((other.origin = 'live') > (o.origin = 'live') OR (other.origin = o.origin AND other.id > o.id)))
ORDER BY match.match_day DESC, match.id
LIMIT @limit`;

/** The newest settled forecasts with a price before a day, newest first. */
export function readPricedForecasts(
  { sqlite }: Database,
  query: { readonly before: Day; readonly limit: number },
): PricedForecast[] {
  const sharpest = sqlite
    .prepare<[], number>(
      `SELECT id FROM bookmaker WHERE code IN ('PS', 'Avg', 'BbAv') ORDER BY code = 'PS' DESC, code LIMIT 1`,
    )
    .pluck()
    .get();
  return sqlite
    .prepare<[{ before: Day; limit: number; sharpest: number }], PricedForecast>(pricedForecastsStatement)
    .all({ ...query, sharpest: sharpest ?? 0 });
}
