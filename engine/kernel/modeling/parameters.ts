import { AppError } from '../../contract/errors.ts';

/** Says what is wrong with a value ("a number above 0"), or nothing when it is right. */
export type ParameterRule = (value: unknown) => string | undefined;
export type ParameterRules<Parameters> = { readonly [Key in keyof Parameters]-?: ParameterRule };

/**
 * The hyper-parameters of one estimator: the given ones over the defaults. An unknown name or a value that breaks its
 * rule is a CONFIGURATION_INVALID error that says what was expected and what came.
 */
export function readParameters<Parameters extends object>(
  estimator: string,
  given: Readonly<Record<string, unknown>>,
  options: { readonly defaults: Parameters; readonly rules: ParameterRules<Parameters> },
): Parameters {
  const { defaults, rules } = options;
  const known = Object.keys(rules);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) {
      throw new AppError(
        'CONFIGURATION_INVALID',
        `${estimator} has no parameter ${name}; known: ${known.join(', ')}`,
        {
          detail: { estimator, parameter: name, known },
        },
      );
    }
  }
  const merged = { ...defaults, ...withoutUndefined(given) } as Parameters;
  for (const name of known as (keyof Parameters & string)[]) {
    const value = merged[name];
    const expected = rules[name](value);
    if (expected !== undefined) {
      throw new AppError(
        'CONFIGURATION_INVALID',
        `${estimator}.${name}: expected ${expected}, got ${String(value)}`,
        {
          detail: { estimator, parameter: name, expected, got: String(value) },
        },
      );
    }
  }
  return merged;
}

function withoutUndefined(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

export function numberIn(
  low: number,
  high: number,
  options: { readonly openLow?: boolean; readonly openHigh?: boolean } = {},
): ParameterRule {
  const { openLow = false, openHigh = false } = options;
  const said = `a number ${openLow ? 'above' : 'from'} ${low} ${openHigh ? 'below' : 'to'} ${high}`;
  return (value) =>
    typeof value === 'number' &&
    (openLow ? value > low : value >= low) &&
    (openHigh ? value < high : value <= high)
      ? undefined
      : said;
}

export function integerIn(low: number, high = Number.MAX_SAFE_INTEGER): ParameterRule {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
      ? undefined
      : `a whole number from ${low} to ${high}`;
}

export function trueOrFalse(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'true or false';
}

export function oneOf(...choices: readonly string[]): ParameterRule {
  return (value) =>
    typeof value === 'string' && choices.includes(value) ? undefined : `one of ${choices.join(', ')}`;
}

export function optional(rule: ParameterRule): ParameterRule {
  return (value) => (value === undefined ? undefined : rule(value));
}

export function arrayOf(rule: ParameterRule): ParameterRule {
  return (value) => {
    if (!Array.isArray(value)) return 'an array';
    for (const item of value as unknown[]) {
      const expected = rule(item);
      if (expected !== undefined) return `an array with each item ${expected}`;
    }
    return undefined;
  };
}

/** Class labels in the order of the probability columns: distinct whole numbers. */
export const classLabels: ParameterRule = optional((value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((label) => Number.isInteger(label)) &&
  new Set(value).size === value.length
    ? undefined
    : 'distinct whole numbers',
);

export const finiteNumber = numberIn(-Number.MAX_VALUE, Number.MAX_VALUE);
export const seedRule = integerIn(0);
