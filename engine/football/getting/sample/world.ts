import { createRandom } from '../../../kernel/math/random.ts';
import type { Random } from '../../../kernel/math/random.ts';
import { championshipOf } from '../championships.ts';
import { pairings, roundDates, slotOf } from './calendar.ts';
import { drawScore, scoreGrid } from './goals.ts';
import type { SampleLeague, SampleSettings } from './settings.ts';

/**
 * The invented championships. Everything that ever happens in them follows from the seed: the world is played through
 * from its first season, and the present only decides how much of it can be seen.
 */
export interface WorldMatch {
  readonly round: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  /** UK clock. */
  readonly time: string;
  readonly home: string;
  readonly away: string;
  readonly homeGoals: number;
  readonly awayGoals: number;
  /** Log of the goals that each side could expect from what all the world knew. */
  readonly publicMeans: readonly [number, number];
  /** What the day brought besides (absences, weather), in log goals: bookmakers learn of it, tables do not. */
  readonly surprise: readonly [number, number];
  readonly random: Random;
}

export interface WorldSeason {
  readonly firstYear: number;
  readonly matches: readonly WorldMatch[];
}

interface Club {
  readonly name: string;
  /** In standard deviations of the league's clubs. */
  quality: number;
  /** Openness: raises the goals at both ends. */
  style: number;
}

/** How quality and style show in front of either goal, in the league's spread. */
const weight = { quality: 0.8, style: 0.28 };

/** Log goals that a club adds to its own. */
function attackOf({ quality, style }: Club, { spread }: SampleLeague): number {
  return spread * (weight.quality * quality + weight.style * style);
}

/** Log goals that a club takes from its opponent's. */
function defenceOf({ quality, style }: Club, { spread }: SampleLeague): number {
  return spread * (weight.quality * quality - weight.style * style);
}

/** How much a club changes, in standard deviations. */
const drift = { perSeason: 0.35, perRound: 0.03 };
/** Clubs below the top tier are weaker by so many standard deviations. */
const lowerTier = 1.1;
/** Surprises of a match day, in log goals. */
const surpriseSpread = 0.1;

const labels = { start: 1, season: 2, order: 3, rounds: 4, matches: 5 } as const;

/** The seasons of one league from the beginning of its world to a year, of which the last `kept` are returned. */
export function playLeague(
  league: SampleLeague,
  settings: SampleSettings,
  { until, kept }: { until: number; kept: number },
): WorldSeason[] {
  const stream = createRandom(settings.seed).split(settings.leagues.indexOf(league) + 1);
  const rule = championshipOf(league.code).seasonRule;
  let { top, below } = foundClubs(league, stream.split(labels.start));
  const seasons: WorldSeason[] = [];
  for (let year = settings.firstSeason; year <= until; year++) {
    const random = stream.split(labels.season).split(year);
    const dates = roundDates(rule, year, (league.clubs - 1) * 2);
    const matches = playSeason({ top, below }, { league, dates, random });
    if (year > until - kept) seasons.push({ firstYear: year, matches });
    ({ top, below } = promote({ top, below }, matches, { league, random: random.split(labels.order) }));
  }
  return seasons;
}

function foundClubs(league: SampleLeague, random: Random): { top: Club[]; below: Club[] } {
  const clubs = league.names
    .map((name): Club => ({ name, quality: random.normal(), style: random.normal() }))
    .sort((a, b) => b.quality - a.quality);
  return { top: clubs.slice(0, league.clubs), below: clubs.slice(league.clubs) };
}

function playSeason(
  { top, below }: { top: Club[]; below: Club[] },
  context: { league: SampleLeague; dates: ReturnType<typeof roundDates>; random: Random },
): WorldMatch[] {
  const { league, dates, random } = context;
  const rounds = pairings(league.clubs, random.split(labels.order));
  const daily = random.split(labels.rounds);
  const matchRandom = random.split(labels.matches);
  const matches: WorldMatch[] = [];
  rounds.forEach((pairs, round) => {
    for (const club of [...top, ...below]) {
      club.quality += drift.perRound * daily.normal();
      club.style += drift.perRound * daily.normal();
    }
    pairs.forEach(([homeIndex, awayIndex], index) => {
      const home = top[homeIndex]!;
      const away = top[awayIndex]!;
      const own = matchRandom.split(round * 100 + index);
      const publicMeans = [
        Math.log(league.goals.home) + attackOf(home, league) - defenceOf(away, league),
        Math.log(league.goals.away) + attackOf(away, league) - defenceOf(home, league),
      ] as const;
      const surprise = [surpriseSpread * own.normal(), surpriseSpread * own.normal()] as const;
      const grid = scoreGrid(Math.exp(publicMeans[0] + surprise[0]), Math.exp(publicMeans[1] + surprise[1]));
      const [homeGoals, awayGoals] = drawScore(grid, own.uniform());
      const { day, time } = slotOf(dates[round]!, index);
      matches.push({
        ...{ round: round + 1, day, time, home: home.name, away: away.name },
        ...{ homeGoals, awayGoals, publicMeans, surprise, random: own },
      });
    });
  });
  return matches;
}

/** The lowest of the table change places with the best from below, and everyone has a summer. */
function promote(
  { top, below }: { top: Club[]; below: Club[] },
  matches: readonly WorldMatch[],
  { league, random }: { league: SampleLeague; random: Random },
): { top: Club[]; below: Club[] } {
  const table = new Map(top.map(({ name }) => [name, 0]));
  for (const { home, away, homeGoals, awayGoals } of matches) {
    // Points first; the goal difference only separates equals.
    const add = (name: string, scored: number, conceded: number) => {
      const points = scored > conceded ? 3 : scored === conceded ? 1 : 0;
      table.set(name, table.get(name)! + points + (scored - conceded) / 1000);
    };
    add(home, homeGoals, awayGoals);
    add(away, awayGoals, homeGoals);
  }
  const ranked = top.toSorted((a, b) => table.get(b.name)! - table.get(a.name)!);
  const rising = below
    .map((club) => ({ club, form: club.quality + random.normal() }))
    .sort((a, b) => b.form - a.form)
    .map(({ club }) => club);
  const stay = league.clubs - league.relegated;
  const next = {
    top: [...ranked.slice(0, stay), ...rising.slice(0, league.relegated)],
    below: [...rising.slice(league.relegated), ...ranked.slice(stay)],
  };
  const keep = Math.sqrt(1 - drift.perSeason ** 2);
  for (const [clubs, centre] of [
    [next.top, 0],
    [next.below, -lowerTier],
  ] as const) {
    for (const club of clubs) {
      // Quality returns slowly to its tier's level, so that the spread stays what it is.
      club.quality = centre + keep * (club.quality - centre) + drift.perSeason * random.normal();
      club.style = keep * club.style + drift.perSeason * random.normal();
    }
  }
  return next;
}
