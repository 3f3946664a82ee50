import { describe, expect, it } from 'vitest';
import type { Background } from '../../../engine/football/calculation/background.ts';
import { backgroundOf, noBackground } from '../../../engine/football/calculation/background.ts';
import type { Calculator } from '../../../engine/football/calculation/calculator.ts';
import { createAdjustedForm } from '../../../engine/football/calculation/calculators/adjusted-form.ts';
import { createAvailability } from '../../../engine/football/calculation/calculators/availability.ts';
import { createBerrar } from '../../../engine/football/calculation/calculators/berrar.ts';
import { createColley } from '../../../engine/football/calculation/calculators/colley.ts';
import { context } from '../../../engine/football/calculation/calculators/context.ts';
import {
  bivariatePoisson,
  createGoalLaw,
  dixonColes,
} from '../../../engine/football/calculation/calculators/goal-law.ts';
import { createHeadToHead } from '../../../engine/football/calculation/calculators/head-to-head.ts';
import { createMassey } from '../../../engine/football/calculation/calculators/massey.ts';
import { createNews } from '../../../engine/football/calculation/calculators/news.ts';
import { createPageRank } from '../../../engine/football/calculation/calculators/page-rank.ts';
import { createPerformance } from '../../../engine/football/calculation/calculators/performance.ts';
import { position } from '../../../engine/football/calculation/calculators/position.ts';
import { createRecentForm } from '../../../engine/football/calculation/calculators/recent-form.ts';
import { createSegments } from '../../../engine/football/calculation/calculators/segments.ts';
import {
  createStrength,
  expectedGoalsStrength,
} from '../../../engine/football/calculation/calculators/strength.ts';
import { createVenueSplits } from '../../../engine/football/calculation/calculators/venue-splits.ts';
import { runPass } from '../../../engine/football/calculation/pass.ts';
import { addDays } from '../../../engine/contract/zones.ts';
import {
  distributionMean,
  goalDistribution,
  outcomeProbabilities,
} from '../../../engine/kernel/goals/score-grid.ts';
import { fitGoalModel, intensitiesOf, lawParametersOf } from '../../../engine/kernel/modeling/goals/fit.ts';
import { gridOfLaw } from '../../../engine/kernel/modeling/goals/grid.ts';
import { scoreLaws } from '../../../engine/kernel/modeling/goals/laws/registry.ts';
import { drawLeague } from '../../../scripts/bench/league.ts';
import { makeHistory } from '../../fixtures/history.ts';
import type { FactRow, MatchRow } from '../../fixtures/history.ts';

const season = '2020/21';
const background: Background = {
  formatOf: () => ({ from: 2020, clubs: 4, matches: 6, upper: 2, lower: 1 }),
  isDerby: () => false,
};

/** The features of the last row, by name. */
function lastRow(
  rows: readonly MatchRow[],
  calculator: Calculator,
  known: { facts?: readonly FactRow[]; background?: Background } = {},
): Record<string, number> {
  const history = makeHistory(rows, known.facts);
  const { features, width } = runPass(history, [calculator], {
    background: known.background ?? noBackground,
  });
  const from = (rows.length - 1) * width;
  return Object.fromEntries(calculator.features.map(({ name }, i) => [name, features[from + i]!]));
}

/** Matches a week apart, in order: home, away, score. */
function played(...scores: (readonly [home: number, away: number, homeGoals: number, awayGoals: number])[]) {
  return scores.map(([home, away, ...goals], i): MatchRow => {
    return { id: i + 1, season, day: addDays('2020-09-01', 7 * i), home, away, goals };
  });
}
const next = (rows: readonly MatchRow[], home: number, away: number): MatchRow[] => [
  ...rows,
  { id: 1000, season, day: addDays(rows.at(-1)!.day, 7), home, away },
];
const dayOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const league = drawLeague({ clubs: 8, seasons: 2, seed: 5 });
const afterLeague = (home: number, away: number): MatchRow[] => [
  ...league,
  { id: 1000, season: league.at(-1)!.season, day: addDays(league.at(-1)!.day, 3), home, away },
];

describe('recent form', () => {
  const rows = next(played([1, 2, 2, 0], [2, 1, 0, 0], [1, 2, 1, 0]), 1, 2);

  it('counts shares and streaks', () => {
    const row = lastRow(rows, createRecentForm());
    expect(row.formWins5Home).toBeCloseTo(2 / 3, 12);
    expect(row.formCleanSheets5Home).toBe(1);
    expect(row.formFailedToScore5Away).toBe(1);
    expect([row.streakWinHome, row.streakUnbeatenHome, row.streakWinlessAway]).toEqual([1, 3, 3]);
  });

  it('is missing, not zero, for a club that has not played', () => {
    const row = lastRow(next(rows, 3, 4), createRecentForm());
    expect(Object.values(row).every(Number.isNaN)).toBe(true);
  });

  it('at the venue looks at matches there alone', () => {
    const five = played([1, 2, 3, 0], [2, 1, 3, 0], [1, 2, 3, 0], [2, 1, 3, 0], [1, 2, 3, 0]);
    expect(lastRow(next(five, 1, 2), createRecentForm()).formVenuePoints5Home).toBe(3);
  });
});

describe('opponent-adjusted form', () => {
  it('values a win over a strong club more', () => {
    const surplus = (opponent: 'strong' | 'weak') => {
      const sign = opponent === 'strong' ? 1 : -1;
      // Club 2 beats, or loses to, club 3 five times; then club 1 beats club 2 three times.
      const rows = played(
        ...Array.from({ length: 5 }, () => [2, 3, 2 + sign, 2 - sign] as const),
        ...Array.from({ length: 3 }, () => [1, 2, 1, 0] as const),
      );
      return lastRow(next(rows, 1, 2), createAdjustedForm()).formSurplus5Home!;
    };
    expect(surplus('strong')).toBeGreaterThan(surplus('weak') + 0.02);
  });
});

describe('head to head', () => {
  it('is drawn towards the league: one thrashing is no law', () => {
    const [home, away] = [league[0]!.home, league[0]!.away];
    const row = lastRow(afterLeague(home, away), createHeadToHead());
    expect(row.meetings).toBeGreaterThan(0);
    expect(row.meetingsWins! + row.meetingsDraws!).toBeLessThan(1);
    const once = lastRow(afterLeague(98, 99), createHeadToHead());
    expect(once.meetings).toBe(0);
    expect(once.meetingsWins).toBeNaN();
  });

  it('mixes six average meetings in', () => {
    const meetings = [...league, { ...afterLeague(98, 99).at(-1)!, goals: [6, 0] as const }];
    const last = addDays(meetings.at(-1)!.day, 30);
    const rows = [...meetings, { id: 2000, season: meetings.at(-1)!.season, day: last, home: 98, away: 99 }];
    const { meetingsGoalDifference } = lastRow(rows, createHeadToHead());
    expect(meetingsGoalDifference).toBeGreaterThan(6 / 7 - 0.5);
    expect(meetingsGoalDifference).toBeLessThan(6 / 7 + 0.9);
  });
});

describe('venue splits', () => {
  it('lie between the club and the league', () => {
    const row = lastRow(afterLeague(league.at(-1)!.home, league.at(-1)!.away), createVenueSplits());
    expect(row.venueWinsHome! + row.venueDrawsHome!).toBeLessThanOrEqual(1);
    expect(row.venuePointsDifference).toBeCloseTo(
      3 * (row.venueWinsHome! - row.venueWinsAway!) + row.venueDrawsHome! - row.venueDrawsAway!,
      12,
    );
  });
});

describe('league position', () => {
  // After this: club 1 has 9 points of three, club 2 has 3, club 3 has 3, club 4 has 0 of one.
  const rows = played([1, 2, 1, 0], [1, 3, 1, 0], [1, 4, 1, 0], [2, 3, 1, 0], [3, 2, 1, 0]);

  it('measures distances in points and in what is left to play for', () => {
    const row = lastRow(next(rows, 1, 2), position, { background });
    // The leader is six points ahead of the second; three matches of six are left.
    expect(row.titleGapHome).toBe(-6);
    expect(row.titleReachHome).toBeCloseTo(-6 / 9, 12);
    expect(row.titleGapAway).toBe(6);
    // Club 2 shares the second, last upper place; the fourth place goes down.
    expect(row.upperGapAway).toBe(0);
    expect(row.safetyGapAway).toBe(3);
    expect(row.relativePositionHome).toBe(0);
  });

  it('is negative within the relegation places', () => {
    const row = lastRow(next(rows, 4, 1), position, { background });
    expect(row.safetyGapHome).toBe(-3);
    expect(row.titleReachHome).toBeCloseTo(9 / 15, 12);
  });

  it('is missing where the format is not on record', () => {
    const row = lastRow(next(rows, 1, 2), position);
    expect([row.titleGapHome, row.safetyReachAway, row.relativePositionHome]).toEqual([NaN, NaN, NaN]);
    expect(row.positionDifference).toBe(-1);
  });

  it('finds the format of real seasons by their year', () => {
    const one = (code: string, year: number) => {
      const history = makeHistory([{ id: 1, season: `${year}/x`, day: `${year}-09-01`, home: 1, away: 2 }]);
      return backgroundOf({ ...history, code }).formatOf(0);
    };
    expect(one('F1', 2015)).toMatchObject({ clubs: 20, matches: 38 });
    expect(one('F1', 2023)).toMatchObject({ clubs: 18, matches: 34 });
    expect(one('UCL', 2015)).toBeUndefined();
  });
});

describe('context', () => {
  const rows = played([1, 2, 1, 0], [3, 4, 0, 0], [1, 3, 1, 0], [2, 4, 1, 0]);

  it('counts rounds, rest and congestion', () => {
    const row = lastRow(next(rows, 1, 4), context, { background });
    expect(row).toMatchObject({ round: 3, restDifference: 14 - 7 });
    expect(row.seasonProgress).toBeCloseTo(2 / 6, 12);
    expect([row.matchesIn14DaysHome, row.matchesIn30DaysHome, row.matchesIn14DaysAway]).toEqual([1, 2, 1]);
  });

  it('knows what is at stake late in the season', () => {
    const late = [...rows, ...rows, ...rows].map((row, i) => ({
      ...row,
      id: i + 1,
      day: addDays('2020-09-01', 7 * i),
    }));
    // Six matches a club; five of them played by 1 and 3.
    const row = lastRow(next(late.slice(0, 10), 1, 3), context, { background });
    expect(row.titleDecider).toBe(0);
    const open = lastRow(next(late.slice(0, 10), 3, 4), context, { background });
    expect(open.relegationBattle).toBe(1);
    expect(open.stakesHome).toBe(1);
  });

  it('measures the way between stadiums, and since when a manager is there', () => {
    const facts: FactRow[] = [
      { kind: 'stadium', club: 1, knownAt: 0, latitude: 51.555, longitude: -0.108 },
      { kind: 'stadium', club: 2, knownAt: 0, latitude: 53.463, longitude: -2.291 },
      { kind: 'manager', club: 2, knownAt: dayOf('2020-09-19'), name: 'M. One' },
    ];
    const row = lastRow(next(rows, 1, 2), context, { facts });
    // London to Manchester.
    expect(row.travelDistance).toBeCloseTo(260, -1);
    expect(row.managerDaysAway).toBe(10);
    expect(row.managerDaysHome).toBeNaN();
    expect(lastRow(next(rows, 1, 3), context, { facts }).travelDistance).toBeNaN();
  });

  it('knows derbies by the list', () => {
    const history = makeHistory(next(rows, 1, 2));
    const names = { ...history, code: 'E0', clubNames: ['Arsenal', 'Tottenham', 'Chelsea', 'Everton'] };
    const { isDerby } = backgroundOf(names);
    expect([isDerby(0, 1), isDerby(1, 0), isDerby(0, 3)]).toEqual([true, true, false]);
  });
});

describe('performance', () => {
  const measured = played(
    [1, 2, 2, 0],
    [1, 2, 0, 0],
    [2, 1, 1, 1],
    [1, 2, 1, 0],
    [2, 1, 0, 1],
    [1, 2, 1, 1],
  ).map((row): MatchRow => ({
    ...row,
    statistics: {
      ...{ homeShots: 10, awayShots: 5, homeShotsOnTarget: 4, awayShotsOnTarget: 2 },
      ...{ homeExpectedGoals: 1.5, awayExpectedGoals: 0.5 },
    },
  }));

  it('averages shots and expected goals, and what became of them', () => {
    const row = lastRow(next(measured, 1, 2), createPerformance());
    expect(row.shotsFor10Home).toBeCloseTo((4 * 10 + 2 * 5) / 6, 12);
    expect(row.expectedGoalsDifference10Home).toBeCloseTo((4 - 2) / 6, 12);
    // Six goals from 4 x 1.5 + 2 x 0.5 expected.
    expect(row.scoredAboveExpected10Home).toBeCloseTo((6 - 7) / 6, 12);
  });

  it('is missing where nothing was measured, or only long ago', () => {
    const bare = measured.map(({ statistics: _, ...row }) => row);
    expect(lastRow(next(bare, 1, 2), createPerformance()).shotsFor10Home).toBeNaN();
    const later: MatchRow[] = [
      ...measured,
      { id: 99, season: '2021/22', day: '2021-09-01', home: 1, away: 2 },
    ];
    expect(lastRow(later, createPerformance()).shotsFor10Home).toBeNaN();
  });
});

describe('segment tables', () => {
  const row = lastRow(afterLeague(league.at(-1)!.home, league.at(-1)!.away), createSegments());

  it('give rates, falling from line to line', () => {
    const lines = ['05', '15', '25', '35', '45', '55'].map(
      (line) => row[`segmentVenueTotalOver${line}Home`]!,
    );
    expect([...lines].sort((a, b) => b - a)).toEqual(lines);
    expect(lines[0]).toBeLessThan(1);
    expect(lines[5]).toBeGreaterThan(0);
  });

  it('draw a small segment towards the wider one', () => {
    const spread = (name: string) => Math.abs(row[`${name}WinsHome`]! - row.segmentAllWinsHome!);
    expect(spread('segmentTier')).toBeLessThan(0.5);
    expect(row.segmentVenueTierWinsHome! + row.segmentVenueTierDrawsHome!).toBeLessThan(1);
  });
});

describe('a goal law fitted each month', () => {
  const laws = [
    ['dixon-coles', dixonColes],
    ['bivariate-poisson', bivariatePoisson],
  ] as const;
  // Six clubs, the first ones the stronger: three rounds of everybody against everybody, a match a day.
  const scores = Array.from({ length: 90 }, (_, at) => {
    const home = 1 + (at % 6);
    const away = 1 + ((home + (Math.floor(at / 6) % 5)) % 6);
    return [
      home,
      away,
      Math.max(0, 3 - Math.floor(home / 2) + (at % 2)),
      Math.max(0, 3 - Math.floor(away / 2)),
    ] as const;
  });

  it.each(laws)('expects of a match what the fit to all earlier results says: %s', (law, given) => {
    const rows = next(played(...scores), 1, 6);
    const row = lastRow(rows, createGoalLaw(given));
    // Fitted before the first match of the last match's month.
    const { day } = rows.find((one) => one.day.slice(0, 7) === rows.at(-1)!.day.slice(0, 7))!;
    const past = rows.filter((one) => one.day < day);
    const fit = fitGoalModel(
      {
        home: Int32Array.from(past, ({ home }) => home - 1),
        away: Int32Array.from(past, ({ away }) => away - 1),
        homeGoals: Uint8Array.from(past, ({ goals }) => goals![0]),
        awayGoals: Uint8Array.from(past, ({ goals }) => goals![1]),
        day: Int32Array.from(past, (one) => dayOf(one.day) / 86_400_000),
      },
      { law, clubs: 6, day: dayOf(day) / 86_400_000 },
    );
    const grid = gridOfLaw(scoreLaws[law], {
      ...intensitiesOf(fit, { home: 0, away: 5 }),
      extras: lawParametersOf(fit),
    });
    expect(row[`${given.prefix}GoalsHome`]).toBeCloseTo(distributionMean(goalDistribution(grid, 'home')), 2);
    expect(row[`${given.prefix}GoalsAway`]).toBeCloseTo(distributionMean(goalDistribution(grid, 'away')), 2);
    expect(row[`${given.prefix}Draw`]).toBeCloseTo(outcomeProbabilities(grid)[1], 2);
    expect(row[`${given.prefix}GoalsHome`]).toBeGreaterThan(row[`${given.prefix}GoalsAway`]! + 0.5);
  });

  it.each(laws)('says nothing of a club without a match, nor with fewer than 60 matches: %s', (_, given) => {
    expect(lastRow(next(played(...scores), 1, 9), createGoalLaw(given))[`${given.prefix}Draw`]).toBeNaN();
    expect(
      lastRow(next(played(...scores.slice(0, 40)), 1, 2), createGoalLaw(given))[`${given.prefix}Draw`],
    ).toBeNaN();
  });
});

describe('ratings from systems of equations', () => {
  it.each([
    ['masseyDifference', createMassey()],
    ['colleyDifference', createColley()],
    ['pageRankRatio', createPageRank()],
  ] as const)('order clubs by whom they beat: %s', (name, calculator) => {
    // 1 beats 2, 2 beats 3, again and again; 1 and 3 never meet.
    const rows = played(
      ...Array.from({ length: 12 }, (_, i) =>
        i % 2 === 0 ? ([1, 2, 2, 0] as const) : ([2, 3, 2, 0] as const),
      ),
    );
    expect(lastRow(next(rows, 1, 3), calculator)[name]).toBeGreaterThan(
      lastRow(next(rows, 1, 2), calculator)[name]!,
    );
    expect(lastRow(next(rows, 3, 1), calculator)[name]).toBeLessThan(0);
    expect(lastRow(next(rows, 1, 9), calculator)[name]).toBeNaN();
  });

  it('solve Colley as the closed form does', () => {
    // Two clubs, one match, no decay: (2 + 1) r - other = 1 +- 1/2, so 5/8 and 3/8.
    const row = lastRow(
      next(played([1, 2, 1, 0]), 1, 2),
      createColley({ halfLifeDays: 1e12, prior: 2, sweeps: 60 }),
    );
    expect(row.colleyDifference).toBeCloseTo(1 / 4, 6);
  });

  it('solve Massey as least squares do', () => {
    const settings = { halfLifeDays: 1e12, prior: 1e-9, cap: 9, sweeps: 200, homeRate: 0 };
    const rows = next(played([1, 2, 2, 0], [2, 3, 1, 0], [1, 3, 4, 0]), 1, 3);
    const edge = 0.35;
    // Differences 2, 1 and 4 less the edge fit r1 - r3 = (2 x 4 + (2 + 1) - 4 edge) / 3 in a triangle.
    expect(lastRow(rows, createMassey(settings)).masseyDifference).toBeCloseTo((8 + 3 - 4 * edge) / 3, 5);
  });
});

describe('Berrar ratings', () => {
  it('move with the error and stay below their height', () => {
    const rows = next(played([1, 2, 5, 0], [1, 2, 5, 0], [1, 2, 5, 0]), 1, 2);
    const row = lastRow(rows, createBerrar());
    expect(row.berrarGoalsHome).toBeGreaterThan(2);
    expect(row.berrarGoalsHome).toBeLessThan(5);
    expect(row.berrarGoalsAway).toBeLessThan(1.2);
  });
});

describe('strength by expected goals', () => {
  it('is the usual strength where there are none, and follows them where there are', () => {
    const rows = played([1, 2, 1, 0], [2, 1, 1, 1]);
    const usual = Object.values(lastRow(next(rows, 1, 2), createStrength()));
    expect(Object.values(lastRow(next(rows, 1, 2), createStrength(expectedGoalsStrength)))).toEqual(usual);
    const unlucky = rows.map((row): MatchRow => {
      const isHome = row.home === 1;
      return {
        ...row,
        statistics: { homeExpectedGoals: isHome ? 0.2 : 3, awayExpectedGoals: isHome ? 3 : 0.2 },
      };
    });
    const row = lastRow(next(unlucky, 1, 2), createStrength(expectedGoalsStrength));
    expect(row.strengthExpectedGoalsHome).toBeLessThan(usual[0]!);
  });
});

describe('availability', () => {
  const rows = next(played([1, 2, 1, 0]), 1, 2);
  const at = (day: string) => dayOf(day);
  const facts: FactRow[] = [
    { kind: 'absence', club: 1, knownAt: at('2020-09-02'), player: 'A', reason: 'injury', isKey: true },
    { kind: 'absence', club: 1, knownAt: at('2020-09-03'), player: 'B', reason: 'suspension', isKey: false },
    { kind: 'return', club: 1, knownAt: at('2020-09-05'), player: 'B' },
    { kind: 'absence', club: 1, knownAt: at('2020-09-08') + 1, player: 'C', reason: 'injury', isKey: true },
    { kind: 'squad-value', club: 1, knownAt: at('2020-09-01'), millionEuros: 100 },
    { kind: 'squad-value', club: 2, knownAt: at('2020-09-01'), millionEuros: 50 },
  ];

  it('counts who was known to be out when the day began', () => {
    const row = lastRow(rows, createAvailability(), { facts });
    expect([row.injuriesHome, row.suspensionsHome, row.keyPlayerOutHome]).toEqual([1, 0, 1]);
    expect(row.availabilityAgeHome).toBe(3);
    expect(row.squadValueRatio).toBeCloseTo(Math.log(2), 12);
  });

  it('is missing, not zero, where no list is known or the list is old', () => {
    const row = lastRow(rows, createAvailability(), { facts });
    expect([row.injuriesAway, row.availabilityAgeAway]).toEqual([NaN, NaN]);
    const later: MatchRow[] = [...rows, { id: 5, season, day: '2021-03-01', home: 1, away: 2 }];
    expect(lastRow(later, createAvailability(), { facts }).injuriesHome).toBeNaN();
  });
});

describe('news', () => {
  const rows = next(played([1, 2, 1, 0]), 1, 2);
  const item = (id: number, day: string, sentiment: number, knownAt = dayOf(day)): FactRow => ({
    ...{ kind: 'news', club: 1, item: id, seenAt: dayOf(day), knownAt },
    ...{ sentiment, injurySeverity: NaN, managerConfidence: NaN },
  });

  it('weigh less with age', () => {
    const row = lastRow(rows, createNews(), { facts: [item(1, '2020-09-05', -1), item(2, '2020-09-08', 1)] });
    expect(row.newsItemsHome).toBe(2);
    // Weights 1/2 and 1.
    expect(row.newsSentimentHome).toBeCloseTo(1 / 3, 12);
    expect([row.newsAgeHome, row.newsInjurySeverityHome, row.newsItemsAway]).toEqual([0, NaN, NaN]);
  });

  it('count a later score of the same item in place of the earlier', () => {
    const again = item(1, '2020-09-05', 0.5, dayOf('2020-09-07'));
    const row = lastRow(rows, createNews(), { facts: [item(1, '2020-09-05', -1), again] });
    expect([row.newsItemsHome, row.newsSentimentHome]).toEqual([1, 0.5]);
  });
});
