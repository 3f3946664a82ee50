import type { Calculator } from '../calculator.ts';
import { createClubWindows } from '../club-windows.ts';
import { createLeagueMeans } from '../league-means.ts';
import { bothSides, playedHere } from '../sides.ts';

const venueDefaults = {
  /** Matches at one venue that count: a season's. */
  window: 19,
  /** Matches of the league's mean that every club's own are mixed with. */
  prior: 5,
} as const;

const missing =
  'The club has not played at this venue since it joined, or the championship has fewer than 50 matches.';
const formula = '(sum + 5 x league mean at this venue) / (matches + 5), over the last 19 there.';

/** The home club's record at home and the away club's away, each drawn towards the league's. */
export function createVenueSplits(parameters: { window: number; prior: number } = venueDefaults) {
  const { window, prior } = parameters;
  return {
    name: 'venueSplits',
    family: 'venue',
    parameters,
    features: [
      ...bothSides(playedHere, [
        {
          name: 'venueWins',
          unit: 'share, 0 to 1',
          description: 'share of matches won at this venue',
          formula,
          missing,
        },
        {
          name: 'venueDraws',
          unit: 'share, 0 to 1',
          description: 'share of matches drawn at this venue',
          formula,
          missing,
        },
        {
          name: 'venueGoalsFor',
          unit: 'goals a match',
          description: 'goals scored at this venue',
          formula,
          missing,
        },
        {
          name: 'venueGoalsAgainst',
          unit: 'goals a match',
          description: 'goals conceded at this venue',
          formula,
          missing,
        },
        {
          name: 'venueEdge',
          unit: 'goals a match',
          description:
            'own home advantage: goal difference at home less away, less what the league has, halved',
          formula:
            '((home difference - away difference) - league) / 2 x n / (n + 10), n matches at the rarer venue.',
          missing:
            'The club has not played at both venues since it joined, or the championship has fewer than 50 matches.',
        },
      ]),
      {
        name: 'venuePointsDifference',
        unit: 'points a match',
        description:
          "The home club's points at home less the away club's away, both drawn towards the league's.",
        formula,
        asOf: playedHere,
        missing,
      },
    ],
    create({ clubs }) {
      // Columns: won, drawn, scored, conceded.
      const atHome = createClubWindows(clubs, window, 4);
      const away = createClubWindows(clubs, window, 4);
      const league = createLeagueMeans();

      function shrunk(
        windows: typeof atHome,
        club: number,
        target: { column: number; mean: number },
      ): number {
        const n = windows.held(club);
        if (n === 0 || !league.isKnown) return NaN;
        return (windows.sum(club, target.column, window) + prior * target.mean) / (n + prior);
      }

      function edge(club: number): number {
        const n = Math.min(atHome.held(club), away.held(club));
        if (n === 0 || !league.isKnown) return NaN;
        const difference = (windows: typeof atHome) =>
          (windows.sum(club, 2, window) - windows.sum(club, 3, window)) / windows.held(club);
        const usual = 2 * (league.homeGoals - league.awayGoals);
        return ((difference(atHome) - difference(away) - usual) / 2) * (n / (n + 2 * prior));
      }

      return {
        enter(club) {
          atHome.clear(club);
          away.clear(club);
        },
        before({ home: host, away: guest }, out, offset) {
          const hosts = [league.homeWin, league.draw, league.homeGoals, league.awayGoals];
          const guests = [league.awayWin, league.draw, league.awayGoals, league.homeGoals];
          for (let column = 0; column < 4; column++) {
            out[offset + 2 * column] = shrunk(atHome, host, { column, mean: hosts[column]! });
            out[offset + 2 * column + 1] = shrunk(away, guest, { column, mean: guests[column]! });
          }
          out[offset + 8] = edge(host);
          out[offset + 9] = edge(guest);
          const points = (side: number) => 3 * out[offset + side]! + out[offset + 2 + side]!;
          out[offset + 10] = points(0) - points(1);
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            const drawn = Number(homeGoals === awayGoals);
            atHome.add(fixture.home, [Number(homeGoals > awayGoals), drawn, homeGoals, awayGoals]);
            away.add(fixture.away, [Number(awayGoals > homeGoals), drawn, awayGoals, homeGoals]);
          }
          league.add(results);
        },
      };
    },
  } satisfies Calculator;
}
