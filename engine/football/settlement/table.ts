import type { Sport } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { opposite, requireQuarterLine, settleOver, wholeStake } from './line.ts';
import type { SettledHalves } from './line.ts';
import type { Period, Score } from './result.ts';

export const marketNames = [
  '1x2',
  'both-score',
  'home-scores',
  'away-scores',
  'total',
  'home-total',
  'away-total',
  'total-amount',
  'home-total-amount',
  'away-total-amount',
  'double-chance',
  'draw-no-bet',
  'european-handicap',
  'asian-handicap',
  'exact-score',
  'win-to-nil',
] as const;
export type MarketName = (typeof marketNames)[number];

/** How one market is settled: the one place that targets, forecasts, prices and results go by. */
export interface SettlementRule {
  readonly selections: (sport: Sport) => readonly string[];
  /** What lines it takes: none, a number of goals from 0, or goals given to the home side. */
  readonly line: 'none' | 'goals' | 'handicap' | 'whole-handicap';
  /** What it is settled on where the price says nothing else. */
  readonly period: Readonly<Record<Sport, Period>>;
  /** The bet is one of this market's (`requireBet`). */
  readonly settle: (bet: Bet, score: Score) => SettledHalves;
}

/** One selection of one market. `line` is left out where the market has none. */
export interface Bet {
  readonly sport: Sport;
  readonly market: MarketName;
  readonly selection: string;
  readonly line?: number | undefined;
}

const regularTime = { football: 'regular', 'ice-hockey': 'regular' } as const;

const both = ['home', 'draw', 'away'] as const;
const yesNo = ['yes', 'no'] as const;
const overUnder = ['over', 'under'] as const;

/** Won or lost by whether something happened. */
function event(
  selections: readonly string[],
  happened: (selection: string, home: number, away: number) => boolean,
): SettlementRule {
  return {
    selections: () => selections,
    line: 'none',
    period: regularTime,
    settle: ({ selection }, [home, away]) => wholeStake(happened(selection, home, away)),
  };
}

/** Yes or no. */
const question = (isSo: (home: number, away: number) => boolean): SettlementRule =>
  event(yesNo, (selection, home, away) => isSo(home, away) === (selection === 'yes'));

/** Over or under a number of goals. */
const count = (of: (home: number, away: number) => number): SettlementRule => ({
  selections: () => overUnder,
  line: 'goals',
  period: regularTime,
  settle: ({ selection, line = 0 }, [home, away]) => {
    const over = settleOver(of(home, away), line);
    return selection === 'over' ? over : opposite(over);
  },
});

const total = count((home, away) => home + away);
const homeTotal = count((home) => home);
const awayTotal = count((_, away) => away);

const sideOf = (difference: number): string => (difference > 0 ? 'home' : difference === 0 ? 'draw' : 'away');

/** Exact scores are offered up to so many goals a side; anything above is `other`. */
const listedGoals = { football: 4, 'ice-hockey': 6 } as const satisfies Record<Sport, number>;

const listedScores = Object.fromEntries(
  Object.entries(listedGoals).map(([sport, most]) => {
    const goals = Array.from({ length: most + 1 }, (_, n) => n);
    return [sport, [...goals.flatMap((home) => goals.map((away) => `${home}:${away}`)), 'other']];
  }),
) as unknown as Readonly<Record<Sport, readonly string[]>>;

/**
 * The settlement table. Every market of both sports goes by regular time; a price that says otherwise (ice hockey with
 * overtime) names its period when it is settled.
 */
export const settlementTable = {
  '1x2': event(both, (selection, home, away) => sideOf(home - away) === selection),
  'both-score': question((home, away) => home > 0 && away > 0),
  'home-scores': question((home) => home > 0),
  'away-scores': question((_, away) => away > 0),
  total,
  'home-total': homeTotal,
  'away-total': awayTotal,
  'total-amount': total,
  'home-total-amount': homeTotal,
  'away-total-amount': awayTotal,
  'double-chance': event(['1x', '12', 'x2'], (selection, home, away) => {
    const side = sideOf(home - away);
    return selection === '1x' ? side !== 'away' : selection === '12' ? side !== 'draw' : side !== 'home';
  }),
  'draw-no-bet': {
    selections: () => ['home', 'away'],
    line: 'none',
    period: regularTime,
    settle: ({ selection }, [home, away]) => {
      const ahead = selection === 'home' ? home - away : away - home;
      return ahead === 0 ? 0 : wholeStake(ahead > 0);
    },
  },
  /** The line is given to the home side; after it there are three outcomes, and no stake comes back. */
  'european-handicap': {
    selections: () => both,
    line: 'whole-handicap',
    period: regularTime,
    settle: ({ selection, line = 0 }, [home, away]) => wholeStake(sideOf(home + line - away) === selection),
  },
  /** The line is given to the home side, and its opposite to the away side. */
  'asian-handicap': {
    selections: () => ['home', 'away'],
    line: 'handicap',
    period: regularTime,
    settle: ({ selection, line = 0 }, [home, away]) => {
      const ahead = settleOver(home - away, -line);
      return selection === 'home' ? ahead : opposite(ahead);
    },
  },
  'exact-score': {
    selections: (sport) => listedScores[sport],
    line: 'none',
    period: regularTime,
    settle: ({ sport, selection }, [home, away]) => {
      const isListed = Math.max(home, away) <= listedGoals[sport];
      return wholeStake(selection === (isListed ? `${home}:${away}` : 'other'));
    },
  },
  'win-to-nil': event(['home', 'away', 'neither'], (selection, home, away) => {
    const winner = away === 0 && home > 0 ? 'home' : home === 0 && away > 0 ? 'away' : 'neither';
    return winner === selection;
  }),
} as const satisfies Record<MarketName, SettlementRule>;

/** Throws USAGE for a selection or a line that the market does not have. */
export function requireBet(bet: Bet): SettlementRule {
  const rule: SettlementRule = settlementTable[bet.market];
  const { line } = bet;
  if (!rule.selections(bet.sport).includes(bet.selection)) {
    throw new AppError(
      'USAGE',
      `Expected a selection of ${bet.market} (${rule.selections(bet.sport).join(', ')}), got "${bet.selection}".`,
    );
  }
  if ((rule.line === 'none') !== (line === undefined)) {
    throw new AppError(
      'USAGE',
      `The market ${bet.market} ${line === undefined ? 'needs a' : 'has no'} line.`,
    );
  }
  if (line !== undefined) {
    requireQuarterLine(line, rule.line === 'goals' ? 0 : -Infinity);
    if (rule.line === 'whole-handicap' && !Number.isInteger(line)) {
      throw new AppError('USAGE', `Expected a handicap of whole goals, got ${line}.`);
    }
  }
  return rule;
}
