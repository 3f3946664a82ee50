import type { JudgedForecasts } from '../../../db/queries/football/calibration.ts';
import type { Sport } from '../../contract/domain.ts';
import type { LiveRecord, MonitoringReport } from '../../contract/monitoring.ts';
import { dayText } from '../../contract/zones.ts';
import { hasClass } from '../../kernel/conformal/sets.ts';
import { logLosses, scoreForecasts } from '../../kernel/evaluation/scores.ts';
import { gapClosedInterval } from '../../kernel/evaluation/skill.ts';
import { mean } from '../../kernel/math/summary.ts';

/** Fewer settled forecasts than this are counted and not judged. */
export const minimumLive = 100;
const seed = 20_050_805;
const confidence = 0.95;

interface Settled {
  readonly sport: Sport;
  readonly forecasts: JudgedForecasts;
  readonly closing: Float64Array;
  readonly live: readonly number[];
}

/** The three values of each of some rows. */
export function pickRows(values: Float64Array, rows: readonly number[]): Float64Array {
  const picked = new Float64Array(rows.length * 3);
  rows.forEach((row, at) => {
    picked.set(values.subarray(row * 3, row * 3 + 3), at * 3);
  });
  return picked;
}

/**
 * How the forecasts made before kick-off fared over the last 30 and 90 days, the season in play and all time.
 *
 * @param today days since 1970-01-01; @param seasonFrom the day that the season in play began
 */
export function recordsOf(settled: Settled, today: number, seasonFrom: number): LiveRecord[] {
  const spans = [
    ['30', today - 30],
    ['90', today - 90],
    ['season', seasonFrom],
    ['all', -Infinity],
  ] as const;
  return spans.map(([span, from]) => {
    const rows = settled.live.filter((row) => settled.forecasts.day[row]! >= from);
    return { sport: settled.sport, span, minimum: minimumLive, ...judge(settled, rows) };
  });
}

function judge(
  { forecasts, closing }: Settled,
  rows: readonly number[],
): Omit<LiveRecord, 'sport' | 'span' | 'minimum'> {
  const n = rows.length;
  const nothing = { model: null, baseRate: null, closing: null, gapClosed: null };
  if (n < minimumLive) return { n, ...nothing, coverage80: null, coverage90: null };
  const scored = (values: Float64Array) => {
    const known = rows.filter((row) => !Number.isNaN(values[row * 3]!));
    return known.length === 0 ? null : scoreForecasts(pickRows(values, known), outcomesOf(forecasts, known));
  };
  const all = rows.filter((row) => !Number.isNaN(closing[row * 3]! + forecasts.baseRate[row * 3]!));
  const lossOf = (values: Float64Array) => logLosses(pickRows(values, all), outcomesOf(forecasts, all));
  const days = all.map((row) => forecasts.day[row]!);
  const interval =
    all.length < minimumLive
      ? null
      : gapClosedInterval(
          { base: lossOf(forecasts.baseRate), model: lossOf(forecasts.values), market: lossOf(closing) },
          days,
          { seed, confidence },
        );
  return {
    n,
    model: scored(forecasts.values),
    baseRate: scored(forecasts.baseRate),
    closing: scored(closing),
    gapClosed:
      interval && Number.isFinite(interval.value)
        ? { value: interval.value, low: interval.low, high: interval.high, level: confidence }
        : null,
    coverage80: coverageOf(forecasts, rows, forecasts.set80),
    coverage90: coverageOf(forecasts, rows, forecasts.set90),
  };
}

/** The same, month by month; months with fewer forecasts than the minimum are counted all the same. */
export function monthsOf({ sport, forecasts, closing, live }: Settled): MonitoringReport['months'] {
  const months = Map.groupBy(live, (row) => dayText(forecasts.day[row]!).slice(0, 7));
  return [...months].map(([month, rows]) => {
    const meanLoss = (values: Float64Array) => {
      const known = rows.filter((row) => !Number.isNaN(values[row * 3]!));
      return known.length === 0
        ? null
        : mean(logLosses(pickRows(values, known), outcomesOf(forecasts, known)));
    };
    return {
      sport,
      month,
      n: rows.length,
      logLoss: meanLoss(forecasts.values)!,
      baseRate: meanLoss(forecasts.baseRate),
      closing: meanLoss(closing),
      coverage80: coverageOf(forecasts, rows, forecasts.set80),
      coverage90: coverageOf(forecasts, rows, forecasts.set90),
    };
  });
}

function outcomesOf(forecasts: JudgedForecasts, rows: readonly number[]): Int8Array {
  return Int8Array.from(rows, (row) => forecasts.target[row]!);
}

/** Share of results within their sets; null where no forecast has one. */
function coverageOf(forecasts: JudgedForecasts, rows: readonly number[], masks: Uint8Array): number | null {
  const made = rows.filter((row) => masks[row] !== 255);
  if (made.length === 0) return null;
  return made.filter((row) => hasClass(masks[row]!, forecasts.target[row]!)).length / made.length;
}
