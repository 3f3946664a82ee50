import type { Calculator } from '../calculator.ts';
import { createClubStates } from '../club-states.ts';

/**
 * Elo rating with a factor for the margin of victory, as the World Football Elo Ratings (eloratings.net) use it. The
 * values are the untuned ones of our published comparison figures.
 */
export const eloDefaults = {
  /** Rating of a club of which nothing is known. */
  start: 1500,
  /** Points at stake in a match won by one goal. */
  step: 20,
  /** Points added to the home club when the expected score is worked out. */
  homeAdvantage: 65,
} as const;

/** 1 up to one goal, 1.5 for two, (11 + d) / 8 for three and more. */
export function marginFactor(difference: number): number {
  const margin = Math.abs(difference);
  if (margin <= 1) return 1;
  return margin === 2 ? 1.5 : (11 + margin) / 8;
}

/** Share of the points expected of a side that is `difference` rating points ahead: 1 / (1 + 10^(-d / 400)). */
export function expectedScore(difference: number): number {
  return 1 / (1 + 10 ** (-difference / 400));
}

export function createElo(parameters: { start: number; step: number; homeAdvantage: number } = eloDefaults) {
  const asOf = 'Played matches of this championship known at the start of the match day.';
  const missing = 'Neither the club nor those whose place it took have played here.';
  return {
    name: 'elo',
    family: 'ratings',
    parameters,
    features: [
      {
        name: 'eloDifference',
        unit: 'rating points',
        description: 'Elo rating of the home club less that of the away club, home advantage not counted.',
        formula:
          'Both ratings move by 20 x margin factor (1; 1.5; (11 + d) / 8) x (score - expected score), from 1500.',
        asOf,
        missing,
      },
      {
        name: 'eloExpectedHome',
        unit: 'share of points, 0 to 1',
        description: 'Expected score of the home club by Elo, home advantage counted.',
        formula: '1 / (1 + 10^(-(difference + 65) / 400))',
        asOf,
        missing,
      },
    ],
    create({ clubs }) {
      const states = createClubStates(clubs, [parameters.start]);
      const { values, known } = states;
      return {
        startSeason: ({ donors }) => {
          states.startSeason(donors);
        },
        enter: states.enter,
        rating: (club) => (known[club] === 1 ? values[club]! : NaN),
        before(match, out, offset) {
          const difference = values[match.home]! - values[match.away]!;
          const both = known[match.home] === 1 && known[match.away] === 1;
          out[offset] = both ? difference : NaN;
          out[offset + 1] = both ? expectedScore(difference + parameters.homeAdvantage) : NaN;
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            const { home, away } = fixture;
            const expected = expectedScore(values[home]! - values[away]! + parameters.homeAdvantage);
            const score = homeGoals > awayGoals ? 1 : homeGoals === awayGoals ? 0.5 : 0;
            const change = parameters.step * marginFactor(homeGoals - awayGoals) * (score - expected);
            values[home]! += change;
            values[away]! -= change;
            known[home] = 1;
            known[away] = 1;
          }
        },
      };
    },
  } satisfies Calculator;
}
