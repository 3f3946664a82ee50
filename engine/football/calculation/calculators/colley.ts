import type { Calculator } from '../calculator.ts';
import { createClubStates } from '../club-states.ts';
import { createResultsNetwork } from '../results-network.ts';

const colleyDefaults = {
  halfLifeDays: 270,
  /** Matches of the starting rating that every club's own are mixed with: Colley's two. */
  prior: 2,
  /** Rounds of Gauss-Seidel after each day of results, from the last solution. */
  sweeps: 4,
} as const;

/**
 * Colley ratings (Colley 2002): share of wins corrected for the strength of the opponents, from wins and losses alone, a
 * draw counting half of each. Older matches weigh less; newcomers start from those whose places they took.
 */
export function createColley(
  parameters: { readonly [Name in keyof typeof colleyDefaults]: number } = colleyDefaults,
) {
  const { halfLifeDays, prior, sweeps } = parameters;
  return {
    name: 'colley',
    family: 'ratings',
    parameters,
    features: [
      {
        name: 'colleyDifference',
        unit: 'rating, about 0 to 1',
        description: 'Colley rating of the home club less that of the away club.',
        formula:
          "(2 + n) r = 2 x start + (wins - losses) / 2 + sum of the opponents' ratings, solved for all clubs.",
        asOf: 'Played matches of this championship known at the start of the match day.',
        missing: 'Neither the club nor those whose place it took have played here.',
      },
    ],
    create({ clubs }) {
      const states = createClubStates(clubs, [0.5]);
      const { values, known } = states;
      const start = new Float64Array(clubs).fill(0.5);
      const network = createResultsNetwork(clubs, halfLifeDays);

      function solve(): void {
        const { active, played, gained, weight } = network;
        for (let sweep = 0; sweep < sweeps; sweep++) {
          for (const club of active) {
            let sum = prior * start[club]!;
            for (const other of active) {
              const at = club * clubs + other;
              sum += gained[at]! / 2 + played[at]! * values[other]!;
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
          network.add(results, ({ homeGoals, awayGoals }) => {
            const won = Math.sign(homeGoals - awayGoals);
            return [won, -won];
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
