import type { Database } from '../../../db/client.ts';
import { readGridSource, readQuotes, type QuoteRow } from '../../../db/queries/football/match-detail.ts';
import type { Sport } from '../../contract/domain.ts';
import type { MatchPrices } from '../../contract/match.ts';
import { margin, removeMargin } from '../../kernel/evaluation/margin.ts';
import { forecastBet } from '../forecast/types/derive.ts';
import type { ScoreGrid } from '../../kernel/goals/score-grid.ts';
import { marketNames, settlementTable, type SettlementRule } from '../settlement/table.ts';
import { gridOfSource } from './joint.ts';
import { findMatch } from './match.ts';

const phases = { 1: 'opening', 2: 'pre-match', 3: 'closing' } as const;

/** Every price held of a match, market by market, beside our own probabilities. */
export function pricesOf(database: Database, matchId: number): MatchPrices {
  const { row, detail } = findMatch(database, matchId);
  const source = readGridSource(database, matchId);
  const grid = source && gridOfSource(source);
  const { pHome, pDraw, pAway } = row;
  const result = pHome === null || pDraw === null || pAway === null ? null : [pHome, pDraw, pAway];
  const groups = Map.groupBy(readQuotes(database, matchId), ({ market, line }) => `${market} ${line}`);
  return {
    forecastAsOf: row.asOf,
    kickOff: row.kickOff,
    markets: [...groups.values()].map((quotes) => {
      const { market, line, selections: text } = quotes[0]!;
      const selections = JSON.parse(text) as string[];
      const own = market === '1x2' || market === 'double-chance' || market === 'both-score' ? null : line;
      return {
        market,
        line: own,
        selections,
        ours:
          market === '1x2'
            ? result
            : grid
              ? oursOf(grid, { sport: detail.sport, market, line: own, selections })
              : null,
        quotes: quotes.map(quoteView),
      };
    }),
  };
}

function quoteView(quote: QuoteRow): MatchPrices['markets'][number]['quotes'][number] {
  const odds = [quote.price1, quote.price2, ...(quote.price3 === null ? [] : [quote.price3])];
  const fair = [...removeMargin(odds)];
  const { bookmaker, code, kind, instant } = quote;
  return {
    ...{ bookmaker, code, kind, instant, odds },
    phase: phases[quote.phase],
    fair: fair.some((one) => Number.isNaN(one)) ? null : fair,
    margin: margin(odds),
  };
}

/** Null for a market, or a line, that the settlement table does not know. */
function oursOf(
  grid: ScoreGrid,
  of: {
    readonly sport: Sport;
    readonly market: string;
    readonly line: number | null;
    readonly selections: readonly string[];
  },
): number[] | null {
  const market = marketNames.find((name) => name === of.market);
  if (!market) return null;
  const rule: SettlementRule = settlementTable[market];
  const known = rule.selections(of.sport);
  if (!of.selections.every((selection) => known.includes(selection))) return null;
  return of.selections.map((selection) => {
    const bet = {
      sport: 'football',
      market,
      selection,
      ...(of.line === null ? {} : { line: of.line }),
    } as const;
    return forecastBet(grid, bet).probability;
  });
}
