import {
  distributionMean,
  distributionQuantile,
  goalDistribution,
  outcomeProbabilities,
  shortestInterval,
} from '../../../kernel/goals/score-grid.ts';
import type { CountInterval, ScoreGrid } from '../../../kernel/goals/score-grid.ts';
import type { Sport } from '../../../contract/domain.ts';
import { settlementGrid } from '../../settlement/settle.ts';
import { settlementTable } from '../../settlement/table.ts';
import type { Bet, MarketName, SettlementRule } from '../../settlement/table.ts';
import type { AmountType, ForecastType } from './forecast-type.ts';
import { forecastTypes } from './registry.ts';
import { pointRules } from '../../settlement/points.ts';

/** How a stake on one selection may end; the five add up to 1. */
export interface SelectionForecast {
  readonly selection: string;
  readonly win: number;
  readonly halfWin: number;
  readonly push: number;
  readonly halfLoss: number;
  readonly loss: number;
  /**
   * The probability to bet by: of the stakes that do not come back, the share that wins. Equal to `win` where no stake
   * can come back; 0 where every stake does.
   */
  readonly probability: number;
  /** Decimal odds at which the bet is worth nothing: 1 / probability. Infinity for what cannot happen. */
  readonly fairOdds: number;
}

export interface MarketForecast {
  readonly kind: 'market';
  readonly type: MarketName;
  readonly line: number | null;
  readonly selections: readonly SelectionForecast[];
}

export interface AmountForecast {
  readonly kind: 'amount';
  readonly type: MarketName;
  readonly line: number;
  /** Goals. */
  readonly expected: number;
  readonly median: number;
  readonly mostLikely: number;
  /** The shortest runs of goals that hold at least 50, 80 and 90 %. */
  readonly intervals: readonly CountInterval[];
  /** Over and under the line. */
  readonly selections: readonly SelectionForecast[];
}

export interface PointsForecast {
  readonly kind: 'points';
  readonly type: 'expected-points';
  readonly home: number;
  readonly away: number;
}

export type TypeForecast = MarketForecast | AmountForecast | PointsForecast;

const intervalLevels = [0.5, 0.8, 0.9];

/** One selection of a grid, by the settlement table. Throws USAGE for a bet that the market does not have. */
export function forecastBet(grid: ScoreGrid, bet: Bet): SelectionForecast {
  const halves = settlementGrid(bet, grid.size);
  // Of -2 to 2 half stakes, from all lost to all won.
  const mass = [0, 0, 0, 0, 0];
  for (let i = 0; i < halves.length; i++) mass[halves[i]! + 2]! += grid.cells[i]!;
  const [loss, halfLoss, push, halfWin, win] = mass as [number, number, number, number, number];
  const won = win + halfWin / 2;
  const lost = loss + halfLoss / 2;
  const probability = won + lost > 0 ? won / (won + lost) : 0;
  return {
    selection: bet.selection,
    win,
    halfWin,
    push,
    halfLoss,
    loss,
    probability,
    fairOdds: 1 / probability,
  };
}

/** Every selection of a market at a line (undefined where it has none). Throws USAGE for a line it cannot take. */
export function forecastMarket(
  grid: ScoreGrid,
  market: MarketName,
  options: { readonly sport: Sport; readonly line?: number | undefined },
): MarketForecast {
  const { sport, line } = options;
  const rule: SettlementRule = settlementTable[market];
  const selections = rule
    .selections(sport)
    .map((selection) => forecastBet(grid, { sport, market, selection, line }));
  return { kind: 'market', type: market, line: line ?? null, selections };
}

/** All that a type says of a match: one answer a line, those that are forecast unasked unless `lines` names others. */
export function forecastType(
  grid: ScoreGrid,
  type: ForecastType,
  options: { readonly sport: Sport; readonly lines?: readonly number[] | undefined },
): TypeForecast[] {
  const { sport } = options;
  if (type.kind === 'points') return [pointsOf(grid, sport)];
  const lines = options.lines ?? type.lines(sport);
  if (type.kind === 'amount') return lines.map((line) => amountOf(grid, type, { sport, line }));
  if (lines.length === 0) return [forecastMarket(grid, type.name, { sport })];
  return lines.map((line) => forecastMarket(grid, type.name, { sport, line }));
}

/** Every forecast type of a match, all from its one grid. */
export function forecastMatch(grid: ScoreGrid, sport: Sport): TypeForecast[] {
  return forecastTypes.flatMap((type) => forecastType(grid, type, { sport }));
}

function amountOf(
  grid: ScoreGrid,
  type: AmountType,
  options: { readonly sport: Sport; readonly line: number },
): AmountForecast {
  const distribution = goalDistribution(grid, type.count);
  const { selections } = forecastMarket(grid, type.name, options);
  return {
    kind: 'amount',
    type: type.name,
    line: options.line,
    expected: distributionMean(distribution),
    median: distributionQuantile(distribution, 0.5),
    mostLikely: distribution.indexOf(Math.max(...distribution)),
    intervals: intervalLevels.map((level) => shortestInterval(distribution, level)),
    selections,
  };
}

function pointsOf(grid: ScoreGrid, sport: Sport): PointsForecast {
  const [home, draw, away] = outcomeProbabilities(grid);
  const points = pointRules[sport];
  // Overtime is close to even whoever plays it, so each side expects half of its point.
  const drawn = points.draw + points.decider / 2;
  return {
    kind: 'points',
    type: 'expected-points',
    home: points.win * home + drawn * draw,
    away: points.win * away + drawn * draw,
  };
}
