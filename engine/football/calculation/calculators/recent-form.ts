import type { Calculator } from '../calculator.ts';
import { createClubWindows } from '../club-windows.ts';
import { bothSides, playedHere } from '../sides.ts';

const recentFormDefaults = { shortWindow: 5, longWindow: 10 } as const;

const tooFew = (matches: number) =>
  `The club has played fewer than ${String(Math.ceil(matches / 2))} such matches since it joined.`;
const unplayed = 'The club has not played since it joined.';

/** Columns of a club's window. */
const column = { points: 0, scored: 1, conceded: 2, won: 3, lost: 4, cleanSheet: 5, noGoal: 6 } as const;

/**
 * Wins, losses, clean sheets and blanks of each club's last matches, its form at the venue of this match, and its
 * streaks. Shares, not counts, so that a short history reads like a long one.
 */
export function createRecentForm(
  parameters: { shortWindow: number; longWindow: number } = recentFormDefaults,
) {
  const { shortWindow, longWindow } = parameters;
  const share = 'share, 0 to 1';
  const overall = [
    { name: 'Wins', column: column.won, size: shortWindow, what: 'share of matches won' },
    { name: 'Losses', column: column.lost, size: shortWindow, what: 'share of matches lost' },
    { name: 'CleanSheets', column: column.cleanSheet, size: shortWindow, what: 'share without conceding' },
    { name: 'CleanSheets', column: column.cleanSheet, size: longWindow, what: 'share without conceding' },
    { name: 'FailedToScore', column: column.noGoal, size: shortWindow, what: 'share without a goal' },
    { name: 'FailedToScore', column: column.noGoal, size: longWindow, what: 'share without a goal' },
  ].map((measure) => ({ ...measure, over: windowOf(measure.size) }));
  const venue = [
    { name: 'Points', unit: 'points a match', column: column.points, what: 'points' },
    { name: 'GoalsFor', unit: 'goals a match', column: column.scored, what: 'goals scored' },
    { name: 'GoalsAgainst', unit: 'goals a match', column: column.conceded, what: 'goals conceded' },
  ];
  const streaks = ['Win', 'Unbeaten', 'Winless'] as const;
  const streakMeaning = { Win: 'matches won', Unbeaten: 'matches not lost', Winless: 'matches not won' };
  const venueWindow = windowOf(shortWindow);

  return {
    name: 'recentForm',
    family: 'form',
    parameters,
    features: bothSides(playedHere, [
      ...overall.map(({ name, size, what }) => ({
        name: `form${name}${String(size)}`,
        unit: share,
        description: `${what} over the last ${String(size)} matches`,
        missing: tooFew(size),
      })),
      ...venue.map(({ name, unit, what }) => ({
        name: `formVenue${name}${String(shortWindow)}`,
        unit,
        description: `mean ${what} over its last ${String(shortWindow)} matches at the venue of this match`,
        missing: tooFew(shortWindow),
      })),
      ...streaks.map((name) => ({
        name: `streak${name}`,
        unit: 'matches',
        description: `${streakMeaning[name]} in a row up to its last one; zero is a count here`,
        missing: unplayed,
      })),
    ]),
    create({ clubs }) {
      const all = createClubWindows(clubs, longWindow, 7);
      const atHome = createClubWindows(clubs, shortWindow, 3);
      const away = createClubWindows(clubs, shortWindow, 3);
      const streak = new Int32Array(clubs * streaks.length);

      function add(
        club: number,
        goals: { scored: number; conceded: number },
        venueWindows: typeof all,
      ): void {
        const { scored, conceded } = goals;
        const won = scored > conceded;
        const lost = scored < conceded;
        const points = won ? 3 : lost ? 0 : 1;
        const flags = [won, lost, conceded === 0, scored === 0].map(Number);
        all.add(club, [points, scored, conceded, ...flags]);
        venueWindows.add(club, [points, scored, conceded]);
        [won, !lost, !won].forEach((goesOn, kind) => {
          const at = club * streaks.length + kind;
          streak[at] = goesOn ? streak[at]! + 1 : 0;
        });
      }

      function write(club: number, windows: typeof all, target: { out: Float64Array; at: number }): void {
        const { out } = target;
        let { at } = target;
        for (const measure of overall) {
          out[at] = all.mean(club, measure.column, measure.over);
          at += 2;
        }
        for (const measure of venue) {
          out[at] = windows.mean(club, measure.column, venueWindow);
          at += 2;
        }
        for (let kind = 0; kind < streaks.length; kind++) {
          out[at] = all.held(club) > 0 ? streak[club * streaks.length + kind]! : NaN;
          at += 2;
        }
      }

      return {
        enter(club) {
          for (const windows of [all, atHome, away]) windows.clear(club);
          streak.fill(0, club * streaks.length, (club + 1) * streaks.length);
        },
        before(match, out, offset) {
          write(match.home, atHome, { out, at: offset });
          write(match.away, away, { out, at: offset + 1 });
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            add(fixture.home, { scored: homeGoals, conceded: awayGoals }, atHome);
            add(fixture.away, { scored: awayGoals, conceded: homeGoals }, away);
          }
        },
      };
    },
  } satisfies Calculator;
}

function windowOf(matches: number): { matches: number; minimum: number } {
  return { matches, minimum: Math.ceil(matches / 2) };
}
