import { AppError } from '../../contract/errors.ts';
import { createClassPrior } from './baselines/class-prior.ts';
import { createMarketBaseline } from './baselines/market.ts';
import { createBagging } from './ensembles/bagging.ts';
import { createLinearPool, createLogPool } from './ensembles/pools.ts';
import type { EnsembleOptions } from './ensembles/pools.ts';
import { createStacking } from './ensembles/stacking.ts';
import type { Estimator, SavedEstimator } from './estimator.ts';
import { createLogisticRegression } from './linear/logistic-regression.ts';
import {
  createGru,
  createMlp,
  createMlpRegression,
  createResidualMlp,
  createTcn,
} from './neural/network-estimator.ts';
import { createLinearRegression, createPoissonRegression } from './linear/generalised-linear.ts';
import { createOrderedLogit } from './linear/ordered-logit.ts';
import {
  createExtraTrees,
  createExtraTreesRegression,
  createRandomForest,
  createRandomForestRegression,
} from './tree/forest.ts';
import { createGradientBoosting } from './tree/gradient-boosting.ts';

/** Makes an unfitted estimator, or with `saved` a fitted one. */
export type EstimatorFactory = (
  parameters?: Readonly<Record<string, unknown>>,
  saved?: SavedEstimator,
) => Estimator;

/** An ensemble makes its members by name, as everybody does. */
const ensemble =
  (
    create: (parameters: Readonly<Record<string, unknown>>, options: EnsembleOptions) => Estimator,
  ): EstimatorFactory =>
  (parameters = {}, saved) =>
    create(parameters, { saved, kit: { create: createEstimator, load: loadEstimator } });

const factories: Readonly<Record<string, EstimatorFactory>> = {
  bagging: ensemble(createBagging),
  'class-prior': createClassPrior,
  'extra-trees': createExtraTrees,
  'extra-trees-regression': createExtraTreesRegression,
  'gradient-boosting': createGradientBoosting,
  gru: createGru,
  'linear-pool': ensemble(createLinearPool),
  'linear-regression': createLinearRegression,
  'log-pool': ensemble(createLogPool),
  'logistic-regression': createLogisticRegression,
  market: createMarketBaseline,
  mlp: createMlp,
  'mlp-regression': createMlpRegression,
  'ordered-logit': createOrderedLogit,
  'poisson-regression': createPoissonRegression,
  'random-forest': createRandomForest,
  'random-forest-regression': createRandomForestRegression,
  'residual-mlp': createResidualMlp,
  stacking: ensemble(createStacking),
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
