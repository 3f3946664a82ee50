import { createOrderedLogit } from '../../../kernel/modeling/linear/ordered-logit.ts';
import { deserializeEstimator } from '../../../kernel/modeling/serialization.ts';
import { matrixOf, targetOf } from '../rows.ts';
import type { FamilyFit, PooledFamily } from './family.ts';

const parameters = { features: 'the strongest of the logistic family' };

/**
 * One measure of strength and an ordered logit: home win, draw and away win are stretches of one scale, so that a single
 * slope and two thresholds say everything (as Robberechts & Davis did with Elo). Two parameters fewer to estimate than the
 * multinomial model, which shows on few thousand matches.
 */
export const orderedLogit: PooledFamily = {
  name: 'ordered-logit',
  parameters,
  async fit({ table, rows, fitted }): Promise<FamilyFit> {
    const featureNames = fitted.get('logistic')!.featureNames.slice(0, 1);
    const estimator = createOrderedLogit({ classes: [0, 1, 2] });
    await estimator.fit(matrixOf(table, rows, featureNames), targetOf(table, rows));
    return { estimator, featureNames, notes: {} };
  },
  predict: (model, { table, rows }) =>
    deserializeEstimator(model).predictProbability(matrixOf(table, rows, model.featureNames)),
};
