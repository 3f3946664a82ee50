import { createGradientBoosting } from '../../../kernel/modeling/tree/gradient-boosting.ts';
import { deserializeEstimator } from '../../../kernel/modeling/serialization.ts';
import { matrixOf } from '../rows.ts';
import type { PooledFamily } from './family.ts';
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

/** Gradient boosting on all features, starting from the ordered logit: trees only add what the rating does not say. */
export const boosting: PooledFamily = {
  name: 'boosting',
  parameters: { ...parameters, ...lateStopping },
  fit: (input) =>
    trainWithLateStopping(input, {
      featureNames: input.table.featureNames,
      create: () =>
        createGradientBoosting({
          objective: 'multi:softprob',
          classes: [0, 1, 2],
          seed: input.seed,
          ...parameters,
        }),
    }),
  predict: (model, { table, rows, fitted }) =>
    deserializeEstimator(model).predictProbability(
      matrixOf(table, rows, model.featureNames),
      startingScores(fitted, { table, rows }),
    ),
};
