import type { Random } from '../../../kernel/math/random.ts';
import type { WorldMatch } from './world.ts';

/** football-data's names of the sample's statistics, in the order of `countMatch`. */
export const statisticNames = [
  'HS',
  'AS',
  'HST',
  'AST',
  'HF',
  'AF',
  'HC',
  'AC',
  'HY',
  'AY',
  'HR',
  'AR',
] as const;

/** Half-time goals and statistics of a match, which follow its strengths and its score. */
export function countMatch(match: WorldMatch): { halfTime: [number, number]; statistics: number[] } {
  const random = match.random.split(3);
  const halfOf = (goals: number) => binomial(goals, 0.45, random);
  const halfTime: [number, number] = [halfOf(match.homeGoals), halfOf(match.awayGoals)];
  const sides = ([0, 1] as const).map((side) => {
    const goals = side === 0 ? match.homeGoals : match.awayGoals;
    // Strength shows in shots at the goal more evenly than in goals.
    const strength = match.publicMeans[side] + match.surprise[side] - Math.log(1.35);
    const shots = Math.max(goals, poisson(12.2 * Math.exp(0.75 * strength), random));
    const onTarget = Math.max(goals, goals + binomial(shots - goals, 0.27, random));
    return {
      shots,
      onTarget,
      fouls: poisson(11.5, random),
      corners: poisson(4.9 * Math.exp(0.5 * strength), random),
      yellow: poisson(1.95 - 0.25 * Math.tanh(strength), random),
      red: random.uniform() < 0.045 ? 1 : 0,
    };
  });
  const statistics = (['shots', 'onTarget', 'fouls', 'corners', 'yellow', 'red'] as const).flatMap((name) =>
    sides.map((side) => side[name]),
  );
  return { halfTime, statistics };
}

/** Knuth's product method; means here are small. */
function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let product = random.uniform();
  let count = 0;
  while (product > limit) {
    product *= random.uniform();
    count++;
  }
  return count;
}

function binomial(tries: number, chance: number, random: Random): number {
  let count = 0;
  for (let i = 0; i < tries; i++) if (random.uniform() < chance) count++;
  return count;
}
