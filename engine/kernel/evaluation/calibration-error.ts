import { createRandom } from '../math/random.ts';
import { mean, quantileSorted } from '../math/summary.ts';
import { sortedOrder } from '../math/sorted-order.ts';
import { argmaxRow } from '../math/softmax.ts';

/**
 * Expected calibration error of a yes/no event: mean over bins of |frequency - mean probability|, weighted by
 * size.
 * - equalWidth: bins (b/bins, (b+1)/bins], the first closed below.
 * - equalCount: bins of equal size by rank (the larger ones first when it does not divide).
 * It is biased upward for small samples; read it beside `calibrationErrorNull`.
 */
export type Binning = 'equalWidth' | 'equalCount';

export interface CalibrationErrorOptions {
  /** Default 10. */
  readonly bins?: number | undefined;
  /** Default equalWidth. */
  readonly binning?: Binning | undefined;
}

export interface CalibrationBin {
  readonly count: number;
  readonly meanProbability: number;
  readonly frequency: number;
}

/** The filled bins in ascending order of probability. */
export function calibrationBins(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  options: CalibrationErrorOptions = {},
): CalibrationBin[] {
  const of = assignBins(probabilities, options);
  const bins = options.bins ?? 10;
  const counts = new Float64Array(bins);
  const totals = new Float64Array(bins);
  const came = new Float64Array(bins);
  for (let i = 0; i < of.length; i++) {
    counts[of[i]!]!++;
    totals[of[i]!]! += probabilities[i]!;
    came[of[i]!]! += events[i]!;
  }
  const filled: CalibrationBin[] = [];
  for (let b = 0; b < bins; b++) {
    const count = counts[b]!;
    if (count === 0) continue;
    filled.push({ count, meanProbability: totals[b]! / count, frequency: came[b]! / count });
  }
  return filled;
}

/** Expected calibration error (L1). */
export function calibrationError(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  options: CalibrationErrorOptions = {},
): number {
  let total = 0;
  for (const bin of calibrationBins(probabilities, events, options)) {
    total += bin.count * Math.abs(bin.frequency - bin.meanProbability);
  }
  return total / events.length;
}

/**
 * Debiased L2 calibration error (Kumar, Liang & Ma 2019, section 5): from each squared gap the variance that
 * the bin's frequency would have anyway is taken off. Equal-count bins by default; bins of one row are left
 * out.
 */
export function debiasedCalibrationError(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  options: CalibrationErrorOptions = {},
): number {
  let total = 0;
  for (const bin of calibrationBins(probabilities, events, { binning: 'equalCount', ...options })) {
    if (bin.count < 2) continue;
    const noise = (bin.frequency * (1 - bin.frequency)) / (bin.count - 1);
    total += bin.count * ((bin.frequency - bin.meanProbability) ** 2 - noise);
  }
  return Math.sqrt(Math.max(0, total / events.length));
}

/** The most probable class of each row as a yes/no event: its probability and whether it came. */
export function topLabel(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  classes = 3,
): { probabilities: Float64Array; events: Float64Array } {
  const confidence = new Float64Array(outcomes.length);
  const events = new Float64Array(outcomes.length);
  for (let i = 0; i < outcomes.length; i++) {
    const top = argmaxRow(probabilities, i * classes, classes);
    confidence[i] = probabilities[i * classes + top]!;
    events[i] = outcomes[i] === top ? 1 : 0;
  }
  return { probabilities: confidence, events };
}

export interface NullCalibrationError {
  readonly value: number;
  /** Mean of the same error when the very same probabilities are right: what chance alone gives. */
  readonly expected: number;
  /** Its 95 % point. */
  readonly high: number;
  /** Share of draws at least as large as the seen value, the seen one counted. */
  readonly pValue: number;
}

/**
 * Calibration error beside its law under perfect calibration, by drawing outcomes from the probabilities.
 * Default 500 draws.
 */
export function calibrationErrorNull(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  options: CalibrationErrorOptions & { readonly draws?: number | undefined; readonly seed: number },
): NullCalibrationError {
  const { bins = 10, draws = 500, seed } = options;
  const random = createRandom(seed);
  const of = assignBins(probabilities, options);
  const n = of.length;
  const gaps = new Float64Array(bins);
  const value = calibrationError(probabilities, events, options);
  const drawn = new Float64Array(draws);
  let atLeast = 1;
  for (let draw = 0; draw < draws; draw++) {
    gaps.fill(0);
    for (let i = 0; i < n; i++) {
      gaps[of[i]!]! += (random.uniform() < probabilities[i]! ? 1 : 0) - probabilities[i]!;
    }
    let total = 0;
    for (let b = 0; b < bins; b++) total += Math.abs(gaps[b]!);
    drawn[draw] = total / n;
    if (drawn[draw]! >= value) atLeast++;
  }
  drawn.sort();
  return { value, expected: mean(drawn), high: quantileSorted(drawn, 0.95), pValue: atLeast / (draws + 1) };
}

function assignBins(probabilities: ArrayLike<number>, options: CalibrationErrorOptions): Uint32Array {
  const { bins = 10, binning = 'equalWidth' } = options;
  const n = probabilities.length;
  const of = new Uint32Array(n);
  if (binning === 'equalWidth') {
    for (let i = 0; i < n; i++) {
      const p = probabilities[i]!;
      let bin = Math.min(bins - 1, Math.max(0, Math.ceil(p * bins) - 1));
      // Rounding of p * bins must not move a probability over the edge that the division b / bins defines.
      if (bin > 0 && p <= bin / bins) bin--;
      else if (bin < bins - 1 && p > (bin + 1) / bins) bin++;
      of[i] = bin;
    }
    return of;
  }
  const order = sortedOrder(probabilities);
  const size = Math.floor(n / bins);
  const larger = n % bins;
  for (let i = 0; i < n; i++) {
    of[order[i]!] =
      i < larger * (size + 1) ? Math.floor(i / (size + 1)) : Math.floor((i - larger) / Math.max(1, size));
  }
  return of;
}
