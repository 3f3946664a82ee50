import { addDays } from '../../engine/contract/zones.ts';
import type { Random } from '../../engine/kernel/math/random.ts';
import { createRandom } from '../../engine/kernel/math/random.ts';

/** A played match of an invented league. */
export interface LeagueMatch {
  readonly id: number;
  readonly season: string;
  readonly day: string;
  readonly home: number;
  readonly away: number;
  readonly goals: readonly [home: number, away: number];
  readonly statistics: {
    readonly homeShots: number;
    readonly awayShots: number;
    readonly homeShotsOnTarget: number;
    readonly awayShotsOnTarget: number;
    readonly homeCorners: number;
    readonly awayCorners: number;
  };
}

export interface LeagueOptions {
  /** An even number of clubs in a season. */
  readonly clubs: number;
  readonly seasons: number;
  readonly seed: number;
  readonly firstYear?: number;
}

/**
 * An invented league for benchmarks and tests: everyone plays everyone twice a season, a round every third day; clubs
 * have strengths that drift, and after each season the two clubs with the fewest points make room for two others.
 */
export function drawLeague(options: LeagueOptions): LeagueMatch[] {
  const random = createRandom(options.seed);
  const strength: number[] = [];
  const newClub = (): number => strength.push(0.35 * random.normal()) - 1;
  let squad = Array.from({ length: options.clubs }, newClub);
  const matches: LeagueMatch[] = [];
  for (let s = 0; s < options.seasons; s++) {
    const year = (options.firstYear ?? 2010) + s;
    const season = `${String(year)}/${String((year + 1) % 100).padStart(2, '0')}`;
    const points = new Map(squad.map((club) => [club, 0]));
    rounds(squad).forEach((pairs, round) => {
      for (const [home, away] of pairs) {
        const match = play(random, strength[home]! - strength[away]! + 0.2);
        const [h, a] = match.goals;
        points.set(home, points.get(home)! + (h > a ? 3 : h === a ? 1 : 0));
        points.set(away, points.get(away)! + (a > h ? 3 : h === a ? 1 : 0));
        const day = addDays(`${String(year)}-08-10`, 3 * round);
        matches.push({ id: matches.length + 1, season, day, home, away, ...match });
      }
    });
    const byPoints = [...squad].sort((a, b) => points.get(b)! - points.get(a)!);
    squad = [...byPoints.slice(0, -2), newClub(), newClub()];
    for (const club of squad) strength[club] = 0.95 * strength[club]! + 0.08 * random.normal();
  }
  return matches;
}

/** Both halves of a season by the circle method. */
function rounds(squad: readonly number[]): [home: number, away: number][][] {
  const n = squad.length;
  const half = Array.from({ length: n - 1 }, (_, round) =>
    Array.from({ length: n / 2 }, (_, i): [number, number] => {
      const one = i === 0 ? squad[n - 1]! : squad[(round + i) % (n - 1)]!;
      const other = squad[(round - i + n - 1) % (n - 1)]!;
      return (round + i) % 2 === 0 ? [one, other] : [other, one];
    }),
  );
  return [...half, ...half.map((pairs) => pairs.map(([a, b]): [number, number] => [b, a]))];
}

function play(random: Random, advantage: number): Pick<LeagueMatch, 'goals' | 'statistics'> {
  const side = (edge: number) => {
    const shots = poisson(random, 12.5 * Math.exp(0.5 * edge));
    let onTarget = 0;
    let goals = 0;
    for (let i = 0; i < shots; i++) {
      if (random.uniform() > 0.36) continue;
      onTarget++;
      if (random.uniform() < 0.3 * Math.exp(0.3 * edge)) goals++;
    }
    return { shots, onTarget, goals, corners: poisson(random, 5 * Math.exp(0.4 * edge)) };
  };
  const home = side(advantage);
  const away = side(-advantage);
  return {
    goals: [home.goals, away.goals],
    statistics: {
      ...{ homeShots: home.shots, awayShots: away.shots },
      ...{ homeShotsOnTarget: home.onTarget, awayShotsOnTarget: away.onTarget },
      ...{ homeCorners: home.corners, awayCorners: away.corners },
    },
  };
}

function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}
