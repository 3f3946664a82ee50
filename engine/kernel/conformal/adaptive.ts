/**
 * Adaptive conformal inference (Gibbs & Candès 2021): the level that is used moves so that errors come at the
 * wanted rate, whatever the data do. After each error the sets grow, after each success they shrink a little.
 */
export interface AdaptiveLevel {
  /** The alpha to use now: below 0 every class is in the set, from 1 on none is. */
  readonly alpha: number;
  /**
   * Results of one day, 1 for each forecast whose set missed; they move alpha together, so that their order
   * cannot matter.
   */
  update(errors: ArrayLike<number>): void;
  /** Forecasts and misses so far. */
  readonly forecasts: number;
  readonly errors: number;
}

export interface AdaptiveOptions {
  /** Rate of errors wanted, such as 0.1. */
  readonly alpha: number;
  /** Step; default 0.01. 0.005 to 0.02 is usual. */
  readonly gamma?: number | undefined;
}

export function createAdaptiveLevel(options: AdaptiveOptions): AdaptiveLevel {
  const { alpha: wanted, gamma = 0.01 } = options;
  let alpha = wanted;
  let forecasts = 0;
  let errors = 0;
  return {
    get alpha() {
      return alpha;
    },
    get forecasts() {
      return forecasts;
    },
    get errors() {
      return errors;
    },
    update(day) {
      let missed = 0;
      for (let i = 0; i < day.length; i++) missed += day[i]! > 0 ? 1 : 0;
      forecasts += day.length;
      errors += missed;
      alpha += gamma * (wanted * day.length - missed);
    },
  };
}

/**
 * What |error rate - alpha| can at most be after `forecasts` of them, for any data: (max(alpha, 1 - alpha) +
 * gamma * b) / (gamma * forecasts), b the largest number of results in one update (1: the paper's proposition
 * 4.1).
 */
export function adaptiveBound(
  forecasts: number,
  options: AdaptiveOptions & { readonly largestDay?: number | undefined },
): number {
  const { alpha, gamma = 0.01, largestDay = 1 } = options;
  return (Math.max(alpha, 1 - alpha) + gamma * largestDay) / (gamma * forecasts);
}
