import { readSeasonMeans } from '../../../../db/queries/football/data-quality.ts';
import { watchedStatistics } from '../../../../db/queries/football/defects.ts';
import { definitionBounds, definitionChange } from '../../data-quality/definition-changes.ts';
import { findingOf, type Check } from '../check.ts';

/**
 * Counts that a source began to count in another way: shots in 2012/13, say. The mean of the newest season against the one
 * before.
 */
export const definitions: Check = {
  rules: ['definition-changed'],
  look({ database, today }) {
    return watchedStatistics.flatMap((statistic) =>
      [...Map.groupBy(readSeasonMeans(database, statistic, today), ({ code }) => code)].flatMap(
        ([code, seasons]) => {
          const [before, now] = seasons.slice(-2);
          if (!before || !now) return [];
          const { share, isBeyondChance } = definitionChange(before, now);
          return findingOf('definition-changed', `${code} ${statistic.replaceAll('_', ' ')}`, {
            value: share,
            bounds: definitionBounds,
            isBeyondChance,
            ...{ unit: 'share', n: now.n },
            detail: { season: now.season, before: before.season, mean: now.mean, meanBefore: before.mean },
          });
        },
      ),
    );
  },
};
