import type { GoalCount } from '../../../kernel/goals/score-grid.ts';
import type { Sport } from '../../../contract/domain.ts';
import type { MarketName } from '../../settlement/table.ts';

interface TypeBase {
  /** Names the type in the database, in settings and in the locale files (`forecast-types.<name>`). */
  readonly name: string;
  /** The number its readers know it by, 1 to 10; null for types that came later. */
  readonly originCode: number | null;
}

/** A market: selections, each with its probability; settled by the table under the same name. */
export interface MarketType extends TypeBase {
  readonly kind: 'market';
  readonly name: MarketName;
  /** The lines that are forecast unasked; others on request. Empty for a market without lines. */
  readonly lines: (sport: Sport) => readonly number[];
}

/** An expected number of goals with intervals, and over or under the sport's line. */
export interface AmountType extends TypeBase {
  readonly kind: 'amount';
  readonly name: MarketName;
  readonly lines: (sport: Sport) => readonly number[];
  readonly count: GoalCount;
}

/** Points that each side can expect for the table. */
export interface PointsType extends TypeBase {
  readonly kind: 'points';
}

export type ForecastType = MarketType | AmountType | PointsType;

/** A type without a line. */
export const noLines = (): readonly number[] => [];
