import { createMlp } from '../../../kernel/modeling/neural/network-estimator.ts';
import { deserializeEstimator } from '../../../kernel/modeling/serialization.ts';
import { matrixOf, teamColumns } from '../rows.ts';
import type { FamilyParameters, PooledFamily } from './family.ts';
import { lateStopping, startingScores, trainWithLateStopping } from './late-stopping.ts';

/** A small network, strongly regularised: chosen on the seasons up to 2015/16. */
const parameters = {
  hidden: [32, 16],
  dropout: 0.3,
  l2: 1e-3,
  learningRate: 5e-4,
  epochs: 40,
  patience: 5,
};
const embeddingDimensions = 4;

/**
 * A multi-layer perceptron with an embedding for each club, starting from the ordered logit.
 *
 * @param changed parameters of the estimator that take the place of the chosen ones
 */
export function createNetworkFamily(changed: FamilyParameters = {}): PooledFamily {
  const own = { ...parameters, ...changed };
  return {
    name: 'network',
    parameters: { ...own, ...lateStopping, embeddingDimensions },
    fit: (input) =>
      trainWithLateStopping(input, {
        featureNames: [...input.table.featureNames, ...teamColumns],
        // The other columns are the boosting family's, which has been through all checks.
        checks: ['overlap-in-time', 'feature-after-forecast', 'class-balance', 'unseen-class'],
        create: () =>
          createMlp({
            classes: [0, 1, 2],
            seed: input.seed,
            embeddings: [{ columns: teamColumns, dimensions: embeddingDimensions }],
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

export const network = createNetworkFamily();
