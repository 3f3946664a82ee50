import type { ExpectedGoalsComparison } from '../../contract/evaluation-details.ts';
import type { ModelTable, PriceColumns } from '../../../db/queries/football/processing.ts';
import type { LiveForecasts } from '../../../db/queries/football/evaluation.ts';
import type { CancelSignal, ReportProgress } from '../../contract/domain.ts';
import type { Figure } from '../../contract/evaluation-details.ts';
import type { Selection } from '../forecast/selection.ts';
import type { ForecastStream } from '../forecast/stream.ts';
import { contenders } from '../processing/models.ts';
import type { FamilyProbabilities } from '../processing/pool.ts';
import type { TypesInput } from './type-scores.ts';

/** Seed of every interval of an evaluation, so that the same data give the same report. */
export const bootstrapSeed = 20_120_817;

export interface EvaluationInput {
  readonly table: ModelTable;
  /** Raw walk-forward probabilities of the families, the base rate among them. */
  readonly families: FamilyProbabilities;
  readonly preMatch: PriceColumns;
  readonly closing: PriceColumns;
  /** Positions of the championships that are reported. */
  readonly championships: readonly number[];
  /** First and last season's first year; inclusive. */
  readonly fromYear: number;
  readonly toYear: number;
  readonly from: string;
  readonly to: string;
  /** Days since 1970-01-01; results of this day and later are not looked at. */
  readonly today: number;
  readonly target: number;
  readonly delta: number;
  /** What the long form needs beside; undefined where it is not wanted. */
  readonly details?: {
    /** Stored forecasts that were made before kick-off. */
    readonly live: LiveForecasts;
    /** Ids of bookmakers that take bets; averages and bests of several do not. */
    readonly takers: readonly number[];
    /** Names for readers by code. */
    readonly names: Readonly<Record<string, string>>;
    /** For the other types; undefined where they are not scored. */
    readonly types?: TypesInput | undefined;
    readonly expectedGoals?: ExpectedGoalsComparison | undefined;
  };
  readonly signal?: CancelSignal;
  readonly report?: ReportProgress;
}

/** The input with what is worked out of it once. */
export interface Judged extends EvaluationInput {
  /** rows x 3 raw probabilities of whoever was champion; NaN where there is none. */
  readonly raw: Float64Array;
  readonly baseRate: Float64Array;
  readonly stream: ForecastStream;
  readonly selection: Selection;
  readonly preMatchFair: Float64Array;
  readonly closingFair: Float64Array;
}

/** Probabilities of some rows, one after the other. */
export function pick(source: Float64Array, rows: ArrayLike<number>): Float64Array {
  const values = new Float64Array(rows.length * 3);
  for (let at = 0; at < rows.length; at++) {
    values.set(source.subarray(rows[at]! * 3, rows[at]! * 3 + 3), at * 3);
  }
  return values;
}

export function outcomesOf(table: ModelTable, rows: readonly number[]): Uint8Array {
  return Uint8Array.from(rows, (row) => table.target[row]!);
}

/** Match days, by which rows are drawn together. */
export function daysOf(table: ModelTable, rows: readonly number[]): number[] {
  return rows.map((row) => table.day[row]!);
}

/** Everything that gives three probabilities a match, by name: the families raw, the champion calibrated, the market. */
export function forecastersOf(judged: Judged): ReadonlyMap<string, Float64Array> {
  const named = new Map<string, Float64Array>([['champion', judged.stream.probabilities]]);
  // The market-informed family stands beside them: it knows the price, and is named for it.
  for (const name of [...contenders, 'market-informed'] as const) {
    const raw = judged.families[name];
    if (raw) named.set(name, raw);
  }
  named.set('base-rate', judged.baseRate);
  named.set('pre-match', judged.preMatchFair);
  named.set('closing', judged.closingFair);
  return named;
}

export const isReference = (name: string): boolean =>
  name === 'base-rate' || name === 'pre-match' || name === 'closing';

/** A number, or null where it is none: JSON knows no NaN. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

export function figure(interval: { value: number; low: number; high: number }): Figure {
  return { value: orNull(interval.value), low: orNull(interval.low), high: orNull(interval.high) };
}
