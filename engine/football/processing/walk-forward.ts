import type { ModelTable, PriceColumns } from '../../../db/queries/football/processing.ts';
import type { CancelSignal, ReportProgress } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { removeMargin } from '../../kernel/evaluation/margin.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import { createEstimator } from '../../kernel/modeling/registry.ts';
import { deserializeEstimator, serializeEstimator } from '../../kernel/modeling/serialization.ts';
import { listFolds, trainingRows, type Fold } from './folds.ts';
import {
  fitChampionshipModel,
  hashRows,
  matrixOf,
  targetOf,
  trainingSpan,
  modelKey,
  type KnownModels,
  type PooledModel,
} from './logistic.ts';
import type { ChampionshipResult, FamilyPredictions, FittedModel } from './models.ts';

/** What a championship's walk-forward needs besides the table. */
export interface WalkForwardOptions {
  /** Index into `table.championships`. */
  readonly championship: number;
  readonly pooled: readonly PooledModel[];
  /** The market's price a row as of the forecast, for the reference family. */
  readonly prices: PriceColumns;
  readonly known: KnownModels;
  readonly signal?: CancelSignal;
  readonly report?: ReportProgress;
}

/**
 * All families' raw probabilities for every season of one championship, each season by models that saw earlier days
 * only. Rows without a result (fixtures) are forecast alike: serving and history run through the same lines.
 */
export async function walkForward(
  table: ModelTable,
  options: WalkForwardOptions,
): Promise<ChampionshipResult> {
  const folds = listFolds(table).filter((fold) => fold.championship === options.championship);
  const models: FittedModel[] = [];
  const gaps: { seasonCode: string; reason: string; first: boolean }[] = [];
  const parts: { family: FittedModel['family']; fold: Fold; at: number; probabilities: Float64Array }[] = [];
  let done = 0;
  for (const fold of folds) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'cancelled while training');
    const seasonCode = table.seasonCodes[fold.season]!;
    const baseRate = await fitBaseRate(table, fold, { seasonCode, known: options.known });
    if (baseRate) parts.push(await predictFold(table, fold, { model: baseRate, models }));
    const pooled = options.pooled.find((candidate) => candidate.cut === fold.pooledCut);
    if (pooled) {
      const own = await fitChampionshipModel(
        table,
        { ...fold, seasonCode },
        { known: options.known, pooled },
      );
      parts.push(await predictFold(table, fold, { model: own ?? pooled.model, models }));
    } else {
      gaps.push({
        seasonCode,
        reason: 'there is not enough earlier history, in this championship or another',
        first: fold === folds[0],
      });
    }
    options.report?.(++done, folds.length);
  }
  const market = marketPredictions(table, options, models);
  const predictions = (['base-rate', 'logistic'] as const).map((family) =>
    joinParts(
      family,
      parts.filter((part) => part.family === family),
    ),
  );
  return { models, predictions: market ? [...predictions, market] : predictions, gaps };
}

/** Class shares of the championship's earlier seasons; of all championships' where it has none. */
async function fitBaseRate(
  table: ModelTable,
  fold: Fold,
  options: { readonly seasonCode: string; readonly known: KnownModels },
): Promise<FittedModel | undefined> {
  let rows = trainingRows(table, { cut: fold.firstDay, championship: fold.championship, withWarmUp: true });
  if (rows.length === 0) rows = trainingRows(table, { cut: fold.firstDay, withWarmUp: true });
  if (rows.length === 0) return undefined;
  const dataHash = hashRows(table, rows, 'base-rate');
  const known = options.known.get(modelKey({ seasonCode: options.seasonCode, dataHash }));
  if (known) return known;
  const parameters = { classes: [0, 1, 2] };
  const estimator = createEstimator('class-prior', parameters);
  await estimator.fit(matrixOf(table, rows, []), targetOf(table, rows));
  return {
    ...serializeEstimator(estimator),
    ...trainingSpan(table, rows),
    family: 'base-rate',
    championshipId: table.championships[fold.championship]!.id,
    seasonCode: options.seasonCode,
    featureNames: [],
    parameters,
    seed: 0,
    dataHash,
    libraries: { auspex: '1' },
    notes: {},
  };
}

async function predictFold(
  table: ModelTable,
  fold: Fold,
  options: { readonly model: FittedModel; readonly models: FittedModel[] },
) {
  const { model, models } = options;
  const estimator = deserializeEstimator(model);
  const probabilities = estimator.predictProbability(matrixOf(table, fold.rows, model.featureNames));
  const at = models.includes(model) ? models.indexOf(model) : models.push(model) - 1;
  return { family: model.family, fold, at, probabilities };
}

function joinParts(
  family: FittedModel['family'],
  parts: readonly { fold: Fold; at: number; probabilities: Float64Array }[],
): FamilyPredictions {
  const count = parts.reduce((sum, part) => sum + part.fold.rows.length, 0);
  const rows = new Int32Array(count);
  const probabilities = new Float64Array(count * 3);
  const model = new Int32Array(count);
  let at = 0;
  for (const part of parts) {
    rows.set(part.fold.rows, at);
    probabilities.set(part.probabilities, at * 3);
    model.fill(part.at, at, at + part.fold.rows.length);
    at += part.fold.rows.length;
  }
  return { family, rows, probabilities, model };
}

/** The market's own probabilities (margin removed after Shin) from the newest price known when the forecast is made. */
function marketPredictions(
  table: ModelTable,
  options: WalkForwardOptions,
  models: FittedModel[],
): FamilyPredictions | undefined {
  const { prices } = options.prices;
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (table.championship[row] === options.championship && prices[row * 3]! > 1) rows.push(row);
  }
  if (rows.length === 0) return undefined;
  const probabilities = new Float64Array(rows.length * 3);
  rows.forEach((row, at) => {
    probabilities.set(removeMargin(prices.subarray(row * 3, row * 3 + 3)), at * 3);
  });
  const payload = JSON.stringify({ margin: 'shin' });
  const checksum = createHasher().text(payload).digest();
  const at =
    models.push({
      payload,
      checksum,
      family: 'market',
      championshipId: null,
      seasonCode: 'any',
      featureNames: [],
      parameters: { margin: 'shin' },
      seed: 0,
      trainFrom: null,
      trainUntil: null,
      trainCount: 0,
      dataHash: checksum,
      libraries: { auspex: '1' },
      notes: {},
    }) - 1;
  return {
    family: 'market',
    rows: Int32Array.from(rows),
    probabilities,
    model: new Int32Array(rows.length).fill(at),
  };
}
