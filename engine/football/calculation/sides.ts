import type { FeatureDefinition } from './calculator.ts';

const sides = ['Home', 'Away'] as const;

/** A number that both clubs of a match have: two features, the home club's first. */
export interface SidedMeasure {
  /** The feature's name without `Home` or `Away` at its end. */
  readonly name: string;
  readonly unit: string;
  /** Goes on from "Home club's" or "Away club's", without a full stop. */
  readonly description: string;
  readonly missing: string;
  readonly formula?: string;
}

/** The features of measures, measure after measure, home before away. */
export function bothSides(asOf: string, measures: readonly SidedMeasure[]): FeatureDefinition[] {
  return measures.flatMap(({ name, unit, description, missing, formula }) =>
    sides.map((side) => ({
      name: name + side,
      unit,
      description: `${side} club's ${description}.`,
      ...(formula === undefined ? {} : { formula }),
      asOf,
      missing,
    })),
  );
}

/** What most features rest on. */
export const playedHere = 'Played matches of this championship known at the start of the match day.';
