import type { CancelSignal } from '../../../contract/domain.ts';
import { fitGoalModel, goalModelShape } from './fit.ts';
import type { GoalFit, GoalModelOptions } from './fit.ts';
import { firstMatchOn, requireGoalMatches, sliceMatches } from './matches.ts';
import type { GoalMatches } from './matches.ts';
import { trackArrivals } from './newcomers.ts';

export interface GoalForecasterOptions extends GoalModelOptions {
  /** How far back a fit looks. Default 1826, five years. */
  readonly windowDays?: number | undefined;
  /** With fewer matches in the window there is no forecast. Default 60. */
  readonly minimumMatches?: number | undefined;
  /**
   * What the log attack and defence of clubs in their first season in a league are pulled towards. Default
   * `newcomerPrior`, which is right for the first division: those that come up are weaker. Below it as many come down, and
   * 0 is better there.
   */
  readonly newcomer?: { readonly attack: number; readonly defence: number } | undefined;
  readonly signal?: CancelSignal | undefined;
}

export interface GoalForecaster {
  /**
   * The model fitted for a day, on matches of earlier days alone; undefined with too few of them. Days must not fall: each
   * fit starts from the one before. The answer is overwritten by no later call.
   */
  fitFor(day: number): GoalFit | undefined;
}

/**
 * How far below an average club one that has just come up lies, in log goals: scored, and kept out. Chosen with
 * `goalDefaults`, on the same seasons.
 */
const newcomerPrior = { attack: -0.15, defence: -0.15 } as const;

/** Fits that share one scaling: making it costs as much as several steps, and it ages slowly. */
const scalingFits = 10;

/** Refits a goal model day by day on a rolling window. `matches` may hold later matches too; they are not looked at. */
export function createGoalForecaster(matches: GoalMatches, options: GoalForecasterOptions): GoalForecaster {
  const shape = goalModelShape(options);
  requireGoalMatches(matches, shape);
  const { windowDays = 1826, minimumMatches = 60, newcomer = newcomerPrior } = options;
  const arrivals = trackArrivals(matches, shape.clubs, shape.leagues);
  const prior = { attack: new Float64Array(shape.clubs), defence: new Float64Array(shape.clubs) };
  let held: { readonly day: number; readonly fit: GoalFit; readonly age: number } | undefined;

  return {
    fitFor(day) {
      if (held?.day === day) return held.fit;
      if (held && day < held.day)
        throw new RangeError(`expected days in order of time, got ${day} after ${held.day}`);
      const to = firstMatchOn(matches, day);
      const from = firstMatchOn(matches, day - windowDays);
      if (to - from < minimumMatches) return undefined;
      arrivals.advance(to);
      for (let club = 0; club < shape.clubs; club++) {
        const isNew = arrivals.isNew(club, day);
        prior.attack[club] = isNew ? newcomer.attack : 0;
        prior.defence[club] = isNew ? newcomer.defence : 0;
      }
      const fit = fitGoalModel(sliceMatches(matches, from, to), {
        ...options,
        day,
        prior,
        start: held?.fit.parameters.vector,
        scaling: held && held.age < scalingFits ? held.fit.scaling : undefined,
      });
      held = { day, fit, age: held && held.age < scalingFits ? held.age + 1 : 1 };
      return fit;
    },
  };
}
