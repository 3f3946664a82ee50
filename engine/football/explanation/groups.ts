import { calculators, extendedCalculators } from '../calculation/registry.ts';
import { teamColumns } from '../processing/rows.ts';

/** What is learnt of the clubs themselves, rather than of a measure of them. */
export const clubs = 'clubs';
/** What happened to the forecast after its model: everything but the temperature. */
export const adjustment = 'adjustment';

/** The group of a feature: the calculator that it comes from. */
export function groupOf(feature: string): string {
  if ((teamColumns as readonly string[]).includes(feature)) return clubs;
  return groups.get(feature) ?? 'other';
}

const groups = new Map(
  [...calculators, ...extendedCalculators].flatMap((calculator) =>
    calculator.features.map(({ name }) => [name, calculator.name] as const),
  ),
);

/** A measure that both clubs have stands for two features, `…Home` and `…Away`; any other feature is its own. */
export function measureOf(
  feature: string,
  all: ReadonlySet<string>,
): { readonly name: string; readonly side: 'home' | 'away' | 'value' } {
  const name = feature.replace(/(Home|Away)$/, '');
  if (name === feature || !all.has(`${name}Home`) || !all.has(`${name}Away`))
    return { name: feature, side: 'value' };
  return { name, side: feature.endsWith('Home') ? 'home' : 'away' };
}
