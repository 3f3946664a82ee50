import type { ScoreLaw } from './laws/law.ts';

export type HomeAdvantage = 'common' | 'per-club';

/** What makes up a goal model's parameter vector. */
export interface GoalModelShape {
  readonly law: ScoreLaw;
  /** 0: no clubs at all, the intensities come from the offsets. */
  readonly clubs: number;
  readonly leagues: number;
  readonly homeAdvantage: HomeAdvantage;
}

/** Views of one parameter vector; writing to one writes to the vector. */
export interface GoalParameters {
  readonly vector: Float64Array;
  /** Log attack and log defence of each club, around 0: a higher defence means fewer goals against. */
  readonly attack: Float64Array;
  readonly defence: Float64Array;
  /** What each club adds to its league's home advantage; empty when that is common. */
  readonly clubHome: Float64Array;
  /** Log goals of an average away side, by league. */
  readonly level: Float64Array;
  /** What playing at home adds to that, by league. */
  readonly home: Float64Array;
  /** The law's own parameters: parameter * leagues + league. */
  readonly extras: Float64Array;
}

/** Where each part of the vector begins. */
export function parameterOffsets({ law, clubs, leagues, homeAdvantage }: GoalModelShape) {
  const clubHome = 2 * clubs;
  const level = clubHome + (homeAdvantage === 'per-club' ? clubs : 0);
  const home = level + leagues;
  const extras = home + leagues;
  return {
    attack: 0,
    defence: clubs,
    clubHome,
    level,
    home,
    extras,
    end: extras + leagues * law.parameters.length,
  };
}

export function parameterCount(shape: GoalModelShape): number {
  return parameterOffsets(shape).end;
}

/** The parts of a vector of `parameterCount` values. */
export function viewParameters(shape: GoalModelShape, vector: Float64Array): GoalParameters {
  const at = parameterOffsets(shape);
  return {
    vector,
    attack: vector.subarray(at.attack, at.defence),
    defence: vector.subarray(at.defence, at.clubHome),
    clubHome: vector.subarray(at.clubHome, at.level),
    level: vector.subarray(at.level, at.home),
    home: vector.subarray(at.home, at.extras),
    extras: vector.subarray(at.extras, at.end),
  };
}

/** Where a fit begins that knows nothing: equal clubs, a level of 1.1 goals, a home advantage of 0.25. */
export function startParameters(shape: GoalModelShape): GoalParameters {
  const parameters = viewParameters(shape, new Float64Array(parameterCount(shape)));
  if (shape.clubs > 0) {
    parameters.level.fill(0.1);
    parameters.home.fill(0.25);
  }
  shape.law.parameters.forEach(({ start }, index) => {
    parameters.extras.fill(start, index * shape.leagues, (index + 1) * shape.leagues);
  });
  return parameters;
}
