import { describe, expect, it } from 'vitest';
import type { Calculator } from '../../../engine/football/calculation/calculator.ts';
import {
  createElo,
  expectedScore,
  marginFactor,
} from '../../../engine/football/calculation/calculators/elo.ts';
import { createForm } from '../../../engine/football/calculation/calculators/form.ts';
import { createGap, shotsOnTarget } from '../../../engine/football/calculation/calculators/gap.ts';
import { createHomeAdvantage } from '../../../engine/football/calculation/calculators/home-advantage.ts';
import { createPi, dampedError } from '../../../engine/football/calculation/calculators/pi.ts';
import { schedule } from '../../../engine/football/calculation/calculators/schedule.ts';
import { createStrength, poissonOutcome } from '../../../engine/football/calculation/calculators/strength.ts';
import { table } from '../../../engine/football/calculation/calculators/table.ts';
import { runPass } from '../../../engine/football/calculation/pass.ts';
import { drawLeague } from '../../../scripts/bench/league.ts';
import { makeHistory } from '../../fixtures/history.ts';
import type { MatchRow } from '../../fixtures/history.ts';

const season = '2020/21';

/** The features of the last row, by name. */
function lastRow(rows: readonly MatchRow[], calculator: Calculator): Record<string, number> {
  const { features, width } = runPass(makeHistory(rows), [calculator]);
  const from = (rows.length - 1) * width;
  return Object.fromEntries(calculator.features.map(({ name }, i) => [name, features[from + i]!]));
}

const opener: MatchRow = { id: 1, season, day: '2020-09-01', home: 1, away: 2, goals: [3, 1] };
const unplayed: MatchRow = { id: 2, season, day: '2020-09-08', home: 2, away: 1 };

describe('Elo', () => {
  it('weighs the margin of victory', () => {
    expect([0, 1, -2, 3, -5].map(marginFactor)).toEqual([1, 1, 1.5, 14 / 8, 2]);
  });

  it('moves both clubs by the surprise of the result', () => {
    const gain = 20 * 1.5 * (1 - expectedScore(65));
    const row = lastRow([opener, unplayed], createElo());
    expect(row.eloDifference).toBeCloseTo(-2 * gain, 12);
    expect(row.eloExpectedHome).toBeCloseTo(expectedScore(65 - 2 * gain), 12);
  });

  it('has no opinion of a club that has never played', () => {
    expect(lastRow([opener], createElo()).eloDifference).toBeNaN();
    expect(lastRow([opener, { ...unplayed, home: 3 }], createElo()).eloDifference).toBeNaN();
  });

  it('starts a newcomer from the clubs whose places were emptied', () => {
    const rows: MatchRow[] = [opener, { id: 2, season: '2021/22', day: '2021-09-01', home: 1, away: 3 }];
    // Club 2 came last; the newcomer begins where it ended.
    expect(lastRow(rows, createElo()).eloDifference).toBeCloseTo(2 * 30 * (1 - expectedScore(65)), 12);
  });
});

describe('pi-ratings', () => {
  it('move by the damped error, and less at the other venue', () => {
    const move = 0.06 * dampedError(2);
    const g = (rating: number) => Math.sign(rating) * (10 ** (Math.abs(rating) / 3) - 1);
    expect(lastRow([opener, unplayed], createPi()).piDifference).toBeCloseTo(
      g(-0.6 * move) - g(0.6 * move),
      12,
    );
  });
});

describe('GAP ratings', () => {
  const measured: MatchRow = { ...opener, statistics: { homeShotsOnTarget: 8, awayShotsOnTarget: 2 } };

  it('move attack and defence at both venues by their share of the error', () => {
    const row = lastRow([measured, unplayed], createGap(shotsOnTarget));
    const up = 0.04 * 3.5;
    const down = 0.04 * -2.5;
    expect(row.gapShotsOnTargetHome).toBeCloseTo(4.5 + down, 12);
    expect(row.gapShotsOnTargetAway).toBeCloseTo(4.5 + up, 12);
  });

  it('are missing, not average, while nothing was measured', () => {
    expect(lastRow([opener, unplayed], createGap(shotsOnTarget)).gapShotsOnTargetHome).toBeNaN();
  });

  it('never fall below zero', () => {
    const drought = Array.from({ length: 200 }, (_, i): MatchRow => {
      const day = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
      return { ...measured, id: i, day, statistics: { homeShotsOnTarget: 0, awayShotsOnTarget: 0 } };
    });
    expect(lastRow(drought, createGap(shotsOnTarget)).gapShotsOnTargetHome).toBeGreaterThanOrEqual(0);
  });
});

describe('strength', () => {
  it('gives outcome chances that agree with the sum over all scores', () => {
    const out = { home: 0, draw: 0, away: 0 };
    poissonOutcome(1.7, 0.9, out);
    const mass = (mean: number, goals: number): number =>
      goals === 0 ? Math.exp(-mean) : (mass(mean, goals - 1) * mean) / goals;
    let home = 0;
    let draw = 0;
    for (let h = 0; h < 20; h++) {
      draw += mass(1.7, h) * mass(0.9, h);
      for (let a = 0; a < h; a++) home += mass(1.7, h) * mass(0.9, a);
    }
    expect(out.home).toBeCloseTo(home, 9);
    expect(out.draw).toBeCloseTo(draw, 9);
    expect(out.home + out.draw + out.away).toBeCloseTo(1, 9);
  });

  it('rests on goals alone where shots were not counted', () => {
    const counts = { homeShotsOnTarget: 2, awayShotsOnTarget: 8, homeShots: 5, awayShots: 20 };
    const after = (statistics: MatchRow['statistics']) =>
      lastRow([{ ...opener, ...(statistics && { statistics }) }, unplayed], createStrength());
    const plain = after(undefined);
    expect(after(counts)).toEqual(plain);
    // Fully counted, the winner was the worse side.
    const full = after({ ...counts, homeCorners: 2, awayCorners: 9 });
    expect(full.strengthHomeAway).toBeGreaterThan(plain.strengthHomeAway!);
  });

  it('finds the order of the clubs of a league', () => {
    const rows = drawLeague({ clubs: 8, seasons: 2, seed: 4 });
    const { features, width } = runPass(makeHistory(rows), [createStrength()]);
    let agree = 0;
    let decided = 0;
    rows.slice(rows.length / 2).forEach((row, i) => {
      const [home, away] = row.goals;
      const view = features[(rows.length / 2 + i) * width + 2]!;
      if (home === away) return;
      decided++;
      if (home > away === view > 0) agree++;
    });
    // A coin would agree in half of about 45 matches; 0.6 is well below what a working rating reaches here.
    expect(agree / decided).toBeGreaterThan(0.6);
  });
});

describe('form', () => {
  const days = Array.from({ length: 12 }, (_, i) =>
    new Date(Date.UTC(2020, 8, 1 + i)).toISOString().slice(0, 10),
  );
  // Club 1 loses its first six matches 0-1 and wins the others 2-0, always at home.
  const run = (count: number): MatchRow[] =>
    days
      .slice(0, count)
      .map((day, i) => ({ id: i, season, day, home: 1, away: 2, goals: i < 6 ? [0, 1] : [2, 0] }));
  const next: MatchRow = { id: 99, season, day: '2020-10-01', home: 1, away: 2 };

  it('is the mean over the last five and ten matches', () => {
    const row = lastRow([...run(12), next], createForm());
    expect(row.formPoints5Home).toBe(3);
    expect(row.formPoints10Home).toBeCloseTo(1.8, 12);
    expect(row.formGoalsFor10Away).toBeCloseTo(0.4, 12);
    expect(row.formGoalsAgainst5Away).toBe(2);
    expect(row.formPointsWeightedHome).toBeGreaterThan(1.8);
  });

  it('is missing while fewer than half of the matches were played', () => {
    const row = lastRow([...run(3), next], createForm());
    expect(row.formPoints5Home).toBe(0);
    expect(row.formPoints10Home).toBeNaN();
    expect(lastRow([...run(2), next], createForm()).formPoints5Home).toBeNaN();
  });

  it('runs on into the next season for a club that stays', () => {
    const row = lastRow([...run(12), { ...next, season: '2021/22', day: '2021-09-01' }], createForm());
    expect(row.formPoints5Home).toBe(3);
  });
});

describe('schedule', () => {
  it('counts the days since the last match of this season, and knows no rest before the first', () => {
    const row = lastRow([opener, unplayed], schedule);
    expect([row.restDaysHome, row.restDaysAway]).toEqual([7, 7]);
    expect(lastRow([opener], schedule).restDaysHome).toBeNaN();
    const later = lastRow([opener, { ...unplayed, season: '2021/22', day: '2021-09-01' }], schedule);
    expect(later.restDaysHome).toBeNaN();
  });

  it('takes no awarded match for a played one', () => {
    const awarded: MatchRow = {
      id: 3,
      season,
      day: '2020-09-05',
      home: 2,
      away: 1,
      goals: [3, 0],
      awarded: true,
    };
    expect(lastRow([opener, awarded, unplayed], schedule).restDaysHome).toBe(7);
  });

  it('marks clubs that were not there the year before', () => {
    const row = lastRow([opener, { ...unplayed, season: '2021/22', day: '2021-09-01', home: 3 }], schedule);
    expect([row.promotedHome, row.promotedAway]).toEqual([1, 0]);
  });
});

describe('table features', () => {
  it('are rates of this season and missing before its first match', () => {
    const row = lastRow([opener, unplayed], table);
    expect(row.positionAway).toBe(1);
    expect(row.positionHome).toBe(2);
    expect(row.goalDifferencePerMatchHome).toBe(-2);
    expect(row.venuePointsPerMatchHome).toBeNaN();
    expect(row.playedHome).toBe(1);
    expect(lastRow([opener], table).pointsPerMatchHome).toBeNaN();
  });
});

describe("the league's home advantage", () => {
  const rows = drawLeague({ clubs: 10, seasons: 1, seed: 9 });

  it('is a mean in which a match weighs half of one that is a half-life newer', () => {
    const history: MatchRow[] = [
      { id: 1, season, day: '2020-09-01', home: 1, away: 2, goals: [2, 0] },
      { id: 2, season, day: '2020-09-02', home: 2, away: 1, goals: [0, 1] },
      { id: 3, season, day: '2020-09-03', home: 1, away: 2 },
    ];
    const row = lastRow(history, createHomeAdvantage({ halfLifeMatches: 1, minimumMatches: 2 }));
    expect(row.leagueHomeGoalDifference).toBeCloseTo((0.5 * 2 - 1) / 1.5, 12);
    expect(row.leagueHomeWinShare).toBeCloseTo(0.5 / 1.5, 12);
  });

  it('is missing until enough matches are known', () => {
    const { features, width } = runPass(makeHistory(rows), [createHomeAdvantage()]);
    expect(features[0]).toBeNaN();
    expect(features[(rows.length - 1) * width]).not.toBeNaN();
  });
});
