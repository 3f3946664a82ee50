import type { CancelSignal } from '../../../contract/domain.ts';
import { AppError } from '../../../contract/errors.ts';
import { minimize } from '../../math/optimize/lbfgs.ts';
import { scoreLaws } from './laws/registry.ts';
import type { ScoreLawName } from './laws/registry.ts';
import { parameterCount, startParameters, viewParameters } from './layout.ts';
import type { GoalModelShape, GoalParameters, HomeAdvantage } from './layout.ts';
import { requireGoalMatches } from './matches.ts';
import type { GoalMatches } from './matches.ts';
import { createGoalObjective } from './objective.ts';
import type { GoalObjective } from './objective.ts';
import type { ClubPrior, GoalPenalties, GoalPooling } from './penalties.ts';
import { createScaling, fromScaled, scaleObjective, toScaled } from './scaling.ts';
import type { Scaling } from './scaling.ts';

/**
 * Chosen by log loss on the Premier League, the Bundesliga and La Liga, seasons 2010/11 to 2019/20, each match forecast
 * from matches before its day (half-lives of 240 to 800 days, ridges of 1 to 6); later seasons had no say.
 */
const goalDefaults = { halfLifeDays: 310, ridge: 3 } as const;

export interface GoalModelOptions {
  /** Default `dixon-coles`. */
  readonly law?: ScoreLawName | undefined;
  /** Clubs numbered in the matches. 0: intensities come from the offsets, and only leagues and the law are fitted. */
  readonly clubs: number;
  /** Default 1. */
  readonly leagues?: number | undefined;
  /** After so many days a match counts half; Infinity: all alike. Default `goalDefaults`. */
  readonly halfLifeDays?: number | undefined;
  /** The factor of sum(attack^2 + defence^2), above 0. Default `goalDefaults`. */
  readonly ridge?: number | undefined;
  /** Default `common`; `per-club` adds each club's own, pulled towards 0 by `clubHomeRidge`. */
  readonly homeAdvantage?: HomeAdvantage | undefined;
  /** Default 60. */
  readonly clubHomeRidge?: number | undefined;
  /**
   * How firmly several leagues are held together: factors of the squared distances to their mean. Default: level 1 (all
   * but free), home 50 (leagues 0.1 apart), the law's own parameters 200 (0.05 apart).
   */
  readonly pooling?: Partial<GoalPooling> | undefined;
}

export interface GoalFitOptions extends GoalModelOptions {
  /** The day the fit is made for: ages count back from it. Default: the day after the last match. */
  readonly day?: number | undefined;
  /** Parameters to begin from, of the same shape (an earlier fit's); read, not written. */
  readonly start?: Float64Array | undefined;
  readonly prior?: ClubPrior | undefined;
  /** Of an earlier fit to much the same matches: saves making it, and costs only steps where it no longer fits well. */
  readonly scaling?: Scaling | undefined;
  /** The fit ends when it is off by about so many standard errors. Default 1e-4. */
  readonly tolerance?: number | undefined;
  /** Default 500. */
  readonly maxIterations?: number | undefined;
  readonly signal?: CancelSignal | undefined;
}

export interface GoalFit {
  readonly shape: GoalModelShape;
  readonly parameters: GoalParameters;
  readonly scaling: Scaling;
  /** Penalised negative log likelihood. */
  readonly value: number;
  /** By the scaled parameters: in standard errors. */
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly evaluations: number;
  readonly converged: boolean;
}

/** The shape of a model, its defaults filled in. Throws RangeError. */
export function goalModelShape(options: GoalModelOptions): GoalModelShape {
  const { law = 'dixon-coles', clubs, leagues = 1, homeAdvantage = 'common' } = options;
  if (!Number.isInteger(clubs) || clubs < 0) throw new RangeError(`expected a number of clubs, got ${clubs}`);
  if (!Number.isInteger(leagues) || leagues < 1) {
    throw new RangeError(`expected at least one league, got ${leagues}`);
  }
  return { law: scoreLaws[law], clubs, leagues, homeAdvantage };
}

function penaltiesOf(options: GoalModelOptions): GoalPenalties {
  const { ridge = goalDefaults.ridge, clubHomeRidge = 60, pooling } = options;
  for (const [name, value] of Object.entries({ ridge, clubHomeRidge })) {
    if (!(value > 0)) throw new RangeError(`expected ${name} above 0, got ${value}`);
  }
  return { ridge, clubHomeRidge, pooling: { level: 1, home: 50, law: 200, ...pooling } };
}

/** Each match's own weight times 0.5 ^ (age / half-life), for a fit made for `day`; 0 while its result may not be used. */
export function ageWeights(matches: GoalMatches, day: number, halfLifeDays: number): Float64Array {
  const out = new Float64Array(matches.day.length);
  const rate = Math.LN2 / halfLifeDays;
  let lastDay = NaN;
  let weight = 1;
  for (let i = 0; i < out.length; i++) {
    if (matches.day[i] !== lastDay) {
      lastDay = matches.day[i]!;
      weight = Math.exp(-rate * (day - lastDay));
    }
    if (matches.usableFrom && matches.usableFrom[i]! > day) continue;
    out[i] = weight * (matches.weights?.[i] ?? 1);
  }
  return out;
}

/**
 * Fits a goal model by penalised, weighted maximum likelihood (L-BFGS on the analytic gradient). Throws RangeError for
 * matches or options that cannot be, FUTURE_DATA for matches on or after `day`, CANCELLED when the signal says so.
 */
export function fitGoalModel(matches: GoalMatches, options: GoalFitOptions): GoalFit {
  const shape = goalModelShape(options);
  requireGoalMatches(matches, shape);
  const last = matches.day.at(-1) ?? 0;
  const { day = last + 1, halfLifeDays = goalDefaults.halfLifeDays } = options;
  if (!(halfLifeDays > 0)) throw new RangeError(`expected a half-life above 0 days, got ${halfLifeDays}`);
  if (last >= day) {
    throw new AppError('FUTURE_DATA', `a fit for day ${day} may not see a match of day ${last}`);
  }
  const weights = ageWeights(matches, day, halfLifeDays);
  const objective = createGoalObjective(shape, matches, {
    penalties: penaltiesOf(options),
    prior: options.prior,
    weights,
  });
  const given = usableStart(shape, objective, options.start);
  const start = given ?? startParameters(shape).vector;
  const scaling = (given && options.scaling) ?? createScaling(objective.information(start));
  const found = minimize(scaleObjective(objective.evaluate, scaling), toScaled(scaling, start), {
    tolerance: options.tolerance ?? 1e-4,
    maxIterations: options.maxIterations,
    onIteration: () => {
      if (options.signal?.aborted) throw new AppError('CANCELLED', 'fitting goals was cancelled');
    },
  });
  const vector = new Float64Array(start.length);
  fromScaled(scaling, found.x, vector);
  const { value, gradientNorm, iterations, evaluations, converged } = found;
  const parameters = viewParameters(shape, vector);
  return { shape, parameters, scaling, value, gradientNorm, iterations, evaluations, converged };
}

/** An earlier fit's parameters, unless a score that has come since is impossible under them. */
function usableStart(
  shape: GoalModelShape,
  objective: GoalObjective,
  start: Float64Array | undefined,
): Float64Array | undefined {
  if (!start) return undefined;
  if (start.length !== parameterCount(shape)) {
    throw new RangeError(`expected ${parameterCount(shape)} parameters to start from, got ${start.length}`);
  }
  return Number.isFinite(objective.evaluate(start, new Float64Array(start.length))) ? start : undefined;
}

/** The intensities of a match between two clubs. Unknown clubs (below 0) count as average ones. */
export function intensitiesOf(
  fit: Pick<GoalFit, 'shape' | 'parameters'>,
  pair: { readonly home: number; readonly away: number; readonly league?: number | undefined },
  offsets: { readonly home: number; readonly away: number } = { home: 0, away: 0 },
): { home: number; away: number } {
  const { attack, defence, clubHome, level, home } = fit.parameters;
  const league = pair.league ?? 0;
  const of = (values: Float64Array, club: number) => values[club] ?? 0;
  const logHome =
    level[league]! + home[league]! + of(clubHome, pair.home) + of(attack, pair.home) - of(defence, pair.away);
  const logAway = level[league]! + of(attack, pair.away) - of(defence, pair.home);
  return { home: Math.exp(logHome + offsets.home), away: Math.exp(logAway + offsets.away) };
}

/** The law's own parameters of a league, in the law's order. */
export function lawParametersOf(
  { shape, parameters }: Pick<GoalFit, 'shape' | 'parameters'>,
  league = 0,
): Float64Array {
  return Float64Array.from(
    shape.law.parameters,
    (_, index) => parameters.extras[index * shape.leagues + league]!,
  );
}
