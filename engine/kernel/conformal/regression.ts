import { conformalQuantile } from './p-values.ts';

export type PredictionInterval = readonly [low: number, high: number];

/** Intervals of one coverage, from the scores of a calibration part. */
export interface ConformalRegressor {
  readonly n: number;
  /** Half width before scaling; Infinity when n is too small for the level. */
  readonly margin: number;
  interval(prediction: number, scale?: number): PredictionInterval;
}

/**
 * Split conformal regression: prediction +- q * scale, q the conformal quantile of |residual| / scale (Lei et
 * al. 2018). `scales` (a difficulty estimate for each row) default to 1.
 */
export function fitConformalRegressor(
  residuals: ArrayLike<number>,
  options: { readonly level: number; readonly scales?: ArrayLike<number> | undefined },
): ConformalRegressor {
  const { level, scales } = options;
  const scores = Float64Array.from(residuals, (r, i) => Math.abs(r) / (scales ? scales[i]! : 1)).sort();
  const margin = conformalQuantile(scores, 1 - level);
  return {
    n: residuals.length,
    margin,
    interval: (prediction, scale = 1) => [prediction - margin * scale, prediction + margin * scale],
  };
}

export interface QuantileCorrection {
  readonly n: number;
  /** Added below the lower and above the upper quantile; negative when the band was too wide. */
  readonly below: number;
  readonly above: number;
  interval(low: number, high: number): PredictionInterval;
}

/**
 * Conformalised quantile regression (Romano, Patterson & Candès 2019): a band of two fitted quantiles widened
 * by the conformal quantile of max(low - y, y - high), or, asymmetric, each side by its own at half the error
 * rate.
 */
export function fitQuantileCorrection(
  calibration: {
    readonly low: ArrayLike<number>;
    readonly high: ArrayLike<number>;
    readonly y: ArrayLike<number>;
  },
  options: { readonly level: number; readonly symmetric?: boolean | undefined },
): QuantileCorrection {
  const { level, symmetric = true } = options;
  const { low, high, y } = calibration;
  const under = Float64Array.from(y, (value, i) => low[i]! - value);
  const over = Float64Array.from(y, (value, i) => value - high[i]!);
  let below: number;
  let above: number;
  if (symmetric) {
    below = above = conformalQuantile(under.map((value, i) => Math.max(value, over[i]!)).sort(), 1 - level);
  } else {
    below = conformalQuantile(under.sort(), (1 - level) / 2);
    above = conformalQuantile(over.sort(), (1 - level) / 2);
  }
  return {
    n: y.length,
    below,
    above,
    interval: (lower, upper) => [lower - below, upper + above],
  };
}
