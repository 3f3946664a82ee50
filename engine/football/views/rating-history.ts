import type { Database } from '../../../db/client.ts';
import { readHistory, type History } from '../../../db/queries/football/calculation.ts';
import type { RatingSeries } from '../../contract/match.ts';
import { dayText } from '../../contract/zones.ts';
import type { Calculator } from '../calculation/calculator.ts';
import { createElo } from '../calculation/calculators/elo.ts';
import { createGap, shots, shotsOnTarget } from '../calculation/calculators/gap.ts';
import { createPi } from '../calculation/calculators/pi.ts';
import { runPass } from '../calculation/pass.ts';

/** The ratings that are shown over time, each with what one club's number means. */
const shownRatings = [
  { calculator: createElo(), unit: 'rating points' },
  { calculator: createPi(), unit: 'goals' },
  { calculator: createGap(shotsOnTarget), unit: 'shots on target' },
  { calculator: createGap(shots), unit: 'shots' },
] as const;

export interface RatingQuery {
  readonly championshipId: number;
  /** Team ids. */
  readonly teams: readonly number[];
  /** Only so many of the seasons held up to `until`. */
  readonly seasons: number;
  readonly until: string;
}

/** What each rating said of some teams before each of their matches in a championship. */
export function ratingHistory(database: Database, query: RatingQuery): RatingSeries[] {
  const history = readHistory(database, query.championshipId);
  const { features, width } = runPass(
    history,
    shownRatings.map(({ calculator }) => traced(calculator)),
  );
  const rows = rowsInTime(history, query.until);
  const seasons = new Set(rows.map((row) => history.fixtures.season[row]!));
  const kept = new Set([...seasons].sort((a, b) => a - b).slice(-query.seasons));
  return shownRatings
    .map(({ calculator, unit }, at) => ({
      rating: calculator.name,
      unit,
      teams: query.teams.flatMap((id) => {
        const club = history.fixtures.clubs.indexOf(id);
        if (club < 0) return [];
        const points = rows.flatMap((row) => {
          const { season, home, away, day } = history.fixtures;
          const isHome = home[row] === club;
          if (!kept.has(season[row]!) || (!isHome && away[row] !== club)) return [];
          const value = features[row * width + 2 * at + (isHome ? 0 : 1)]!;
          if (Number.isNaN(value)) return [];
          return [{ day: dayText(day[row]!), season: history.fixtures.seasons[season[row]!]!.code, value }];
        });
        return [{ team: { id, name: history.clubNames[club]! }, points }];
      }),
    }))
    .filter(({ teams }) => teams.some(({ points }) => points.length > 0));
}

function rowsInTime({ fixtures }: History, until: string): number[] {
  const rows = [...fixtures.day.keys()].filter((row) => dayText(fixtures.day[row]!) <= until);
  return rows.sort(
    (a, b) => fixtures.day[a]! - fixtures.day[b]! || fixtures.matchId[a]! - fixtures.matchId[b]!,
  );
}

/** A calculator that gives, in place of its features, its rating of the home club and of the away club. */
function traced(calculator: Calculator): Calculator {
  const definition = (side: string) => ({
    name: `${calculator.name}${side}`,
    unit: '',
    description: '',
    asOf: '',
    missing: '',
  });
  return {
    ...calculator,
    features: [definition('Home'), definition('Away')],
    create(championship) {
      const state = calculator.create(championship);
      return {
        ...state,
        before(match, out, offset) {
          out[offset] = state.rating?.(match.home) ?? Number.NaN;
          out[offset + 1] = state.rating?.(match.away) ?? Number.NaN;
        },
      };
    },
  };
}
