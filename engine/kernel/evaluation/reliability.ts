import { evaluateIsotonic, fitIsotonic, poolAdjacentViolators } from '../math/isotonic.ts';
import type { IsotonicCurve } from '../math/isotonic.ts';
import { createRandom } from '../math/random.ts';
import { quantileSorted } from '../math/summary.ts';
import { sortedOrder } from '../math/sorted-order.ts';

export interface ReliabilityCurve {
  /** Observed frequency as a function of the forecast probability, by isotonic regression. */
  readonly curve: IsotonicCurve;
  /** Where the band is given: probabilities of the sample, evenly by rank, ascending. */
  readonly points: Float64Array;
  /** The curve at `points`. */
  readonly frequency: Float64Array;
  /** Consistency band at `points`: where the curve would lie if the probabilities were right. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Rows per tenth of probability. */
  readonly histogram: Uint32Array;
  readonly n: number;
}

export interface ReliabilityOptions {
  readonly seed: number;
  /** Default 200. */
  readonly draws?: number | undefined;
  /** Default 0.9. */
  readonly confidence?: number | undefined;
  /** At most this many points; default 50. */
  readonly points?: number | undefined;
}

/**
 * Reliability diagram of a yes/no event without bins (Dimitriadis, Gneiting & Jordan 2021) and its
 * consistency band: events are drawn from the very probabilities, each draw gets its own curve (Bröcker &
 * Smith 2007).
 */
export function reliabilityCurve(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  options: ReliabilityOptions,
): ReliabilityCurve {
  const { seed, draws = 200, confidence = 0.9, points: most = 50 } = options;
  const n = events.length;
  const curve = fitIsotonic(probabilities, events);
  const sorted = new Float64Array(n);
  const order = sortedOrder(probabilities);
  for (let i = 0; i < n; i++) sorted[i] = probabilities[order[i]!]!;
  const positions = pointPositions(sorted, most);
  const bands = drawBands(sorted, positions, { seed, draws });
  const low = new Float64Array(positions.length);
  const high = new Float64Array(positions.length);
  bands.forEach((values, j) => {
    values.sort();
    low[j] = quantileSorted(values, (1 - confidence) / 2);
    high[j] = quantileSorted(values, (1 + confidence) / 2);
  });
  const points = Float64Array.from(positions, (at) => sorted[at]!);
  const histogram = new Uint32Array(10);
  for (let i = 0; i < n; i++) histogram[Math.min(9, Math.max(0, Math.floor(sorted[i]! * 10)))]!++;
  return {
    curve,
    points,
    frequency: points.map((p) => evaluateIsotonic(curve, p)),
    low,
    high,
    histogram,
    n,
  };
}

/** Positions of distinct probabilities spread evenly over the ranks, both ends included. */
function pointPositions(sorted: Float64Array, most: number): number[] {
  const positions: number[] = [];
  for (let j = 0; j < most; j++) {
    const at = most === 1 ? 0 : Math.round((j * (sorted.length - 1)) / (most - 1));
    if (positions.length === 0 || sorted[at]! > sorted[positions.at(-1)!]!) positions.push(at);
  }
  return positions;
}

function drawBands(
  sorted: Float64Array,
  positions: readonly number[],
  options: { seed: number; draws: number },
): Float64Array[] {
  const random = createRandom(options.seed);
  // Equal probabilities share one point of the curve, as in the fit itself.
  const firsts: number[] = [];
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i]! > sorted[i - 1]!) firsts.push(i);
  const unique = firsts.length;
  firsts.push(sorted.length);
  const values = new Float64Array(unique);
  const weights = new Float64Array(unique);
  const blocks = new Uint32Array(unique);
  const bands = positions.map(() => new Float64Array(options.draws));
  for (let draw = 0; draw < options.draws; draw++) {
    for (let u = 0; u < unique; u++) {
      const size = firsts[u + 1]! - firsts[u]!;
      const p = sorted[firsts[u]!]!;
      let came = 0;
      for (let i = 0; i < size; i++) if (random.uniform() < p) came++;
      values[u] = came / size;
      weights[u] = size;
    }
    const count = poolAdjacentViolators(values, weights, blocks, unique);
    for (let block = 0, end = 0, j = 0; block < count && j < positions.length; block++) {
      end += blocks[block]!;
      while (j < positions.length && positions[j]! < firsts[end]!) bands[j++]![draw] = values[block]!;
    }
  }
  return bands;
}
