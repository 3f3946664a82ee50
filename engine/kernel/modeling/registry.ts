import { AppError } from '../../contract/errors.ts';
import { createClassPrior } from './baselines/class-prior.ts';
import { createMarketBaseline } from './baselines/market.ts';
import type { Estimator, SavedEstimator } from './estimator.ts';
import { createLogisticRegression } from './linear/logistic-regression.ts';
import {
  createGru,
  createMlp,
  createMlpRegression,
  createResidualMlp,
  createTcn,
} from './neural/network-estimator.ts';
import { createGradientBoosting } from './tree/gradient-boosting.ts';

/** Makes an unfitted estimator, or with `saved` a fitted one. */
export type EstimatorFactory = (
  parameters?: Readonly<Record<string, unknown>>,
  saved?: SavedEstimator,
) => Estimator;

const factories: Readonly<Record<string, EstimatorFactory>> = {
  'class-prior': createClassPrior,
  'gradient-boosting': createGradientBoosting,
  gru: createGru,
  'logistic-regression': createLogisticRegression,
  market: createMarketBaseline,
  mlp: createMlp,
  'mlp-regression': createMlpRegression,
  'residual-mlp': createResidualMlp,
  tcn: createTcn,
};

/** The names that `createEstimator` knows, in alphabetical order. */
export const estimatorNames: readonly string[] = Object.keys(factories).sort();

/**
 * An unfitted estimator with the given hyper-parameters over its defaults. An unknown name is MODEL_UNKNOWN with the
 * known ones; nothing is ever put in another's place.
 */
export function createEstimator(name: string, parameters: Readonly<Record<string, unknown>> = {}): Estimator {
  return factoryOf(name)(parameters);
}

/** The fitted estimator of a saved one. */
export function loadEstimator(saved: SavedEstimator): Estimator {
  return factoryOf(saved.metadata.estimator)(saved.metadata.parameters, saved);
}

function factoryOf(name: string): EstimatorFactory {
  if (!Object.hasOwn(factories, name)) {
    throw new AppError(
      'MODEL_UNKNOWN',
      `no estimator is called ${name}; known: ${estimatorNames.join(', ')}`,
      {
        detail: { name, known: estimatorNames },
      },
    );
  }
  return factories[name]!;
}
