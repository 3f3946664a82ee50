import type { Calculator, PlayedView } from '../calculator.ts';
import { createClubWindows } from '../club-windows.ts';
import { bothSides } from '../sides.ts';
import type { SidedMeasure } from '../sides.ts';

const performanceDefaults = {
  window: 10,
  minimum: 5,
  /** Older measurements than this say nothing of today's side. */
  staleDays: 250,
  /** Matches after which one weighs half in the league's goals a shot on target. */
  halfLifeMatches: 760,
} as const;

const asOf =
  'Played matches of this championship with this measurement, known at the start of the match day.';

/**
 * How clubs play, by what was measured: shots, shots on target and expected goals for and against over the last matches,
 * and what they made of them. Expected goals come with the source or by import; where a match has none it is left out.
 */
export function createPerformance(
  parameters: { readonly [Name in keyof typeof performanceDefaults]: number } = performanceDefaults,
) {
  const { window, minimum, staleDays } = parameters;
  const over = { matches: window, minimum };
  const missing = `Fewer than ${String(minimum)} measured matches are known since it joined, or the newest is more than ${String(staleDays)} days old.`;
  const mean = (name: string, unit: string, what: string): SidedMeasure => ({
    name: `${name}${String(window)}`,
    unit,
    description: `${what} a match, over its last ${String(window)} measured matches`,
    missing,
  });
  const conversion = "Shots on target times the league's goals a shot on target.";
  return {
    name: 'performance',
    family: 'advanced',
    parameters,
    features: bothSides(asOf, [
      mean('shotsFor', 'shots a match', 'shots'),
      mean('shotsAgainst', 'shots a match', 'shots against'),
      mean('shotsOnTargetFor', 'shots a match', 'shots on target'),
      mean('shotsOnTargetAgainst', 'shots a match', 'shots on target against'),
      {
        ...mean('finishing', 'goals a match', 'goals above those that its shots on target usually bring'),
        formula: conversion,
      },
      {
        ...mean(
          'saving',
          'goals a match',
          'goals conceded below those that shots on target against it usually bring',
        ),
        formula: conversion,
      },
      mean('expectedGoalsFor', 'goals a match', 'expected goals'),
      mean('expectedGoalsAgainst', 'goals a match', 'expected goals against'),
      mean('expectedGoalsDifference', 'goals a match', 'expected goals less those against'),
      mean('scoredAboveExpected', 'goals a match', 'goals less expected goals'),
      mean('concededAboveExpected', 'goals a match', 'goals conceded less expected goals against'),
    ]),
    create({ clubs }) {
      // Columns: for, against, day.
      const shots = createClubWindows(clubs, window, 3);
      // Columns: for, against, goals less expected from them, goals against less expected, day.
      const onTarget = createClubWindows(clubs, window, 5);
      const expected = createClubWindows(clubs, window, 5);
      const decay = 2 ** (-1 / parameters.halfLifeMatches);
      let leagueGoals = 0;
      let leagueOnTarget = 0;

      function write(club: number, day: number, target: { out: Float64Array; at: number }): void {
        const { out, at } = target;
        const values = [
          ...read(shots, { club, day, columns: [0, 1], dayColumn: 2 }),
          ...read(onTarget, { club, day, columns: [0, 1, 2, 3], dayColumn: 4 }),
          ...read(expected, { club, day, columns: [0, 1, 2, 3], dayColumn: 4 }),
        ];
        const [shotsFor, against, onFor, onAgainst, finishing, leaking, xgFor, xgAgainst, scored, conceded] =
          values as [number, number, number, number, number, number, number, number, number, number];
        [shotsFor, against, onFor, onAgainst, finishing, -leaking]
          .concat(xgFor, xgAgainst, xgFor - xgAgainst, scored, conceded)
          .forEach((value, i) => {
            out[at + 2 * i] = value;
          });
      }

      function read(
        windows: typeof shots,
        what: { club: number; day: number; columns: readonly number[]; dayColumn: number },
      ): number[] {
        const { club, day, columns, dayColumn } = what;
        const isFresh = day - windows.newest(club, dayColumn) <= staleDays;
        return columns.map((column) => (isFresh ? windows.mean(club, column, over) : NaN));
      }

      function add(match: PlayedView): void {
        const { fixture, homeGoals, awayGoals } = match;
        const { home, away, day } = fixture;
        if (!Number.isNaN(match.homeShots + match.awayShots)) {
          shots.add(home, [match.homeShots, match.awayShots, day]);
          shots.add(away, [match.awayShots, match.homeShots, day]);
        }
        const { homeShotsOnTarget, awayShotsOnTarget } = match;
        if (!Number.isNaN(homeShotsOnTarget + awayShotsOnTarget) && leagueOnTarget > 0) {
          const rate = leagueGoals / leagueOnTarget;
          const homeAbove = homeGoals - rate * homeShotsOnTarget;
          const awayAbove = awayGoals - rate * awayShotsOnTarget;
          onTarget.add(home, [homeShotsOnTarget, awayShotsOnTarget, homeAbove, awayAbove, day]);
          onTarget.add(away, [awayShotsOnTarget, homeShotsOnTarget, awayAbove, homeAbove, day]);
        }
        const { homeExpectedGoals, awayExpectedGoals } = match;
        if (!Number.isNaN(homeExpectedGoals + awayExpectedGoals)) {
          const homeAbove = homeGoals - homeExpectedGoals;
          const awayAbove = awayGoals - awayExpectedGoals;
          expected.add(home, [homeExpectedGoals, awayExpectedGoals, homeAbove, awayAbove, day]);
          expected.add(away, [awayExpectedGoals, homeExpectedGoals, awayAbove, homeAbove, day]);
        }
      }

      return {
        enter(club) {
          for (const windows of [shots, onTarget, expected]) windows.clear(club);
        },
        before({ home, away, day }, out, offset) {
          write(home, day, { out, at: offset });
          write(away, day, { out, at: offset + 1 });
        },
        after(results) {
          for (const match of results) {
            add(match);
            const count = match.homeShotsOnTarget + match.awayShotsOnTarget;
            if (Number.isNaN(count)) continue;
            leagueGoals = leagueGoals * decay + match.homeGoals + match.awayGoals;
            leagueOnTarget = leagueOnTarget * decay + count;
          }
        },
      };
    },
  } satisfies Calculator;
}
