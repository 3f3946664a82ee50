/**
 * Mutual information in nats, by nearest neighbours, so without bins. Continuous columns are divided by their
 * standard deviation and get seeded noise of 1e-10, which only breaks ties. Rows where a side is NaN are left
 * out. Never below 0.
 */
import { createRandom } from '../../math/random.ts';
import { digamma } from '../../math/special.ts';
import { standardDeviation } from '../../math/summary.ts';

export interface NeighbourOptions {
  /** Default 3. */
  readonly neighbours?: number | undefined;
  /** Of the noise that breaks ties; default 0. */
  readonly seed?: number | undefined;
}

/** Between two discrete columns, from their joint counts. */
export function mutualInformationDiscrete(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const joint = new Map<string, number>();
  const left = new Map<number, number>();
  const right = new Map<number, number>();
  let n = 0;
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
    const key = `${a[i]!}|${b[i]!}`;
    joint.set(key, (joint.get(key) ?? 0) + 1);
    left.set(a[i]!, (left.get(a[i]!) ?? 0) + 1);
    right.set(b[i]!, (right.get(b[i]!) ?? 0) + 1);
    n++;
  }
  let total = 0;
  for (const [key, count] of joint) {
    const [x, y] = key.split('|').map(Number);
    total += (count / n) * Math.log((count * n) / (left.get(x!)! * right.get(y!)!));
  }
  return Math.max(0, total);
}

/** A continuous column prepared for many label lists over the same rows (the null repeats them). */
export interface PreparedColumn {
  /** Rows used, ascending by value. */
  readonly rows: Uint32Array;
  /** Scaled values in that order. */
  readonly sorted: Float64Array;
}

/** Scales, jitters and sorts a column once. */
export function prepareColumn(values: ArrayLike<number>, options: NeighbourOptions = {}): PreparedColumn {
  const kept: number[] = [];
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) kept.push(i);
  const scaled = jitter(
    Float64Array.from(kept, (i) => values[i]!),
    options.seed ?? 0,
  );
  const order = Array.from(kept.keys()).sort((a, b) => scaled[a]! - scaled[b]!);
  return {
    rows: Uint32Array.from(order, (j) => kept[j]!),
    sorted: Float64Array.from(order, (j) => scaled[j]!),
  };
}

/**
 * Between a continuous column and class labels (whole numbers from 0): Ross 2014, PLoS ONE 9(2). Classes with
 * a single row are left out. For each row: the distance to its k-th neighbour of the same class, and how many
 * rows of any class lie within.
 */
export function mutualInformationWithClasses(
  column: ArrayLike<number> | PreparedColumn,
  labels: ArrayLike<number>,
  options: NeighbourOptions = {},
): number {
  const { neighbours = 3 } = options;
  const prepared = 'sorted' in column ? column : prepareColumn(column, options);
  const classes = rowsByClass(prepared, labels);
  let used = 0;
  for (const { positions } of classes) used += positions.length;
  if (used === 0) return 0;
  const all = used === prepared.sorted.length ? prepared.sorted : withoutSingles(prepared.sorted, classes);
  let total = digamma(used);
  for (const { positions } of classes) {
    const count = positions.length;
    const k = Math.min(neighbours, count - 1);
    let inside = 0;
    for (let i = 0; i < count; i++) {
      const value = prepared.sorted[positions[i]!]!;
      const radius = below(kthDistance(prepared.sorted, positions, i, k));
      inside += digammaOf(countWithin(all, value, radius));
    }
    total += (count * (digammaOf(k) - digammaOf(count)) - inside) / used;
  }
  return Math.max(0, total);
}

/** Between two continuous columns: Kraskov, Stögbauer & Grassberger 2004, their first estimator. */
export function mutualInformationContinuous(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: NeighbourOptions = {},
): number {
  const { neighbours = 3, seed = 0 } = options;
  const kept: number[] = [];
  for (let i = 0; i < a.length; i++) if (!Number.isNaN(a[i]!) && !Number.isNaN(b[i]!)) kept.push(i);
  const n = kept.length;
  const k = Math.min(neighbours, n - 1);
  if (k < 1) return 0;
  const left = jitter(
    Float64Array.from(kept, (i) => a[i]!),
    seed,
  );
  const right = jitter(
    Float64Array.from(kept, (i) => b[i]!),
    seed + 1,
  );
  const order = Array.from(left.keys()).sort((i, j) => left[i]! - left[j]!);
  const x = Float64Array.from(order, (i) => left[i]!);
  const y = Float64Array.from(order, (i) => right[i]!);
  const sortedY = y.slice().sort();
  const nearest = new Float64Array(k);
  let total = digamma(n) + digamma(k);
  for (let i = 0; i < n; i++) {
    const radius = below(kthChebyshev(x, y, i, nearest));
    total -= (digammaOf(countWithin(x, x[i]!, radius)) + digammaOf(countWithin(sortedY, y[i]!, radius))) / n;
  }
  return Math.max(0, total);
}

interface ClassRows {
  /** Positions in the sorted column, ascending. */
  readonly positions: number[];
}

function rowsByClass({ rows }: PreparedColumn, labels: ArrayLike<number>): ClassRows[] {
  const classes: ClassRows[] = [];
  for (let at = 0; at < rows.length; at++) {
    const label = labels[rows[at]!]!;
    if (Number.isNaN(label)) continue;
    (classes[label] ??= { positions: [] }).positions.push(at);
  }
  return classes.filter((each) => each && each.positions.length > 1);
}

function withoutSingles(sorted: Float64Array, classes: readonly ClassRows[]): Float64Array {
  return Float64Array.from(
    classes.flatMap(({ positions }) => positions),
    (at) => sorted[at]!,
  ).sort();
}

/** Distance from the i-th member of a class to its k-th nearest other member. */
function kthDistance(sorted: Float64Array, positions: readonly number[], i: number, k: number): number {
  const value = sorted[positions[i]!]!;
  let down = i - 1;
  let up = i + 1;
  let distance = 0;
  for (let found = 0; found < k; found++) {
    const toDown = down >= 0 ? value - sorted[positions[down]!]! : Infinity;
    const toUp = up < positions.length ? sorted[positions[up]!]! - value : Infinity;
    if (toDown <= toUp) {
      distance = toDown;
      down--;
    } else {
      distance = toUp;
      up++;
    }
  }
  return distance;
}

/**
 * Distance, in the larger of both coordinates, to the k-th nearest point; x ascending. `nearest` is scratch
 * of length k.
 */
function kthChebyshev(x: Float64Array, y: Float64Array, i: number, nearest: Float64Array): number {
  const k = nearest.length;
  nearest.fill(Infinity);
  let down = i - 1;
  let up = i + 1;
  for (;;) {
    const toDown = down >= 0 ? x[i]! - x[down]! : Infinity;
    const toUp = up < x.length ? x[up]! - x[i]! : Infinity;
    const reach = Math.min(toDown, toUp);
    if (reach >= nearest[k - 1]!) return nearest[k - 1]!;
    const other = toDown <= toUp ? down-- : up++;
    const distance = Math.max(reach, Math.abs(y[i]! - y[other]!));
    let at = k - 1;
    if (distance >= nearest[at]!) continue;
    while (at > 0 && nearest[at - 1]! > distance) {
      nearest[at] = nearest[at - 1]!;
      at--;
    }
    nearest[at] = distance;
  }
}

/** How many values of an ascending list lie within `radius` of `value`. */
function countWithin(sorted: Float64Array, value: number, radius: number): number {
  return firstAbove(sorted, value, radius) - firstNear(sorted, value, radius);
}

function firstNear(sorted: Float64Array, value: number, radius: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value - sorted[middle]! > radius) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number, radius: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! - value <= radius) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Just under `distance`, so that the neighbour at that distance is not counted within. */
function below(distance: number): number {
  return distance * (1 - 2.3e-16);
}

const digammas: number[] = [NaN];

/** Digamma of a whole number from 1, remembered. */
function digammaOf(n: number): number {
  for (let next = digammas.length; next <= n; next++) {
    digammas.push(next === 1 ? digamma(1) : digammas[next - 1]! + 1 / (next - 1));
  }
  return digammas[n]!;
}

function jitter(values: Float64Array, seed: number): Float64Array {
  const random = createRandom(seed);
  const scale = standardDeviation(values, 0) || 1;
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    values[i]! /= scale;
    size += Math.abs(values[i]!) / values.length;
  }
  const amplitude = 1e-10 * Math.max(1, size);
  for (let i = 0; i < values.length; i++) values[i]! += amplitude * random.normal();
  return values;
}
