import type { ModelTable, PriceColumns } from '../../../db/queries/football/processing.ts';
import type { CancelSignal, ReportProgress } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { removeMargin } from '../../kernel/evaluation/margin.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import { createEstimator } from '../../kernel/modeling/registry.ts';
import { deserializeEstimator, serializeEstimator } from '../../kernel/modeling/serialization.ts';
import { refineLogistic } from './families/logistic.ts';
import { pooledFamilies } from './families/registry.ts';
import { listFolds, trainingRows, type Fold } from './folds.ts';
import type { ChampionshipResult, FamilyName, FamilyPredictions, FittedModel } from './models.ts';
import { modelKey, type KnownModels, type PooledModels } from './pooled-models.ts';
import { hashRows, matrixOf, targetOf, trainingSpan } from './rows.ts';

/** What a championship's walk-forward needs besides the table. */
export interface WalkForwardOptions {
  /** Index into `table.championships`. */
  readonly championship: number;
  readonly pooled: readonly PooledModels[];
  /** The market's price a row as of the forecast, for the reference family. */
  readonly prices: PriceColumns;
  readonly known: KnownModels;
  readonly signal?: CancelSignal;
  readonly report?: ReportProgress;
}

interface Part {
  readonly family: FamilyName;
  readonly rows: Int32Array;
  /** Position in the list of models. */
  readonly model: number;
  readonly probabilities: Float64Array;
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
  const parts: Part[] = [];
  const add = (model: FittedModel, rows: Int32Array, probabilities: Float64Array) => {
    const at = models.includes(model) ? models.indexOf(model) : models.push(model) - 1;
    parts.push({ family: model.family, model: at, ...spokenOf(rows, probabilities) });
  };
  let done = 0;
  for (const fold of folds) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'cancelled while training');
    const seasonCode = table.seasonCodes[fold.season]!;
    const baseRate = await fitBaseRate(table, fold, { seasonCode, known: options.known });
    if (baseRate) {
      const estimator = deserializeEstimator(baseRate);
      add(baseRate, fold.rows, estimator.predictProbability(matrixOf(table, fold.rows, [])));
    }
    const pooled = options.pooled.find((candidate) => candidate.cut === fold.pooledCut);
    if (pooled) {
      for (const family of pooledFamilies) {
        const shared = pooled.models.get(family.name);
        if (!shared) continue;
        const model =
          family.name === 'logistic'
            ? await fitOwnLogistic(table, fold, { seasonCode, pooled: shared, known: options.known })
            : shared;
        add(model, fold.rows, family.predict(model, { table, rows: fold.rows, fitted: pooled.models }));
      }
    } else {
      gaps.push({
        seasonCode,
        reason: 'there is not enough earlier history, in this championship or another',
        first: fold === folds[0],
      });
    }
    options.report?.(++done, folds.length);
  }
  const market = marketProbabilities(table, options);
  if (market) add(marketModel(), market.rows, market.probabilities);
  const families = [...new Set(parts.map((part) => part.family))];
  return {
    models,
    predictions: families.map((family) =>
      joinParts(
        family,
        parts.filter((part) => part.family === family),
      ),
    ),
    gaps,
  };
}

/** The rows that a family has something to say of. */
function spokenOf(rows: Int32Array, probabilities: Float64Array): Pick<Part, 'rows' | 'probabilities'> {
  const spoken = [...rows.keys()].filter((at) => !Number.isNaN(probabilities[at * 3]!));
  if (spoken.length === rows.length) return { rows, probabilities };
  return {
    rows: Int32Array.from(spoken, (at) => rows[at]!),
    probabilities: Float64Array.from(spoken.flatMap((at) => [...probabilities.subarray(at * 3, at * 3 + 3)])),
  };
}

/** Class shares of the championship's earlier seasons; of all championships' where it has none. */
async function fitBaseRate(
  table: ModelTable,
  fold: Fold,
  options: { readonly seasonCode: string; readonly known: KnownModels },
): Promise<FittedModel | undefined> {
  const { seasonCode, known } = options;
  let rows = trainingRows(table, { cut: fold.firstDay, championship: fold.championship, withWarmUp: true });
  if (rows.length === 0) rows = trainingRows(table, { cut: fold.firstDay, withWarmUp: true });
  if (rows.length === 0) return undefined;
  const dataHash = hashRows(table, rows, 'base-rate');
  const found = known.get(modelKey({ family: 'base-rate', seasonCode, dataHash }));
  if (found) return found;
  const parameters = { classes: [0, 1, 2] };
  const estimator = createEstimator('class-prior', parameters);
  await estimator.fit(matrixOf(table, rows, []), targetOf(table, rows));
  return {
    ...serializeEstimator(estimator),
    ...trainingSpan(table, rows),
    family: 'base-rate',
    championshipId: table.championships[fold.championship]!.id,
    seasonCode,
    featureNames: [],
    parameters,
    seed: 0,
    dataHash,
    libraries: {},
    notes: {},
  };
}

/** The championship's own logistic model, or the pooled one where its history is short. */
async function fitOwnLogistic(
  table: ModelTable,
  fold: Fold,
  options: { readonly seasonCode: string; readonly pooled: FittedModel; readonly known: KnownModels },
): Promise<FittedModel> {
  const { seasonCode, pooled, known } = options;
  const training = trainingRows(table, { cut: fold.firstDay, championship: fold.championship });
  const dataHash = hashRows(table, training, pooled.dataHash);
  const found = known.get(modelKey({ family: 'logistic', seasonCode, dataHash }));
  if (found) return found;
  const own = await refineLogistic(table, pooled, fold);
  if (!own) return pooled;
  return {
    ...serializeEstimator(own.estimator),
    ...trainingSpan(table, own.rows),
    family: 'logistic',
    championshipId: table.championships[fold.championship]!.id,
    seasonCode,
    featureNames: own.featureNames,
    parameters: own.estimator.parameters,
    seed: pooled.seed,
    dataHash,
    libraries: pooled.libraries,
    notes: own.notes,
  };
}

function joinParts(family: FamilyName, parts: readonly Part[]): FamilyPredictions {
  const count = parts.reduce((sum, part) => sum + part.rows.length, 0);
  const rows = new Int32Array(count);
  const probabilities = new Float64Array(count * 3);
  const model = new Int32Array(count);
  let at = 0;
  for (const part of parts) {
    rows.set(part.rows, at);
    probabilities.set(part.probabilities, at * 3);
    model.fill(part.model, at, at + part.rows.length);
    at += part.rows.length;
  }
  return { family, rows, probabilities, model };
}

/** The market's own probabilities (margin removed after Shin) from the newest price known when the forecast is made. */
function marketProbabilities(
  table: ModelTable,
  options: WalkForwardOptions,
): { rows: Int32Array; probabilities: Float64Array } | undefined {
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
  return { rows: Int32Array.from(rows), probabilities };
}

function marketModel(): FittedModel {
  const payload = JSON.stringify({ margin: 'shin' });
  const checksum = createHasher().text(payload).digest();
  return {
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
    libraries: {},
    notes: {},
  };
}
