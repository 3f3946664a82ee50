import { margin, removeMargin } from '../../kernel/evaluation/margin.ts';
import type { MarketQuotes } from '../../../db/queries/football/market-quotes.ts';
import type { FeatureDefinition } from './calculator.ts';

const asOf = 'The newest price that was taken at or before the start of the match day.';
const source = 'of Pinnacle, else of the average of all bookmakers, else of Bet365';
const feature = (name: string, unit: string, description: string): FeatureDefinition => ({
  name,
  unit,
  description: `${description}, by the price ${source}.`,
  asOf,
  missing: 'No such price was known by then.',
});

/**
 * What the market thought of a match before its day began. These numbers form a set of their own and are in no other: a
 * model that uses them is declared market-informed.
 */
export const marketDefinitions: readonly FeatureDefinition[] = [
  {
    ...feature('marketHome', 'probability, 0 to 1', 'Chance of a home win'),
    formula: 'Margin removed after Shin (1993).',
  },
  feature('marketDraw', 'probability, 0 to 1', 'Chance of a draw'),
  feature('marketAway', 'probability, 0 to 1', 'Chance of an away win'),
  feature('marketHomeAway', 'log odds', 'Log of the odds of a home win against an away win'),
  feature(
    'marketDrawOdds',
    'log odds',
    'Log of the odds of a draw against the geometric mean of home and away win',
  ),
  feature('marketMargin', 'share, 0 to 1', "The bookmaker's margin: inverse prices less one"),
  feature('marketPriceAge', 'hours', 'Age of the price at the start of the match day'),
  feature('marketOver', 'probability, 0 to 1', 'Chance of three goals or more'),
  feature('marketOverAge', 'hours', 'Age of the price of totals at the start of the match day'),
];

export const marketWidth = marketDefinitions.length;

const hourMs = 3_600_000;
const markets = { result: 1, total: 2 } as const;

/**
 * The market's features of every match, `marketWidth` numbers a row; NaN where no price was known. Of the prices known at
 * `asOf` the best-ranked bookmaker's counts, and of that one's the newest.
 */
export function marketFeatures(quotes: MarketQuotes, asOf: Float64Array): Float64Array {
  const out = new Float64Array(asOf.length * marketWidth).fill(NaN);
  for (const market of [markets.result, markets.total]) {
    const chosen = choose(quotes, market, asOf);
    chosen.forEach((quote, row) => {
      if (quote < 0) return;
      const at = row * marketWidth;
      const age = (asOf[row]! - quotes.instant[quote]!) / hourMs;
      if (market === markets.total) {
        const [over] = removeMargin(quotes.prices.subarray(quote * 3, quote * 3 + 2));
        out[at + 7] = over!;
        out[at + 8] = age;
        return;
      }
      const prices = quotes.prices.subarray(quote * 3, quote * 3 + 3);
      const [home, draw, away] = removeMargin(prices) as unknown as [number, number, number];
      out[at] = home;
      out[at + 1] = draw;
      out[at + 2] = away;
      out[at + 3] = Math.log(home / away);
      out[at + 4] = Math.log(draw / Math.sqrt(home * away));
      out[at + 5] = margin(prices);
      out[at + 6] = age;
    });
  }
  return out;
}

function choose(quotes: MarketQuotes, market: number, asOf: Float64Array): Int32Array {
  const chosen = new Int32Array(asOf.length).fill(-1);
  for (let quote = 0; quote < quotes.count; quote++) {
    const row = quotes.row[quote]!;
    // A price of a later instant is from the future of this forecast.
    if (quotes.market[quote] !== market || !(quotes.instant[quote]! <= asOf[row]!)) continue;
    const held = chosen[row]!;
    const isBetter =
      held < 0 ||
      quotes.rank[quote]! < quotes.rank[held]! ||
      (quotes.rank[quote] === quotes.rank[held] && quotes.instant[quote]! > quotes.instant[held]!);
    if (isBetter) chosen[row] = quote;
  }
  return chosen;
}
