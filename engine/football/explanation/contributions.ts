import type { ExplainingModel } from '../../../db/queries/football/explanation.ts';
import { AppError } from '../../contract/errors.ts';
import type { OrderedLogit } from '../../kernel/modeling/linear/ordered-logit.ts';
import type { LogisticRegression } from '../../kernel/modeling/linear/logistic-regression.ts';
import type { Matrix } from '../../kernel/modeling/matrix.ts';
import type { Estimator } from '../../kernel/modeling/estimator.ts';
import type { GradientBoosting } from '../../kernel/modeling/tree/gradient-boosting.ts';
import { groupOf } from './groups.ts';
import { groupShapley } from './group-shapley.ts';

/** What a feature, or a group where single features cannot be told apart, adds to the scores of the three results. */
export interface Contribution {
  readonly group: string;
  readonly feature: string | undefined;
  readonly scores: Float64Array;
}

/**
 * Scores of home, draw and away as a sum: softmax(base + contributions) are the family's raw probabilities. Scores have
 * no zero of their own: only their differences mean anything.
 */
export interface Decomposed {
  readonly base: Float64Array;
  readonly parts: readonly Contribution[];
}

/** What the explanation of one match works on. */
export interface Explained {
  /** The models that forecast the match, by family. */
  readonly models: ReadonlyMap<string, ExplainingModel>;
  /** The fitted model of a stored one. */
  load(model: ExplainingModel): Estimator;
  /** The match's value of a feature; NaN where it is missing. */
  value(feature: string): number;
  /** Mean of a feature over earlier matches: what a match without this knowledge is compared with. NaN for clubs. */
  mean(feature: string): number;
}

type Explainer = (explained: Explained) => Decomposed;

const explainers: Readonly<Record<string, Explainer>> = {
  logistic,
  'ordered-logit': orderedLogit,
  boosting,
  network,
  pool,
};

/** Takes a family's scores apart exactly. MODEL_UNKNOWN for a family that cannot be, or whose model is not held. */
export function decompose(family: string, explained: Explained): Decomposed {
  const explainer = explainers[family];
  if (!explainer)
    throw new AppError('MODEL_UNKNOWN', `forecasts of the family ${family} cannot be explained`);
  return explainer(explained);
}

function modelOf({ models }: Explained, family: string): ExplainingModel {
  const model = models.get(family);
  if (!model) throw new AppError('MODEL_UNKNOWN', `the ${family} model of this forecast is not held`);
  return model;
}

/** Coefficient times distance from the training mean; a missing value counts as the mean and adds nothing. */
function logistic(explained: Explained): Decomposed {
  const model = modelOf(explained, 'logistic');
  const estimator = explained.load(model) as LogisticRegression;
  const { intercepts, coefficients } = estimator.coefficients();
  const means = meansOf(estimator);
  const names = estimator.metadata!.featureNames;
  const base = intercepts.slice();
  const parts = names.map((feature, j): Contribution => {
    const value = explained.value(feature);
    const distance = Number.isFinite(value) ? value - means[j]! : 0;
    const scores = new Float64Array(3);
    for (let k = 0; k < 3; k++) {
      const coefficient = coefficients[k * names.length + j]!;
      base[k]! += coefficient * means[j]!;
      scores[k] = coefficient * distance;
    }
    return { group: groupOf(feature), feature, scores };
  });
  return { base, parts };
}

/**
 * The results' log probabilities follow from one score that is linear in the features. The way from the mean match to
 * this one is shared out along the straight line between them (Aumann & Shapley 1974), so in proportion to coefficient
 * times distance; with one feature it is all of it.
 */
function orderedLogit(explained: Explained): Decomposed {
  const model = modelOf(explained, 'ordered-logit');
  const estimator = explained.load(model) as OrderedLogit;
  const { thresholds, coefficients } = estimator.coefficients();
  const means = meansOf(estimator);
  const names = estimator.metadata!.featureNames;
  const moves = names.map((feature, j) => {
    const value = explained.value(feature);
    return Number.isFinite(value) ? coefficients[j]! * (value - means[j]!) : 0;
  });
  const start = means.reduce((sum, mean, j) => sum + coefficients[j]! * mean, 0);
  const total = moves.reduce((sum, move) => sum + move, 0);
  const base = logProbabilities(thresholds, start);
  const end = logProbabilities(thresholds, start + total);
  const parts = names.map((feature, j): Contribution => {
    const share = total === 0 ? 0 : moves[j]! / total;
    return { group: groupOf(feature), feature, scores: end.map((score, k) => share * (score - base[k]!)) };
  });
  return { base, parts };
}

function logProbabilities(thresholds: Float64Array, score: number): Float64Array {
  const upTo = (k: number) => 1 / (1 + Math.exp(score - thresholds[k]!));
  return Float64Array.of(upTo(0), upTo(1) - upTo(0), 1 - upTo(1)).map((p) => Math.log(p));
}

/** Exact SHAP values of the trees, on top of the ordered logit that they start from. */
function boosting(explained: Explained): Decomposed {
  const model = modelOf(explained, 'boosting');
  const estimator = explained.load(model) as GradientBoosting;
  const names = estimator.metadata!.featureNames;
  const shap = estimator.shapValues(rowOf(explained, names));
  const stride = names.length + 1;
  const start = orderedLogit(explained);
  // The trees' expected score counts from their own base scores, in whose place the ordered logit's stand.
  const { baseScores } = estimator.ensemble();
  return {
    base: start.base.map((score, k) => score + shap[k * stride + names.length]! - baseScores[k]!),
    parts: [
      ...start.parts,
      ...names.map((feature, j) => ({
        group: groupOf(feature),
        feature,
        scores: Float64Array.from([0, 1, 2], (k) => shap[k * stride + j]!),
      })),
    ],
  };
}

/** Exact Shapley values of the groups of features, on top of the ordered logit that the network starts from. */
function network(explained: Explained): Decomposed {
  const model = modelOf(explained, 'network');
  const estimator = explained.load(model);
  const names = estimator.metadata!.featureNames;
  const { base, contributions } = groupShapley({
    names,
    groupOf,
    own: names.map(explained.value),
    reference: names.map(explained.mean),
    scores: (features) =>
      estimator.predictProbability(features, new Float64Array(features.rows * 3)).map((p) => Math.log(p)),
  });
  const start = orderedLogit(explained);
  return {
    base: start.base.map((score, k) => score + base[k]!),
    parts: [
      ...start.parts,
      ...[...contributions].map(([group, scores]) => ({ group, feature: undefined, scores })),
    ],
  };
}

/** The members' sums, each by its weight: the pool adds their log probabilities in just this way. */
function pool(explained: Explained): Decomposed {
  const { members, weights } = JSON.parse(modelOf(explained, 'pool').payload) as {
    members: string[];
    weights: number[];
  };
  const base = new Float64Array(3);
  const parts: Contribution[] = [];
  members.forEach((member, m) => {
    const weight = weights[m]!;
    if (weight === 0) return;
    const own = decompose(member, explained);
    own.base.forEach((score, k) => (base[k]! += weight * score));
    for (const part of own.parts) parts.push({ ...part, scores: part.scores.map((score) => weight * score) });
  });
  return { base, parts };
}

function rowOf(explained: Explained, names: readonly string[]): Matrix {
  return { values: Float64Array.from(names, explained.value), rows: 1, columns: names };
}

/** Training means of the columns, which stand in for missing values. */
function meansOf(estimator: LogisticRegression | OrderedLogit): Float64Array {
  return estimator.save().blobs!.means as Float64Array;
}
