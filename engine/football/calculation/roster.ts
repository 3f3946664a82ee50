import type { Fixtures } from '../../../db/queries/football/calculation.ts';
import type { SeasonTable } from './tables.ts';

/**
 * How a newcomer's starting state is found.
 *
 * `table` (the product's way): the mean of the clubs that ended the season before in the places that were emptied a
 * year earlier; without such a year, of the last places. It rests on results alone, so a row made for a fixture equals
 * the row made when the whole season is known.
 *
 * `replaced`: the mean of the clubs that are really gone. That needs the season's full list of clubs, which is known
 * before the season but not always to a source; it is the rule of the published comparison figures.
 */
export type EntryRule = 'table' | 'replaced';

/** Share of the clubs, from the bottom, that counts as emptied where no earlier change of clubs is held. */
const assumedShare = 0.15;

export interface Roster {
  /** The clubs a newcomer to this season starts from. Call once per season, in order, with its predecessor's table. */
  donors(season: number, tables: PastTables): number[];
  /** Whether the club was not in the season before; undefined where the directly preceding season is not held. */
  isNewcomer(club: number, season: number): boolean | undefined;
  /** Whether the club takes a newcomer's starting state in this season. */
  enters(club: number, season: number): boolean;
}

/** The tables of the last season held and of the one before it. */
export interface PastTables {
  readonly last: SeasonTable | undefined;
  readonly lastButOne: SeasonTable | undefined;
}

export function createRoster(fixtures: Fixtures, rule: EntryRule): Roster {
  const squads = rule === 'replaced' ? squadsOf(fixtures) : undefined;
  let last: SeasonTable | undefined;
  let previousSeason = -1;

  function wasThere(club: number): boolean {
    if (squads) return squads[previousSeason]?.has(club) ?? false;
    return last?.has(club) ?? false;
  }

  const follows = (season: number): boolean =>
    season > 0 && fixtures.seasons[season]!.firstYear - fixtures.seasons[season - 1]!.firstYear === 1;

  return {
    donors(season, tables) {
      last = tables.last;
      previousSeason = season - 1;
      if (squads) {
        const squad = squads[season]!;
        return [...(squads[previousSeason] ?? [])].filter((club) => !squad.has(club));
      }
      if (!last) return [];
      const order = last.order();
      const emptied =
        tables.lastButOne && follows(season - 1) ? emptiedPlaces(tables.lastButOne, last) : undefined;
      return placesIn(order, emptied ?? lastPlaces(order.length));
    },
    isNewcomer: (club, season) => (follows(season) ? !wasThere(club) : undefined),
    enters: (club) => !wasThere(club),
  };
}

/** Places as distances: from the top (0, 1, ...) or, negative, from the bottom (-1, -2, ...). */
function emptiedPlaces(before: SeasonTable, after: SeasonTable): number[] | undefined {
  const order = before.order();
  const places: number[] = [];
  order.forEach((club, place) => {
    if (!after.has(club)) places.push(place < order.length / 2 ? place : place - order.length);
  });
  return places.length > 0 ? places : undefined;
}

function lastPlaces(clubs: number): number[] {
  const count = Math.max(1, Math.round(assumedShare * clubs));
  return Array.from({ length: count }, (_, i) => -1 - i);
}

function placesIn(order: readonly number[], places: readonly number[]): number[] {
  return places.map((place) => order.at(place)).filter((club) => club !== undefined);
}

function squadsOf(fixtures: Fixtures): Set<number>[] {
  const squads = fixtures.seasons.map(() => new Set<number>());
  for (let i = 0; i < fixtures.count; i++) {
    squads[fixtures.season[i]!]!.add(fixtures.home[i]!).add(fixtures.away[i]!);
  }
  return squads;
}
