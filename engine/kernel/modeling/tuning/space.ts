import { AppError } from '../../../contract/errors.ts';
import type { Random } from '../../math/random.ts';

export type ParameterValue = number | string | boolean;
export type TrialParameters = Readonly<Record<string, ParameterValue>>;

/** The dimension exists only in trials in which an earlier parameter has one of these values. */
export interface Condition {
  readonly parameter: string;
  readonly oneOf: readonly ParameterValue[];
}

export type Dimension =
  | {
      readonly kind: 'float';
      readonly low: number;
      readonly high: number;
      readonly log?: boolean;
      readonly when?: Condition;
    }
  | {
      readonly kind: 'integer';
      readonly low: number;
      readonly high: number;
      readonly log?: boolean;
      readonly when?: Condition;
    }
  | { readonly kind: 'categorical'; readonly choices: readonly ParameterValue[]; readonly when?: Condition };

export type NumericDimension = Exclude<Dimension, { kind: 'categorical' }>;

/** Parameters by name, in the order in which they are drawn. JSON-safe. */
export type SearchSpace = Readonly<Record<string, Dimension>>;

/** Refuses empty ranges, logarithms of what is not above 0, and conditions on parameters that do not come earlier. */
export function requireSpace(space: SearchSpace): void {
  const earlier = new Set<string>();
  const refuse = (name: string, expected: string): never => {
    throw new AppError('CONFIGURATION_INVALID', `search space, ${name}: expected ${expected}`, {
      detail: { name },
    });
  };
  for (const [name, dimension] of Object.entries(space)) {
    if (dimension.kind === 'categorical') {
      if (dimension.choices.length === 0) refuse(name, 'at least one choice');
    } else {
      const { kind, low, high, log } = dimension;
      if (!(low < high)) refuse(name, `low below high, got ${low} and ${high}`);
      if (log && !(low > 0)) refuse(name, `low above 0 for a logarithmic scale, got ${low}`);
      if (kind === 'integer' && !(Number.isInteger(low) && Number.isInteger(high)))
        refuse(name, 'whole bounds');
    }
    if (dimension.when && !earlier.has(dimension.when.parameter)) {
      refuse(name, `a condition on an earlier parameter, got ${dimension.when.parameter}`);
    }
    earlier.add(name);
  }
}

/** Draws the parameters in order; `draw` decides each active dimension. */
export function drawParameters(
  space: SearchSpace,
  draw: (name: string, dimension: Dimension) => ParameterValue,
): TrialParameters {
  const drawn: Record<string, ParameterValue> = {};
  for (const [name, dimension] of Object.entries(space)) {
    if (isActive(dimension, drawn)) drawn[name] = draw(name, dimension);
  }
  return drawn;
}

export function isActive({ when }: Dimension, parameters: TrialParameters): boolean {
  if (!when) return true;
  const value = parameters[when.parameter];
  return value !== undefined && when.oneOf.includes(value);
}

/**
 * The line on which a numeric dimension is uniform: its (logarithmic) value, for integers widened by a half on each side
 * so that the bounds are as likely as what lies between.
 */
export function lineOf({ kind, low, high, log }: NumericDimension): {
  readonly low: number;
  readonly high: number;
} {
  const margin = kind === 'integer' ? 0.5 : 0;
  const ends = { low: low - margin, high: high + margin };
  return log ? { low: Math.log(ends.low), high: Math.log(ends.high) } : ends;
}

export function toLine(dimension: NumericDimension, value: number): number {
  return dimension.log ? Math.log(value) : value;
}

/** A value of the dimension from a place on its line. */
export function fromLine(dimension: NumericDimension, place: number): number {
  const { kind, low, high, log } = dimension;
  const value = log ? Math.exp(place) : place;
  return Math.min(high, Math.max(low, kind === 'integer' ? Math.round(value) : value));
}

export function drawUniform(dimension: Dimension, random: Random): ParameterValue {
  if (dimension.kind === 'categorical') return dimension.choices[random.integer(dimension.choices.length)]!;
  const { low, high } = lineOf(dimension);
  return fromLine(dimension, low + (high - low) * random.uniform());
}
