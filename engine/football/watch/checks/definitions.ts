import { readSeasonMeans } from '../../../../db/queries/football/watch.ts';
import { findingOf, type Check } from '../check.ts';

/** Matches of a season before its mean says anything. */
const minimumMatches = 60;
/** A change that is this many standard errors large is no chance. */
const beyondChance = 6;

/**
 * Counts that a source began to count in another way: shots in 2012/13, say. The mean of a season against the one
 * before: such a change is both large and far beyond chance.
 */
export const definitions: Check = {
  rules: ['definition-changed'],
  look({ database, today }) {
    const pairs = Map.groupBy(
      readSeasonMeans(database, today),
      ({ code, statistic }) => `${code} ${statistic.replaceAll('_', ' ')}`,
    );
    return [...pairs].flatMap(([subject, [now, before]]) => {
      if (!now || !before) return [];
      const enough = now.n >= minimumMatches && before.n >= minimumMatches && before.mean > 0;
      const change = Math.abs(now.mean / before.mean - 1);
      const varianceOf = ({ n, mean, squares }: typeof now) => (squares - n * mean * mean) / (n - 1) / n;
      const errors = Math.abs(now.mean - before.mean) / Math.sqrt(varianceOf(now) + varianceOf(before));
      return findingOf('definition-changed', subject, {
        value: enough ? change : null,
        bounds: { warnAt: 0.15, criticalAt: 0.3, calmBelow: 0.1 },
        isBeyondChance: errors > beyondChance,
        ...{ unit: 'share', n: now.n },
        detail: { season: now.season, before: before.season, mean: now.mean, meanBefore: before.mean },
      });
    });
  },
};
