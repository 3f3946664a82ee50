import type { Random } from '../../../kernel/math/random.ts';
import {
  evenHandicap,
  handicapProbability,
  outcomeProbabilities,
  overProbability,
  scoreGrid,
} from './goals.ts';
import type { WorldMatch } from './world.ts';

/** The sample's bookmakers: how much they take of a 1X2 book, and how far their opinions stray from the market's. */
const books = [
  { code: 'B365', margin: 0.053, noise: 0.018, side: 'B365' },
  { code: 'BW', margin: 0.061, noise: 0.024, side: undefined },
  { code: 'PS', margin: 0.024, noise: 0.006, side: 'P' },
  { code: 'WH', margin: 0.057, noise: 0.024, side: undefined },
] as const;

/** What the market knows of the day's surprises, and how far its own judgement errs, in log goals. */
const knowledge = {
  preMatch: { share: 0.45, error: 0.055 },
  closing: { share: 0.9, error: 0.025 },
} as const;

/** Header names of the odds of a phase, in the order of `priceMatch`. */
export function oddsColumns(phase: keyof typeof knowledge): string[] {
  const c = phase === 'closing' ? 'C' : '';
  const columns: string[] = [];
  for (const code of [...books.map((book) => book.code), 'Max', 'Avg']) {
    columns.push(`${code}${c}H`, `${code}${c}D`, `${code}${c}A`);
  }
  for (const code of ['B365', 'P', 'Max', 'Avg']) columns.push(`${code}${c}>2.5`, `${code}${c}<2.5`);
  columns.push(c === '' ? 'AHh' : 'AHCh');
  for (const code of ['B365', 'P', 'Max', 'Avg']) columns.push(`${code}${c}AHH`, `${code}${c}AHA`);
  return columns;
}

/** All prices of a match in a phase, as cells. */
export function priceMatch(match: WorldMatch, phase: keyof typeof knowledge): string[] {
  const random = match.random.split(phase === 'closing' ? 2 : 1);
  const { share, error } = knowledge[phase];
  const meanOf = (side: 0 | 1) =>
    Math.exp(match.publicMeans[side] + share * match.surprise[side] + error * random.normal());
  const grid = scoreGrid(meanOf(0), meanOf(1));
  const over = overProbability(grid);
  const line = evenHandicap(grid);
  const cover = handicapProbability(grid, line);
  const cells: string[] = [];
  const whole = quote(outcomeProbabilities(grid), random, 1);
  cells.push(...flatten(whole.all), ...flatten(summary(whole.all)));
  const totals = quote([over, 1 - over], random, 0.8).withSides;
  cells.push(...flatten(totals), ...flatten(summary(totals)));
  const handicaps = quote([cover, 1 - cover], random, 0.6).withSides;
  cells.push(String(line), ...flatten(handicaps), ...flatten(summary(handicaps)));
  return cells;
}

/** The books' prices on given chances. @param marginShare of their 1X2 margin, for tighter markets */
function quote(
  chances: readonly number[],
  random: Random,
  marginShare: number,
): { all: number[][]; withSides: number[][] } {
  const all: number[][] = [];
  const withSides: number[][] = [];
  for (const { margin, noise, side } of books) {
    const opinion = chances.map((chance) => chance * Math.exp(noise * random.normal()));
    const sum = opinion.reduce((total, chance) => total + chance, 0);
    // Long shots carry more of the margin than favourites do.
    const weights = opinion.map((chance) => Math.sqrt((chance / sum) * (1 - chance / sum)));
    const weightSum = weights.reduce((total, weight) => total + weight, 0);
    const prices = opinion.map((chance, i) =>
      round(1 / (chance / sum + margin * marginShare * (weights[i]! / weightSum)), side === 'P'),
    );
    all.push(prices);
    if (side) withSides.push(prices);
  }
  return { all, withSides };
}

/** Best and mean price of each selection. */
function summary(all: readonly (readonly number[])[]): number[][] {
  const selections = all[0]!.map((_, i) => all.map((prices) => prices[i]!));
  return [
    selections.map((prices) => Math.max(...prices)),
    selections.map((prices) => Math.round((prices.reduce((a, b) => a + b, 0) / prices.length) * 100) / 100),
  ];
}

/** Prices stand on the steps that bookmakers use; the sharp one's are finer. */
function round(price: number, isFine: boolean): number {
  const step = isFine || price < 2 ? 0.01 : price < 3 ? 0.05 : price < 6 ? 0.1 : price < 12 ? 0.5 : 1;
  return Math.min(501, Math.max(1.01, Math.round(Math.round(price / step) * step * 100) / 100));
}

function flatten(rows: readonly (readonly number[])[]): string[] {
  return rows.flat().map(String);
}
