import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { dayText } from '../../contract/zones.ts';
import { logLoss } from '../../kernel/evaluation/scores.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import { createLogisticRegression } from '../../kernel/modeling/linear/logistic-regression.ts';
import { selectColumns, type Matrix } from '../../kernel/modeling/matrix.ts';
import { deserializeEstimator, serializeEstimator } from '../../kernel/modeling/serialization.ts';
import type { LogisticRegression } from '../../kernel/modeling/linear/logistic-regression.ts';
import { chooseFeatures, type SelectionLimits } from './feature-selection.ts';
import { trainingRows } from './folds.ts';
import type { FittedModel } from './models.ts';

/**
 * The house model: ridge multinomial logistic regression on the few features that forward selection lets in. One pooled fit a half-year over all
 * championships; each championship's own fit then shrinks towards it (an empirical-Bayes prior on the coefficients), so
 * that a short history leans on its neighbours and a long one speaks for itself. The strengths were chosen walk-forward
 * on the seasons 2009/10 to 2015/16 of the five big leagues and nothing later.
 */
export const logisticParameters = {
  /**
   * Inverse ridge strengths (scikit-learn's C, on standardised columns) that the pooled fit chooses from: the one with the
   * least log loss on the newest part of its training rows, fitted on the older part.
   */
  strengths: [1e-3, 1e-2, 1e-1, 1],
  /** Share of the rows, the newest, that chooses the strength. */
  choosingShare: 0.2,
  /** Inverse strength of the pull of a championship's coefficients towards the pooled ones. */
  championshipC: 1e-3,
  /** Below so many matches of its own, a championship uses the pooled model as it is. */
  minimumMatches: 300,
  /** Below so many matches in all, there is no model: not enough history. */
  minimumPooled: 200,
  /** Pooled rows that the choice of features and strength looks at, the newest ones. */
  choosingRows: 20_000,
  selection: { maximum: 12, missing: 0.4 } satisfies SelectionLimits,
} as const;

/** A half-year's pooled model, or the one known from an earlier run. */
export interface PooledModel {
  readonly cut: number;
  readonly model: FittedModel;
}

/** Models of earlier runs by `seasonCode dataHash`: what was fitted on exactly these data is not fitted again. */
export type KnownModels = ReadonlyMap<string, FittedModel>;

export function modelKey(model: { readonly seasonCode: string; readonly dataHash: string }): string {
  return `${model.seasonCode} ${model.dataHash}`;
}

const libraries = { auspex: '1' };

export async function fitPooledModel(
  table: ModelTable,
  cut: number,
  options: { readonly known: KnownModels },
): Promise<PooledModel | undefined> {
  let rows = trainingRows(table, { cut });
  if (rows.length < logisticParameters.minimumMatches) {
    rows = trainingRows(table, { cut, withWarmUp: true });
  }
  if (rows.length < logisticParameters.minimumPooled) return undefined;
  const parameters = { ...logisticParameters, candidates: table.featureNames };
  const dataHash = hashRows(table, rows, JSON.stringify(parameters));
  const seasonCode = `until ${dayText(cut)}`;
  const known = options.known.get(modelKey({ seasonCode, dataHash }));
  if (known) return { cut, model: known };

  const matrix = matrixOf(table, rows, table.featureNames);
  const target = targetOf(table, rows);
  const newest = Math.max(0, rows.length - logisticParameters.choosingRows);
  const chosen = await chooseFeatures(
    rowsOf(matrix, newest, matrix.rows),
    target.subarray(newest),
    logisticParameters.selection,
  );
  const names = chosen.kept.map(({ name }) => name);
  const selected = selectColumns(matrix, names);
  const strength = await chooseStrength(selected, target);
  const estimator = createLogisticRegression({ C: strength, classes: [0, 1, 2] });
  await estimator.fit(selected, target);
  const model: FittedModel = {
    ...serializeEstimator(estimator),
    ...trainingSpan(table, rows),
    family: 'logistic',
    championshipId: null,
    seasonCode,
    featureNames: names,
    parameters,
    seed: 0,
    dataHash,
    libraries,
    notes: { kept: chosen.kept, dropped: chosen.dropped, strength },
  };
  return { cut, model };
}

/** The ridge strength that forecasts the newest rows best from the ones before them. */
async function chooseStrength(features: Matrix, target: Float64Array): Promise<number> {
  const { strengths, choosingShare, choosingRows } = logisticParameters;
  const from = Math.max(0, features.rows - choosingRows);
  const cut = from + Math.floor((features.rows - from) * (1 - choosingShare));
  const older = rowsOf(features, from, cut);
  const newer = rowsOf(features, cut, features.rows);
  let best: number = strengths[0];
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

/** A championship's own fit for one season, or undefined where its history is short: the pooled model serves as it is. */
export async function fitChampionshipModel(
  table: ModelTable,
  fold: { readonly championship: number; readonly firstDay: number; readonly seasonCode: string },
  options: { readonly known: KnownModels; readonly pooled: PooledModel },
): Promise<FittedModel | undefined> {
  const rows = trainingRows(table, { cut: fold.firstDay, championship: fold.championship });
  if (rows.length < logisticParameters.minimumMatches) return undefined;
  const { model: pooled } = options.pooled;
  const dataHash = hashRows(table, rows, pooled.dataHash);
  const known = options.known.get(modelKey({ seasonCode: fold.seasonCode, dataHash }));
  if (known) return known;
  const prior = (deserializeEstimator(pooled) as LogisticRegression).coefficients();
  const width = pooled.featureNames.length;
  const estimator = createLogisticRegression({
    C: logisticParameters.championshipC,
    classes: [0, 1, 2],
    priorCoefficients: [0, 1, 2].map((k) => [...prior.coefficients.subarray(k * width, (k + 1) * width)]),
  });
  await estimator.fit(matrixOf(table, rows, pooled.featureNames), targetOf(table, rows));
  return {
    ...serializeEstimator(estimator),
    ...trainingSpan(table, rows),
    family: 'logistic',
    championshipId: table.championships[fold.championship]!.id,
    seasonCode: fold.seasonCode,
    featureNames: pooled.featureNames,
    parameters: pooled.parameters,
    seed: 0,
    dataHash,
    libraries,
    notes: { pooled: pooled.seasonCode },
  };
}

/** Rows of the model table as a matrix of the named features. */
export function matrixOf(table: ModelTable, rows: Int32Array, names: readonly string[]): Matrix {
  const width = table.featureNames.length;
  const positions = names.map((name) => table.featureNames.indexOf(name));
  const values = new Float64Array(rows.length * names.length);
  let to = 0;
  for (const row of rows) for (const at of positions) values[to++] = table.features[row * width + at]!;
  return { values, rows: rows.length, columns: names };
}

export function targetOf(table: ModelTable, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => table.target[row]!);
}

export function trainingSpan(
  table: ModelTable,
  rows: Int32Array,
): { trainFrom: string | null; trainUntil: string | null; trainCount: number } {
  const last = rows.at(-1);
  return {
    trainFrom: last === undefined ? null : dayText(table.day[rows[0]!]!),
    trainUntil: last === undefined ? null : dayText(table.day[last]!),
    trainCount: rows.length,
  };
}

/** Hash of the rows' identities, features and results, and of a salt. */
export function hashRows(table: ModelTable, rows: Int32Array, salt: string): string {
  const words = new Uint32Array(rows.length * 4);
  let to = 0;
  for (const row of rows) {
    words[to++] = table.matchId[row]!;
    words[to++] = table.target[row]!;
    words[to++] = table.hashes[2 * row]!;
    words[to++] = table.hashes[2 * row + 1]!;
  }
  return createHasher().text(salt).bytes(new Uint8Array(words.buffer)).digest();
}
