import type { ModelRecord } from '../../../db/queries/football/models.ts';
import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { FeatureReport } from '../../contract/features.ts';
import type { MeasuredFamily } from '../../contract/stages.ts';
import { deserializeEstimator } from '../../kernel/modeling/serialization.ts';
import { foldsOf } from './fold-models.ts';

/** Fewer folds say nothing of how steady an importance is. */
const minimumFolds = 2;

/** Each feature's share of the importance fold by fold, the steadily important first; undefined where a family has none. */
export function stabilityOf(
  table: ModelTable,
  models: readonly ModelRecord[],
  family: MeasuredFamily,
): FeatureReport['stability'] | undefined {
  const folds = foldsOf(table, models, family).flatMap(({ model }) => {
    const estimator = deserializeEstimator(model);
    const gains = estimator.featureImportances();
    if (!gains) return [];
    const total = gains.reduce((sum, gain) => sum + Math.abs(gain), 0);
    const shares = new Map(
      model.featureNames.map((name, at) => [name, total > 0 ? Math.abs(gains[at]!) / total : 0]),
    );
    return [{ name: model.seasonCode, shares }];
  });
  if (folds.length < minimumFolds) return undefined;
  const names = [...new Set(folds.flatMap(({ shares }) => [...shares.keys()]))];
  const rankIn = folds.map(({ shares }) => {
    const order = [...shares].sort(([, a], [, b]) => b - a).map(([name]) => name);
    return new Map(order.map((name, at) => [name, at + 1]));
  });
  return {
    folds: folds.map(({ name }) => name),
    features: names
      .map((name) => {
        // Left out of a fold's model: behind all that are in it.
        const places = rankIn.map((ranks) => ranks.get(name) ?? ranks.size + 1);
        return {
          name,
          shares: folds.map(({ shares }) => shares.get(name) ?? null),
          meanRank: places.reduce((sum, place) => sum + place, 0) / places.length,
          bestRank: Math.min(...places),
          worstRank: Math.max(...places),
        };
      })
      .sort((a, b) => a.meanRank - b.meanRank),
  };
}
