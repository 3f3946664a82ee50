import type { Calculator } from '../calculator.ts';
import { createResultsNetwork } from '../results-network.ts';

const pageRankDefaults = {
  halfLifeDays: 270,
  damping: 0.85,
  /** Steps of the power iteration after each day of results, from the last solution. */
  steps: 6,
} as const;

/**
 * PageRank over results (Page and Brin 1998; for football Hubáček, Šourek and Železný 2019): every club hands its rank on
 * to those that took points from it, in proportion to the points; older matches weigh less.
 */
export function createPageRank(
  parameters: { readonly [Name in keyof typeof pageRankDefaults]: number } = pageRankDefaults,
) {
  const { halfLifeDays, damping, steps } = parameters;
  return {
    name: 'pageRank',
    family: 'ratings',
    parameters,
    features: [
      {
        name: 'pageRankRatio',
        unit: 'log ratio',
        description: "Log of the home club's PageRank over the away club's.",
        formula: 'Rank flows from a club to those that took points from it; damping 0.85; ln(home / away).',
        asOf: 'Played matches of this championship known at the start of the match day.',
        missing: 'A club has not played here yet, or too long ago to count.',
      },
    ],
    create({ clubs }) {
      const network = createResultsNetwork(clubs, halfLifeDays);
      const rank = new Float64Array(clubs);
      const next = new Float64Array(clubs);
      const given = new Float64Array(clubs);

      function solve(): void {
        const { active, gained } = network;
        const even = 1 / active.length;
        let total = 0;
        for (const club of active) {
          if (rank[club] === 0) rank[club] = even;
          total += rank[club]!;
          given[club] = 0;
          for (const other of active) given[club]! += gained[other * clubs + club]!;
        }
        for (const club of active) rank[club]! /= total;
        for (let step = 0; step < steps; step++) {
          let idle = 0;
          for (const club of active) if (given[club] === 0) idle += rank[club]!;
          for (const club of active) {
            let sum = idle * even;
            for (const other of active) {
              if (given[other]! > 0) sum += (rank[other]! * gained[club * clubs + other]!) / given[other]!;
            }
            next[club] = (1 - damping) * even + damping * sum;
          }
          for (const club of active) rank[club] = next[club]!;
        }
      }

      return {
        before({ home, away }, out, offset) {
          const both = network.weight[home]! > 0 && network.weight[away]! > 0;
          out[offset] = both ? Math.log(rank[home]! / rank[away]!) : NaN;
        },
        after(results) {
          network.add(results, ({ homeGoals, awayGoals }) =>
            homeGoals > awayGoals ? [3, 0] : homeGoals < awayGoals ? [0, 3] : [1, 1],
          );
          solve();
        },
      };
    },
  } satisfies Calculator;
}
