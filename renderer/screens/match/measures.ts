import type { PlacedFeature } from '../../../engine/contract/match.ts';

/** A measure of both clubs, or one of the match as a whole. */
export interface Measure {
  readonly name: string;
  readonly home?: PlacedFeature;
  readonly away?: PlacedFeature;
  readonly value?: PlacedFeature;
}

/** Puts `…Home` and `…Away` of one measure together, in the order of the features. */
export function measuresOf(features: readonly PlacedFeature[]): Measure[] {
  const named = new Map(features.map((feature) => [feature.name, feature]));
  return features.flatMap((feature): Measure[] => {
    const { name } = feature;
    if (name.endsWith('Away') && named.has(name.replace(/Away$/, 'Home'))) return [];
    const base = name.replace(/Home$/, '');
    const away = base === name ? undefined : named.get(`${base}Away`);
    return away ? [{ name: base, home: feature, away }] : [{ name, value: feature }];
  });
}
