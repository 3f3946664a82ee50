import { describe, expect, it } from 'vitest';
import { createGoalRegression, goalCovariates } from '../../../engine/football/forecast/goal-regression.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';

const rows = 4000;
const featureNames = ['strengthGoalsHome', 'strengthGoalsAway'];

/** A goal model that knows only the average, beside a feature that knows each match; a tenth of the rows lacks it. */
function makeMatches(seed: number) {
  const random = createRandom(seed);
  const poisson = (mean: number): number => {
    let count = 0;
    for (let left = Math.exp(mean) * random.uniform(); left > 1; left *= random.uniform()) count++;
    return count;
  };
  const features = new Float64Array(rows * 2);
  const homeGoals = new Uint8Array(rows);
  const awayGoals = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const truth = [Math.exp(0.4 + 0.4 * random.normal()), Math.exp(0.1 + 0.4 * random.normal())];
    homeGoals[row] = poisson(truth[0]!);
    awayGoals[row] = poisson(truth[1]!);
    features.set(row % 10 === 0 ? [Number.NaN, Number.NaN] : truth, row * 2);
  }
  const goals = { home: new Float64Array(rows).fill(1.2), away: new Float64Array(rows).fill(1.2) };
  return { goals, scores: { homeGoals, awayGoals }, table: { rows, features, featureNames } };
}

const dayOf = (row: number) => 15_000 + Math.floor(row / 10);

/** The factors of every row, each asked before its day's results are observed. */
function factorsOf({ goals, scores, table }: ReturnType<typeof makeMatches>) {
  const regression = createGoalRegression(goals, scores, goalCovariates(table));
  return Array.from({ length: rows / 10 }, (_, day) => {
    const own = Array.from({ length: 10 }, (_, i) => day * 10 + i);
    const said = own.map((row) => regression.factors(dayOf(row), row));
    for (const row of own) regression.observe(dayOf(row), row);
    return said;
  }).flat();
}

describe('the goal regression', () => {
  const matches = makeMatches(3);
  const factors = factorsOf(matches);

  it('changes nothing before there is enough to learn from', () => {
    expect(factors[0]).toEqual({ home: 1, away: 1, n: 0 });
  });

  it('lets a rating speak that knows more than the goal model', () => {
    const late = [...factors.keys()].filter((row) => row > 3000 && row % 10 !== 0);
    const errors = late.map((row) => {
      const truth = matches.table.features[row * 2]!;
      return Math.abs(Math.log((factors[row]!.home * 1.2) / truth));
    });
    const mean = errors.reduce((sum, one) => sum + one) / errors.length;
    // The goal model alone is off by about a third.
    expect(mean).toBeLessThan(0.1);
  });

  it('does without a rating that is missing, and still minds the side and the level', () => {
    const { home, away, n } = factors[3990]!;
    expect(n).toBeGreaterThan(3000);
    // Means of the two log-normal truths.
    expect(home * 1.2).toBeCloseTo(Math.exp(0.4 + 0.08), 0);
    expect(home / away).toBeGreaterThan(1.2);
    expect(home / away).toBeLessThan(1.5);
    expect(factors[3990]).toEqual({ ...factors[3980]!, n });
  });

  it('never lets a result reach its own day or an earlier one', () => {
    const at = 2005;
    const homeGoals = matches.scores.homeGoals.slice();
    for (let row = at; row < rows; row++) homeGoals[row] = 9;
    const other = factorsOf({ ...matches, scores: { ...matches.scores, homeGoals } });
    expect(other.slice(0, 2010)).toEqual(factors.slice(0, 2010));
    expect(other.at(-1)).not.toEqual(factors.at(-1));
  });
});
