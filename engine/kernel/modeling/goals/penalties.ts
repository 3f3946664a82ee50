import type { GoalModelShape, GoalParameters } from './layout.ts';

/** Strengths of what a fit is pulled by. Each is the factor of a sum of squares, so a precision of twice itself. */
export interface GoalPenalties {
  /** On attack and defence, towards the prior means. Above 0: without it strengths are known only up to a constant. */
  readonly ridge: number;
  /** On a club's own home advantage, towards none of its own. */
  readonly clubHomeRidge: number;
  /** On the spread of the leagues around their mean: their level, their home advantage, the law's own parameters. */
  readonly pooling: GoalPooling;
}

export interface GoalPooling {
  readonly level: number;
  readonly home: number;
  readonly law: number;
}

/** What attack and defence of each club are pulled towards; default 0, an average club. */
export interface ClubPrior {
  readonly attack: Float64Array;
  readonly defence: Float64Array;
}

/** The penalty at the parameters; its slopes are added to `slopes`. */
export function penalise(
  shape: GoalModelShape,
  penalties: GoalPenalties,
  at: { readonly parameters: GoalParameters; readonly slopes: GoalParameters },
  prior: ClubPrior | undefined,
): number {
  const { parameters, slopes } = at;
  const { ridge, clubHomeRidge, pooling } = penalties;
  const { leagues, law } = shape;
  let total = pullTowards(parameters.attack, slopes.attack, ridge, prior?.attack);
  total += pullTowards(parameters.defence, slopes.defence, ridge, prior?.defence);
  total += pullTowards(parameters.clubHome, slopes.clubHome, clubHomeRidge, undefined);
  total += pullTogether(parameters.level, slopes.level, 0, pooling.level, leagues);
  total += pullTogether(parameters.home, slopes.home, 0, pooling.home, leagues);
  for (let index = 0; index < law.parameters.length; index++) {
    const { prior: own } = law.parameters[index]!;
    const from = index * leagues;
    total += pullTogether(parameters.extras, slopes.extras, from, pooling.law, leagues);
    if (!own) continue;
    for (let i = from; i < from + leagues; i++) {
      const off = parameters.extras[i]! - own.mean;
      total += own.precision * off * off;
      slopes.extras[i]! += 2 * own.precision * off;
    }
  }
  return total;
}

function pullTowards(
  values: Float64Array,
  slopes: Float64Array,
  strength: number,
  means: Float64Array | undefined,
): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const off = means === undefined ? values[i]! : values[i]! - means[i]!;
    total += off * off;
    slopes[i]! += 2 * strength * off;
  }
  return strength * total;
}

/** Towards the values' own mean: what a common value with a flat prior comes to once it is at its best. */
function pullTogether(
  values: Float64Array,
  slopes: Float64Array,
  from: number,
  strength: number,
  count: number,
): number {
  if (count < 2) return 0;
  let mean = 0;
  for (let i = from; i < from + count; i++) mean += values[i]!;
  mean /= count;
  let total = 0;
  for (let i = from; i < from + count; i++) {
    const off = values[i]! - mean;
    total += off * off;
    slopes[i]! += 2 * strength * off;
  }
  return strength * total;
}
