import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { CancelSignal } from '../../contract/domain.ts';
import { logLossOf } from '../../kernel/evaluation/scores.ts';
import { gapClosed } from '../../kernel/evaluation/skill.ts';
import { blockBootstrap, sumByGroup } from '../../kernel/math/bootstrap.ts';
import type { Interval } from '../../kernel/math/bootstrap.ts';
import { forecastWithFeatures } from '../processing/fixed-features.ts';

/** The ratings on both sides of the comparison; all but the first two are shared. */
const shared = [
  'eloDifference',
  'piDifference',
  'gapShotsOnTargetHome',
  'gapShotsOnTargetAway',
  'leagueHomeGoalDifference',
] as const;
export const expectedGoalsFeatures = {
  without: ['strengthHomeAway', 'strengthDraw', ...shared],
  with: ['strengthExpectedHomeAway', 'strengthExpectedDraw', ...shared],
} as const;

/** What expected goals change, season by season forecast from earlier days only. */
export interface ExpectedGoalsComparison {
  readonly matches: number;
  readonly logLoss: {
    readonly baseRate: number;
    readonly without: number;
    readonly with: number;
    readonly market: number;
  };
  /** Share of the way from base rate to closing market, with block-bootstrap intervals by day. */
  readonly gapClosed: { readonly without: Interval; readonly with: Interval };
  /** Gap closed with less gap closed without, in the same draws. */
  readonly change: Interval;
}

/**
 * Compares two models that differ in one thing: their rating of attack and defence is fed with goals, shots and corners,
 * or with expected goals where a match has them. Counted are matches with a result and a closing price whose two forecasts
 * differ or could have: of championships with expected goals in an earlier match of either season.
 *
 * @param closing rows x 3 probabilities of the closing market; NaN where there is none
 */
export async function compareExpectedGoals(
  table: ModelTable,
  closing: Float64Array,
  options: {
    readonly championships: readonly number[];
    readonly from: number;
    readonly to: number;
    readonly seed: number;
    readonly signal?: CancelSignal;
  },
): Promise<ExpectedGoalsComparison> {
  const without = await forecastWithFeatures(table, expectedGoalsFeatures.without, options);
  const informed = await forecastWithFeatures(table, expectedGoalsFeatures.with, options);
  const base = await forecastWithFeatures(table, [], options);
  const hasExpected = table.featureNames.indexOf('gapExpectedGoalsHome');
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const isKnown = !Number.isNaN(table.features[row * table.featureNames.length + hasExpected]!);
    const isWhole = [without, informed, base, closing].every((p) => !Number.isNaN(p[row * 3]!));
    if (isKnown && isWhole && table.target[row]! >= 0) rows.push(row);
  }
  const losses = [base, without, informed, closing].map((p) =>
    Float64Array.from(rows, (row) => logLossOf(p, row * 3, table.target[row]!, 3)),
  );
  const sums = sumByGroup(
    losses,
    rows.map((row) => table.day[row]!),
  );
  const gap = (totals: ArrayLike<number>, model: 1 | 2) =>
    gapClosed({ base: totals[0]!, model: totals[model]!, market: totals[3]! });
  const bootstrap = { seed: options.seed };
  const mean = (i: number) => losses[i]!.reduce((sum, loss) => sum + loss, 0) / rows.length;
  return {
    matches: rows.length,
    logLoss: { baseRate: mean(0), without: mean(1), with: mean(2), market: mean(3) },
    gapClosed: {
      without: blockBootstrap(sums, (totals) => gap(totals, 1), bootstrap),
      with: blockBootstrap(sums, (totals) => gap(totals, 2), bootstrap),
    },
    change: blockBootstrap(sums, (totals) => gap(totals, 2) - gap(totals, 1), bootstrap),
  };
}
