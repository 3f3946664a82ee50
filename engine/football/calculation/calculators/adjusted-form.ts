import type { Calculator } from '../calculator.ts';
import { createClubStates } from '../club-states.ts';
import { createClubWindows } from '../club-windows.ts';
import { bothSides, playedHere } from '../sides.ts';
import { eloDefaults, expectedScore, marginFactor } from './elo.ts';

const adjustedFormDefaults = { ...eloDefaults, shortWindow: 5, longWindow: 10 } as const;

/**
 * Form against what was to be expected of these opponents: the score (1, 0.5, 0) less the one that Elo expected when the
 * match began, and how strong the opponents were. Five wins over the bottom three are worth less than three over the top.
 */
export function createAdjustedForm(
  parameters: { readonly [Name in keyof typeof adjustedFormDefaults]: number } = adjustedFormDefaults,
) {
  const { start, step, homeAdvantage, shortWindow, longWindow } = parameters;
  const short = { matches: shortWindow, minimum: Math.ceil(shortWindow / 2) };
  const long = { matches: longWindow, minimum: Math.ceil(longWindow / 2) };
  const missing = (over: typeof short) =>
    `The club has played fewer than ${String(over.minimum)} matches since it joined.`;
  const surplus = 'Mean of score less expected score, 1 / (1 + 10^(-d / 400)) of the Elo difference d.';
  const measures = [
    { column: 0, over: short },
    { column: 0, over: long },
    { column: 1, over: short },
    { column: 1, over: long },
  ];
  return {
    name: 'adjustedForm',
    family: 'form',
    parameters,
    features: bothSides(playedHere, [
      {
        name: `formSurplus${String(shortWindow)}`,
        unit: 'share of points a match',
        description: `score above what Elo expected, over its last ${String(shortWindow)} matches`,
        formula: surplus,
        missing: missing(short),
      },
      {
        name: `formSurplus${String(longWindow)}`,
        unit: 'share of points a match',
        description: `score above what Elo expected, over its last ${String(longWindow)} matches`,
        formula: surplus,
        missing: missing(long),
      },
      {
        name: `opponents${String(shortWindow)}`,
        unit: 'rating points',
        description: `mean Elo rating of its last ${String(shortWindow)} opponents, as they then were`,
        missing: missing(short),
      },
      {
        name: `opponents${String(longWindow)}`,
        unit: 'rating points',
        description: `mean Elo rating of its last ${String(longWindow)} opponents, as they then were`,
        missing: missing(long),
      },
    ]),
    create({ clubs }) {
      const states = createClubStates(clubs, [start]);
      const rating = states.values;
      const windows = createClubWindows(clubs, longWindow, 2);
      return {
        startSeason: ({ donors }) => {
          states.startSeason(donors);
        },
        enter(club) {
          states.enter(club);
          windows.clear(club);
        },
        before(match, out, offset) {
          let at = offset;
          for (const { column, over } of measures) {
            out[at++] = windows.mean(match.home, column, over);
            out[at++] = windows.mean(match.away, column, over);
          }
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            const { home, away } = fixture;
            const expected = expectedScore(rating[home]! - rating[away]! + homeAdvantage);
            const score = homeGoals > awayGoals ? 1 : homeGoals === awayGoals ? 0.5 : 0;
            windows.add(home, [score - expected, rating[away]!]);
            windows.add(away, [expected - score, rating[home]!]);
            const change = step * marginFactor(homeGoals - awayGoals) * (score - expected);
            rating[home]! += change;
            rating[away]! -= change;
          }
        },
      };
    },
  } satisfies Calculator;
}
