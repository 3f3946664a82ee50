import type { Calculator } from '../calculator.ts';
import { createClubStates } from '../club-states.ts';

/**
 * pi-ratings (Constantinou and Fenton 2013, Journal of Quantitative Analysis in Sports 9): each club has a rating at
 * home and one away, in goals against an average club. The paper's values are 0.035 and 0.7; these are the ones of our
 * published comparison figures.
 */
const piDefaults = {
  /** Share of the damped error by which the rating at the venue of the match moves. */
  learningRate: 0.06,
  /** Share of that move which the rating at the other venue makes too. */
  otherVenue: 0.6,
} as const;

/** Expected goal difference of a rating R against an average club: sign(R) (10^(|R| / 3) - 1). */
function expectedGoalDifference(rating: number): number {
  return (rating >= 0 ? 1 : -1) * (10 ** (Math.abs(rating) / 3) - 1);
}

/** The damped error of a forecast goal difference: sign(e) 3 log10(1 + |e|). */
export function dampedError(error: number): number {
  return (error >= 0 ? 1 : -1) * 3 * Math.log10(1 + Math.abs(error));
}

export function createPi(parameters: { learningRate: number; otherVenue: number } = piDefaults) {
  return {
    name: 'pi',
    family: 'ratings',
    parameters,
    features: [
      {
        name: 'piDifference',
        unit: 'goals',
        description:
          'Expected goal difference by pi-ratings, from the home rating of the home club and the away rating of the away club.',
        formula:
          'g(home) - g(away), g(R) = sign(R) (10^(|R| / 3) - 1); ratings move by 0.06 x 3 log10(1 + |error|), 0.6 of it at the other venue.',
        asOf: 'Played matches of this championship known at the start of the match day.',
        missing: 'Neither the club nor those whose place it took have played here.',
      },
    ],
    create({ clubs }) {
      // Per club: rating at home, rating away.
      const states = createClubStates(clubs, [0, 0]);
      const { values, known } = states;
      return {
        startSeason: ({ donors }) => {
          states.startSeason(donors);
        },
        enter: states.enter,
        // Goals above an average club, the mean of home and away.
        rating: (club) =>
          known[club] === 1
            ? (expectedGoalDifference(values[2 * club]!) + expectedGoalDifference(values[2 * club + 1]!)) / 2
            : NaN,
        before(match, out, offset) {
          const both = known[match.home] === 1 && known[match.away] === 1;
          out[offset] = both
            ? expectedGoalDifference(values[2 * match.home]!) -
              expectedGoalDifference(values[2 * match.away + 1]!)
            : NaN;
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            const home = 2 * fixture.home;
            const away = 2 * fixture.away;
            const expected =
              expectedGoalDifference(values[home]!) - expectedGoalDifference(values[away + 1]!);
            const move = parameters.learningRate * dampedError(homeGoals - awayGoals - expected);
            values[home]! += move;
            values[home + 1]! += parameters.otherVenue * move;
            values[away + 1]! -= move;
            values[away]! -= parameters.otherVenue * move;
            known[fixture.home] = 1;
            known[fixture.away] = 1;
          }
        },
      };
    },
  } satisfies Calculator;
}
