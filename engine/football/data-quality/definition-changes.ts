import type { Database } from '../../../db/client.ts';
import { readSeasonMeans, watchedStatistics } from '../../../db/queries/football/data-quality.ts';
import type { CheckCount, SeasonMean } from '../../../db/queries/football/data-quality.ts';

/** A jump of the mean by this share of it, and by so many standard errors, is no matter of play. */
const jumpShare = 0.25;
const jumpErrors = 8;

/**
 * Statistics whose mean jumps from one season to the next: more often a source that counts differently than a game that
 * is played differently, and a model that learnt the old meaning must not go on believing it.
 */
export function findDefinitionChanges(database: Database): CheckCount {
  const examples: CheckCount['examples'] = [];
  let of = 0;
  for (const statistic of watchedStatistics) {
    const seasons = readSeasonMeans(database, statistic);
    for (let at = 1; at < seasons.length; at++) {
      const [before, after] = [seasons[at - 1]!, seasons[at]!];
      if (before.championship !== after.championship) continue;
      of++;
      if (!isJump(before, after)) continue;
      examples.push({
        championship: after.championship,
        season: after.season,
        what: `${statistic.replaceAll('_', ' ')}: ${before.mean.toFixed(1)} → ${after.mean.toFixed(1)}`,
      });
    }
  }
  return { count: examples.length, of, examples };
}

/** Exported for its test. */
export function isJump(before: SeasonMean, after: SeasonMean): boolean {
  const difference = Math.abs(after.mean - before.mean);
  const error = Math.sqrt(before.variance / before.n + after.variance / after.n);
  return difference > jumpShare * before.mean && difference > jumpErrors * error;
}
