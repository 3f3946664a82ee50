import type { QuoteGroup } from './columns.ts';
import type { FootballDataRow } from './parse.ts';

/** Only where so many rows have both odds and statistics does their absence mean anything. */
const smallestShare = 0.8;

/**
 * football-data writes a walkover like a played match (3-0 or 0-3) but without odds and statistics. In files that have
 * both for nearly every match the two can be told apart.
 */
export function walkoversCanBeTold(
  rows: readonly FootballDataRow[],
  groups: readonly QuoteGroup[],
  statisticColumns: readonly number[],
): boolean {
  let played = 0;
  let complete = 0;
  for (const row of rows) {
    if (!row.score.isPlayed) continue;
    played++;
    if (hasOdds(row, groups) && hasStatistics(row, statisticColumns)) complete++;
  }
  return played > 0 && complete >= smallestShare * played;
}

export function isWalkover(
  row: FootballDataRow,
  groups: readonly QuoteGroup[],
  statisticColumns: readonly number[],
): boolean {
  const [home, away] = row.score.goals;
  const isAwardedScore = (home === 3 && away === 0) || (home === 0 && away === 3);
  return isAwardedScore && !hasOdds(row, groups) && !hasStatistics(row, statisticColumns);
}

function hasOdds(row: FootballDataRow, groups: readonly QuoteGroup[]): boolean {
  return groups.some(({ columns }) => columns.some((column) => isFilled(row.cells[column])));
}

function hasStatistics(row: FootballDataRow, columns: readonly number[]): boolean {
  return columns.some((column) => isFilled(row.cells[column]));
}

function isFilled(cell: string | undefined): boolean {
  return cell !== undefined && cell.trim() !== '';
}
