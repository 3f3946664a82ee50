import type { Database } from '../../client.ts';
import { marketOrder } from './processing.ts';

/**
 * The market's prices of over and under a line, rows x 2: the closing ones where they are held, else the newest before;
 * of several the sharpest bookmaker's first. NaN where there are none.
 */
export function readTotalPrices(
  { sqlite }: Database,
  table: { readonly rows: number; readonly matchId: Int32Array },
  line: number,
): Float64Array {
  const rowOf = new Map<number, number>();
  for (let row = 0; row < table.rows; row++) rowOf.set(table.matchId[row]!, row);
  const prices = new Float64Array(table.rows * 2).fill(Number.NaN);
  // The last row of a match is the one that stays.
  const statement = sqlite.prepare<[number], { matchId: number; over: number; under: number }>(
    `SELECT q.match_id AS matchId, q.price_1 AS over, q.price_2 AS under
     FROM odds_quote q JOIN bookmaker b ON b.id = q.bookmaker_id
     WHERE q.market_id = (SELECT id FROM market WHERE code = 'total') AND q.line = ?
       AND b.code IN ('PS', 'Avg', 'BbAv', 'B365')
     ORDER BY q.phase = 3, ${marketOrder} DESC, q.instant`,
  );
  for (const { matchId, over, under } of statement.iterate(line)) {
    const row = rowOf.get(matchId);
    if (row !== undefined) prices.set([over, under], row * 2);
  }
  return prices;
}
