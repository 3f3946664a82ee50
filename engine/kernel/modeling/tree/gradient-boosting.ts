import type { CancelSignal } from '../../../contract/domain.ts';
import { defineEstimator, type EstimatorDefinition } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { toFloat32 } from './binning.ts';
import { boost, type BoostedTrees } from './boost.ts';
import { readBoostingParameters, type BoostingParameters } from './boosting-parameters.ts';
import { leavesOf, splitImportances, type ImportanceKind, type TreeEnsemble } from './ensemble.ts';
import { loadEnsemble, saveEnsemble } from './ensemble-storage.ts';
import { shapInteractions, shapValues } from './tree-shap.ts';
import { scoresOf } from './predict.ts';
import { lossObjective, lossPrefix } from './loss-objective.ts';
import { objectiveNamed } from './objectives.ts';

export interface GradientBoosting extends Estimator {
  /** Scores before the link, rows x outputs: XGBoost's margins. */
  predictScores(features: Matrix, initialScores?: Float64Array): Float64Array;
  /** The node that each row ends in, rows x trees. */
  predictLeaves(features: Matrix): Int32Array;
  /** Exact SHAP values of the scores, rows x outputs x (features + 1), the expected score last. */
  shapValues(features: Matrix, options?: { readonly signal?: CancelSignal | undefined }): Float64Array;
  /** Exact SHAP interactions, rows x outputs x (features + 1) squared. */
  shapInteractions(features: Matrix): Float64Array;
  importances(kind: ImportanceKind): Float64Array;
  /** The fitted trees. */
  ensemble(): TreeEnsemble;
}

const name = 'gradient-boosting';

/**
 * Gradient boosted trees on histograms (Friedman 2001; Chen and Guestrin 2016), with XGBoost's parameters. A missing
 * value goes the way that the split learnt for it. `featureImportances` are shares of the total gain.
 */
export function createGradientBoosting(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): GradientBoosting {
  const defined = defineEstimator(definition(readBoostingParameters(name, parameters)), saved);
  const valuesOf = (features: Matrix): Float32Array => toFloat32(defined.aligned(features).values);
  return Object.assign(defined.estimator, {
    predictScores: (features: Matrix, initialScores?: Float64Array) =>
      scoresOf(defined.fitted().ensemble, valuesOf(features), initialScores),
    predictLeaves: (features: Matrix) => leavesOf(defined.fitted().ensemble, valuesOf(features)),
    shapValues: (features: Matrix, options: { readonly signal?: CancelSignal | undefined } = {}) =>
      shapValues(defined.fitted().ensemble, valuesOf(features), options),
    shapInteractions: (features: Matrix) => shapInteractions(defined.fitted().ensemble, valuesOf(features)),
    importances: (kind: ImportanceKind) => splitImportances(defined.fitted().ensemble, kind),
    ensemble: () => defined.fitted().ensemble,
  });
}

interface Model extends BoostedTrees {
  readonly classes: number;
}

function definition(parameters: BoostingParameters): EstimatorDefinition<BoostingParameters, Model> {
  const objective = parameters.objective.startsWith(lossPrefix)
    ? lossObjective(parameters.objective, parameters.lossParameters ?? {})
    : objectiveNamed(parameters.objective, {
        maxDeltaStep: parameters.maxDeltaStep ?? 0.7,
        quantileAlpha: parameters.quantileAlpha,
      });
  return {
    name,
    task: objective.task,
    missing: 'native',
    backend: 'wasm-simd',
    reportsEpochs: true,
    parameters,
    outputs: (classes) => objective.outputs(classes),
    async fit(input) {
      return { ...(await boost(input, objective, parameters)), classes: input.classes.length };
    },
    output({ ensemble, classes }, features, initialScores) {
      return objective.predict(scoresOf(ensemble, toFloat32(features.values), initialScores), classes);
    },
    importances({ ensemble }) {
      const gains = splitImportances(ensemble, 'totalGain');
      const total = gains.reduce((sum, gain) => sum + gain, 0);
      return total > 0 ? gains.map((gain) => gain / total) : gains;
    },
    save({ ensemble, rounds, classes }) {
      const { shape, blobs } = saveEnsemble(ensemble);
      return { state: { ...shape, rounds, classes }, blobs };
    },
    load({ state, blobs }) {
      const { rounds, classes, ...shape } = state as {
        features: number;
        outputs: number;
        rounds: number;
        classes: number;
      };
      return { ensemble: loadEnsemble(shape, blobs ?? {}), rounds, classes };
    },
  };
}
