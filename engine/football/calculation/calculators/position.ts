import type { Calculator, FixtureView } from '../calculator.ts';
import { pointsLeft, racesOf } from '../races.ts';
import type { Races } from '../races.ts';
import { bothSides } from '../sides.ts';
import { tableBlock, tableOffset } from '../tables.ts';

const asOf =
  "Results of this season's matches, awarded ones too, known at the start of the match day, and the season's format.";
const missing = 'The format of the season is not on record, or knows no such places.';
const reached = 'The same, or no match is left to play.';

interface Race {
  readonly name: string;
  readonly description: string;
  gap(races: Races): number;
}

const races: readonly Race[] = [
  {
    name: 'title',
    description: 'points behind the leader (less than zero: its own lead)',
    gap: ({ titleGap }) => titleGap,
  },
  {
    name: 'upper',
    description:
      'points behind the last European or promotion place (less than zero: within, lead over the next)',
    gap: ({ upperGap }) => upperGap,
  },
  {
    name: 'safety',
    description: 'points above the relegation places (less than zero: within, behind the last safe club)',
    gap: ({ safetyGap }) => safetyGap,
  },
];

const { total } = tableBlock;

/**
 * Distances that matter: to the title, the places that lead upwards and those that lead down, in points and as a share of
 * the points still to play for.
 */
export const position: Calculator = {
  name: 'position',
  family: 'position',
  parameters: { win: 3 },
  features: [
    ...bothSides(
      asOf,
      races.flatMap(({ name, description }) => [
        { name: `${name}Gap`, unit: 'points', description, missing },
        {
          name: `${name}Reach`,
          unit: 'share of points left',
          description: `${description}, as a share of the points it can still win`,
          formula: 'gap / (3 x matches left, this one included)',
          missing: reached,
        },
      ]),
    ),
    ...bothSides(asOf, [
      {
        name: 'relativePosition',
        unit: 'share, 0 is first, 1 is last',
        description: 'place in the table over the number of clubs',
        formula: '(place - 1) / (clubs - 1)',
        missing: 'The club has no result in this season yet, or the format of the season is not on record.',
      },
    ]),
    ...(
      [
        ['positionDifference', 'places', 'Place of the home club less that of the away club.'],
        ['pointsDifference', 'points a match', "Home club's points a match less the away club's."],
        ['goalDifferenceGap', 'goals a match', "Home club's goal difference a match less the away club's."],
      ] as const
    ).map(([name, unit, description]) => ({
      name,
      unit,
      description,
      asOf,
      missing: 'One of the clubs has no result in this season yet.',
    })),
  ],
  create({ formatOf }) {
    return {
      before(match: FixtureView, out, offset) {
        out.fill(NaN, offset, offset + 17);
        const format = formatOf(match.season);
        [match.homeLine, match.awayLine].forEach((line, side) => {
          if (!format) return;
          const own = racesOf(line, match.standing, format);
          races.forEach(({ gap }, race) => {
            const points = gap(own);
            out[offset + race * 4 + side] = points;
            out[offset + race * 4 + 2 + side] = own.left > 0 ? points / pointsLeft(own) : NaN;
          });
          const clubs = Math.max(format.clubs, match.standing.clubs);
          if (line[total + tableOffset.played]! > 0) out[offset + 12 + side] = (line[0]! - 1) / (clubs - 1);
        });
        const { homeLine, awayLine } = match;
        const rate = (line: Int32Array, value: number) => value / line[total + tableOffset.played]!;
        const difference = (line: Int32Array) =>
          line[total + tableOffset.goalsFor]! - line[total + tableOffset.goalsAgainst]!;
        const bothPlayed =
          homeLine[total + tableOffset.played]! > 0 && awayLine[total + tableOffset.played]! > 0;
        if (!bothPlayed) return;
        out[offset + 14] = homeLine[0]! - awayLine[0]!;
        out[offset + 15] =
          rate(homeLine, homeLine[total + tableOffset.points]!) -
          rate(awayLine, awayLine[total + tableOffset.points]!);
        out[offset + 16] = rate(homeLine, difference(homeLine)) - rate(awayLine, difference(awayLine));
      },
      after() {
        // The pass keeps the table, since awarded results count in it.
      },
    };
  },
};
