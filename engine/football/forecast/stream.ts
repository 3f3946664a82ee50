import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { CancelSignal } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { createOnlineConformal, type Basis, type Observation } from '../../kernel/conformal/online.ts';
import { fitCalibrator, type Calibrator } from '../../kernel/modeling/calibration/calibrator.ts';

/** How raw probabilities become forecasts. */
export const forecastRules = {
  /** Coverage levels of the published sets, in order of their columns. */
  levels: [0.8, 0.9],
  /** Settled forecasts of a championship that its conformal window holds. */
  window: 1000,
  /**
   * Settled forecasts of all championships together that the temperature rests on. One temperature each was worse by
   * 0.0007 log loss on the seasons up to 2015/16: a thousand matches say less about it than the next league does.
   */
  calibrationWindow: 6000,
  /** Fewer, and nothing is calibrated. */
  minimumCalibration: 200,
  /** Fewer of any class, and the conformal window is the pooled one. */
  minimumPerClass: 50,
} as const;

export type StreamColumns = Pick<ModelTable, 'rows' | 'championship' | 'day' | 'target'>;

/** Calibrated forecasts row by row of the model table; NaN and 0 where there is none. */
export interface ForecastStream {
  /** rows x 3. */
  readonly probabilities: Float64Array;
  /** 1 where nothing was fitted yet. */
  readonly temperature: Float64Array;
  /** Settled forecasts that the temperature rests on. */
  readonly calibrationCount: Int32Array;
  /** rows x 3. */
  readonly pValues: Float64Array;
  /** Position in `bases`. */
  readonly basis: Uint8Array;
  /** Settled forecasts that the p-values rest on. */
  readonly windowCount: Int32Array;
  /** rows x levels; bit masks of classes. */
  readonly sets: Uint8Array;
  readonly confidence: Float64Array;
  readonly credibility: Float64Array;
}

export const bases: readonly Basis[] = ['none', 'own', 'pooled'];

/**
 * Runs once through all forecasts in order of their days: each day's are calibrated and given their conformal sets from
 * what had been settled before the day, and only then are its results observed. So no result reaches a forecast of its
 * own day or an earlier one. Results of `today` and later count as not yet known.
 *
 * @param raw rows x 3 raw probabilities of one family; NaN where there is none
 */
export function forecastStream(
  columns: StreamColumns,
  raw: Float64Array,
  options: {
    readonly today: number;
    /** First row that is forecast, the first of a month; earlier ones are only learnt from. Default 0. */
    readonly from?: number | undefined;
    readonly signal?: CancelSignal;
  },
): ForecastStream {
  const { rows } = columns;
  const { levels, window, minimumPerClass } = forecastRules;
  const stream: ForecastStream = {
    probabilities: new Float64Array(rows * 3).fill(Number.NaN),
    temperature: new Float64Array(rows).fill(1),
    calibrationCount: new Int32Array(rows),
    pValues: new Float64Array(rows * 3).fill(Number.NaN),
    basis: new Uint8Array(rows),
    windowCount: new Int32Array(rows),
    sets: new Uint8Array(rows * levels.length),
    confidence: new Float64Array(rows).fill(Number.NaN),
    credibility: new Float64Array(rows).fill(Number.NaN),
  };
  const conformal = createOnlineConformal({ window, minimumPerClass });
  const calibration = createMonthlyTemperature();
  const learn = (row: number) => {
    const outcome = columns.target[row]!;
    if (outcome < 0 || columns.day[row]! >= options.today || Number.isNaN(raw[row * 3])) return;
    calibration.observe(columns.day[row]!, raw.subarray(row * 3, row * 3 + 3), outcome);
  };
  const first = options.from ?? 0;
  for (let row = 0; row < first; row++) learn(row);
  for (let from = first, to = first; from < rows; from = to) {
    const day = columns.day[from]!;
    while (to < rows && columns.day[to] === day) to++;
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'cancelled while forecasting');
    const settled: Observation[] = [];
    for (let row = from; row < to; row++) {
      if (Number.isNaN(raw[row * 3])) continue;
      const championship = columns.championship[row]!;
      const p = stream.probabilities.subarray(row * 3, row * 3 + 3);
      const calibrator = calibration.at(day);
      if (calibrator) {
        calibrator.apply(raw.subarray(row * 3, row * 3 + 3), p);
        stream.temperature[row] = 1 / (calibrator.save().state as { beta: number }).beta;
        stream.calibrationCount[row] = calibrator.n;
      } else {
        p.set(raw.subarray(row * 3, row * 3 + 3));
      }
      const answer = conformal.forecast(championship, p);
      stream.basis[row] = bases.indexOf(answer.basis);
      if (answer.basis !== 'none') {
        stream.pValues.set(answer.pValues, row * 3);
        stream.windowCount[row] = answer.counts.reduce((sum, count) => sum + count, 0);
        levels.forEach((level, at) => (stream.sets[row * levels.length + at] = answer.set(level)));
        stream.confidence[row] = answer.confidence;
        stream.credibility[row] = answer.credibility;
      }
      const outcome = columns.target[row]!;
      if (outcome >= 0 && day < options.today)
        settled.push({ stream: championship, probabilities: p, outcome });
    }
    conformal.observe(settled);
    for (let row = from; row < to; row++) learn(row);
  }
  return stream;
}

/** The temperature of all championships, fitted anew with each calendar month on what had been settled before it. */
function createMonthlyTemperature() {
  const settled = createDayWindow(forecastRules.calibrationWindow);
  let fitted: { readonly month: number; readonly calibrator: Calibrator | undefined } | undefined;
  return {
    at(day: number): Calibrator | undefined {
      const date = new Date(day * 86_400_000);
      const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
      if (fitted?.month !== month) {
        const enough = settled.count >= forecastRules.minimumCalibration;
        fitted = { month, calibrator: enough ? settled.fit() : undefined };
      }
      return fitted.calibrator;
    },
    observe: settled.add,
  };
}

/** The latest whole days with at least `size` settled forecasts, so that the order within a day cannot matter. */
function createDayWindow(size: number) {
  const days: { day: number; probabilities: number[]; outcomes: number[] }[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(day: number, p: Float64Array, outcome: number): void {
      let latest = days.at(-1);
      if (latest?.day !== day) {
        while (days.length > 0 && count - days[0]!.outcomes.length >= size)
          count -= days.shift()!.outcomes.length;
        days.push((latest = { day, probabilities: [], outcomes: [] }));
      }
      latest.probabilities.push(...p);
      latest.outcomes.push(outcome);
      count++;
    },
    fit(): Calibrator {
      return fitCalibrator(
        'temperature',
        Float64Array.from(days.flatMap((one) => one.probabilities)),
        days.flatMap((one) => one.outcomes),
      );
    },
  };
}
