import type { Database } from '../../../db/client.ts';
import { readSeasonMeans } from '../../../db/queries/football/data-quality.ts';
import type { CheckCount } from '../../../db/queries/football/data-quality.ts';
import { watchedStatistics } from '../../../db/queries/football/defects.ts';
import type { SeasonMean } from '../../../db/queries/football/defects.ts';

/** From which share of the mean on a change is a warning, and critical; it is calm again below the last. */
export const definitionBounds = { warnAt: 0.15, criticalAt: 0.3, calmBelow: 0.1 } as const;
/** Matches of a season before its mean says anything. */
const minimumMatches = 60;
/** A change of so many standard errors is no chance. */
const beyondChance = 6;

/** How far a mean moved from one season to the next. */
export interface DefinitionChange {
  /** As a share of the earlier mean; null where too few matches say anything. */
  readonly share: number | null;
  readonly isBeyondChance: boolean;
}

export function definitionChange(before: SeasonMean, after: SeasonMean): DefinitionChange {
  const enough = before.n >= minimumMatches && after.n >= minimumMatches && before.mean > 0;
  const error = Math.sqrt(before.variance / before.n + after.variance / after.n);
  return {
    share: enough ? Math.abs(after.mean / before.mean - 1) : null,
    isBeyondChance: Math.abs(after.mean - before.mean) > beyondChance * error,
  };
}

/**
 * Statistics whose mean jumps from one season to the next: more often a source that counts differently than a game that
 * is played differently, and a model that learnt the old meaning must not go on believing it. Of all seasons held; the watch
 * looks at the newest.
 */
export function findDefinitionChanges(database: Database): CheckCount {
  const examples: CheckCount['examples'] = [];
  let of = 0;
  for (const statistic of watchedStatistics) {
    const seasons = readSeasonMeans(database, statistic);
    for (let at = 1; at < seasons.length; at++) {
      const [before, after] = [seasons[at - 1]!, seasons[at]!];
      if (before.code !== after.code) continue;
      const { share, isBeyondChance } = definitionChange(before, after);
      if (share === null) continue;
      of++;
      if (share < definitionBounds.warnAt || !isBeyondChance) continue;
      examples.push({
        championship: after.championship,
        season: after.season,
        what: `${statistic.replaceAll('_', ' ')}: ${before.mean.toFixed(1)} → ${after.mean.toFixed(1)}`,
      });
    }
  }
  return { count: examples.length, of, examples };
}
