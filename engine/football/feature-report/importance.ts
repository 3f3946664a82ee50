import type { ModelRecord } from '../../../db/queries/football/models.ts';
import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { FeatureReport } from '../../contract/features.ts';
import type { MeasuredFamily } from '../../contract/stages.ts';
import { dayText } from '../../contract/zones.ts';
import type { Estimator } from '../../kernel/modeling/estimator.ts';
import type { LogisticRegression } from '../../kernel/modeling/linear/logistic-regression.ts';
import type { Matrix } from '../../kernel/modeling/matrix.ts';
import { permutationImportance } from '../../kernel/modeling/selection/permutation-importance.ts';
import { deserializeEstimator } from '../../kernel/modeling/serialization.ts';
import type { GradientBoosting } from '../../kernel/modeling/tree/gradient-boosting.ts';
import { startingScores } from '../processing/families/late-stopping.ts';
import type { FamilyName, FittedModel } from '../processing/models.ts';
import { matrixOf, targetOf } from '../processing/rows.ts';
import { foldsOf, type FoldModel } from './fold-models.ts';
import { thinned } from './rows.ts';

/** Later matches that a model is measured on, and how long after its training they may be. */
const measuredRows = 3000;
const measuredDays = 366;
/** Fewer later matches, and an earlier model is measured. */
const minimumRows = 100;
const repeats = 5;
const seed = 20_050_805;
/** Matches and features that the single SHAP values are kept of: what a plot can show. */
const shapRows = 400;
const shapFeatures = 15;

export type Importance = Pick<FeatureReport, 'model' | 'shap'> & {
  readonly features: readonly {
    readonly name: string;
    readonly gain: number | null;
    readonly permutation: { readonly rise: number; readonly spread: number };
    readonly shap: number | null;
  }[];
};

/**
 * What the newest model that has enough later matches makes of each feature. Everything is measured on matches after its
 * training, so that a column learnt by heart earns nothing. Undefined where no model has them.
 */
export function importanceOf(
  table: ModelTable,
  options: {
    readonly models: readonly ModelRecord[];
    readonly family: MeasuredFamily;
    /** Settled rows that were asked about. */
    readonly rows: Int32Array;
  },
): Importance | undefined {
  const { models, family, rows } = options;
  const chosen = measurable(table, foldsOf(table, models, family), rows);
  if (!chosen) return undefined;
  const { fold, later } = chosen;
  const estimator = deserializeEstimator(fold.model);
  const measured = thinned(later, measuredRows);
  const features = matrixOf(table, measured, fold.model.featureNames);
  const start = foldsOf(table, models, 'ordered-logit').find(({ cut }) => cut === fold.cut)?.model;
  const startsElsewhere = family === 'boosting' || family === 'network';
  const initialScores =
    startsElsewhere && start
      ? startingScores(new Map<FamilyName, FittedModel>([['ordered-logit', start as FittedModel]]), {
          table,
          rows: measured,
        })
      : undefined;
  const permuted = permutationImportance(
    estimator,
    { features, target: targetOf(table, measured), initialScores },
    { seed, repeats },
  );
  const gains = estimator.featureImportances();
  const total = gains?.reduce((sum, gain) => sum + Math.abs(gain), 0) ?? 0;
  const added = contributionsOf(estimator, features);
  const width = features.columns.length;
  const sizes = added && meanSizes(added, width);
  return {
    model: {
      family,
      championship: table.championships.find(({ id }) => id === fold.model.championshipId)?.code ?? null,
      seasonCode: fold.model.seasonCode,
      trainFrom: fold.model.trainFrom,
      trainUntil: fold.model.trainUntil,
      trainCount: fold.model.trainCount,
      n: measured.length,
      from: dayText(table.day[measured[0]!]!),
      until: dayText(table.day[measured.at(-1)!]!),
      repeats,
    },
    features: permuted.map(({ name, rise, spread }, at) => ({
      name,
      gain: gains && total > 0 ? Math.abs(gains[at]!) / total : null,
      permutation: { rise, spread },
      shap: sizes ? sizes[at]! : null,
    })),
    shap: added && sizes ? shapPoints(features, added, sizes) : null,
  };
}

function measurable(
  table: ModelTable,
  folds: readonly FoldModel[],
  rows: Int32Array,
): { fold: FoldModel; later: Int32Array } | undefined {
  for (const fold of folds.toReversed()) {
    const { championshipId } = fold.model;
    const later = rows.filter(
      (row) =>
        table.day[row]! >= fold.cut &&
        table.day[row]! < fold.cut + measuredDays &&
        (championshipId === null || table.championships[table.championship[row]!]!.id === championshipId),
    );
    if (later.length >= minimumRows) return { fold, later };
  }
  return undefined;
}

/**
 * rows x features: what each value adds to ln(P(home) / P(away)). Exact for trees (path-dependent TreeSHAP) and for a
 * linear model (coefficient times distance from the mean); undefined for others.
 */
function contributionsOf(estimator: Estimator, features: Matrix): Float64Array | undefined {
  const width = features.columns.length;
  const out = new Float64Array(features.rows * width);
  if ('shapValues' in estimator) {
    const shap = (estimator as GradientBoosting).shapValues(features);
    const stride = width + 1;
    for (let row = 0; row < features.rows; row++) {
      for (let j = 0; j < width; j++) {
        out[row * width + j] = shap[row * 3 * stride + j]! - shap[(row * 3 + 2) * stride + j]!;
      }
    }
    return out;
  }
  if (estimator.name !== 'logistic-regression') return undefined;
  const { coefficients } = (estimator as LogisticRegression).coefficients();
  const means = estimator.save().blobs!.means as Float64Array;
  for (let row = 0; row < features.rows; row++) {
    for (let j = 0; j < width; j++) {
      const value = features.values[row * width + j]!;
      if (!Number.isFinite(value)) continue;
      out[row * width + j] = (coefficients[j]! - coefficients[2 * width + j]!) * (value - means[j]!);
    }
  }
  return out;
}

function meanSizes(added: Float64Array, width: number): Float64Array {
  const sizes = new Float64Array(width);
  added.forEach((value, at) => (sizes[at % width]! += Math.abs(value)));
  return sizes.map((sum) => (sum * width) / Math.max(1, added.length));
}

function shapPoints(
  features: Matrix,
  added: Float64Array,
  sizes: Float64Array,
): NonNullable<FeatureReport['shap']> {
  const width = features.columns.length;
  const shown = thinned(
    Int32Array.from({ length: features.rows }, (_, row) => row),
    shapRows,
  );
  const leading = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]!).slice(0, shapFeatures);
  return {
    n: shown.length,
    features: leading.map((column) => ({
      name: features.columns[column]!,
      values: Array.from(shown, (row) => {
        const value = features.values[row * width + column]!;
        return Number.isFinite(value) ? rounded(value) : null;
      }),
      contributions: Array.from(shown, (row) => rounded(added[row * width + column]!)),
    })),
  };
}

/** Six digits are more than a plot shows and a third of the text. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
