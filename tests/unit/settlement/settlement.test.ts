import { describe, expect, test } from 'vitest';
import { payout, settlements } from '../../../engine/football/settlement/line.ts';
import type { Settlement } from '../../../engine/football/settlement/line.ts';
import { sports } from '../../../engine/contract/domain.ts';
import type { Sport } from '../../../engine/contract/domain.ts';
import { matchStatuses } from '../../../engine/contract/domain.ts';
import { scoreOf } from '../../../engine/football/settlement/result.ts';
import type { MatchResult, Score } from '../../../engine/football/settlement/result.ts';
import { settle, settlementGrid } from '../../../engine/football/settlement/settle.ts';
import { marketNames, settlementTable } from '../../../engine/football/settlement/table.ts';
import type { Bet, MarketName, SettlementRule } from '../../../engine/football/settlement/table.ts';

const played = (home: number, away: number): MatchResult => ({ status: 'finished', regular: [home, away] });

function settled(market: MarketName, selection: string, score: Score, line?: number): Settlement {
  return settle(
    { sport: 'football', market, selection, ...(line === undefined ? {} : { line }) },
    played(...score),
  );
}

/** Every score up to 7:7. */
const scores: Score[] = Array.from({ length: 64 }, (_, i) => [i >> 3, i & 7] as const);

describe('what has no line', () => {
  test.each<[MarketName, Record<string, (home: number, away: number) => boolean>]>([
    ['1x2', { home: (h, a) => h > a, draw: (h, a) => h === a, away: (h, a) => h < a }],
    ['double-chance', { '1x': (h, a) => h >= a, '12': (h, a) => h !== a, x2: (h, a) => h <= a }],
    ['both-score', { yes: (h, a) => h > 0 && a > 0, no: (h, a) => h === 0 || a === 0 }],
    ['home-scores', { yes: (h) => h > 0, no: (h) => h === 0 }],
    ['away-scores', { yes: (_, a) => a > 0, no: (_, a) => a === 0 }],
    [
      'win-to-nil',
      {
        home: (h, a) => h > 0 && a === 0,
        away: (h, a) => a > 0 && h === 0,
        neither: (h, a) => (h > 0 && a > 0) || (h === 0 && a === 0),
      },
    ],
    [
      'exact-score',
      { '2:1': (h, a) => h === 2 && a === 1, '0:0': (h, a) => h + a === 0, other: (h, a) => h > 4 || a > 4 },
    ],
  ])('%s wins what happened and loses what did not, whatever the score', (market, selections) => {
    for (const [selection, isWon] of Object.entries(selections)) {
      for (const score of scores) {
        expect([selection, score, settled(market, selection, score)]).toEqual([
          selection,
          score,
          isWon(...score) ? 'win' : 'loss',
        ]);
      }
    }
  });

  test('draw no bet gives the stake back at a draw', () => {
    expect(settled('draw-no-bet', 'home', [2, 1])).toBe('win');
    expect(settled('draw-no-bet', 'home', [1, 2])).toBe('loss');
    expect(settled('draw-no-bet', 'away', [1, 2])).toBe('win');
    for (const selection of ['home', 'away']) expect(settled('draw-no-bet', selection, [0, 0])).toBe('push');
  });

  test('0:0 is a result like any other', () => {
    expect(settled('1x2', 'draw', [0, 0])).toBe('win');
    expect(settled('total', 'under', [0, 0], 2.5)).toBe('win');
    expect(settled('both-score', 'no', [0, 0])).toBe('win');
    expect(settled('exact-score', '0:0', [0, 0])).toBe('win');
    expect(settled('home-total', 'over', [0, 0], 0.5)).toBe('loss');
  });

  test('the exact scores of ice hockey go further than those of football', () => {
    const bet = { sport: 'ice-hockey', market: 'exact-score' } as const;
    expect(settle({ ...bet, selection: '6:5' }, played(6, 5))).toBe('win');
    expect(settle({ ...bet, selection: 'other' }, played(6, 5))).toBe('loss');
    expect(settle({ ...bet, selection: 'other' }, played(7, 0))).toBe('win');
    expect(() => settled('exact-score', '6:5', [6, 5])).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('totals', () => {
  test.each<[line: number, goals: number, over: Settlement, under: Settlement]>([
    [2.5, 2, 'loss', 'win'],
    [2.5, 3, 'win', 'loss'],
    [2, 1, 'loss', 'win'],
    [2, 2, 'push', 'push'],
    [2, 3, 'win', 'loss'],
    [2.25, 1, 'loss', 'win'],
    [2.25, 2, 'half-loss', 'half-win'],
    [2.25, 3, 'win', 'loss'],
    [2.75, 2, 'loss', 'win'],
    [2.75, 3, 'half-win', 'half-loss'],
    [2.75, 4, 'win', 'loss'],
    [0, 0, 'push', 'push'],
    [0.25, 0, 'half-loss', 'half-win'],
    [0.75, 1, 'half-win', 'half-loss'],
    [3, 3, 'push', 'push'],
    [4.5, 5, 'win', 'loss'],
  ])(
    'over %f of %i goals is a %s, under a %s, for both sides together and for each',
    (line, goals, over, under) => {
      const both: Score = [goals - Math.floor(goals / 3), Math.floor(goals / 3)];
      for (const market of ['total', 'total-amount'] as const) {
        expect(settled(market, 'over', both, line)).toBe(over);
        expect(settled(market, 'under', both, line)).toBe(under);
      }
      for (const market of ['home-total', 'home-total-amount'] as const) {
        expect(settled(market, 'over', [goals, 7], line)).toBe(over);
        expect(settled(market, 'under', [goals, 0], line)).toBe(under);
      }
      for (const market of ['away-total', 'away-total-amount'] as const) {
        expect(settled(market, 'over', [7, goals], line)).toBe(over);
        expect(settled(market, 'under', [0, goals], line)).toBe(under);
      }
    },
  );
});

describe('handicaps', () => {
  test.each<[line: number, score: Score, home: Settlement, away: Settlement]>([
    [-0.5, [1, 0], 'win', 'loss'],
    [-0.5, [1, 1], 'loss', 'win'],
    [0, [1, 1], 'push', 'push'],
    [-1, [1, 0], 'push', 'push'],
    [-1, [2, 0], 'win', 'loss'],
    [1, [0, 1], 'push', 'push'],
    [-0.25, [0, 0], 'half-loss', 'half-win'],
    [0.25, [0, 0], 'half-win', 'half-loss'],
    [-0.75, [1, 0], 'half-win', 'half-loss'],
    [-0.75, [2, 0], 'win', 'loss'],
    [-0.75, [0, 0], 'loss', 'win'],
    [-1.25, [1, 0], 'half-loss', 'half-win'],
    [1.75, [0, 2], 'half-loss', 'half-win'],
    [1.5, [0, 1], 'win', 'loss'],
  ])('Asian %f at %j is a %s for the home side, a %s for the away side', (line, score, home, away) => {
    expect(settled('asian-handicap', 'home', score, line)).toBe(home);
    expect(settled('asian-handicap', 'away', score, line)).toBe(away);
  });

  test.each<[line: number, score: Score, winner: string]>([
    [-1, [2, 0], 'home'],
    [-1, [1, 0], 'draw'],
    [-1, [0, 0], 'away'],
    [1, [0, 1], 'draw'],
    [1, [0, 0], 'home'],
    [2, [0, 3], 'away'],
  ])('European %i at %j is won by %s alone', (line, score, winner) => {
    for (const selection of ['home', 'draw', 'away']) {
      expect(settled('european-handicap', selection, score, line)).toBe(
        selection === winner ? 'win' : 'loss',
      );
    }
  });

  test('a handicap of 0 is draw no bet, one of half a goal a double chance or a win', () => {
    for (const score of scores) {
      expect(settled('asian-handicap', 'home', score, 0)).toBe(settled('draw-no-bet', 'home', score));
      expect(settled('asian-handicap', 'away', score, 0)).toBe(settled('draw-no-bet', 'away', score));
      expect(settled('asian-handicap', 'home', score, 0.5)).toBe(settled('double-chance', '1x', score));
      expect(settled('asian-handicap', 'away', score, 0.5)).toBe(settled('1x2', 'away', score));
    }
  });
});

describe('overtime and shoot-outs', () => {
  const shootOut: MatchResult = { status: 'finished', regular: [3, 3], extraTime: [3, 3], shootOut: [0, 1] };
  const hockey = { sport: 'ice-hockey', market: '1x2' } as const;

  test.each(sports)('3:3 that becomes 3:4 on penalties is a draw with six goals (%s)', (sport) => {
    expect(settle({ sport, market: '1x2', selection: 'draw' }, shootOut)).toBe('win');
    expect(settle({ sport, market: '1x2', selection: 'away' }, shootOut)).toBe('loss');
    expect(settle({ sport, market: 'total', selection: 'over', line: 6.5 }, shootOut)).toBe('loss');
    expect(settle({ sport, market: 'total', selection: 'under', line: 6.5 }, shootOut)).toBe('win');
    expect(settle({ sport, market: 'away-total', selection: 'over', line: 3.5 }, shootOut)).toBe('loss');
  });

  test.each(sports)('every market of %s goes by regular time where the price says nothing else', (sport) => {
    const rules: readonly SettlementRule[] = Object.values(settlementTable);
    expect(rules.map((rule) => rule.period[sport])).toEqual(marketNames.map(() => 'regular'));
  });

  test('a price with overtime and shoot-out gives its winner one goal in ice hockey', () => {
    expect(settle({ ...hockey, selection: 'away' }, shootOut, 'shoot-out')).toBe('win');
    expect(settle({ ...hockey, market: 'total', selection: 'over', line: 6.5 }, shootOut, 'shoot-out')).toBe(
      'win',
    );
    expect(scoreOf({ ...shootOut, shootOut: [4, 3] }, 'ice-hockey', 'shoot-out')).toEqual([4, 3]);
    expect(scoreOf({ ...shootOut, shootOut: [3, 4] }, 'ice-hockey', 'shoot-out')).toEqual([3, 4]);
  });

  test('a shoot-out never changes a score in football', () => {
    expect(scoreOf(shootOut, 'football', 'shoot-out')).toEqual([3, 3]);
  });

  test('a price with extra time counts its goals', () => {
    const extra: MatchResult = { status: 'finished', regular: [1, 1], extraTime: [2, 1] };
    const bet = { sport: 'football', market: '1x2', selection: 'home' } as const;
    expect(settle(bet, extra)).toBe('loss');
    expect(settle(bet, extra, 'extra-time')).toBe('win');
    expect(settle(bet, played(1, 0), 'extra-time')).toBe('win');
  });
});

describe('matches without a result', () => {
  test.each([
    ['scheduled', 'pending'],
    ['awarded', 'void'],
    ['abandoned', 'void'],
    ['postponed', 'void'],
    ['cancelled', 'void'],
  ] as const)('%s is %s for every market, even with a score', (status, expected) => {
    for (const sport of sports) {
      for (const bet of everyBet(sport)) {
        expect(settle(bet, { status })).toBe(expected);
        expect(settle(bet, { status, regular: [3, 0] })).toBe(expected);
      }
    }
  });

  test('finished without a score is pending, not a loss', () => {
    expect(settle({ sport: 'football', market: '1x2', selection: 'home' }, { status: 'finished' })).toBe(
      'pending',
    );
  });

  test('every status has been thought of', () => {
    expect(matchStatuses).toHaveLength(6);
  });
});

/** Every selection of every market, on one line where it takes lines. */
function everyBet(sport: Sport): Bet[] {
  return marketNames.flatMap((market) => {
    const rule: SettlementRule = settlementTable[market];
    return rule
      .selections(sport)
      .map((selection) => ({ sport, market, selection, ...(rule.line === 'none' ? {} : { line: 1 }) }));
  });
}

describe('the table', () => {
  test('says the same of each score through the grid as it does one by one', () => {
    const names = ['loss', 'half-loss', 'push', 'half-win', 'win'];
    for (const sport of sports) {
      for (const bet of everyBet(sport)) {
        const grid = settlementGrid(bet, 8);
        scores.forEach((score, i) => expect(names[grid[i]! + 2]).toBe(settle(bet, played(...score))));
      }
    }
  });

  test.each(marketNames)('no score pays all selections of %s, nor none of them', (market) => {
    const rule: SettlementRule = settlementTable[market];
    // Of double chances two always win; of everything else one, or every stake comes back.
    const winners = market === 'double-chance' ? 2 : 1;
    for (const sport of sports) {
      const lines =
        rule.line === 'none' ? [undefined] : rule.line === 'whole-handicap' ? [-1, 2] : [0.5, 1, 1.25, 2.75];
      for (const line of lines) {
        for (const score of scores) {
          const paid = rule
            .selections(sport)
            .map((selection) => payout(settle({ sport, market, selection, line }, played(...score)), 2)!);
          const profit = paid.reduce((sum, one) => sum + one - 1, 0);
          const fair = 2 * winners - paid.length;
          const isTwoWay = paid.length === 2;
          expect(profit).toBe(isTwoWay ? 0 : fair);
        }
      }
    }
  });

  test('refuses selections and lines that a market does not have', () => {
    const refused: Bet[] = [
      { sport: 'football', market: '1x2', selection: 'over' },
      { sport: 'football', market: '1x2', selection: 'home', line: 1 },
      { sport: 'football', market: 'total', selection: 'over' },
      { sport: 'football', market: 'total', selection: 'over', line: 2.3 },
      { sport: 'football', market: 'total', selection: 'over', line: -0.5 },
      { sport: 'football', market: 'total', selection: 'over', line: NaN },
      { sport: 'football', market: 'european-handicap', selection: 'home', line: 0.5 },
      { sport: 'football', market: 'asian-handicap', selection: 'draw', line: 0.5 },
    ];
    for (const bet of refused) {
      expect(() => settle(bet, played(1, 0))).toThrow(expect.objectContaining({ code: 'USAGE' }));
    }
  });
});

test('a payout is what the settlement says at the odds', () => {
  expect(settlements.map((settlement) => payout(settlement, 1.9))).toEqual([
    1.9,
    1.45,
    1,
    0.5,
    0,
    1,
    undefined,
  ]);
});
