import type { Calculator, FeatureDefinition, FixtureView } from '../calculator.ts';
import { createClubWindows } from '../club-windows.ts';
import { isOpen, racesOf } from '../races.ts';
import { bothSides, playedHere } from '../sides.ts';
import { tableBlock, tableOffset } from '../tables.ts';

const contextParameters = {
  /** Days back that congestion looks. */
  shortDays: 14,
  longDays: 30,
  /** Share of the season after which a match can decide the title, and be a battle against relegation. */
  titleFrom: 0.75,
  relegationFrom: 0.6,
} as const;

/** No club plays more often than every second day. */
const mostMatches = 16;
const earthRadiusKm = 6371;

const formatMissing = 'The format of the season is not on record.';
const tableAsOf = 'The table known at the start of the match day and the format of the season.';
const open =
  'A race is open while the distance in points is not more than the matches the club still has to play.';

const alone: readonly FeatureDefinition[] = [
  {
    name: 'round',
    unit: 'round of the season',
    description: 'The matches that the clubs have played in this season, the larger number, and one.',
    asOf: tableAsOf,
    missing: 'Never.',
  },
  {
    name: 'seasonProgress',
    unit: 'share, 0 to 1',
    description: 'Share of the season that the two clubs have played, as a mean.',
    asOf: tableAsOf,
    missing: formatMissing,
  },
  {
    name: 'restDifference',
    unit: 'days',
    description: "Home club's days since its last match of this season less the away club's.",
    asOf: playedHere,
    missing: 'One of the clubs has not played in this season yet.',
  },
  {
    name: 'derby',
    unit: '1 or 0',
    description: '1 where the clubs are rivals by the list in resources/derbies.json.',
    asOf: 'The list, which no result changes.',
    missing: 'Never.',
  },
  {
    name: 'titleDecider',
    unit: '1 or 0',
    description: '1 in the last quarter of the season where the title is open for both clubs.',
    formula: open,
    asOf: tableAsOf,
    missing: formatMissing,
  },
  {
    name: 'relegationBattle',
    unit: '1 or 0',
    description: '1 in the last two fifths of the season where relegation is open for both clubs.',
    formula: open,
    asOf: tableAsOf,
    missing: `${formatMissing.slice(0, -1)}, or nobody is relegated.`,
  },
  {
    name: 'travelDistance',
    unit: 'kilometres',
    description: "Great-circle distance between the two clubs' stadiums.",
    formula: 'Haversine, radius of the earth 6,371 km.',
    asOf: 'The coordinates known at the start of the match day.',
    missing: "A stadium's coordinates are not known.",
  },
];

const sided = bothSides('What is known at the start of the match day.', [
  {
    name: 'matchesIn14Days',
    unit: 'matches',
    description: 'matches of this championship in the 14 days before; zero is a count here',
    missing: 'Never.',
  },
  {
    name: 'matchesIn30Days',
    unit: 'matches',
    description: 'matches of this championship in the 30 days before; zero is a count here',
    missing: 'Never.',
  },
  {
    name: 'stakes',
    unit: '1 or 0',
    description: '1 while the title, an upper place or relegation is open for it',
    formula: open,
    missing: formatMissing,
  },
  {
    name: 'managerDays',
    unit: 'days',
    description: 'days since its newest change of manager became known',
    missing: 'No change of manager is known.',
  },
]);

/** What kind of match it is: when in the season, after how much rest, what is at stake, how far away. */
export const context: Calculator = {
  name: 'context',
  family: 'context',
  parameters: contextParameters,
  features: [...alone, ...sided],
  create({ clubs, formatOf, isDerby }) {
    // Columns: day, season.
    const played = createClubWindows(clubs, mostMatches, 2);
    const stadium = new Float64Array(2 * clubs).fill(NaN);
    const changedAt = new Float64Array(clubs).fill(NaN);

    function lastDay(club: number, season: number): number {
      return played.newest(club, 1) === season ? played.newest(club, 0) : NaN;
    }

    function congestion(club: number, day: number, days: number): number {
      let count = 0;
      for (let age = 0; age < played.held(club); age++) {
        const on = played.newest(club, 0, age);
        if (on >= day - days && on < day) count++;
      }
      return count;
    }

    function stakes(match: FixtureView, out: Float64Array, offset: number): void {
      const format = formatOf(match.season);
      if (!format) return;
      const home = racesOf(match.homeLine, match.standing, format);
      const away = racesOf(match.awayLine, match.standing, format);
      const progress = 1 - (home.left + away.left) / (2 * format.matches);
      out[offset + 1] = progress;
      const both = (gap: 'titleGap' | 'safetyGap') => isOpen(home[gap], home) && isOpen(away[gap], away);
      out[offset + 4] = Number(progress >= contextParameters.titleFrom && both('titleGap'));
      if (!Number.isNaN(home.safetyGap)) {
        out[offset + 5] = Number(progress >= contextParameters.relegationFrom && both('safetyGap'));
      }
      [home, away].forEach((races, side) => {
        const gaps = [races.titleGap, races.upperGap, races.safetyGap];
        out[offset + alone.length + 4 + side] = Number(gaps.some((gap) => isOpen(gap, races)));
      });
    }

    return {
      learn(facts) {
        for (const fact of facts) {
          if (fact.kind === 'manager') changedAt[fact.club] = fact.knownAt;
          if (fact.kind !== 'stadium') continue;
          stadium[2 * fact.club] = fact.latitude;
          stadium[2 * fact.club + 1] = fact.longitude;
        }
      },
      before(match, out, offset) {
        const { home, away, season, day } = match;
        out.fill(NaN, offset, offset + alone.length + sided.length);
        const playedBy = (line: Int32Array) => line[tableBlock.total + tableOffset.played]!;
        out[offset] = Math.max(playedBy(match.homeLine), playedBy(match.awayLine)) + 1;
        out[offset + 2] = lastDay(away, season) - lastDay(home, season);
        out[offset + 3] = Number(isDerby(home, away));
        stakes(match, out, offset);
        out[offset + 6] = distanceKm(stadium, home, away);
        [home, away].forEach((club, side) => {
          const at = offset + alone.length + side;
          out[at] = congestion(club, day, contextParameters.shortDays);
          out[at + 2] = congestion(club, day, contextParameters.longDays);
          out[at + 6] = (match.asOf - changedAt[club]!) / 86_400_000;
        });
      },
      after(results) {
        for (const { fixture } of results) {
          for (const club of [fixture.home, fixture.away]) {
            // A leftover match of an older season does not hide the newer one.
            if (played.newest(club, 1) > fixture.season) continue;
            played.add(club, [fixture.day, fixture.season]);
          }
        }
      },
    };
  },
};

/** Great-circle distance by the haversine formula; NaN where a coordinate is not known. */
function distanceKm(stadium: Float64Array, home: number, away: number): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [latitude, longitude] = [radians(stadium[2 * home]!), radians(stadium[2 * home + 1]!)];
  const [otherLatitude, otherLongitude] = [radians(stadium[2 * away]!), radians(stadium[2 * away + 1]!)];
  const half =
    Math.sin((otherLatitude - latitude) / 2) ** 2 +
    Math.cos(latitude) * Math.cos(otherLatitude) * Math.sin((otherLongitude - longitude) / 2) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(half));
}
