import type { Calculator, PlayedView } from '../calculator.ts';
import { createClubStates } from '../club-states.ts';

/**
 * Generalised attacking performance ratings (Wheatcroft 2020, International Journal of Forecasting 36): attack and
 * defence of each club at home and away, in units of the count that is rated. The learning rate is that of our
 * published comparison figures.
 */
const gapDefaults = {
  learningRate: 0.08,
  /** Share of an error that goes to the venue of the match; the rest goes to the other venue. */
  thisVenue: 0.5,
} as const;

export interface GapSubject {
  /** The feature is `gap` + this + `Home` or `Away`. */
  readonly name: string;
  readonly unit: string;
  /** Count of an average side; the rating of a club of which nothing is known. */
  readonly start: number;
  readonly home: (match: PlayedView) => number;
  readonly away: (match: PlayedView) => number;
}

export const shotsOnTarget: GapSubject = {
  name: 'ShotsOnTarget',
  unit: 'shots on target',
  start: 4.5,
  home: (match) => match.homeShotsOnTarget,
  away: (match) => match.awayShotsOnTarget,
};
export const shots: GapSubject = {
  name: 'Shots',
  unit: 'shots',
  start: 12.5,
  home: (match) => match.homeShots,
  away: (match) => match.awayShots,
};
export const corners: GapSubject = {
  name: 'Corners',
  unit: 'corners',
  start: 5,
  home: (match) => match.homeCorners,
  away: (match) => match.awayCorners,
};
export const expectedGoals: GapSubject = {
  name: 'ExpectedGoals',
  unit: 'expected goals',
  start: 1.35,
  home: (match) => match.homeExpectedGoals,
  away: (match) => match.awayExpectedGoals,
};

export function createGap(
  subject: GapSubject,
  parameters: { learningRate: number; thisVenue: number } = gapDefaults,
) {
  const here = parameters.learningRate * parameters.thisVenue;
  const elsewhere = parameters.learningRate * (1 - parameters.thisVenue);
  const feature = (side: 'home' | 'away') => ({
    name: `gap${subject.name}${side === 'home' ? 'Home' : 'Away'}`,
    unit: subject.unit,
    description: `Expected ${subject.unit} of the ${side} club: mean of its attack and the other's defence at these venues.`,
    formula:
      '(attack here + defence of the other here) / 2; both move by 0.08 x error, half of it at the other venue.',
    asOf: `Played matches of this championship with this count, known at the start of the match day${subject === expectedGoals ? '; expected goals count as known with the result' : ''}.`,
    missing: 'No match with this count is known of the club, nor of those whose place it took.',
  });
  return {
    name: `gap${subject.name}`,
    family: 'ratings',
    parameters: { ...parameters, start: subject.start },
    features: [feature('home'), feature('away')],
    create({ clubs }) {
      // Per club: attack at home, defence at home, attack away, defence away.
      const { start } = subject;
      const states = createClubStates(clubs, [start, start, start, start]);
      const { values, known } = states;

      function move(at: number, change: number): void {
        values[at] = Math.max(0, values[at]! + change);
      }

      return {
        startSeason: ({ donors }) => {
          states.startSeason(donors);
        },
        enter: states.enter,
        // Made less allowed, the mean of home and away.
        rating: (club) => {
          const at = 4 * club;
          const surplus = values[at]! - values[at + 1]! + values[at + 2]! - values[at + 3]!;
          return known[club] === 1 ? surplus / 2 : NaN;
        },
        before(match, out, offset) {
          const home = 4 * match.home;
          const away = 4 * match.away;
          const both = known[match.home] === 1 && known[match.away] === 1;
          out[offset] = both ? (values[home]! + values[away + 3]!) / 2 : NaN;
          out[offset + 1] = both ? (values[away + 2]! + values[home + 1]!) / 2 : NaN;
        },
        after(results) {
          for (const match of results) {
            const homeCount = subject.home(match);
            const awayCount = subject.away(match);
            if (Number.isNaN(homeCount) || Number.isNaN(awayCount)) continue;
            const home = 4 * match.fixture.home;
            const away = 4 * match.fixture.away;
            const homeError = homeCount - (values[home]! + values[away + 3]!) / 2;
            const awayError = awayCount - (values[away + 2]! + values[home + 1]!) / 2;
            move(home, here * homeError);
            move(home + 1, here * awayError);
            move(home + 2, elsewhere * homeError);
            move(home + 3, elsewhere * awayError);
            move(away + 2, here * awayError);
            move(away + 3, here * homeError);
            move(away, elsewhere * awayError);
            move(away + 1, elsewhere * homeError);
            known[match.fixture.home] = 1;
            known[match.fixture.away] = 1;
          }
        },
      };
    },
  } satisfies Calculator;
}
