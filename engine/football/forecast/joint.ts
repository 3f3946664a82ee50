import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { GoalColumns, RawGoals } from '../../../db/queries/football/goals.ts';
import type { CancelSignal } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { createOnlineConformal, type Observation } from '../../kernel/conformal/online.ts';
import { distributionMean, goalDistribution, type ScoreGrid } from '../../kernel/goals/score-grid.ts';
import { outcomeMargin, reconcileGrid } from '../../kernel/goals/reconcile.ts';
import { gridOfLaw } from '../../kernel/modeling/goals/grid.ts';
import { scoreLaws } from '../../kernel/modeling/goals/laws/registry.ts';
import { goalModel } from '../processing/goals.ts';
import { settle } from '../settlement/settle.ts';
import { createGoalRegression, type GoalCovariates } from './goal-regression.ts';
import { createCountWindows } from './count-windows.ts';
import { bases, forecastRules, type StreamColumns } from './stream.ts';
import { amountTypes, firstBet, jointTypes } from './types/joint-types.ts';
import { forecastBet } from './types/derive.ts';

/**
 * The one grid of a match: the goal model's, with the calibrated home win, draw and away win imposed on it by the least
 * change. The same numbers give the same grid, to the bit.
 */
export function jointGrid(
  probabilities: ArrayLike<number>,
  intensities: { readonly home: number; readonly away: number; readonly extras: ArrayLike<number> },
): ScoreGrid {
  const grid = gridOfLaw(scoreLaws[goalModel.law], intensities);
  return reconcileGrid(grid, [outcomeMargin(probabilities, grid.size)]).grid;
}

/** How the types beside the result come by their sets and intervals. */
export const jointRules = {
  /**
   * Settled forecasts of a championship behind a set of two labels. Half as many as for the result: how many goals there
   * are drifts. Of 300, 500 and 1000 on the seasons 2010/11 to 2015/16, this was the largest whose labels were all held
   * within a point of the level.
   */
  window: 500,
  /** Settled forecasts of a championship behind an interval of goals, and the fewest. */
  amountWindow: 1000,
  minimumAmounts: 100,
} as const;

/** What the grids say of the types beside the result, row by row of the model table; NaN and 0 where there is no grid. */
export interface JointStream {
  /** rows x jointTypes: probability of the first selection (yes, over). */
  readonly first: Float64Array;
  /** rows x jointTypes; 0 the first selection came, 1 the second, -1 not settled before `today`. */
  readonly target: Int8Array;
  /** rows x jointTypes x 2. */
  readonly pValues: Float64Array;
  /** rows x jointTypes; positions in `bases`. */
  readonly basis: Uint8Array;
  readonly windowCount: Int32Array;
  /** rows x jointTypes x levels; bit masks of the two selections. */
  readonly sets: Uint8Array;
  readonly confidence: Float64Array;
  readonly credibility: Float64Array;
  /** By how much the goal model's intensities were multiplied, and the settled matches behind that. */
  readonly homeFactor: Float64Array;
  readonly awayFactor: Float64Array;
  readonly goalLevelCount: Int32Array;
  /** rows x amountTypes: expected goals. */
  readonly expected: Float64Array;
  /** rows x amountTypes x levels x 2: lowest and highest number of goals; both belong to the interval. */
  readonly intervals: Uint8Array;
}

/**
 * Runs once through all grids in order of their days, as `forecastStream` does: what is said on a day rests on results
 * of earlier days alone. Yes-or-no types get sets that hold per label, amounts get intervals in goals.
 *
 * @param probabilities rows x 3, calibrated; NaN where there is no forecast
 */
export function jointStream(
  columns: StreamColumns & Pick<ModelTable, 'sport'>,
  scores: Pick<GoalColumns, 'homeGoals' | 'awayGoals'>,
  options: {
    readonly probabilities: Float64Array;
    readonly goals: RawGoals;
    readonly covariates: GoalCovariates;
    readonly today: number;
    /** First row that is forecast; default 0. `hasForecast` says which rows before it had a forecast. */
    readonly from?: number | undefined;
    readonly hasForecast?: ((row: number) => boolean) | undefined;
    readonly signal?: CancelSignal;
  },
): JointStream {
  const { rows, sport } = columns;
  const { probabilities, goals, today } = options;
  const { levels, minimumPerClass } = forecastRules;
  const { window, amountWindow, minimumAmounts } = jointRules;
  const types = jointTypes.length;
  const stream = emptyStream(rows);
  const conformal = jointTypes.map((type) =>
    type.kind === 'market' ? createOnlineConformal({ classes: 2, window, minimumPerClass }) : undefined,
  );
  const amounts = amountTypes.map(() =>
    createCountWindows({ window: amountWindow, minimum: minimumAmounts, levels }),
  );
  const regression = createGoalRegression(goals, scores, options.covariates);
  const extras = goals.extras.length / Math.max(1, rows);
  const first = options.from ?? 0;
  for (let row = 0; row < first; row++) {
    if (goals.predictionId[row] === 0 || !options.hasForecast?.(row)) continue;
    if (columns.target[row]! >= 0 && columns.day[row]! < today) regression.observe(columns.day[row]!, row);
  }
  for (let from = first, to = first; from < rows; from = to) {
    const day = columns.day[from]!;
    while (to < rows && columns.day[to] === day) to++;
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'cancelled while forecasting');
    const settled = jointTypes.map((): Observation[] => []);
    const came: number[] = [];
    for (let row = from; row < to; row++) {
      if (goals.predictionId[row] === 0 || Number.isNaN(probabilities[row * 3])) continue;
      const championship = columns.championship[row]!;
      const isSettled = columns.target[row]! >= 0 && day < today;
      const factors = regression.factors(day, row);
      stream.homeFactor[row] = factors.home;
      stream.awayFactor[row] = factors.away;
      stream.goalLevelCount[row] = factors.n;
      const grid = jointGrid(probabilities.subarray(row * 3, row * 3 + 3), {
        home: goals.home[row]! * factors.home,
        away: goals.away[row]! * factors.away,
        extras: goals.extras.subarray(row * extras, (row + 1) * extras),
      });
      if (isSettled) came.push(row);
      const score = [scores.homeGoals[row]!, scores.awayGoals[row]!] as const;
      jointTypes.forEach((type, k) => {
        const at = row * types + k;
        const bet = firstBet(type, sport);
        const p = Math.min(1, forecastBet(grid, bet).probability);
        stream.first[at] = p;
        if (isSettled)
          stream.target[at] = settle(bet, { status: 'finished', regular: score }) === 'win' ? 0 : 1;
        const binary = conformal[k];
        if (!binary) return;
        const pair = [p, 1 - p];
        const answer = binary.forecast(championship, pair);
        stream.basis[at] = bases.indexOf(answer.basis);
        if (answer.basis !== 'none') {
          stream.pValues.set(answer.pValues, at * 2);
          stream.windowCount[at] = answer.counts.reduce((sum, count) => sum + count, 0);
          levels.forEach((level, l) => (stream.sets[at * levels.length + l] = answer.set(level)));
          stream.confidence[at] = answer.confidence;
          stream.credibility[at] = answer.credibility;
        }
        if (isSettled)
          settled[k]!.push({ stream: championship, probabilities: pair, outcome: stream.target[at]! });
      });
      amountTypes.forEach(({ count, index }, k) => {
        const at = row * amountTypes.length + k;
        const distribution = goalDistribution(grid, count);
        stream.expected[at] = distributionMean(distribution);
        const { basis, n, intervals } = amounts[k]!.forecast(championship, distribution);
        stream.basis[row * types + index] = bases.indexOf(basis);
        if (basis !== 'none') {
          stream.windowCount[row * types + index] = n;
          stream.intervals.set(intervals, at * levels.length * 2);
        }
        if (isSettled) {
          const seen = count === 'total' ? score[0] + score[1] : count === 'home' ? score[0] : score[1];
          amounts[k]!.observe(championship, distribution, seen);
        }
      });
    }
    conformal.forEach((binary, k) => binary?.observe(settled[k]!));
    for (const amount of amounts) amount.endDay();
    for (const row of came) regression.observe(day, row);
  }
  return stream;
}

function emptyStream(rows: number): JointStream {
  const each = rows * jointTypes.length;
  const levels = forecastRules.levels.length;
  return {
    first: new Float64Array(each).fill(Number.NaN),
    target: new Int8Array(each).fill(-1),
    pValues: new Float64Array(each * 2).fill(Number.NaN),
    basis: new Uint8Array(each),
    windowCount: new Int32Array(each),
    sets: new Uint8Array(each * levels),
    confidence: new Float64Array(each).fill(Number.NaN),
    credibility: new Float64Array(each).fill(Number.NaN),
    homeFactor: new Float64Array(rows).fill(Number.NaN),
    awayFactor: new Float64Array(rows).fill(Number.NaN),
    goalLevelCount: new Int32Array(rows),
    expected: new Float64Array(rows * amountTypes.length).fill(Number.NaN),
    intervals: new Uint8Array(rows * amountTypes.length * levels * 2),
  };
}
