import type { ReportProgress } from '../../../contract/domain.ts';
import { AppError } from '../../../contract/errors.ts';
import { outcomeProbabilities } from '../../goals/score-grid.ts';
import { intensitiesOf, lawParametersOf } from './fit.ts';
import { createGoalForecaster } from './forecaster.ts';
import type { GoalForecasterOptions } from './forecaster.ts';
import { gridOfLaw } from './grid.ts';
import { scoreLaws } from './laws/registry.ts';
import { firstMatchOn } from './matches.ts';
import type { GoalMatches } from './matches.ts';

export interface WalkForwardGoalsOptions extends GoalForecasterOptions {
  /** The first day to forecast; default the first of all. */
  readonly fromDay?: number | undefined;
  readonly report?: ReportProgress | undefined;
}

/** What was known of each match the day before it; NaN where there was too little to learn from. */
export interface GoalForecasts {
  /** The first match that is forecast; row 0 of everything below is this match. */
  readonly from: number;
  readonly rows: number;
  /** Intensities of each side, with the offsets. */
  readonly home: Float64Array;
  readonly away: Float64Array;
  /** The law's own parameters, row after row: with the intensities they make the match's grid (`gridOfLaw`). */
  readonly extras: Float64Array;
  /** Home win, draw, away win, row after row. */
  readonly probabilities: Float64Array;
  readonly fits: number;
}

/** Forecasts every match from a model refitted before its day: nothing of the day itself or later is seen. */
export function walkForwardGoals(matches: GoalMatches, options: WalkForwardGoalsOptions): GoalForecasts {
  const law = scoreLaws[options.law ?? 'dixon-coles'];
  const width = law.parameters.length;
  const from = options.fromDay === undefined ? 0 : firstMatchOn(matches, options.fromDay);
  const rows = matches.day.length - from;
  const forecasts = {
    from,
    rows,
    home: new Float64Array(rows).fill(NaN),
    away: new Float64Array(rows).fill(NaN),
    extras: new Float64Array(rows * width).fill(NaN),
    probabilities: new Float64Array(rows * 3).fill(NaN),
  };
  const forecaster = createGoalForecaster(matches, options);
  let fits = 0;
  for (let row = 0; row < rows;) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'forecasting goals was cancelled');
    const day = matches.day[from + row]!;
    const fit = forecaster.fitFor(day);
    if (fit) fits++;
    for (; row < rows && matches.day[from + row] === day; row++) {
      if (!fit) continue;
      const at = from + row;
      const league = matches.league?.[at] ?? 0;
      const pair = { home: matches.home[at]!, away: matches.away[at]!, league };
      const offsets = { home: matches.homeOffset?.[at] ?? 0, away: matches.awayOffset?.[at] ?? 0 };
      const { home, away } = intensitiesOf(fit, pair, offsets);
      const extras = lawParametersOf(fit, league);
      forecasts.home[row] = home;
      forecasts.away[row] = away;
      forecasts.extras.set(extras, row * width);
      forecasts.probabilities.set(outcomeProbabilities(gridOfLaw(law, { home, away, extras })), row * 3);
    }
    options.report?.(row, rows);
  }
  return { ...forecasts, fits };
}
