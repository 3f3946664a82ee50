import type { SeasonFormat } from '../getting/championships.ts';
import { tableBlock, tableOffset } from './tables.ts';
import type { Standing } from './tables.ts';

/** Where a club stands in the races of its season, before one of its matches. */
export interface Races {
  /** Matches of the season the club still has to play, this one included. */
  readonly left: number;
  /** Points behind the leader; for the leader, less than zero: its lead over the second. */
  readonly titleGap: number;
  /** Points behind the last place that leads upwards; less than zero within those places: the lead over the next. */
  readonly upperGap: number;
  /** Points above the first place that leads down; less than zero within those places: what the last safe club has more. */
  readonly safetyGap: number;
}

/**
 * A club's distances, from the points of the table and the season's format. Clubs without a result yet have no points.
 * NaN where the format knows no such places.
 */
export function racesOf(line: Int32Array, standing: Standing, format: SeasonFormat): Races {
  const own = line[tableBlock.total + tableOffset.points]!;
  const clubs = Math.max(format.clubs, standing.clubs);
  const at = (place: number) => standing.points[place - 1] ?? 0;
  const { upper, lower } = format;
  const safe = clubs - lower;
  return {
    left: Math.max(0, format.matches - line[tableBlock.total + tableOffset.played]!),
    titleGap: gapTo(1, own, at),
    upperGap: upper > 0 && upper < clubs ? gapTo(upper, own, at) : NaN,
    safetyGap: lower > 0 && safe > 0 ? -gapTo(safe, own, at) : NaN,
  };
}

/** Points that are missing to a place; within it, minus the lead over the club below it. */
function gapTo(place: number, own: number, at: (place: number) => number): number {
  return own >= at(place) ? at(place + 1) - own : at(place) - own;
}

/** Points still to be won by the club: three a match. */
export function pointsLeft({ left }: Races): number {
  return 3 * left;
}

/**
 * Whether a race is still on for the club: its distance is not more than a point a match still to play. Larger ones have
 * hardly ever been made good, though they could be.
 */
export function isOpen(gap: number, { left }: Races): boolean {
  return Math.abs(gap) <= left;
}
