import type { ModelTable } from '../../../../db/queries/football/processing.ts';
import { logLoss } from '../../../kernel/evaluation/scores.ts';
import {
  createLogisticRegression,
  type LogisticRegression,
} from '../../../kernel/modeling/linear/logistic-regression.ts';
import { selectColumns, type Matrix } from '../../../kernel/modeling/matrix.ts';
import { deserializeEstimator } from '../../../kernel/modeling/serialization.ts';
import { chooseFeatures, type SelectionLimits } from '../feature-selection.ts';
import { trainingRows } from '../folds.ts';
import type { FittedModel } from '../models.ts';
import { matrixOf, targetOf } from '../rows.ts';
import type { FamilyFit, PooledFamily } from './family.ts';

/** Chosen walk-forward on the seasons 2009/10 to 2015/16 of the five big leagues and nothing later. */
const parameters = {
  /**
   * Inverse ridge strengths (scikit-learn's C, on standardised columns) that the pooled fit chooses from: the one with the
   * least log loss on the newest part of its training rows, fitted on the older part.
   */
  strengths: [1e-3, 1e-2, 1e-1, 1],
  /** Share of the rows, the newest, that chooses the strength. */
  choosingShare: 0.2,
  /** Pooled rows that the choice of features and strength looks at, the newest ones. */
  choosingRows: 20_000,
  /** Inverse strength of the pull of a championship's coefficients towards the pooled ones. */
  championshipC: 1e-3,
  /** Below so many matches of its own, a championship uses the pooled model as it is. */
  minimumMatches: 300,
  selection: { maximum: 12, missing: 0.4 } satisfies SelectionLimits,
};

/** What may be chosen otherwise than by the family itself. */
export interface LogisticChoices {
  readonly strengths?: readonly number[];
  /** Features that are let in at most. */
  readonly maximum?: number;
}

/**
 * Ridge multinomial logistic regression on the few features that forward selection lets in. Each championship's own fit
 * then shrinks towards the pooled one (`refineLogistic`), an empirical-Bayes prior on the coefficients: a short history
 * leans on its neighbours, a long one speaks for itself.
 */
export function createLogisticFamily(choices: LogisticChoices = {}): PooledFamily {
  const { strengths = parameters.strengths, maximum = parameters.selection.maximum } = choices;
  const own = { ...parameters, strengths, selection: { ...parameters.selection, maximum } };
  return {
    name: 'logistic',
    parameters: own,
    async fit({ table, rows }): Promise<FamilyFit> {
      const matrix = matrixOf(table, rows, table.featureNames);
      const target = targetOf(table, rows);
      const newest = Math.max(0, rows.length - own.choosingRows);
      const chosen = await chooseFeatures(
        rowsOf(matrix, newest, matrix.rows),
        target.subarray(newest),
        own.selection,
      );
      const featureNames = chosen.kept.map(({ name }) => name);
      const selected = selectColumns(matrix, featureNames);
      const strength = await chooseStrength(selected, target, strengths);
      const estimator = createLogisticRegression({ C: strength, classes: [0, 1, 2] });
      await estimator.fit(selected, target);
      return {
        estimator,
        featureNames,
        notes: { kept: chosen.kept, dropped: chosen.dropped, strength },
      };
    },
    predict: (model, { table, rows }) =>
      deserializeEstimator(model).predictProbability(matrixOf(table, rows, model.featureNames)),
  };
}

export const logistic = createLogisticFamily();

/** A championship's own fit, or undefined where its history is short: the pooled model serves as it is. */
export async function refineLogistic(
  table: ModelTable,
  pooled: FittedModel,
  fold: { readonly championship: number; readonly firstDay: number },
): Promise<(FamilyFit & { readonly rows: Int32Array }) | undefined> {
  const rows = trainingRows(table, { cut: fold.firstDay, championship: fold.championship });
  if (rows.length < parameters.minimumMatches) return undefined;
  const prior = (deserializeEstimator(pooled) as LogisticRegression).coefficients();
  const width = pooled.featureNames.length;
  const estimator = createLogisticRegression({
    C: parameters.championshipC,
    classes: [0, 1, 2],
    priorCoefficients: [0, 1, 2].map((k) => [...prior.coefficients.subarray(k * width, (k + 1) * width)]),
  });
  await estimator.fit(matrixOf(table, rows, pooled.featureNames), targetOf(table, rows));
  // What selection found is the pooled model's, which is not kept where every championship has one of its own.
  const notes = { ...(pooled.notes as FamilyFit['notes']), pooled: pooled.seasonCode };
  return { estimator, featureNames: pooled.featureNames, notes, rows };
}

/** The ridge strength that forecasts the newest rows best from the ones before them. */
async function chooseStrength(
  features: Matrix,
  target: Float64Array,
  strengths: readonly number[],
): Promise<number> {
  if (strengths.length === 1) return strengths[0]!;
  const { choosingShare, choosingRows } = parameters;
  const from = Math.max(0, features.rows - choosingRows);
  const cut = from + Math.floor((features.rows - from) * (1 - choosingShare));
  const older = rowsOf(features, from, cut);
  const newer = rowsOf(features, cut, features.rows);
  let best = strengths[0]!;
  let least = Infinity;
  for (const strength of strengths) {
    const estimator = createLogisticRegression({ C: strength, classes: [0, 1, 2] });
    await estimator.fit(older, target.subarray(from, cut));
    const loss = logLoss(estimator.predictProbability(newer), target.subarray(cut));
    if (loss < least) [best, least] = [strength, loss];
  }
  return best;
}

/** Some rows in a row, without copying. */
function rowsOf(matrix: Matrix, from: number, to: number): Matrix {
  const width = matrix.columns.length;
  return { ...matrix, values: matrix.values.subarray(from * width, to * width), rows: to - from };
}
