import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { CancelSignal } from '../../contract/domain.ts';
import type { ExpectedGoalsComparison } from '../../contract/evaluation-details.ts';
import { AppError } from '../../contract/errors.ts';
import { logLossOf } from '../../kernel/evaluation/scores.ts';
import { gapClosed } from '../../kernel/evaluation/skill.ts';
import { blockBootstrap, sumByGroup } from '../../kernel/math/bootstrap.ts';
import { createClassPrior } from '../../kernel/modeling/baselines/class-prior.ts';
import { createLogisticRegression } from '../../kernel/modeling/linear/logistic-regression.ts';
import { trainingRows } from '../processing/folds.ts';
import { matrixOf, targetOf } from '../processing/rows.ts';

/** The two models differ in their first two features: what their rating of attack and defence is fed with. */
const shared = [
  'eloDifference',
  'piDifference',
  'gapShotsOnTargetHome',
  'gapShotsOnTargetAway',
  'leagueHomeGoalDifference',
] as const;
const features = {
  without: ['strengthHomeAway', 'strengthDraw', ...shared],
  with: ['strengthExpectedHomeAway', 'strengthExpectedDraw', ...shared],
} as const;

/** What the comparison needs of the set `football-extended`, beside the core. */
export const expectedGoalsColumns = [
  'strengthExpectedHomeAway',
  'strengthExpectedDraw',
  'gapExpectedGoalsHome',
] as const;

/** Inverse ridge strengths of the fit on all earlier seasons and of the refit around it: the logistic family's. */
const strength = { all: 0.1, refit: 1e-3 } as const;
/** With fewer earlier matches that have expected goals, a season is not forecast. */
const minimumMatches = 300;

/**
 * Compares two models that differ in one thing: their rating of attack and defence is fed with goals, shots and corners, or
 * with expected goals where a match has them. Both are fitted alike: on all earlier seasons without expected goals, then
 * refitted around that on the earlier matches that have them. Counted are matches of clubs with expected goals behind
 * them, with a result and a closing price.
 *
 * @param table the core's columns and `expectedGoalsColumns`
 * @param closing rows x 3 probabilities of the closing market; NaN where there is none
 * @throws AppError `HISTORY_TOO_SHORT` where no season can be forecast: nothing with expected goals is held, say
 */
export async function compareExpectedGoals(
  table: ModelTable,
  closing: Float64Array,
  options: { readonly seed: number; readonly signal?: CancelSignal },
): Promise<ExpectedGoalsComparison> {
  const marker = table.featureNames.indexOf('gapExpectedGoalsHome');
  const isKnown = (row: number) => !Number.isNaN(table.features[row * table.featureNames.length + marker]!);
  const columns = {
    base: [] as number[],
    without: [] as number[],
    with: [] as number[],
    market: [] as number[],
  };
  const days: number[] = [];
  const seasons: number[] = [];
  const championships = new Set<number>();
  const byYear = new Map<number, number[]>();
  for (let row = 0; row < table.rows; row++) {
    if (!isKnown(row) || table.target[row]! < 0) continue;
    championships.add(table.championship[row]!);
    const rows = byYear.get(table.firstYear[row]!);
    if (rows) rows.push(row);
    else byYear.set(table.firstYear[row]!, [row]);
  }
  for (const [year, rows] of [...byYear].sort(([a], [b]) => a - b)) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'The comparison was cancelled.');
    const earlier = trainingRows(table, { cut: table.day[rows[0]!]! }).filter((row) =>
      championships.has(table.championship[row]!),
    );
    const measured = earlier.filter(isKnown);
    if (measured.length < minimumMatches) continue;
    const coming = Int32Array.from(rows.filter((row) => !Number.isNaN(closing[row * 3]!)));
    const made = await forecast(table, { earlier, measured, coming });
    coming.forEach((row, i) => {
      const target = table.target[row]!;
      columns.base.push(logLossOf(made.base, i * 3, target, 3));
      columns.without.push(logLossOf(made.without, i * 3, target, 3));
      columns.with.push(logLossOf(made.with, i * 3, target, 3));
      columns.market.push(logLossOf(closing, row * 3, target, 3));
      days.push(table.day[row]!);
    });
    seasons.push(year);
  }
  if (days.length === 0) {
    throw new AppError(
      'HISTORY_TOO_SHORT',
      'There are no two seasons with expected goals: import some first.',
    );
  }
  return summarise(columns, { days, seasons, seed: options.seed });
}

/** The three forecasts of the coming rows, from the earlier ones alone. */
async function forecast(
  table: ModelTable,
  rows: { readonly earlier: Int32Array; readonly measured: Int32Array; readonly coming: Int32Array },
): Promise<{ base: Float64Array; without: Float64Array; with: Float64Array }> {
  const { earlier, measured, coming } = rows;
  const first = createLogisticRegression({ C: strength.all, classes: [0, 1, 2] });
  await first.fit(matrixOf(table, earlier, features.without), targetOf(table, earlier));
  const { coefficients } = first.coefficients();
  const width = features.without.length;
  const priorCoefficients = [0, 1, 2].map((k) => [...coefficients.subarray(k * width, (k + 1) * width)]);
  const refitted = async (names: readonly string[]) => {
    const model = createLogisticRegression({ C: strength.refit, classes: [0, 1, 2], priorCoefficients });
    await model.fit(matrixOf(table, measured, names), targetOf(table, measured));
    return model.predictProbability(matrixOf(table, coming, names));
  };
  const base = createClassPrior({ classes: [0, 1, 2] });
  await base.fit(matrixOf(table, earlier, []), targetOf(table, earlier));
  return {
    base: base.predictProbability(matrixOf(table, coming, [])),
    without: await refitted(features.without),
    with: await refitted(features.with),
  };
}

function summarise(
  columns: Readonly<Record<'base' | 'without' | 'with' | 'market', readonly number[]>>,
  of: { readonly days: readonly number[]; readonly seasons: readonly number[]; readonly seed: number },
): ExpectedGoalsComparison {
  const { days, seasons, seed } = of;
  const sums = sumByGroup([columns.base, columns.without, columns.with, columns.market], [...days]);
  const gap = (totals: ArrayLike<number>, model: 1 | 2) =>
    gapClosed({ base: totals[0]!, model: totals[model]!, market: totals[3]! });
  const mean = (losses: readonly number[]) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return {
    matches: days.length,
    seasons: [...seasons],
    logLoss: {
      baseRate: mean(columns.base),
      without: mean(columns.without),
      with: mean(columns.with),
      market: mean(columns.market),
    },
    gapClosed: {
      without: blockBootstrap(sums, (totals) => gap(totals, 1), { seed }),
      with: blockBootstrap(sums, (totals) => gap(totals, 2), { seed }),
    },
    change: blockBootstrap(sums, (totals) => gap(totals, 2) - gap(totals, 1), { seed }),
  };
}
