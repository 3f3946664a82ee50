import { digamma, logGamma } from '../../../math/special.ts';

/** Above this intensity ^ (1 / shape) the alternating series has lost half of its digits. */
const largestReach = 9;

const binsPerGoal = 8;
const bins = 80;

/**
 * The number of goals in unit time when the waits between them are Weibull with survival exp(-intensity * t^shape): the
 * series of McShane, Adrian, Bradlow and Fader (2008, "Count models based on Weibull interarrival times", equation 11),
 * summed to distribution functions. Shape 1 is Poisson; above 1 goals come more regularly, below 1 in bunches. The
 * coefficients depend on the shape alone, so that a match costs one pass over powers of its intensity.
 */
export interface WeibullCount {
  /** Recomputes the coefficients for a shape; every intensity up to `largestIntensity` may be asked for afterwards. */
  setShape(shape: number, largestIntensity: number): void;
  /**
   * P(count <= goals) into `at[0]`, its slope by the log intensity into `at[1]`, by the shape into `at[2]`; the same for
   * goals - 1 in `at[3..5]` (all 0 for goals = 0).
   */
  evaluate(goals: number, intensity: number, at: Float64Array): void;
  /** Whether the series can be trusted at this intensity and the shape last set. */
  reaches(intensity: number): boolean;
}

export function createWeibullCount(mostGoals: number): WeibullCount {
  const counts = mostGoals + 1;
  const terms = 160;
  // Row n holds the signed coefficients of intensity^j in P(count <= n), and their slopes by the shape.
  const coefficients = new Float64Array(counts * terms);
  const slopes = new Float64Array(counts * terms);
  const ratio = new Float64Array(terms);
  const ratioSlope = new Float64Array(terms);
  const current = new Float64Array(terms);
  const currentSlope = new Float64Array(terms);
  const following = new Float64Array(terms);
  const followingSlope = new Float64Array(terms);
  const inverseGamma = new Float64Array(terms);
  const inverseGammaSlope = new Float64Array(terms);
  // How many terms intensities up to bin / binsPerGoal need: a power a match would cost as much as its terms.
  const termsOfBin = new Uint8Array(bins + 1).fill(terms);
  let used = 1;
  let shape = NaN;

  function setShape(value: number, largestIntensity: number): void {
    const needed = termsNeeded(value, largestIntensity);
    if (value === shape && needed <= used) return;
    shape = value;
    used = needed;
    for (let bin = 1; bin < bins; bin++) termsOfBin[bin] = termsNeeded(shape, bin / binsPerGoal);
    for (let j = 0; j < used; j++) {
      const log = logGamma(shape * j + 1);
      const slope = j * digamma(shape * j + 1);
      inverseGamma[j] = Math.exp(-log);
      inverseGammaSlope[j] = -slope * inverseGamma[j]!;
      ratio[j] = Math.exp(log - logGamma(j + 1));
      ratioSlope[j] = slope * ratio[j]!;
    }
    current.set(ratio);
    currentSlope.set(ratioSlope);
    for (let n = 0; n < counts; n++) {
      const row = n * terms;
      for (let j = 0; j < used; j++) {
        const before = n === 0 ? 0 : coefficients[row - terms + j]!;
        const slopeBefore = n === 0 ? 0 : slopes[row - terms + j]!;
        const sign = j < n ? 0 : (j + n) % 2 === 0 ? 1 : -1;
        coefficients[row + j] = before + sign * current[j]! * inverseGamma[j]!;
        slopes[row + j] =
          slopeBefore + sign * (currentSlope[j]! * inverseGamma[j]! + current[j]! * inverseGammaSlope[j]!);
      }
      if (n + 1 < counts) convolve(n);
    }
  }

  /** alpha of n + 1 goals from alpha of n goals (their equation 10). */
  function convolve(n: number): void {
    for (let j = 0; j < used; j++) {
      let total = 0;
      let slope = 0;
      for (let m = n; m < j; m++) {
        total += current[m]! * ratio[j - m]!;
        slope += currentSlope[m]! * ratio[j - m]! + current[m]! * ratioSlope[j - m]!;
      }
      following[j] = total;
      followingSlope[j] = slope;
    }
    current.set(following);
    currentSlope.set(followingSlope);
  }

  function termsNeeded(value: number, intensity: number): number {
    // Found by trying: what is left out is below 1e-12 for shapes from 0.5 to 2 and counts to 15.
    const reach = Math.min(largestReach, intensity ** (1 / value));
    return Math.min(terms, Math.ceil((18 + 5 * reach) / value));
  }

  return {
    setShape,
    reaches: (intensity) => intensity ** (1 / shape) <= largestReach,
    evaluate(goals, intensity, at) {
      const row = goals * terms;
      const last = Math.min(used, termsOfBin[Math.min(bins, Math.ceil(intensity * binsPerGoal))]!);
      let power = 1;
      let value = 0;
      let byLog = 0;
      let byShape = 0;
      let lowerValue = 0;
      let lowerByLog = 0;
      let lowerByShape = 0;
      if (goals === 0) {
        for (let j = 0; j < last; j++) {
          const term = coefficients[row + j]! * power;
          value += term;
          byLog += j * term;
          byShape += slopes[row + j]! * power;
          power *= intensity;
        }
      } else {
        const lower = row - terms;
        for (let j = 0; j < last; j++) {
          const term = coefficients[row + j]! * power;
          const lowerTerm = coefficients[lower + j]! * power;
          value += term;
          byLog += j * term;
          byShape += slopes[row + j]! * power;
          lowerValue += lowerTerm;
          lowerByLog += j * lowerTerm;
          lowerByShape += slopes[lower + j]! * power;
          power *= intensity;
        }
      }
      at[0] = value;
      at[1] = byLog;
      at[2] = byShape;
      at[3] = lowerValue;
      at[4] = lowerByLog;
      at[5] = lowerByShape;
    },
  };
}
