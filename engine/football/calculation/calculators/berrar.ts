import type { Calculator } from '../calculator.ts';
import { createClubStates } from '../club-states.ts';

/**
 * Berrar ratings (Berrar, Lopes and Dubitzky 2019, Machine Learning 108): offence and defence of each club, expected
 * goals by a logistic curve of both. The curve's height is the paper's; its bias puts two average clubs at the usual
 * goals; learning rates are untuned.
 */
const berrarDefaults = {
  /** Most goals that the curve can expect. */
  height: 5,
  slope: 1,
  homeBias: -0.847,
  awayBias: -1.15,
  offenceRate: 0.06,
  defenceRate: 0.06,
} as const;

export function createBerrar(
  parameters: { readonly [Name in keyof typeof berrarDefaults]: number } = berrarDefaults,
) {
  const { height, slope, homeBias, awayBias, offenceRate, defenceRate } = parameters;
  const expectedGoals = (bias: number, offence: number, defence: number) =>
    height / (1 + Math.exp(-slope * (offence + defence) - bias));
  const feature = (side: 'home' | 'away') => ({
    name: `berrarGoals${side === 'home' ? 'Home' : 'Away'}`,
    unit: 'goals',
    description: `Expected goals of the ${side} club by Berrar ratings.`,
    formula:
      '5 / (1 + exp(-(offence + defence of the other) - bias)); ratings move by 0.06 of the error in goals.',
    asOf: 'Played matches of this championship known at the start of the match day.',
    missing: 'Neither the club nor those whose place it took have played here.',
  });
  return {
    name: 'berrar',
    family: 'ratings',
    parameters,
    features: [feature('home'), feature('away')],
    create({ clubs }) {
      // Per club: offence, defence; a high defence concedes much.
      const states = createClubStates(clubs, [0, 0]);
      const { values, known } = states;
      return {
        startSeason: ({ donors }) => {
          states.startSeason(donors);
        },
        enter: states.enter,
        before({ home, away }, out, offset) {
          const both = known[home] === 1 && known[away] === 1;
          out[offset] = both ? expectedGoals(homeBias, values[2 * home]!, values[2 * away + 1]!) : NaN;
          out[offset + 1] = both ? expectedGoals(awayBias, values[2 * away]!, values[2 * home + 1]!) : NaN;
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            const { home, away } = fixture;
            const homeError = homeGoals - expectedGoals(homeBias, values[2 * home]!, values[2 * away + 1]!);
            const awayError = awayGoals - expectedGoals(awayBias, values[2 * away]!, values[2 * home + 1]!);
            values[2 * home]! += offenceRate * homeError;
            values[2 * home + 1]! += defenceRate * awayError;
            values[2 * away]! += offenceRate * awayError;
            values[2 * away + 1]! += defenceRate * homeError;
            known[home] = 1;
            known[away] = 1;
          }
        },
      };
    },
  } satisfies Calculator;
}
