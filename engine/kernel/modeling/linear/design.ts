import type { CancelSignal } from '../../../contract/domain.ts';
import { throwIfCancelled } from '../define-estimator.ts';
import type { Matrix } from '../matrix.ts';

/** How raw columns become the columns of a linear model; fitted on the training rows and saved with the model. */
export interface Design {
  /** Weighted mean of the present values; stands in for a missing one. */
  readonly means: Float64Array;
  /** Weighted standard deviation (population), 1 for constant columns and where `standardise` is off. */
  readonly scales: Float64Array;
  /** What is subtracted before scaling: the means, or 0 where `standardise` is off. */
  readonly centres: Float64Array;
  /** Positions of the columns that carry a missing-value indicator after the others. */
  readonly indicators: readonly number[];
}

/** Learns means, scales and indicators from the rows. Constant columns become 0 and so never enter the model. */
export function fitDesign(
  features: Matrix,
  weights: Float64Array,
  options: {
    readonly standardise: boolean;
    readonly missingIndicators: boolean;
    readonly signal?: CancelSignal | undefined;
  },
): Design {
  const { values, rows } = features;
  const width = features.columns.length;
  const means = new Float64Array(width);
  const scales = new Float64Array(width).fill(1);
  const indicators: number[] = [];
  for (let j = 0; j < width; j++) {
    throwIfCancelled(options.signal);
    let total = 0;
    let mean = 0;
    let missing = 0;
    for (let i = 0, at = j; i < rows; i++, at += width) {
      const value = values[at]!;
      if (!Number.isFinite(value)) {
        missing++;
      } else if (weights[i]! > 0) {
        total += weights[i]!;
        mean += ((value - mean) * weights[i]!) / total;
      }
    }
    means[j] = mean;
    if (missing > 0 && options.missingIndicators) indicators.push(j);
    if (options.standardise) scales[j] = standardDeviation(features, weights, { column: j, mean, total });
  }
  const centres = options.standardise ? means : new Float64Array(width);
  return { means, scales, centres, indicators };
}

function standardDeviation(
  features: Matrix,
  weights: Float64Array,
  about: { readonly column: number; readonly mean: number; readonly total: number },
): number {
  const { values, rows } = features;
  const width = features.columns.length;
  let widest = 0;
  for (let i = 0, at = about.column; i < rows; i++, at += width) {
    const deviation = Math.abs(values[at]! - about.mean);
    if (weights[i]! > 0 && deviation > widest && deviation < Infinity) widest = deviation;
  }
  // Deviations that are rounding noise of the mean belong to a constant column.
  if (widest <= 1e-12 * Math.abs(about.mean)) return 1;
  let sum = 0;
  for (let i = 0, at = about.column; i < rows; i++, at += width) {
    const relative = (values[at]! - about.mean) / widest;
    if (Number.isFinite(relative)) sum += weights[i]! * relative * relative;
  }
  return widest * Math.sqrt(sum / about.total);
}

/** Number of columns that `applyDesign` makes, the leading 1 for the intercept counted. */
export function designWidth(design: Design): number {
  return 1 + design.means.length + design.indicators.length;
}

/** Rows x `designWidth`: a leading 1, the scaled columns, the indicators. Missing or infinite values count as the mean. */
export function applyDesign(design: Design, features: Matrix, signal?: CancelSignal): Float64Array {
  const { values, rows } = features;
  const { means, scales, centres, indicators } = design;
  const width = means.length;
  const out = new Float64Array(rows * designWidth(design));
  for (let i = 0, from = 0, to = 0; i < rows; i++, from += width) {
    if (i % 1024 === 0) throwIfCancelled(signal);
    out[to++] = 1;
    for (let j = 0; j < width; j++) {
      const value = values[from + j]!;
      out[to++] = ((Number.isFinite(value) ? value : means[j]!) - centres[j]!) / scales[j]!;
    }
    for (const j of indicators) out[to++] = Number.isFinite(values[from + j]) ? 0 : 1;
  }
  return out;
}

/** JSON-safe form of the design; its numbers go to blobs so that they come back to the bit. */
export function saveDesign(design: Design): {
  indicators: readonly number[];
  blobs: Record<string, Float64Array>;
} {
  return {
    indicators: design.indicators,
    blobs: { means: design.means, scales: design.scales, centres: design.centres },
  };
}
