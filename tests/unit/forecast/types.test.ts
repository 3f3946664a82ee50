import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../engine/contract/domain.ts';
import { loadLocale } from '../../../engine/documents/locale.ts';
import {
  forecastBet,
  forecastMarket,
  forecastMatch,
  forecastType,
} from '../../../engine/football/forecast/types/derive.ts';
import type { SelectionForecast } from '../../../engine/football/forecast/types/derive.ts';
import { betSign, betWords, typeName } from '../../../engine/football/forecast/types/labels.ts';
import { forecastTypes } from '../../../engine/football/forecast/types/registry.ts';
import { totalAmount } from '../../../engine/football/forecast/types/total-amount.ts';
import { total } from '../../../engine/football/forecast/types/total.ts';
import { sports } from '../../../engine/contract/domain.ts';
import type { Sport } from '../../../engine/contract/domain.ts';
import { marketNames, settlementTable } from '../../../engine/football/settlement/table.ts';
import type { MarketName, SettlementRule } from '../../../engine/football/settlement/table.ts';
import { outcomeMargin, reconcileGrid } from '../../../engine/kernel/goals/reconcile.ts';
import { createScoreGrid } from '../../../engine/kernel/goals/score-grid.ts';
import type { ScoreGrid } from '../../../engine/kernel/goals/score-grid.ts';
import { sum } from '../../../engine/kernel/math/summary.ts';
import { gridOfLaw } from '../../../engine/kernel/modeling/goals/grid.ts';
import { scoreLaws } from '../../../engine/kernel/modeling/goals/laws/registry.ts';

/** 0:0, 0:1, 0:2, 1:0, 1:1, 1:2, 2:0, 2:1, 2:2 in sixteenths. */
const small = createScoreGrid(Float64Array.of(1, 2, 1, 3, 2, 1, 2, 3, 1));

const probability = (market: MarketName, selection: string, line?: number, grid = small) =>
  forecastBet(grid, { sport: 'football', market, selection, line }).probability;

describe('a forecast type', () => {
  test('has the code its readers know, and lines by sport', () => {
    const known = forecastTypes.filter(({ originCode }) => originCode !== null);
    expect(known.map(({ originCode, name }) => [originCode, name])).toEqual([
      [1, '1x2'],
      [2, 'both-score'],
      [3, 'home-scores'],
      [4, 'away-scores'],
      [5, 'total'],
      [6, 'home-total'],
      [7, 'away-total'],
      [8, 'total-amount'],
      [9, 'home-total-amount'],
      [10, 'away-total-amount'],
    ]);
    const lines = (sport: Sport) =>
      ['total', 'home-total', 'away-total'].map((name) => {
        const type = forecastTypes.find((one) => one.name === name)!;
        return type.kind === 'market' ? type.lines(sport) : [];
      });
    expect(lines('football')).toEqual([[2.5], [1.5], [1.5]]);
    expect(lines('ice-hockey')).toEqual([[4.5], [2.5], [2.5]]);
  });

  test('is there for every market of the settlement table', () => {
    const named: readonly string[] = forecastTypes.map(({ name }) => name);
    expect(marketNames.filter((name) => !named.includes(name))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  test('adds up the scores that win', () => {
    expect(probability('1x2', 'home')).toBe(8 / 16);
    expect(probability('1x2', 'draw')).toBe(4 / 16);
    expect(probability('1x2', 'away')).toBe(4 / 16);
    expect(probability('both-score', 'yes')).toBe(7 / 16);
    expect(probability('total', 'over', 2.5)).toBe(5 / 16);
    expect(probability('home-total', 'over', 1.5)).toBe(6 / 16);
    expect(probability('double-chance', 'x2')).toBe(8 / 16);
    expect(probability('exact-score', '2:1')).toBe(3 / 16);
    expect(probability('exact-score', 'other')).toBe(0);
    expect(probability('win-to-nil', 'home')).toBe(5 / 16);
    expect(probability('european-handicap', 'draw', -1)).toBe(6 / 16);
  });

  test('leaves out of the probability the stakes that come back', () => {
    const noBet = forecastBet(small, { sport: 'football', market: 'draw-no-bet', selection: 'home' });
    expect(noBet).toEqual({
      selection: 'home',
      win: 8 / 16,
      halfWin: 0,
      push: 4 / 16,
      halfLoss: 0,
      loss: 4 / 16,
      probability: 2 / 3,
      fairOdds: 1.5,
    });
    // Over 2.25: three goals or more win, two goals lose half.
    const quarter = forecastBet(small, { sport: 'football', market: 'total', selection: 'over', line: 2.25 });
    expect(quarter).toMatchObject({ win: 5 / 16, halfLoss: 5 / 16, loss: 6 / 16 });
    expect(quarter.probability).toBeCloseTo(5 / (5 + 2.5 + 6), 14);
  });

  test('expects goals, with the intervals that hold them', () => {
    const [amount] = forecastType(small, totalAmount, { sport: 'football' });
    expect(amount).toMatchObject({
      kind: 'amount',
      type: 'total-amount',
      line: 2.5,
      median: 2,
      mostLikely: 1,
    });
    if (amount?.kind !== 'amount') throw new Error('not an amount');
    expect(amount.expected).toBeCloseTo((5 * 1 + 5 * 2 + 4 * 3 + 1 * 4) / 16, 14);
    expect(amount.intervals).toEqual([
      { level: 0.5, low: 1, high: 2, probability: 10 / 16 },
      { level: 0.8, low: 1, high: 3, probability: 14 / 16 },
      { level: 0.9, low: 0, high: 3, probability: 15 / 16 },
    ]);
    expect(amount.selections.map(({ selection }) => selection)).toEqual(['over', 'under']);
  });

  test('expects the points of its sport', () => {
    const points = (sport: Sport) => forecastMatch(small, sport).find(({ kind }) => kind === 'points');
    expect(points('football')).toMatchObject({ home: 3 * 0.5 + 0.25, away: 3 * 0.25 + 0.25 });
    expect(points('ice-hockey')).toMatchObject({ home: 3 * 0.5 + 1.5 * 0.25, away: 3 * 0.25 + 1.5 * 0.25 });
  });

  test('answers other lines on request and refuses what is no line', () => {
    const asked = forecastType(small, total, { sport: 'ice-hockey', lines: [0.75, 3] });
    expect(asked.map((one) => one.kind === 'market' && one.line)).toEqual([0.75, 3]);
    expect(() => forecastType(small, total, { sport: 'football', lines: [2.4] })).toThrow(
      expect.objectContaining({ code: 'USAGE' }),
    );
  });
});

describe('labels', () => {
  test('are those its readers know', () => {
    const russian = loadLocale('ru');
    const sign = (market: MarketName, selection: string, line?: number) =>
      betSign({ market, selection, line }, russian);
    expect([sign('1x2', 'home'), sign('1x2', 'draw'), sign('1x2', 'away')]).toEqual(['П1', 'Х', 'П2']);
    expect(sign('total', 'over', 2.5)).toBe('ТБ 2,5');
    expect(sign('total', 'under', 3)).toBe('ТМ 3');
    expect(sign('home-total', 'over', 1.5)).toBe('ИТ1Б 1,5');
    expect(sign('away-total', 'under', 1.25)).toBe('ИТ2М 1,25');
    expect(sign('asian-handicap', 'home', -0.75)).toBe('Ф1 (-0,75)');
    expect(sign('asian-handicap', 'away', -0.75)).toBe('Ф2 (+0,75)');
    expect(sign('asian-handicap', 'away', 0)).toBe('Ф2 (0)');
    expect(sign('exact-score', '2:1')).toBe('2:1');
    expect(betWords({ market: 'total', selection: 'over', line: 2.5 }, loadLocale('en'))).toBe(
      'more than 2.5 goals',
    );
    expect(typeName('both-score', russian)).toBe('Обе забьют');
  });

  test.each(languages)('exist in %s for every type and selection', (language) => {
    const locale = loadLocale(language);
    for (const { name } of forecastTypes) expect(typeName(name, locale)).not.toContain('forecast-types');
    for (const sport of sports) {
      for (const market of marketNames) {
        const rule: SettlementRule = settlementTable[market];
        const line = rule.line === 'none' ? undefined : 1;
        const words = rule
          .selections(sport)
          .flatMap((selection) => [
            betSign({ market, selection, line }, locale),
            betWords({ market, selection, line }, locale),
          ]);
        expect(words.filter((text) => text.includes('forecast-types') || text.includes('{{'))).toEqual([]);
      }
    }
  });
});

/** A grid of any law for any match, often bent to given probabilities as a champion's forecast bends it. */
const anyGrid: fc.Arbitrary<ScoreGrid> = fc
  .record({
    law: fc.constantFrom(
      ['poisson', []] as const,
      ['dixon-coles', [-0.1]] as const,
      ['dixon-coles', [0.05]] as const,
      ['bivariate-poisson', [-1.6]] as const,
      ['negative-binomial', [-2]] as const,
      ['weibull-copula', [0.15, -0.6]] as const,
    ),
    home: fc.double({ min: 0.15, max: 5, noNaN: true }),
    away: fc.double({ min: 0.15, max: 5, noNaN: true }),
    outcome: fc.option(
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    ),
  })
  .map(({ law: [name, extras], home, away, outcome }) => {
    const grid = gridOfLaw(scoreLaws[name], { home, away, extras });
    if (!outcome) return grid;
    const wanted = outcome.map((p) => p / sum(outcome));
    return reconcileGrid(grid, [outcomeMargin(wanted, grid.size)]).grid;
  });

describe('1,000 forecasts', () => {
  const lines = Array.from({ length: 29 }, (_, i) => i / 4);
  const handicaps = Array.from({ length: 33 }, (_, i) => (i - 16) / 4);
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-11;
  /** Fails with the words that name the contradiction. */
  const demand = (isSo: boolean, what: string) => {
    if (!isSo) throw new Error(what);
  };

  function selectionsOf(grid: ScoreGrid, sport: Sport): SelectionForecast[] {
    return forecastMatch(grid, sport).flatMap((one) => (one.kind === 'points' ? [] : one.selections));
  }

  test('contain no contradiction', () => {
    fc.assert(
      fc.property(anyGrid, fc.constantFrom(...sports), (grid, sport) => {
        const p = (market: MarketName, selection: string, line?: number) =>
          forecastBet(grid, { sport, market, selection, line });
        const { home, draw, away } = Object.fromEntries(
          forecastMarket(grid, '1x2', { sport }).selections.map((one) => [one.selection, one.win]),
        ) as { home: number; draw: number; away: number };

        for (const one of selectionsOf(grid, sport)) {
          const parts = [one.win, one.halfWin, one.push, one.halfLoss, one.loss];
          demand(
            parts.every((part) => part >= 0 && part <= 1 + 1e-12),
            `${one.selection}: no probability`,
          );
          demand(near(sum(parts), 1), `${one.selection}: its endings do not add up to 1`);
          demand(
            one.probability >= 0 && one.probability <= 1 + 1e-12,
            `${one.selection}: ${one.probability}`,
          );
          // The fair price is worth nothing: what it wins is what it loses.
          if (one.probability > 1e-9) {
            const odds = one.fairOdds;
            const back = one.win * odds + (one.halfWin * (odds + 1)) / 2 + one.push + one.halfLoss / 2;
            demand(near(back, 1), `${one.selection}: its fair price pays ${back}`);
          }
        }

        for (const market of ['1x2', 'exact-score', 'win-to-nil'] as const) {
          const { selections } = forecastMarket(grid, market, { sport });
          demand(near(sum(selections.map(({ win }) => win)), 1), `${market} does not add up to 1`);
        }
        for (const market of ['both-score', 'home-scores', 'away-scores'] as const) {
          demand(near(p(market, 'yes').win + p(market, 'no').win, 1), `${market}: yes and no are not all`);
        }
        demand(near(p('double-chance', '1x').win, home + draw), '1X is not home or draw');
        demand(near(p('double-chance', '12').win, home + away), '12 is not home or away');
        demand(near(p('double-chance', 'x2').win, draw + away), 'X2 is not draw or away');
        demand(near(p('draw-no-bet', 'home').push, draw), 'draw no bet does not give back draws');
        demand(
          near(p('draw-no-bet', 'home').probability, home / (home + away)),
          'draw no bet is not home of 12',
        );

        for (const market of ['total', 'home-total', 'away-total'] as const) {
          let before = 1;
          for (const line of lines) {
            const over = p(market, 'over', line);
            const under = p(market, 'under', line);
            demand(
              near(over.win, under.loss) && near(over.halfWin, under.halfLoss),
              `${market} ${line}: no mirror`,
            );
            demand(near(over.push, under.push), `${market} ${line}: one gives back what the other does not`);
            const ordered = over.win + over.halfWin / 2 + over.push / 2;
            demand(ordered <= before + 1e-12, `${market}: over ${line} is likelier than a lower line`);
            before = ordered;
          }
        }
        demand(
          near(p('home-total', 'over', 0.5).win, p('home-scores', 'yes').win),
          'home scores is not over 0.5',
        );
        demand(
          near(p('away-total', 'over', 0.5).win, p('away-scores', 'yes').win),
          'away scores is not over 0.5',
        );
        demand(p('total', 'over', 1.5).win >= p('both-score', 'yes').win - 1e-12, 'both score with one goal');
        demand(
          p('total', 'over', 2.5).win >= p('home-total', 'over', 2.5).win - 1e-12,
          'the home side scores more than both',
        );

        let before = 0;
        for (const line of handicaps) {
          const one = p('asian-handicap', 'home', line);
          const other = p('asian-handicap', 'away', line);
          demand(
            near(one.win, other.loss) && near(one.halfWin, other.halfLoss),
            `handicap ${line}: no mirror`,
          );
          const ordered = one.win + one.halfWin / 2 + one.push / 2;
          demand(ordered >= before - 1e-12, `a greater handicap ${line} is worth less`);
          before = ordered;
        }
        demand(near(p('asian-handicap', 'home', -0.5).win, home), 'handicap -0.5 is not a home win');
        demand(near(p('asian-handicap', 'home', 0.5).win, home + draw), 'handicap +0.5 is not 1X');
        demand(
          near(p('asian-handicap', 'home', 0).probability, p('draw-no-bet', 'home').probability),
          'handicap 0',
        );
        demand(
          near(p('european-handicap', 'home', -1).win, p('asian-handicap', 'home', -1).win),
          'handicap -1 wins',
        );
        demand(
          near(p('european-handicap', 'draw', -1).win, p('asian-handicap', 'home', -1).push),
          'handicap -1 pushes',
        );
        demand(
          near(p('win-to-nil', 'home').win + p('exact-score', '0:0').win, p('away-scores', 'no').win),
          'nil',
        );

        const amounts = forecastMatch(grid, sport).filter((one) => one.kind === 'amount');
        const [all, ofHome, ofAway] = amounts.map(({ expected }) => expected);
        demand(Math.abs(all! - ofHome! - ofAway!) < 1e-9, 'the sides do not score what both do');
        for (const { intervals, type } of amounts) {
          let width = 0;
          for (const { level, low, high, probability: held } of intervals) {
            demand(held >= level - 1e-9 && high - low >= width, `${type}: the interval of ${level}`);
            width = high - low;
          }
        }
      }),
      { seed: 11, numRuns: 1000 },
    );
  });
});
