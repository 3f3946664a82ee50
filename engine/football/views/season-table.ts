import type { SeasonMatchRow } from '../../../db/queries/football/season.ts';
import type { FormMatch, TableLine } from '../../contract/championship.ts';
import type { Day, Sport } from '../../contract/domain.ts';
import { addDays } from '../../contract/zones.ts';
import { createSeasonTable, tableBlock, tableOffset, tableWidth } from '../calculation/tables.ts';

/** Matches in a line's form. */
const formMatches = 5;
/** Movement is against the table of so many days before. */
const movementDays = 7;

/** The clubs of a season's matches, by id. */
export function clubsOf(matches: readonly SeasonMatchRow[]): { id: number; name: string }[] {
  const names = new Map<number, string>();
  for (const { homeId, home, awayId, away } of matches) names.set(homeId, home).set(awayId, away);
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.id - b.id);
}

export const isPlayed = (
  match: SeasonMatchRow,
): match is SeasonMatchRow & { readonly homeGoals: number; readonly awayGoals: number } =>
  match.homeGoals !== null && match.awayGoals !== null;

/** The table at the end of a day, best first. Clubs without a match by then stand last, without a place of their own. */
export function seasonTable(
  matches: readonly SeasonMatchRow[],
  options: { readonly asOf: Day; readonly sport: Sport },
): TableLine[] {
  const { asOf, sport } = options;
  const clubs = clubsOf(matches);
  const at = new Map(clubs.map(({ id }, index) => [id, index]));
  const now = createSeasonTable(clubs.length, sport);
  const before = createSeasonTable(clubs.length, sport);
  const weekBefore = addDays(asOf, -movementDays);
  const form = clubs.map((): FormMatch[] => []);
  for (const match of matches) {
    if (!isPlayed(match) || match.day > asOf) continue;
    const home = at.get(match.homeId)!;
    const away = at.get(match.awayId)!;
    now.record(home, away, match);
    if (match.day <= weekBefore) before.record(home, away, match);
    form[home]!.push(formOf(match, true));
    form[away]!.push(formOf(match, false));
  }
  const line = new Int32Array(tableWidth);
  const lines = clubs.map((team, club): TableLine => {
    before.lineOf(club, line);
    const earlier = before.has(club) ? line[0]! : null;
    now.lineOf(club, line);
    const total = (offset: number) => line[tableBlock.total + offset]!;
    const position = now.has(club) ? line[0]! : clubs.length;
    return {
      team,
      position,
      moved: earlier === null ? null : earlier - position,
      played: total(tableOffset.played),
      won: total(tableOffset.won),
      drawn: total(tableOffset.drawn),
      lost: total(tableOffset.lost),
      goalsFor: total(tableOffset.goalsFor),
      goalsAgainst: total(tableOffset.goalsAgainst),
      points: total(tableOffset.points),
      homePoints: line[tableBlock.home + tableOffset.points]!,
      homePlayed: line[tableBlock.home + tableOffset.played]!,
      awayPoints: line[tableBlock.away + tableOffset.points]!,
      awayPlayed: line[tableBlock.away + tableOffset.played]!,
      form: form[club]!.slice(-formMatches),
    };
  });
  return lines.sort((a, b) => a.position - b.position || (a.team.name < b.team.name ? -1 : 1));
}

function formOf(
  match: SeasonMatchRow & { homeGoals: number; awayGoals: number },
  isHome: boolean,
): FormMatch {
  const { homeGoals, awayGoals } = match;
  const difference = isHome ? homeGoals - awayGoals : awayGoals - homeGoals;
  return {
    matchId: match.matchId,
    result: difference > 0 ? 'W' : difference === 0 ? 'D' : 'L',
    opponent: isHome ? match.away : match.home,
    score: `${homeGoals}:${awayGoals}`,
    isHome,
    day: match.day,
  };
}
