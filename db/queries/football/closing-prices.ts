import type { Database } from '../../client.ts';
import { marketOrder } from './processing.ts';

/** The market's closing 1X2 prices of some matches, best source first; matches without any are left out. */
export function readClosingPrices(
  { sqlite }: Database,
  matchIds: readonly number[],
): ReadonlyMap<number, readonly [home: number, draw: number, away: number]> {
  const statement = sqlite.prepare<[string], { id: number; home: number; draw: number; away: number }>(
    `SELECT id, home, draw, away FROM (
       SELECT q.match_id AS id, q.price_1 AS home, q.price_2 AS draw, q.price_3 AS away,
         row_number() OVER (PARTITION BY q.match_id ORDER BY ${marketOrder}, q.instant DESC) AS place
       FROM json_each(?) AS wanted
       JOIN odds_quote AS q ON q.match_id = wanted.value AND q.market_id = 1
       JOIN bookmaker AS b ON b.id = q.bookmaker_id
       WHERE q.phase = 3 AND q.price_3 IS NOT NULL AND b.kind IN ('bookmaker', 'exchange', 'average')
         AND b.code IN ('PS', 'Avg', 'BbAv', 'B365')
     ) WHERE place = 1`,
  );
  const prices = new Map<number, readonly [number, number, number]>();
  for (const { id, home, draw, away } of statement.iterate(JSON.stringify(matchIds)))
    prices.set(id, [home, draw, away]);
  return prices;
}

/** Ids of those among some forecasts whose price somebody offered who takes bets; an average is nobody's offer. */
export function readMatchesWithOffer({ sqlite }: Database): Set<number> {
  const ids = sqlite
    .prepare<[], number>(
      `SELECT outcome.match_id FROM outcome JOIN bookmaker ON bookmaker.id = outcome.price_bookmaker_id
       WHERE bookmaker.kind IN ('bookmaker', 'exchange')`,
    )
    .pluck()
    .all();
  return new Set(ids);
}
