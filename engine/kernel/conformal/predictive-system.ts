import type { PredictionInterval } from './regression.ts';

/**
 * Conformal predictive system (Vovk, Shen, Manokhin & Xie 2019): a whole distribution for a new value, whose
 * quantiles hold as conformal intervals do. Rows of one band share a distribution of residuals / scale
 * (Mondrian); bands without enough rows use all of them.
 */
export interface PredictiveSystem {
  readonly n: number;
  /**
   * Where y lies: between (number of points below y) / (n + 1) and (number of points at most y, plus 1) / (n
   * + 1). For counts such as goals the two are far apart; `tau` in [0, 1] takes a place between, uniform over
   * repeated draws. tau = 1 is the conservative p-value.
   */
  pValue(point: PredictedPoint, y: number, tau?: number): number;
  /**
   * The value below which a share `p` lies, rounded away from the middle: `lower` down, `upper` up; infinite
   * when n is too small.
   */
  quantile(point: PredictedPoint, p: number, side: 'lower' | 'upper'): number;
  /** Central interval of the given coverage. */
  interval(point: PredictedPoint, level: number): PredictionInterval;
}

export interface PredictedPoint {
  readonly prediction: number;
  /** Difficulty estimate; default 1. */
  readonly scale?: number | undefined;
  readonly band?: number | undefined;
}

export interface PredictiveSystemOptions {
  readonly scales?: ArrayLike<number> | undefined;
  /** A whole number a row, such as the band of its expected total. */
  readonly bands?: ArrayLike<number> | undefined;
  /** Rows that a band needs to stand alone; default 100. */
  readonly minimumPerBand?: number | undefined;
}

/** From the residuals y - prediction of a calibration part. */
export function fitPredictiveSystem(
  residuals: ArrayLike<number>,
  options: PredictiveSystemOptions = {},
): PredictiveSystem {
  const { scales, bands, minimumPerBand = 100 } = options;
  const all = Float64Array.from(residuals, (r, i) => r / (scales ? scales[i]! : 1));
  const byBand = new Map<number, Float64Array>();
  if (bands) {
    const rows = Map.groupBy(all.keys(), (i) => bands[i]!);
    for (const [band, positions] of rows) {
      if (positions.length >= minimumPerBand) {
        byBand.set(band, Float64Array.from(positions, (i) => all[i]!).sort());
      }
    }
  }
  all.sort();

  const sample = (point: PredictedPoint) =>
    (point.band === undefined ? undefined : byBand.get(point.band)) ?? all;

  const system: PredictiveSystem = {
    n: all.length,
    pValue(point, y, tau = 1) {
      const sorted = sample(point);
      const value = (y - point.prediction) / (point.scale ?? 1);
      const below = countBelow(sorted, value, false);
      const atMost = countBelow(sorted, value, true);
      return (below + tau * (atMost - below + 1)) / (sorted.length + 1);
    },
    quantile(point, p, side) {
      const sorted = sample(point);
      const rank = p * (sorted.length + 1);
      const position = (side === 'lower' ? Math.floor(rank + 1e-12) : Math.ceil(rank - 1e-12)) - 1;
      if (position < 0) return -Infinity;
      if (position >= sorted.length) return Infinity;
      return point.prediction + sorted[position]! * (point.scale ?? 1);
    },
    interval(point, level) {
      const side = (1 - level) / 2;
      return [system.quantile(point, side, 'lower'), system.quantile(point, 1 - side, 'upper')];
    },
  };
  return system;
}

/** How many of the ascending values are below `value`, or at most it. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  const slack = 1e-12 * Math.max(1, Math.abs(value));
  const limit = orEqual ? value + slack : value - slack;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orEqual ? sorted[middle]! <= limit : sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Whole-number interval inside a continuous one: the counts whose value lies in [low, high], at least 0. An
 * interval that holds no whole number becomes the nearest one on each side, so that it never claims the
 * impossible.
 */
export function countInterval(interval: PredictionInterval): PredictionInterval {
  const low = Math.max(0, Math.ceil(interval[0] - 1e-9));
  const high = Math.floor(interval[1] + 1e-9);
  return high >= low ? [low, high] : [Math.max(0, high), low];
}
