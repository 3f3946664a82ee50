import { createGradientBoosting } from '../../../kernel/modeling/tree/gradient-boosting.ts';
import { deserializeEstimator } from '../../../kernel/modeling/serialization.ts';
import { matrixOf } from '../rows.ts';
import type { FamilyParameters, PooledFamily } from './family.ts';
import { lateStopping, startingScores, trainWithLateStopping } from './late-stopping.ts';

/** Many small, strongly held-back trees: chosen on the seasons up to 2015/16. */
const parameters = {
  nEstimators: 400,
  earlyStoppingRounds: 40,
  learningRate: 0.02,
  maxDepth: 3,
  minChildWeight: 30,
  regLambda: 20,
  subsample: 0.7,
  colsampleByTree: 0.3,
};

/**
 * Gradient boosting on all features, starting from the ordered logit: trees only add what the rating does not say.
 *
 * @param changed parameters of the estimator that take the place of the chosen ones
 */
export function createBoostingFamily(changed: FamilyParameters = {}): PooledFamily {
  const own = { ...parameters, ...changed };
  return {
    name: 'boosting',
    parameters: { ...own, ...lateStopping },
    fit: (input) =>
      trainWithLateStopping(input, {
        featureNames: input.table.featureNames,
        create: () =>
          createGradientBoosting({
            objective: 'multi:softprob',
            classes: [0, 1, 2],
            seed: input.seed,
            ...own,
          }),
      }),
    predict: (model, { table, rows, fitted }) =>
      deserializeEstimator(model).predictProbability(
        matrixOf(table, rows, model.featureNames),
        startingScores(fitted, { table, rows }),
      ),
  };
}

export const boosting = createBoostingFamily();
