import type { Calculator, FeatureDefinition, FixtureView } from '../calculator.ts';
import { tableBlock, tableOffset } from '../tables.ts';

const { played, goalsFor, goalsAgainst, points } = tableOffset;

interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly missing: string;
  /** From a club's line; `venue` is its block at the venue of this match. */
  value(line: Int32Array, venue: number): number;
}

const { total } = tableBlock;
const unplayed = 'The club has no result in this season yet.';
const unplayedHere = 'The club has no result at this venue in this season yet.';

const measures: readonly Measure[] = [
  {
    name: 'position',
    unit: 'place, 1 is first',
    description: 'place in the table by points, goal difference and goals scored; level clubs share one',
    missing: unplayed,
    value: (line) => (line[total + played]! > 0 ? line[0]! : NaN),
  },
  {
    name: 'pointsPerMatch',
    unit: 'points a match',
    description: 'points a match in this season',
    missing: unplayed,
    value: (line) => line[total + points]! / line[total + played]!,
  },
  {
    name: 'goalDifferencePerMatch',
    unit: 'goals a match',
    description: 'goal difference a match in this season',
    missing: unplayed,
    value: (line) => (line[total + goalsFor]! - line[total + goalsAgainst]!) / line[total + played]!,
  },
  {
    name: 'venuePointsPerMatch',
    unit: 'points a match',
    description: 'points a match at the venue of this match (home club at home, away club away)',
    missing: unplayedHere,
    value: (line, venue) => line[venue + points]! / line[venue + played]!,
  },
  {
    name: 'venueGoalDifferencePerMatch',
    unit: 'goals a match',
    description: 'goal difference a match at the venue of this match (home club at home, away club away)',
    missing: unplayedHere,
    value: (line, venue) => (line[venue + goalsFor]! - line[venue + goalsAgainst]!) / line[venue + played]!,
  },
  {
    name: 'played',
    unit: 'matches',
    description: 'matches with a result in this season; zero is a count here, not a missing value',
    missing: 'Never.',
    value: (line) => line[total + played]!,
  },
];

function definition(measure: Measure, side: 'Home' | 'Away'): FeatureDefinition {
  return {
    name: measure.name + side,
    unit: measure.unit,
    description: `${side} club's ${measure.description}.`,
    asOf: "Results of this season's matches, awarded ones too, known at the start of the match day.",
    missing: measure.missing,
  };
}

/** The season's table as of the match, as rates. The counts themselves are in `standings`. */
export const table: Calculator = {
  name: 'table',
  family: 'position',
  parameters: { win: 3, draw: 1 },
  features: measures.flatMap((measure) => [definition(measure, 'Home'), definition(measure, 'Away')]),
  create: () => ({
    before(match: FixtureView, out, offset) {
      let at = offset;
      for (const measure of measures) {
        out[at++] = measure.value(match.homeLine, tableBlock.home);
        out[at++] = measure.value(match.awayLine, tableBlock.away);
      }
    },
    after() {
      // The pass keeps the table, since awarded results count in it.
    },
  }),
};
