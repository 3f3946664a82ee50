import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { History } from '../../../db/queries/football/calculation.ts';
import { findChampionship, formatOf } from '../getting/championships.ts';
import type { SeasonFormat } from '../getting/championships.ts';

/** What is on record of a championship before any of its matches: none of it comes from results. */
export interface Background {
  /** How the season at this place of the history is played; undefined where it is not on record. */
  formatOf(season: number): SeasonFormat | undefined;
  /** Whether two clubs, by their place in the history, are rivals. */
  isDerby(club: number, other: number): boolean;
}

/** Nothing on record: for championships of nobody's. */
export const noBackground: Background = { formatOf: () => undefined, isDerby: () => false };

/** Country -> pairs of clubs, by the names that the founding source gives them. */
const derbySchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

const derbies = derbySchema.parse(
  JSON.parse(readFileSync(new URL('../../../resources/derbies.json', import.meta.url), 'utf8')) as unknown,
);

/** What `resources/championships.json` and `resources/derbies.json` say of a history's championship. */
export function backgroundOf(history: Pick<History, 'code' | 'fixtures' | 'clubNames'>): Background {
  const { seasons } = history.fixtures;
  const championship = findChampionship(history.code);
  if (!championship) return noBackground;
  const formats = seasons.map(({ firstYear }) => formatOf(championship, firstYear));
  const clubOf = new Map(history.clubNames.map((name, club) => [name, club]));
  const clubs = history.clubNames.length;
  const rivals = new Set<number>();
  for (const [one, other] of derbies[championship.country] ?? []) {
    const a = clubOf.get(one);
    const b = clubOf.get(other);
    if (a === undefined || b === undefined) continue;
    rivals.add(a * clubs + b).add(b * clubs + a);
  }
  return {
    formatOf: (season) => formats[season],
    isDerby: (club, other) => rivals.has(club * clubs + other),
  };
}
