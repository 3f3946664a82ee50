import { z } from 'zod';
import { AppError } from '../../../contract/errors.ts';
import type { SavedEstimator } from '../estimator.ts';
import type { TreeEnsemble } from './ensemble.ts';
import { checkEnsemble, saveEnsemble } from './ensemble-storage.ts';
import { createGradientBoosting, type GradientBoosting } from './gradient-boosting.ts';
import { objectiveNamed, objectiveNames } from './objectives.ts';

const numbers = z.array(z.number());
const treeSchema = z.object({
  left_children: numbers,
  right_children: numbers,
  split_indices: numbers,
  split_conditions: numbers,
  default_left: z.array(z.union([z.boolean(), z.number()])),
  sum_hessian: numbers,
  loss_changes: numbers,
  split_type: numbers.optional(),
});
const modelSchema = z.object({
  learner: z.object({
    feature_names: z.array(z.string()).default([]),
    gradient_booster: z.object({
      name: z.string(),
      model: z.object({ trees: z.array(treeSchema), tree_info: numbers }),
    }),
    learner_model_param: z.object({ base_score: z.string(), num_class: z.string(), num_feature: z.string() }),
    objective: z.looseObject({ name: z.string() }),
  }),
});

/**
 * The model of a JSON document that XGBoost wrote (`save_model('m.json')`, 1.x to 3.x, numeric splits): it predicts the
 * same margins to float32 rounding. Without names in the document the columns are f0, f1, ...; anything that is not
 * such a model is MODEL_INVALID.
 */
export function fromXgboostJson(document: unknown): GradientBoosting {
  const parsed = modelSchema.safeParse(document);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new AppError('MODEL_INVALID', `this is no XGBoost model: ${path.join('.')}: ${message}`);
  }
  const { learner } = parsed.data;
  const { trees, tree_info: treeOutputs } = learner.gradient_booster.model;
  const objectiveName = learner.objective.name;
  if (learner.gradient_booster.name !== 'gbtree' || !objectiveNames.includes(objectiveName)) {
    throw new AppError(
      'MODEL_INVALID',
      `expected booster gbtree and one of ${objectiveNames.join(', ')}, got ${learner.gradient_booster.name} and ${objectiveName}`,
    );
  }
  if (trees.some((tree) => tree.split_type?.some((type) => type !== 0))) {
    throw new AppError('MODEL_INVALID', 'splits by category cannot be read');
  }
  const objective = objectiveNamed(objectiveName, { maxDeltaStep: 0.7, quantileAlpha: 0.5 });
  const classCount = Number(learner.learner_model_param.num_class);
  const outputs = Math.max(1, classCount);
  const features = Number(learner.learner_model_param.num_feature);
  const given = learner.learner_model_param.base_score.replace(/[[\]]/g, '').split(',').map(Number);
  const baseScores = Float64Array.from({ length: outputs }, (_, k) =>
    objective.scoreOfBase(given[k] ?? given[0]!),
  );
  const starts = [0];
  for (const tree of trees) starts.push(starts.at(-1)! + tree.left_children.length);
  const ensemble: TreeEnsemble = {
    features,
    outputs,
    baseScores,
    starts: Int32Array.from(starts),
    treeOutputs: Int32Array.from(treeOutputs),
    feature: Int32Array.from(
      trees.flatMap((tree) =>
        tree.split_indices.map((split, at) => (tree.left_children[at]! < 0 ? -1 : split)),
      ),
    ),
    threshold: Float32Array.from(trees.flatMap((tree) => tree.split_conditions)),
    left: Int32Array.from(trees.flatMap((tree) => tree.left_children)),
    right: Int32Array.from(trees.flatMap((tree) => tree.right_children)),
    missingLeft: Uint8Array.from(trees.flatMap((tree) => tree.default_left.map(Number))),
    cover: Float32Array.from(trees.flatMap((tree) => tree.sum_hessian)),
    gain: Float32Array.from(trees.flatMap((tree) => tree.loss_changes)),
  };
  checkEnsemble(ensemble);
  return createGradientBoosting(
    { objective: objectiveName },
    savedForm(ensemble, learner.feature_names, objective.task),
  );
}

function savedForm(
  ensemble: TreeEnsemble,
  names: readonly string[],
  task: 'classification' | 'regression',
): SavedEstimator {
  const { shape, blobs } = saveEnsemble(ensemble);
  const { features, outputs, treeOutputs } = ensemble;
  const classes = task === 'regression' ? 0 : Math.max(2, outputs);
  const featureNames = names.length > 0 ? names : Array.from({ length: features }, (_, j) => `f${j}`);
  return {
    format: 1,
    metadata: {
      estimator: 'gradient-boosting',
      task,
      parameters: {},
      seed: 0,
      featureNames,
      classes: Array.from({ length: classes }, (_, k) => k),
      rows: 0,
      dataHash: '',
      backend: 'xgboost',
      libraries: {},
    },
    state: {
      usesInitialScores: false,
      model: { ...shape, rounds: Math.ceil(treeOutputs.length / outputs), classes },
    },
    blobs,
  };
}

/**
 * The fitted model as the text of a document that XGBoost loads (schema of 1.7). XGBoost has one base score for all classes; where
 * ours differ, the difference goes into the leaves of each class's first tree.
 */
export function toXgboostJson(model: GradientBoosting): string {
  const ensemble = model.ensemble();
  const { outputs, features, baseScores, starts, treeOutputs } = ensemble;
  const objective = String(model.parameters['objective']);
  if (!objectiveNames.includes(objective)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `XGBoost has no objective ${objective}; it has: ${objectiveNames.join(', ')}`,
    );
  }
  const shared = outputs === 1 ? baseScores[0]! : 0.5;
  const seen = new Set<number>();
  const trees = Array.from(treeOutputs, (output, t) => {
    const shift = seen.has(output) ? 0 : baseScores[output]! - shared;
    seen.add(output);
    return treeDocument(ensemble, t, shift);
  });
  const document = {
    learner: {
      attributes: {},
      feature_names: [...(model.metadata?.featureNames ?? [])],
      feature_types: Array.from({ length: features }, () => 'float'),
      gradient_booster: {
        model: {
          gbtree_model_param: {
            num_parallel_tree: '1',
            num_trees: text(trees.length),
            size_leaf_vector: '0',
          },
          tree_info: [...treeOutputs],
          trees,
        },
        name: 'gbtree',
      },
      learner_model_param: {
        base_score: text(baseOfScore(objective, shared)),
        boost_from_average: '0',
        num_class: text(outputs > 1 ? outputs : 0),
        num_feature: text(features),
        num_target: '1',
      },
      objective: { name: objective, ...objectiveParameters(objective, outputs) },
    },
    version: [1, 7, 4],
  };
  return asFloats(JSON.stringify(document));

  function treeDocument(from: TreeEnsemble, tree: number, shift: number): unknown {
    const first = starts[tree]!;
    const last = starts[tree + 1]!;
    const size = last - first;
    const isLeaf = (at: number): boolean => from.feature[at]! < 0;
    const nodes = Array.from({ length: size }, (_, node) => first + node);
    const parents = new Array<number>(size).fill(2147483647);
    for (const at of nodes) {
      if (isLeaf(at)) continue;
      parents[from.left[at]!] = at - first;
      parents[from.right[at]!] = at - first;
    }
    return {
      base_weights: nodes.map((at) => (isLeaf(at) ? from.threshold[at]! : 0)),
      categories: [],
      categories_nodes: [],
      categories_segments: [],
      categories_sizes: [],
      default_left: nodes.map((at) => from.missingLeft[at]!),
      id: tree,
      left_children: nodes.map((at) => (isLeaf(at) ? -1 : from.left[at]!)),
      loss_changes: nodes.map((at) => from.gain[at]!),
      parents,
      right_children: nodes.map((at) => (isLeaf(at) ? -1 : from.right[at]!)),
      split_conditions: nodes.map((at) =>
        isLeaf(at) ? Math.fround(from.threshold[at]! + shift) : from.threshold[at]!,
      ),
      split_indices: nodes.map((at) => Math.max(0, from.feature[at]!)),
      split_type: nodes.map(() => 0),
      sum_hessian: nodes.map((at) => from.cover[at]!),
      tree_param: {
        num_deleted: '0',
        num_feature: text(features),
        num_nodes: text(size),
        size_leaf_vector: '0',
      },
    };
  }
}

const text = (value: number): string => String(value);

/** XGBoost's reader takes whole numbers for integers, so those in arrays of reals are written with an exponent. */
function asFloats(document: string): string {
  return document.replace(
    /"(base_weights|loss_changes|split_conditions|sum_hessian)":\[([^\]]*)\]/g,
    (_, key: string, list: string) => `"${key}":[${list.replace(/(^|,)(-?\d+)(?=,|$)/g, '$1$2E0')}]`,
  );
}

/** The inverse of `Objective.scoreOfBase`. */
function baseOfScore(objective: string, score: number): number {
  if (objective === 'binary:logistic') return 1 / (1 + Math.exp(-score));
  return objective === 'count:poisson' ? Math.exp(score) : score;
}

function objectiveParameters(objective: string, outputs: number): Record<string, Record<string, string>> {
  if (objective === 'multi:softprob') return { softmax_multiclass_param: { num_class: String(outputs) } };
  if (objective === 'count:poisson') return { poisson_regression_param: { max_delta_step: '0.7' } };
  return objective === 'reg:quantileerror' ? {} : { reg_loss_param: { scale_pos_weight: '1' } };
}
