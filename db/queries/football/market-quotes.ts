import type { Database } from '../../client.ts';

/** Prices taken before the matches of one championship; one entry is one look at one market. */
export interface MarketQuotes {
  readonly count: number;
  /** Row of the history's fixtures; ascending. */
  readonly row: Int32Array;
  /** 1 home, draw, away; 2 over and under 2.5 goals. */
  readonly market: Uint8Array;
  /** Which bookmaker stands for the market: 0 the sharpest, then 1 the average of all, then 2 the most widely held. */
  readonly rank: Uint8Array;
  /** When the price was taken, UTC epoch milliseconds. */
  readonly instant: Float64Array;
  /** count x 3 decimal prices; NaN where the market has two selections. */
  readonly prices: Float64Array;
}

export const noQuotes: MarketQuotes = {
  count: 0,
  row: new Int32Array(0),
  market: new Uint8Array(0),
  rank: new Uint8Array(0),
  instant: new Float64Array(0),
  prices: new Float64Array(0),
};

/** Exported for the test of its query plan. */
export const marketQuotesStatement = `
  SELECT q.match_id, q.market_id, CASE b.code WHEN 'PS' THEN 0 WHEN 'B365' THEN 2 ELSE 1 END, q.instant,
         q.price_1, q.price_2, q.price_3
  FROM season
  CROSS JOIN match m ON m.season_id = season.id
  CROSS JOIN odds_quote q ON q.match_id = m.id
  CROSS JOIN bookmaker b ON b.id = q.bookmaker_id
  WHERE season.championship_id = ? AND q.phase < 3
    AND b.code IN ('PS', 'Avg', 'BbAv', 'B365') AND (q.market_id = 1 OR q.market_id = 2 AND q.line = 2.5)
  ORDER BY m.id, q.market_id, q.instant, b.code`;

type QuoteRow = [
  matchId: number,
  market: number,
  rank: number,
  instant: number,
  ...prices: (number | null)[],
];

/** The opening and pre-match prices of every match of a championship, from those who stand for the market. */
export function readMarketQuotes(
  { sqlite }: Database,
  of: { readonly championshipId: number; readonly matchId: Int32Array },
): MarketQuotes {
  const rowOf = new Map(Array.from(of.matchId, (id, row) => [id, row]));
  const rows = sqlite.prepare<[number], QuoteRow>(marketQuotesStatement).raw().all(of.championshipId);
  return {
    count: rows.length,
    row: Int32Array.from(rows, (quote) => rowOf.get(quote[0])!),
    market: Uint8Array.from(rows, (quote) => quote[1]),
    rank: Uint8Array.from(rows, (quote) => quote[2]),
    instant: Float64Array.from(rows, (quote) => quote[3]),
    prices: Float64Array.from(
      rows.flatMap((quote) => quote.slice(4)),
      (price) => price ?? NaN,
    ),
  };
}
