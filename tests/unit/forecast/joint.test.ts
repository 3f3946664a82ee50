import { describe, expect, it } from 'vitest';
import { hashTypes, typeRecords } from '../../../engine/football/forecast/joint-records.ts';
import { selectJoint } from '../../../engine/football/forecast/joint-selection.ts';
import { goalCovariates } from '../../../engine/football/forecast/goal-regression.ts';
import { jointGrid, jointStream } from '../../../engine/football/forecast/joint.ts';
import { bases, forecastRules } from '../../../engine/football/forecast/stream.ts';
import {
  betOf,
  amountTypes,
  jointTypes,
  selectionsOf,
} from '../../../engine/football/forecast/types/joint-types.ts';
import { forecastBet } from '../../../engine/football/forecast/types/derive.ts';
import { goalDistribution, outcomeProbabilities } from '../../../engine/kernel/goals/score-grid.ts';
import { hasClass } from '../../../engine/kernel/conformal/sets.ts';
import { createHasher } from '../../../engine/kernel/math/hash.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { makeGoalWorld } from '../../fixtures/goal-world.ts';

const never = 1_000_000;
const types = jointTypes.length;
const levels = forecastRules.levels.length;

const world = makeGoalWorld({ seasons: 6 });
const streamOf = (given: ReturnType<typeof makeGoalWorld>, today = never) =>
  jointStream(given.table, given.scores, {
    covariates: goalCovariates(given.table),
    probabilities: given.probabilities,
    goals: given.goals,
    today,
  });
const whole = streamOf(world);

describe('the joint forecast', () => {
  it('never contradicts itself: sums, orderings and complements hold in a thousand grids', () => {
    const random = createRandom(9);
    for (let i = 0; i < 1000; i++) {
      const draws = [random.uniform(), random.uniform(), random.uniform()].map((u) => 0.02 + u);
      const sum = draws.reduce((a, b) => a + b);
      const wanted = draws.map((u) => u / sum);
      const grid = jointGrid(wanted, {
        home: Math.exp(random.normal() / 2),
        away: Math.exp(random.normal() / 2),
        extras: [-0.1 + 0.15 * random.uniform()],
      });
      outcomeProbabilities(grid).forEach((p, k) => expect(p).toBeCloseTo(wanted[k]!, 10));
      const p = new Map<string, number>();
      for (const type of jointTypes) {
        const [first, second] = selectionsOf(type).map(
          (one) => forecastBet(grid, betOf(type, one, 'football')).probability,
        );
        expect(first! + second!, type.name).toBeCloseTo(1, 10);
        p.set(type.name, first!);
      }
      const of = (name: string) => p.get(name)!;
      expect(of('both-score')).toBeLessThanOrEqual(Math.min(of('home-scores'), of('away-scores')) + 1e-12);
      expect(of('both-score')).toBeGreaterThanOrEqual(of('home-scores') + of('away-scores') - 1 - 1e-12);
      expect(of('home-total')).toBeLessThanOrEqual(of('home-scores') + 1e-12);
      expect(of('away-total')).toBeLessThanOrEqual(of('away-scores') + 1e-12);
      // A win takes a goal.
      expect(wanted[0]!).toBeLessThanOrEqual(of('home-scores') + 1e-10);
      expect(wanted[2]!).toBeLessThanOrEqual(of('away-scores') + 1e-10);
      // Two goals of one side and another of the other are more than 2.5, and so on.
      expect(of('total')).toBeLessThanOrEqual(Math.min(1, of('home-total') + of('away-total')) + 1e-12);
      expect(of('total')).toBe(of('total-amount'));
      expect(goalDistribution(grid, 'total').reduce((a, b) => a + b)).toBeCloseTo(1, 10);
    }
  });

  it('is the same grid, to the bit, from the same numbers', () => {
    const made = () => jointGrid([0.5, 0.3, 0.2], { home: 1.4, away: 1.1, extras: [-0.04] });
    expect(made()).toEqual(made());
  });

  it('keeps its promise for each label of each type', () => {
    const { rows } = world.table;
    jointTypes.forEach((type, k) => {
      if (type.kind !== 'market') return;
      for (const [l, level] of forecastRules.levels.entries()) {
        for (const label of [0, 1]) {
          let n = 0;
          let held = 0;
          for (let row = 0; row < rows; row++) {
            const at = row * types + k;
            if (bases[whole.basis[at]!] !== 'own' || whole.target[at] !== label) continue;
            n++;
            if (hasClass(whole.sets[at * levels + l]!, label)) held++;
          }
          const spread = 3.5 * Math.sqrt((level * (1 - level)) / n);
          expect(Math.abs(held / n - level), `${type.name} ${label} at ${level}`).toBeLessThan(
            0.005 + spread,
          );
        }
      }
    });
  });

  it('holds the goals in its intervals as often as it says, within two points', () => {
    const { rows } = world.table;
    amountTypes.forEach(({ count, index, name }, k) => {
      for (const [l, level] of forecastRules.levels.entries()) {
        let n = 0;
        let held = 0;
        for (let row = 0; row < rows; row++) {
          if (bases[whole.basis[row * types + index]!] === 'none') continue;
          const home = count === 'away' ? 0 : world.scores.homeGoals[row]!;
          const away = count === 'home' ? 0 : world.scores.awayGoals[row]!;
          const at = (row * amountTypes.length + k) * levels * 2 + l * 2;
          n++;
          if (home + away >= whole.intervals[at]! && home + away <= whole.intervals[at + 1]!) held++;
        }
        expect(Math.abs(held / n - level), `${name} at ${level}, n ${n}`).toBeLessThan(0.02);
      }
    });
  });

  it('changes nothing of any type on or before the day of a result that changes', () => {
    const at = 2500;
    const day = world.table.day[at]!;
    const scores = { homeGoals: world.scores.homeGoals.slice(), awayGoals: world.scores.awayGoals };
    for (let row = 0; row < world.table.rows; row++)
      if (world.table.day[row]! >= day) scores.homeGoals[row] = 9 - scores.homeGoals[row]!;
    const other = streamOf({ ...world, scores });
    const end = world.table.day.findLastIndex((one) => one <= day) + 1;
    const batchOf = (stream: typeof whole) => ({
      goalPredictionId: world.goals.predictionId,
      stream,
      selection: selectJoint(world.table, stream, { target: 0.7, delta: 0.1 }),
    });
    const [before, after] = [batchOf(whole), batchOf(other)];
    const ids = before.selection.families.map((_, i) => i);
    let differs = 0;
    for (let row = 0; row < world.table.rows; row++) {
      const one = typeRecords(before, row, { sport: 'football', familyIds: ids });
      if (row < end) {
        expect(typeRecords(after, row, { sport: 'football', familyIds: ids })).toEqual(one);
        const hash = (batch: typeof before) => {
          const hasher = createHasher();
          hashTypes(batch, row, hasher);
          return hasher.digest();
        };
        expect(hash(after)).toBe(hash(before));
      } else if (
        JSON.stringify(typeRecords(after, row, { sport: 'football', familyIds: ids })) !== JSON.stringify(one)
      )
        differs++;
    }
    expect(differs).toBeGreaterThan(0);
  });

  it('counts results of today and later as not yet known', () => {
    const at = 3000;
    const today = world.table.day[at]!;
    const early = streamOf(world, today);
    const first = world.table.day.indexOf(today);
    const upTo = first * types;
    expect(early.first.subarray(0, upTo)).toEqual(whole.first.subarray(0, upTo));
    expect([...early.target.subarray(upTo)].every((target) => target === -1)).toBe(true);
  });

  it('mends a level of goals that has changed, and the same for every type', () => {
    const low = makeGoalWorld({ seasons: 4, seed: 5 });
    const halved = {
      ...low,
      goals: {
        ...low.goals,
        home: low.goals.home.map((value) => value * 0.7),
        away: low.goals.away.map((value) => value * 0.7),
      },
    };
    const mended = streamOf(halved);
    const last = low.table.rows - 1;
    expect(mended.homeFactor[0]).toBe(1);
    let expected = 0;
    let came = 0;
    for (let row = low.table.rows - 1000; row < low.table.rows; row++) {
      expected += halved.goals.home[row]! * mended.homeFactor[row]!;
      expected += halved.goals.away[row]! * mended.awayFactor[row]!;
      came += low.scores.homeGoals[row]! + low.scores.awayGoals[row]!;
    }
    // A thousand matches bring 2,700 goals, give or take 60 or so.
    expect(expected / came).toBeGreaterThan(0.93);
    expect(expected / came).toBeLessThan(1.07);
    expect(mended.goalLevelCount[last]).toBeGreaterThan(2000);
  });
});

describe('the selection of forecast types', () => {
  const target = 0.7;
  const selection = selectJoint(world.table, whole, { target, delta: 0.1 });

  it('tests all filters of a year together and keeps those that failed', () => {
    const { families } = selection;
    const years = new Map(Map.groupBy(families, ({ from }) => from));
    expect(years.size).toBe(7 - 1);
    for (const year of years.values()) {
      expect(year).toHaveLength(12);
      const tested = year.filter(({ status }) => status !== 'not-enough-history').length;
      expect(year.every((one) => one.families === tested)).toBe(true);
      expect(year.every((one) => one.status === 'not-enough-history' || one.tried > 0)).toBe(true);
    }
    expect(families.some(({ status }) => status === 'selected')).toBe(true);
    expect(families.some(({ status }) => status === 'target-not-reached')).toBe(true);
  });

  it('promises no more than the exact bound, and less than the face value', () => {
    for (const { chosen, naive } of selection.families) {
      if (!chosen) continue;
      expect(chosen.bound).toBeGreaterThanOrEqual(target);
      expect(chosen.hits / chosen.n).toBeGreaterThan(chosen.bound);
      expect(naive!.n).toBeGreaterThanOrEqual(chosen.n);
    }
  });

  it('selects forecasts that come true as often as promised', () => {
    let n = 0;
    let hits = 0;
    selection.family.forEach((family, at) => {
      if (family < 0) return;
      n++;
      if ((whole.first[at]! >= 0.5 ? 0 : 1) === whole.target[at]) hits++;
    });
    expect(n).toBeGreaterThan(1000);
    expect(hits / n).toBeGreaterThan(target);
  });
});
