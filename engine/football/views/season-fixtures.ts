import type { SeasonMatchRow } from '../../../db/queries/football/season.ts';
import type { Day } from '../../contract/domain.ts';
import type { SeasonFormat } from '../getting/championships.ts';
import { clubsOf, isPlayed } from './season-table.ts';

export interface Remaining {
  /** Null for a match that no source has announced yet. */
  readonly matchId: number | null;
  readonly homeId: number;
  readonly awayId: number;
}

/**
 * What is still to be played after a day: the announced matches and, where the season is so many full rounds of everybody
 * at home against everybody, the pairs that are missing from them. `unknown` counts matches that the format plans and
 * nobody can name yet (a split of the league, say).
 */
export function remainingMatches(
  matches: readonly SeasonMatchRow[],
  options: { readonly asOf: Day; readonly format: SeasonFormat | undefined },
): { readonly remaining: Remaining[]; readonly unknown: number } {
  const { asOf, format } = options;
  const isOpen = (match: SeasonMatchRow) =>
    match.day > asOf || match.status === 'scheduled' || match.status === 'postponed';
  const counted = matches.filter(
    (match) =>
      match.status !== 'cancelled' && match.status !== 'abandoned' && (isPlayed(match) || isOpen(match)),
  );
  const remaining = counted
    .filter((match) => isOpen(match) && !(isPlayed(match) && match.day <= asOf))
    .map(({ matchId, homeId, awayId }): Remaining => ({ matchId, homeId, awayId }));
  if (!format) return { remaining, unknown: 0 };
  const clubs = clubsOf(matches);
  const planned = (format.clubs * format.matches) / 2;
  const rounds = format.matches / (2 * (format.clubs - 1));
  if (clubs.length !== format.clubs || !Number.isInteger(rounds)) {
    return { remaining, unknown: Math.max(0, planned - counted.length) };
  }
  const held = new Map<string, number>();
  for (const { homeId, awayId } of counted) {
    const pair = `${homeId} ${awayId}`;
    held.set(pair, (held.get(pair) ?? 0) + 1);
  }
  for (const { id: homeId } of clubs) {
    for (const { id: awayId } of clubs) {
      if (homeId === awayId) continue;
      for (let n = held.get(`${homeId} ${awayId}`) ?? 0; n < rounds; n++) {
        remaining.push({ matchId: null, homeId, awayId });
      }
    }
  }
  return { remaining, unknown: 0 };
}
