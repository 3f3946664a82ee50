import type { SettledPair, SettledPairsQuery } from '../../../db/queries/football/match-detail.ts';
import type { DayMatch } from '../../../db/queries/football/publisher.ts';
import type { Day } from '../../contract/domain.ts';
import type { ProbabilityRange } from '../../kernel/conformal/probability-range.ts';
import { fitFairRanges } from '../forecast/fair-ranges.ts';
import { byChampionship } from './day-data.ts';
import { forecastOf } from './matches.ts';

/** Between which probabilities each outcome of a day's forecasts lies; matches with too little history have none. */
export function rangesOfDay(
  read: (query: SettledPairsQuery) => readonly SettledPair[],
  day: Day,
  matches: readonly DayMatch[],
): ReadonlyMap<number, readonly ProbabilityRange[]> {
  const ranges = new Map<number, readonly ProbabilityRange[]>();
  for (const group of byChampionship(matches.filter((match) => forecastOf(match)))) {
    const { championshipId } = group[0]!;
    const { predictor } = fitFairRanges(read, { before: day, championshipId });
    if (!predictor) continue;
    for (const match of group) ranges.set(match.matchId, predictor.ranges(forecastOf(match)!.probabilities));
  }
  return ranges;
}
