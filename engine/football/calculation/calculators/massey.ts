import type { Calculator } from '../calculator.ts';
import { createClubStates } from '../club-states.ts';
import { createResultsNetwork } from '../results-network.ts';

const masseyDefaults = {
  halfLifeDays: 270,
  /** Matches of the starting rating that every club's own are mixed with. */
  prior: 3,
  /** Goal differences are cut to this. */
  cap: 4,
  /** Rounds of Gauss-Seidel after each day of results, from the last solution. */
  sweeps: 4,
  homeRate: 0.002,
} as const;

/**
 * Massey ratings (Massey 1997): the ratings whose differences fit the goal differences best by least squares, older
 * matches weighing less, home advantage taken off. Solved on after every day of results.
 */
export function createMassey(
  parameters: { readonly [Name in keyof typeof masseyDefaults]: number } = masseyDefaults,
) {
  const { halfLifeDays, prior, cap, sweeps, homeRate } = parameters;
  return {
    name: 'massey',
    family: 'ratings',
    parameters,
    features: [
      {
        name: 'masseyDifference',
        unit: 'goals',
        description: 'Massey rating of the home club less that of the away club, home advantage not counted.',
        formula:
          'Weighted least squares of goal differences (at most 4) on rating differences, ridge towards the starting ratings.',
        asOf: 'Played matches of this championship known at the start of the match day.',
        missing: 'Neither the club nor those whose place it took have played here.',
      },
    ],
    create({ clubs }) {
      const states = createClubStates(clubs, [0]);
      const { values, known } = states;
      const start = new Float64Array(clubs);
      const network = createResultsNetwork(clubs, halfLifeDays);
      let homeEdge = 0.35;

      function solve(): void {
        const { active, played, gained, weight } = network;
        for (let sweep = 0; sweep < sweeps; sweep++) {
          for (const club of active) {
            let sum = prior * start[club]!;
            for (const other of active) {
              const at = club * clubs + other;
              sum += gained[at]! + played[at]! * values[other]!;
            }
            values[club] = sum / (weight[club]! + prior);
          }
        }
      }

      return {
        startSeason: ({ donors }) => {
          states.startSeason(donors);
        },
        enter(club) {
          states.enter(club);
          start[club] = values[club]!;
        },
        before({ home, away }, out, offset) {
          out[offset] = known[home] === 1 && known[away] === 1 ? values[home]! - values[away]! : NaN;
        },
        after(results) {
          const edge = homeEdge;
          network.add(results, ({ homeGoals, awayGoals }) => {
            const difference = Math.max(-cap, Math.min(cap, homeGoals - awayGoals)) - edge;
            homeEdge += homeRate * difference;
            return [difference, -difference];
          });
          for (const { fixture } of results) {
            known[fixture.home] = 1;
            known[fixture.away] = 1;
          }
          solve();
        },
      };
    },
  } satisfies Calculator;
}
