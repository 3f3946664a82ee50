import { describe, expect, it } from 'vitest';
import type { History } from '../../../db/queries/football/calculation.ts';
import type { Calculator, FixtureView } from '../../../engine/football/calculation/calculator.ts';
import { addDays, dayNumber, dayText } from '../../../engine/contract/zones.ts';
import { runPass } from '../../../engine/football/calculation/pass.ts';
import { createElo } from '../../../engine/football/calculation/calculators/elo.ts';
import { calculators, extendedCalculators } from '../../../engine/football/calculation/registry.ts';
import type { Background } from '../../../engine/football/calculation/background.ts';
import { drawLeague } from '../../../scripts/bench/league.ts';
import { makeHistory, readDivision } from '../../fixtures/history.ts';
import type { MatchRow } from '../../fixtures/history.ts';
import { findLeaks } from '../../fixtures/leak-battery.ts';
import type { LeakCheck } from '../../fixtures/leak-battery.ts';
import { shared } from '../../fixtures/shared.ts';
import { drawFacts } from '../../fixtures/team-facts.ts';

const everyCalculator = [...calculators, ...extendedCalculators];

/** Some matches with expected goals, as an import leaves them. */
function withExpectedGoals(rows: readonly MatchRow[]): MatchRow[] {
  return rows.map((row) => {
    const { homeShots, awayShots } = row.statistics ?? {};
    if (homeShots === undefined || awayShots === undefined || row.id % 5 === 0) return row;
    const expected = { homeExpectedGoals: homeShots / 9, awayExpectedGoals: awayShots / 10 };
    return { ...row, statistics: { ...row.statistics, ...expected } };
  });
}

/** A short season with places to win and to lose, and rivals. */
const background: Background = {
  formatOf: (season) =>
    season === 0 ? undefined : { from: 2010, clubs: 8, matches: 14, upper: 2, lower: 2 },
  isDerby: (club, other) => club + other === 3,
};

/** A league with everything that makes real ones awkward: awarded, late-known, postponed and unmeasured matches. */
function awkwardLeague(): MatchRow[] {
  return drawLeague({ clubs: 8, seasons: 4, seed: 7 }).map((drawn): MatchRow => {
    // A round is spread over two days, so that a season opens with some of its clubs unseen.
    const match = drawn.id % 3 === 0 ? { ...drawn, day: addDays(drawn.day, 1) } : drawn;
    const { statistics: _, ...bare } = match;
    if (match.id % 23 === 0) return { ...bare, awarded: true };
    if (match.id % 17 === 0) return { ...bare, goals: undefined };
    if (match.id % 11 === 0) {
      return { ...match, knownAt: dayNumber(match.day) * 86_400_000 + 27 * 3_600_000 };
    }
    return match.id % 7 === 0 ? bare : match;
  });
}

/** Matches on every day, so that a late-known result meets fixtures of the morning after. */
function denseLeague(): MatchRow[] {
  const first = dayNumber('2010-08-10');
  return awkwardLeague().map((row) => {
    if (row.season !== '2010/11') return row;
    const squeezed = first + Math.floor((dayNumber(row.day) - first) / 3);
    const text = dayText(squeezed);
    const { knownAt, ...rest } = row;
    return {
      ...rest,
      day: text,
      ...(knownAt === undefined ? {} : { knownAt: (squeezed + 1.2) * 86_400_000 }),
    };
  });
}

/** A calculator with one feature, for planting leaks. */
function planted(value: (match: FixtureView) => number): Calculator {
  return {
    name: 'planted',
    family: 'form',
    parameters: {},
    features: [{ name: 'planted', unit: '', description: '', asOf: '', missing: '' }],
    create: () => ({
      before(match, out, offset) {
        out[offset] = value(match);
      },
      after() {
        // Learns nothing: it knows already.
      },
    }),
  };
}

function rowOf({ fixtures }: History, match: FixtureView): number {
  for (let row = 0; row < fixtures.count; row++) {
    const same = fixtures.home[row] === match.home && fixtures.away[row] === match.away;
    if (same && fixtures.day[row] === match.day) return row;
  }
  return -1;
}

function checksThatFail(calculatorsFor: (history: History) => readonly Calculator[]): LeakCheck[] {
  return [...new Set(findLeaks(denseLeague(), calculatorsFor).map((leak) => leak.check))].sort();
}

describe('what a feature may know', () => {
  it('ends when its match day begins, for every calculator of the pack', () => {
    for (const league of [awkwardLeague(), denseLeague()]) {
      const rows = withExpectedGoals(league);
      const facts = drawFacts(rows, 3);
      expect(findLeaks(rows, () => everyCalculator, { facts, background })).toEqual([]);
    }
  });

  it('is proved of every feature: none is missing throughout', () => {
    const rows = withExpectedGoals(awkwardLeague());
    const { features, width } = runPass(makeHistory(rows, drawFacts(rows, 3)), everyCalculator, {
      background,
    });
    const names = everyCalculator.flatMap((calculator) => calculator.features.map(({ name }) => name));
    const seen = new Set<number>();
    features.forEach((value, i) => {
      if (!Number.isNaN(value)) seen.add(i % width);
    });
    expect(names.filter((_, i) => !seen.has(i))).toEqual([]);
  });

  it.skipIf(!shared('data/football/main'))(
    'ends there on real seasons of three leagues too (needs ../shared/data/football)',
    () => {
      for (const division of ['E0', 'SP1', 'T1']) {
        const { rows } = readDivision(shared('data/football/main')!, division, { from: 2011, until: 2013 });
        const measured = withExpectedGoals(rows);
        const facts = drawFacts(measured, 4);
        expect(findLeaks(measured, () => everyCalculator, { seed: 5, facts })).toEqual([]);
      }
    },
  );

  it('is broken by a calculator that reads the result of its own match', () => {
    const leaky = (history: History) => [
      planted((match) => history.results.homeGoals[rowOf(history, match)]!),
    ];
    expect(checksThatFail(leaky)).toEqual(['cut', 'parity', 'permute']);
  });

  it('is broken by a calculator that scales by the whole history', () => {
    const leaky = (history: History) => {
      const mean = history.results.homeGoals.reduce((sum, goals) => sum + goals, 0) / history.fixtures.count;
      return [planted(() => mean)];
    };
    expect(checksThatFail(leaky)).toContain('cut');
  });

  it("is broken by a calculator that sees the next match's statistics", () => {
    const leaky = (history: History) => [
      planted((match) => {
        const next = history.fixtures.day.findIndex(
          (day, row) => day > match.day && history.fixtures.home[row] === match.home,
        );
        return next < 0 ? NaN : history.results.statistics.homeShots[next]!;
      }),
    ];
    expect(checksThatFail(leaky)).toEqual(expect.arrayContaining(['cut', 'parity', 'permute']));
  });

  it('is broken by a calculator that counts fixtures of days to come', () => {
    const leaky = (history: History) => [planted(() => history.fixtures.count)];
    expect(checksThatFail(leaky)).toEqual(['cut', 'parity']);
  });

  it('is broken by a calculator that uses yesterday evening before it was known', () => {
    const leaky = (history: History) => [
      planted((match) => {
        let goals = 0;
        history.fixtures.day.forEach((day, row) => {
          if (day < match.day) goals += Math.max(0, history.results.homeGoals[row]!);
        });
        return goals;
      }),
    ];
    expect(checksThatFail(leaky)).toEqual(['cut', 'parity', 'permute']);
  });

  it('is broken by a calculator that looks up what will be known of a team', () => {
    const leaky = (history: History) => [
      planted((match) => {
        const known = history.facts.filter((fact) => fact.club === match.home && fact.kind === 'news');
        return known.findLast((fact) => fact.knownAt <= match.kickOff)?.knownAt ?? NaN;
      }),
    ];
    const rows = denseLeague();
    const leaks = findLeaks(rows, leaky, { facts: drawFacts(rows, 3) });
    expect([...new Set(leaks.map((leak) => leak.check))]).toEqual(
      expect.arrayContaining(['cut', 'permute', 'parity']),
    );
  });

  it('is broken by newcomers that start from the clubs that will turn out to be gone', () => {
    const leaks = findLeaks(awkwardLeague(), () => [createElo()], { entry: 'replaced' });
    expect(leaks.map((leak) => leak.name)).toContain('eloDifference');
  });

  it('is broken by a calculator that depends on the order of matches within a day', () => {
    const leaky = (history: History) => [planted((match) => rowOf(history, match))];
    expect(checksThatFail(leaky)).toContain('order');
  });
});
