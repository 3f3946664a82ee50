import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { CancelSignal } from '../../contract/domain.ts';
import type { CheckResultRecord } from '../../contract/training.ts';
import type { TunableFamily } from '../../contract/stages.ts';
import { AppError } from '../../contract/errors.ts';
import { logLosses } from '../../kernel/evaluation/scores.ts';
import { reportModelCheck, runChecks, type CheckResult } from '../../kernel/modeling/checks/run-checks.ts';
import type { TrainingCallback } from '../../kernel/modeling/estimator.ts';
import type { TrialParameters } from '../../kernel/modeling/tuning/space.ts';
import { createTunedFamily } from '../tuning/families.ts';
import type { TuningFold } from '../tuning/folds.ts';
import { fitStart } from '../tuning/score.ts';
import type { FamilyName } from '../processing/models.ts';
import { fitFamily } from '../processing/pooled-models.ts';
import { matrixOf, targetOf } from '../processing/rows.ts';

export interface TrainedFold {
  /** Forecasts of the fold's matches, rows x 3. */
  readonly probabilities: Float64Array;
  /** Log losses of the family with its own parameters on the same matches. */
  readonly present: Float64Array;
  /** Empty unless they were asked for. */
  readonly checks: readonly CheckResultRecord[];
}

const threeHoursMs = 3 * 3_600_000;

/** Fits a family with the given parameters on what came before a season, and forecasts the season. */
export async function trainFold(options: {
  readonly table: ModelTable;
  readonly fold: TuningFold;
  readonly family: TunableFamily;
  readonly parameters: TrialParameters;
  readonly seed: number;
  readonly withChecks: boolean;
  readonly callbacks: readonly TrainingCallback[];
  readonly signal: CancelSignal;
}): Promise<TrainedFold> {
  const { table, fold, seed, callbacks, signal } = options;
  const starts = await fitStart({ table, fold, seed, signal });
  const fitted = new Map<FamilyName, (typeof starts)[number]>(starts.map((model) => [model.family, model]));
  const identity = { seasonCode: 'training', dataHash: '' };
  const forecast = async (parameters: TrialParameters, told: readonly TrainingCallback[]) => {
    const family = createTunedFamily(options.family, parameters);
    const input = { table, rows: fold.train, fitted, seed, signal, callbacks: told };
    const model = await fitFamily(family, input, identity);
    if (!model) {
      throw new AppError(
        'HISTORY_TOO_SHORT',
        `${options.family}: ${fold.train.length} matches before ${fold.name} are too few`,
      );
    }
    return { model, probabilities: family.predict(model, { table, rows: fold.test, fitted }) };
  };
  const isOwn = Object.keys(options.parameters).length === 0;
  const { model, probabilities } = await forecast(options.parameters, callbacks);
  const own = isOwn ? probabilities : (await forecast({}, [])).probabilities;
  const columns = model.featureNames.filter((name) => table.featureNames.includes(name));
  return {
    probabilities,
    present: logLosses(own, targetOf(table, fold.test)),
    checks: options.withChecks ? await checkFold(table, fold, { columns, probabilities }) : [],
  };
}

/**
 * The sanity checks of training against the season that is judged, and of the forecasts against the closest thing to truth
 * there is, the market. None stops here: the report is for the analyst to read.
 */
async function checkFold(
  table: ModelTable,
  fold: TuningFold,
  trained: { readonly columns: readonly string[]; readonly probabilities: Float64Array },
): Promise<CheckResultRecord[]> {
  const part = (rows: Int32Array) => ({
    features: matrixOf(table, rows, trained.columns),
    target: targetOf(table, rows),
    forecastAt: Float64Array.from(rows, (row) => table.asOf[row]!),
    labelKnownAt: Float64Array.from(rows, (row) => table.kickOff[row]! + threeHoursMs),
    featuresKnownAt: Float64Array.from(rows, (row) => table.asOf[row]!),
    marketProbabilities: marketOf(table, rows),
  });
  const test = part(fold.test);
  const { results } = await runChecks({ task: 'classification', train: part(fold.train), later: [test] });
  const after = reportModelCheck({
    probabilities: trained.probabilities,
    market: test.marketProbabilities,
    outcomes: test.target,
    classes: 3,
  });
  return [...results, ...after.results].map(toRecord);
}

function marketOf(table: ModelTable, rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length * 3);
  rows.forEach((row, at) => values.set(table.market.subarray(row * 3, row * 3 + 3), at * 3));
  return values;
}

function toRecord({
  name,
  status,
  figure,
  figureKind,
  sentence,
  overriddenBecause,
}: CheckResult): CheckResultRecord {
  return {
    name,
    status,
    figure: Number.isFinite(figure) ? figure : null,
    figureKind,
    sentence,
    overriddenBecause: overriddenBecause ?? null,
  };
}
