/**
 * Selection that keeps its promise: Learn-then-Test (Angelopoulos, Bates, Candès, Jordan & Lei 2021) with
 * exact binomial bounds. Thresholds are tried from strict to loose; each is accepted while the
 * Clopper-Pearson bound of its precision reaches the target, and the first failure ends the search (fixed
 * sequence). The chance that the accepted threshold's true precision is below the target is then at most
 * delta, however many thresholds were tried.
 */
import { clopperPearsonUpper, isRateBelow } from '../math/intervals.ts';
import { sortedOrder } from '../math/sorted-order.ts';

export interface SelectionRecord {
  /** How sure each past forecast was; larger is surer. */
  readonly confidence: ArrayLike<number>;
  /** 1 when it came true, else 0. */
  readonly correct: ArrayLike<number>;
}

export interface SelectionOptions {
  /** Precision promised, such as 0.7. */
  readonly target: number;
  /** Chance of breaking the promise. Default 0.1. */
  readonly delta?: number | undefined;
  /**
   * Thresholds fixed without a look at the results, any order. Default: evenly spaced counts of selected
   * rows.
   */
  readonly grid?: ArrayLike<number> | undefined;
  /** Thresholds of the default grid. Default 40. */
  readonly steps?: number | undefined;
  /** Rows that the strictest threshold must select. Default 100. */
  readonly minimumSelected?: number | undefined;
}

export interface SelectedThreshold {
  readonly status: 'selected';
  /** Select when confidence >= threshold. */
  readonly threshold: number;
  /** Past rows selected, and how many of them came true. */
  readonly n: number;
  readonly hits: number;
  /** Lower bound of the true precision, at `delta`. */
  readonly bound: number;
  /** Share of the past rows that were selected. */
  readonly share: number;
  /** The level at which the bound holds; below the asked one when families share it. */
  readonly delta: number;
  /** Thresholds looked at. */
  readonly tried: number;
}

export type Selection =
  | SelectedThreshold
  /** Fewer past rows than the strictest threshold must select. */
  | { readonly status: 'notEnoughHistory'; readonly n: number }
  /** No threshold keeps the promise; `n` past rows. */
  | { readonly status: 'targetNotReached'; readonly n: number; readonly tried: number };

/** One threshold for one record. */
export function selectThreshold(record: SelectionRecord, options: SelectionOptions): Selection {
  const sequence = createSequence(record, options);
  return sequence.total < sequence.minimum
    ? { status: 'notEnoughHistory', n: sequence.total }
    : sequence.run(options.delta ?? 0.1);
}

/**
 * One threshold for each of several families of forecasts, together keeping the promise with probability 1 -
 * delta: delta is shared equally and the share of a family whose every threshold passed goes to the others
 * (Holm's step-down, as the graph of Bretz et al. 2009). Families without enough history take no share: their
 * size is known without the results.
 */
export function selectFamilies(records: readonly SelectionRecord[], options: SelectionOptions): Selection[] {
  const { delta = 0.1 } = options;
  const sequences = records.map((record) => createSequence(record, options));
  const results: Selection[] = sequences.map(({ total }) => ({ status: 'notEnoughHistory', n: total }));
  let open = sequences.flatMap((sequence, i) => (sequence.total < sequence.minimum ? [] : [i]));
  let share = delta / open.length;
  while (open.length > 0) {
    for (const i of open) results[i] = sequences[i]!.run(share);
    const rest = open.filter((i) => !sequences[i]!.isExhausted(results[i]!));
    if (rest.length === open.length) break;
    share *= open.length / Math.max(1, rest.length);
    open = rest;
  }
  return results;
}

/**
 * What the winner's curse promises: the loosest threshold of the same sequence whose past precision reached
 * the target, taken at its face value. For showing beside the honest selection, never for selecting: on new
 * forecasts it falls short about half of the time.
 */
export function naiveSelection(
  record: SelectionRecord,
  options: SelectionOptions,
):
  | { readonly threshold: number; readonly n: number; readonly hits: number; readonly share: number }
  | undefined {
  return createSequence(record, options).loosestAtFaceValue();
}

interface Sequence {
  readonly total: number;
  readonly minimum: number;
  run(delta: number): Selection;
  isExhausted(selection: Selection): boolean;
  loosestAtFaceValue(): ReturnType<typeof naiveSelection>;
}

function createSequence(record: SelectionRecord, options: SelectionOptions): Sequence {
  const { target, grid, steps = 40, minimumSelected = 100 } = options;
  const { confidence, correct } = record;
  const total = confidence.length;
  const order = sortedOrder(confidence).reverse();
  const sorted = Float64Array.from(order, (at) => confidence[at]!);
  const hits = new Uint32Array(total + 1);
  for (let i = 0; i < total; i++) hits[i + 1] = hits[i]! + (correct[order[i]!] === 1 ? 1 : 0);
  const counts = grid
    ? countsOfGrid(sorted, grid, minimumSelected)
    : evenCounts(sorted, { steps, minimumSelected });

  return {
    total,
    minimum: minimumSelected,
    run(delta) {
      let accepted = 0;
      let tried = 0;
      for (const n of counts) {
        tried++;
        if (!isRateBelow(n - hits[n]!, n, { limit: 1 - target, delta })) break;
        accepted = n;
      }
      if (accepted === 0) return { status: 'targetNotReached', n: total, tried };
      return {
        status: 'selected',
        threshold: sorted[accepted - 1]!,
        n: accepted,
        hits: hits[accepted]!,
        bound: 1 - clopperPearsonUpper(accepted - hits[accepted]!, accepted, delta),
        share: accepted / total,
        delta,
        tried,
      };
    },
    isExhausted: (selection) => selection.status === 'selected' && selection.n === counts.at(-1),
    loosestAtFaceValue() {
      const n = counts.findLast((count) => hits[count]! >= target * count);
      return n === undefined ? undefined : { threshold: sorted[n - 1]!, n, hits: hits[n]!, share: n / total };
    },
  };
}

/**
 * Rows selected by each threshold of the grid, strict to loose; thresholds that select too few are left out.
 */
function countsOfGrid(sorted: Float64Array, grid: ArrayLike<number>, minimumSelected: number): number[] {
  const counts: number[] = [];
  for (const threshold of Float64Array.from(grid).sort().reverse()) {
    let n = counts.at(-1) ?? 0;
    while (n < sorted.length && sorted[n]! >= threshold) n++;
    if (n >= minimumSelected && n > (counts.at(-1) ?? 0)) counts.push(n);
  }
  return counts;
}

/**
 * Evenly spaced counts from the minimum to all rows, each moved on to the end of its group of equal
 * confidences.
 */
function evenCounts(sorted: Float64Array, options: { steps: number; minimumSelected: number }): number[] {
  const { steps, minimumSelected } = options;
  const counts: number[] = [];
  for (let j = 0; j < steps; j++) {
    const share = steps === 1 ? 0 : j / (steps - 1);
    let n = Math.round(minimumSelected + share * (sorted.length - minimumSelected));
    while (n > 0 && n < sorted.length && sorted[n] === sorted[n - 1]) n++;
    if (n > (counts.at(-1) ?? 0) && n <= sorted.length) counts.push(n);
  }
  return counts;
}
