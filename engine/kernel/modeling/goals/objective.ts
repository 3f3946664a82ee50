import type { Objective } from '../../math/optimize/lbfgs.ts';
import type { LawRows } from './laws/law.ts';
import { parameterCount, viewParameters } from './layout.ts';
import type { GoalModelShape } from './layout.ts';
import type { GoalMatches } from './matches.ts';
import { addLawCurvature, addPenaltyCurvature, poissonInformation } from './information.ts';
import { penalise } from './penalties.ts';
import type { ClubPrior, GoalPenalties } from './penalties.ts';

export interface GoalObjectiveOptions {
  readonly penalties: GoalPenalties;
  readonly prior?: ClubPrior | undefined;
  /** The weight of each match: its own times that of its age. */
  readonly weights: Float64Array;
}

export interface GoalObjective {
  readonly evaluate: Objective;
  /**
   * About the second derivatives at a point, lower triangle of a row-major square: the expected information of Poisson
   * goals, exact for the penalties, by differences for the law's own parameters, whose cross terms are left out.
   */
  information(x: Float64Array): Float64Array;
}

/**
 * Penalised negative log likelihood with its gradient; nothing is allocated by an evaluation.
 *
 *   log home intensity = level + home + clubHome(home) + attack(home) - defence(away) + offset
 *   log away intensity = level + attack(away) - defence(home) + offset
 *
 * Exponentials are taken once a parameter, not once a match: an intensity is the product of its parts'.
 */
export function createGoalObjective(
  shape: GoalModelShape,
  matches: GoalMatches,
  options: GoalObjectiveOptions,
): GoalObjective {
  const { penalties, prior, weights } = options;
  const { home, away, homeOffset, awayOffset } = matches;
  const count = matches.day.length;
  const league = matches.league ?? new Uint16Array(count);
  const rows: LawRows = {
    rows: count,
    leagues: shape.leagues,
    league,
    homeGoals: matches.homeGoals,
    awayGoals: matches.awayGoals,
    weights,
    home: new Float64Array(count),
    away: new Float64Array(count),
    logHome: new Float64Array(count),
    logAway: new Float64Array(count),
    homeSlope: new Float64Array(count),
    awaySlope: new Float64Array(count),
  };
  const evaluateLaw = shape.law.bind(rows);
  const held = viewParameters(shape, new Float64Array(parameterCount(shape)));
  const slopes = viewParameters(shape, new Float64Array(parameterCount(shape)));
  const homeFactor = homeOffset ? homeOffset.map(Math.exp) : undefined;
  const awayFactor = awayOffset ? awayOffset.map(Math.exp) : undefined;
  const hasClubs = shape.clubs > 0;
  const perClub = shape.homeAdvantage === 'per-club';
  // Log and plain strength of each club in each role, and of each league at home and away.
  const homeAttack = new Float64Array(shape.clubs);
  const homeAttackFactor = new Float64Array(shape.clubs);
  const awayAttackFactor = new Float64Array(shape.clubs);
  const defenceFactor = new Float64Array(shape.clubs);
  const homeLevel = new Float64Array(shape.leagues);
  const homeLevelFactor = new Float64Array(shape.leagues);
  const awayLevelFactor = new Float64Array(shape.leagues);

  function tabulate(): void {
    for (let c = 0; c < shape.clubs; c++) {
      homeAttack[c] = held.attack[c]! + (perClub ? held.clubHome[c]! : 0);
      homeAttackFactor[c] = Math.exp(homeAttack[c]!);
      awayAttackFactor[c] = perClub ? Math.exp(held.attack[c]!) : homeAttackFactor[c]!;
      defenceFactor[c] = Math.exp(-held.defence[c]!);
    }
    for (let l = 0; l < shape.leagues; l++) {
      homeLevel[l] = held.level[l]! + held.home[l]!;
      homeLevelFactor[l] = Math.exp(homeLevel[l]!);
      awayLevelFactor[l] = Math.exp(held.level[l]!);
    }
  }

  function fillIntensities(): void {
    const { level, attack, defence } = held;
    for (let i = 0; i < count; i++) {
      const l = league[i]!;
      let logHome = homeLevel[l]!;
      let logAway = level[l]!;
      let homeMean = homeLevelFactor[l]!;
      let awayMean = awayLevelFactor[l]!;
      if (hasClubs) {
        const h = home[i]!;
        const a = away[i]!;
        logHome += homeAttack[h]! - defence[a]!;
        logAway += attack[a]! - defence[h]!;
        homeMean *= homeAttackFactor[h]! * defenceFactor[a]!;
        awayMean *= awayAttackFactor[a]! * defenceFactor[h]!;
      }
      if (homeOffset) {
        logHome += homeOffset[i]!;
        homeMean *= homeFactor![i]!;
      }
      if (awayOffset) {
        logAway += awayOffset[i]!;
        awayMean *= awayFactor![i]!;
      }
      rows.logHome[i] = logHome;
      rows.logAway[i] = logAway;
      rows.home[i] = homeMean;
      rows.away[i] = awayMean;
    }
  }

  /** Carries the slopes of the log intensities over to the parameters. */
  function gather(): void {
    const { attack, defence, clubHome, level, home: advantage } = slopes;
    const { homeSlope, awaySlope } = rows;
    for (let i = 0; i < count; i++) {
      const byHome = homeSlope[i]!;
      const byAway = awaySlope[i]!;
      const l = league[i]!;
      level[l]! += byHome + byAway;
      advantage[l]! += byHome;
      if (!hasClubs) continue;
      const h = home[i]!;
      const a = away[i]!;
      attack[h]! += byHome;
      attack[a]! += byAway;
      defence[h]! -= byAway;
      defence[a]! -= byHome;
      if (perClub) clubHome[h]! += byHome;
    }
  }

  const evaluate: Objective = (x, gradient) => {
    held.vector.set(x);
    tabulate();
    fillIntensities();
    slopes.vector.fill(0);
    const logLikelihood = evaluateLaw(held.extras, slopes.extras);
    gather();
    for (let i = 0; i < gradient.length; i++) slopes.vector[i] = -slopes.vector[i]!;
    const penalty = penalise(shape, penalties, { parameters: held, slopes }, prior);
    gradient.set(slopes.vector);
    return penalty - logLikelihood;
  };

  return {
    evaluate,
    information(x) {
      const matrix = poissonInformation(shape, matches, { evaluate, at: x, rows });
      addPenaltyCurvature(shape, penalties, matrix);
      addLawCurvature(shape, evaluate, { at: x, matrix });
      return matrix;
    },
  };
}
