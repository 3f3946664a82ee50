import { describe, expect, it } from 'vitest';
import type { MarketQuotes } from '../../../db/queries/football/market-quotes.ts';
import {
  marketDefinitions,
  marketFeatures,
  marketWidth,
} from '../../../engine/football/calculation/market.ts';

const asOf = Date.UTC(2024, 4, 18);
const hour = 3_600_000;

interface Quote {
  readonly rank: number;
  readonly at: number;
  readonly prices: readonly [number, number, number?];
  readonly market?: 1 | 2;
}

function quotesOf(...list: Quote[]): MarketQuotes {
  return {
    count: list.length,
    row: new Int32Array(list.length),
    market: Uint8Array.from(list, ({ market }) => market ?? 1),
    rank: Uint8Array.from(list, ({ rank }) => rank),
    instant: Float64Array.from(list, ({ at }) => at),
    prices: Float64Array.from(list.flatMap(({ prices: [one, two, three] }) => [one, two, three ?? NaN])),
  };
}

function features(...list: Quote[]): Record<string, number> {
  const row = marketFeatures(quotesOf(...list), Float64Array.of(asOf));
  return Object.fromEntries(marketDefinitions.map(({ name }, i) => [name, row[i]!]));
}

describe('the market as features', () => {
  it('gives probabilities that add up to one, and the age of the price', () => {
    const row = features({ rank: 0, at: asOf - 9 * hour, prices: [2, 3.5, 4] });
    expect(row.marketHome! + row.marketDraw! + row.marketAway!).toBeCloseTo(1, 9);
    expect(row.marketMargin).toBeCloseTo(1 / 2 + 1 / 3.5 + 1 / 4 - 1, 12);
    expect(row.marketPriceAge).toBe(9);
    expect(row.marketHomeAway).toBeCloseTo(Math.log(row.marketHome! / row.marketAway!), 12);
    expect(row.marketOver).toBeNaN();
  });

  it('never sees a price of a later instant', () => {
    const early = { rank: 2, at: asOf - hour, prices: [2, 3.5, 4] } as const;
    const later = { rank: 0, at: asOf + 1, prices: [1.2, 6, 13] } as const;
    expect(features(early, later)).toEqual(features(early));
    const none = marketFeatures(quotesOf(later), Float64Array.of(asOf));
    expect([...none]).toEqual(Array(marketWidth).fill(NaN));
  });

  it('takes the best bookmaker, and of that one the newest price', () => {
    const sharp = { rank: 0, at: asOf - 20 * hour, prices: [2.1, 3.4, 3.9] } as const;
    const newer = { rank: 0, at: asOf - 2 * hour, prices: [2.2, 3.3, 3.7] } as const;
    const other = { rank: 1, at: asOf, prices: [1.9, 3.5, 4.4] } as const;
    expect(features(other, sharp, newer)).toEqual(features(newer));
  });

  it('reads totals beside the result', () => {
    const row = features({ rank: 0, at: asOf - hour, prices: [1.8, 2.1], market: 2 });
    expect(row.marketOver).toBeGreaterThan(0.5);
    expect([row.marketOverAge, row.marketHome]).toEqual([1, NaN]);
  });
});
