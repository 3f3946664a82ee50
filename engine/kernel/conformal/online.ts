import { createScore } from './scores.ts';
import type { ScoreName, ScoreOptions } from './scores.ts';
import { tieTolerance } from './p-values.ts';
import type { Taxonomy } from './p-values.ts';
import { credibilityAndConfidence, setAtLevel } from './sets.ts';

export interface OnlineConformalOptions extends ScoreOptions {
  /** Default 3. */
  readonly classes?: number | undefined;
  /** Rows remembered per stream, to the whole day. Default 1000. */
  readonly window?: number | undefined;
  /** Rows remembered of all streams together. Default `window`. */
  readonly pooledWindow?: number | undefined;
  /** Below this many rows of any class a window is not used. Default 50. */
  readonly minimumPerClass?: number | undefined;
  /** Default lac. */
  readonly score?: ScoreName | undefined;
  /** Default label. */
  readonly taxonomy?: Taxonomy | undefined;
  /** Weight of a row lost with every later row, such as 0.995 (NexCP); default 1: none. */
  readonly decay?: number | undefined;
}

/** `own`: the stream's window; `pooled`: that of all streams; `none`: not enough history even there. */
export type Basis = 'own' | 'pooled' | 'none';

export interface ConformalForecast {
  /** One a class; valid for the basis named. With basis `none` they come from the pooled rows there are: a class never seen has 1. */
  readonly pValues: Float64Array;
  readonly basis: Basis;
  /** Rows of each class that the p-values rest on. */
  readonly counts: Uint32Array;
  /** Largest p-value; below 1 - level the set is empty: unlike history. */
  readonly credibility: number;
  /** 1 - second largest p-value. */
  readonly confidence: number;
  /** Bit mask of the classes in the set at the given coverage, such as 0.9. */
  set(level: number): number;
}

export interface Observation {
  /** The stream, a championship. */
  readonly stream: string | number;
  /** The row of probabilities as it was forecast. */
  readonly probabilities: ArrayLike<number>;
  readonly outcome: number;
  /** The number that randomised the score at forecast time; default 0. */
  readonly u?: number | undefined;
}

export interface OnlineConformal {
  /** P-values from what has been observed so far. `u` randomises APS and RAPS. Changes nothing. */
  forecast(stream: string | number, probabilities: ArrayLike<number>, u?: number): ConformalForecast;
  /** The results of one day, in any order: they become part of the windows together. */
  observe(day: readonly Observation[]): void;
}

/**
 * Online split conformal prediction for a stream in batches of a day (Vovk 2012 for the label-conditional form): every
 * row is compared with the rows of its own stream that were known before its day, or with those of all streams
 * while its own are too few. A window holds the latest whole days with at least `window` rows, so that the order within a day cannot matter.
 */
export function createOnlineConformal(options: OnlineConformalOptions = {}): OnlineConformal {
  const { classes = 3, window = 1000, pooledWindow = window, minimumPerClass = 50 } = options;
  const { score: scoreName = 'lac', taxonomy = 'label', decay = 1 } = options;
  const score = createScore(scoreName, classes, options);
  const scores = new Float64Array(classes);
  const pooled = createWindow(pooledWindow, { classes, taxonomy, decay });
  const own = new Map<string | number, Window>();

  return {
    forecast(stream, probabilities, u = 0) {
      score(probabilities, 0, scores, 0, u);
      const mine = own.get(stream);
      const isOwn = mine?.isEnough(minimumPerClass) === true;
      const basis: Basis = isOwn ? 'own' : pooled.isEnough(minimumPerClass) ? 'pooled' : 'none';
      const used = isOwn ? mine : pooled;
      const pValues = used.pValues(scores);
      return {
        pValues,
        basis,
        counts: used.counts.slice(),
        ...credibilityAndConfidence(pValues),
        set: (level) => setAtLevel(pValues, level),
      };
    },
    observe(day) {
      const touched = new Set<Window>();
      for (const { stream, probabilities, outcome, u } of day) {
        let mine = own.get(stream);
        if (!mine) own.set(stream, (mine = createWindow(window, { classes, taxonomy, decay })));
        score(probabilities, 0, scores, 0, u ?? 0);
        mine.add(scores[outcome]!, outcome);
        pooled.add(scores[outcome]!, outcome);
        touched.add(mine).add(pooled);
      }
      for (const each of touched) each.endDay();
    },
  };
}

interface Window {
  /** Rows of each class. */
  readonly counts: Uint32Array;
  isEnough(minimumPerClass: number): boolean;
  add(score: number, outcome: number): void;
  endDay(): void;
  pValues(scores: Float64Array): Float64Array;
}

function createWindow(size: number, options: { classes: number; taxonomy: Taxonomy; decay: number }): Window {
  const { classes, taxonomy, decay } = options;
  let held = new Float64Array(64);
  let outcomes = new Uint8Array(64);
  let weights = new Float64Array(0);
  let length = 0;
  /** Rows of each whole day, oldest first. */
  const days: number[] = [];
  let today = 0;
  const counts = new Uint32Array(classes);
  const reached = new Float64Array(classes);
  const totals = new Float64Array(classes);

  function grow(): void {
    const scores = new Float64Array(2 * held.length);
    scores.set(held);
    held = scores;
    const bytes = new Uint8Array(2 * outcomes.length);
    bytes.set(outcomes);
    outcomes = bytes;
  }

  function drop(rows: number): void {
    for (let i = 0; i < rows; i++) counts[outcomes[i]!]!--;
    held.copyWithin(0, rows, length);
    outcomes.copyWithin(0, rows, length);
    length -= rows;
  }

  function weigh(): void {
    if (weights.length < held.length) weights = new Float64Array(held.length);
    let later = 0;
    let end = length;
    for (let d = days.length - 1; d >= 0; d--) {
      weights.fill(decay ** (later + 1), end - days[d]!, end);
      end -= days[d]!;
      later += days[d]!;
    }
  }

  return {
    counts,
    isEnough(minimumPerClass) {
      for (let k = 0; k < classes; k++) if (counts[k]! < minimumPerClass) return false;
      return true;
    },
    add(score, outcome) {
      if (length === held.length) grow();
      held[length] = score;
      outcomes[length++] = outcome;
      counts[outcome]!++;
      today++;
    },
    endDay() {
      days.push(today);
      today = 0;
      let oldest = 0;
      let rows = 0;
      while (length - rows - days[oldest]! >= size) rows += days[oldest++]!;
      if (rows > 0) {
        drop(rows);
        days.splice(0, oldest);
      }
      if (decay < 1) weigh();
    },
    pValues(scores) {
      reached.fill(1);
      totals.fill(1);
      for (let i = 0; i < length; i++) {
        const weight = decay < 1 ? weights[i]! : 1;
        if (taxonomy === 'label') {
          const k = outcomes[i]!;
          totals[k]! += weight;
          if (held[i]! >= scores[k]! - tieTolerance) reached[k]! += weight;
        } else {
          for (let k = 0; k < classes; k++) {
            totals[k]! += weight;
            if (held[i]! >= scores[k]! - tieTolerance) reached[k]! += weight;
          }
        }
      }
      const pValues = new Float64Array(classes);
      for (let k = 0; k < classes; k++) pValues[k] = reached[k]! / totals[k]!;
      return pValues;
    },
  };
}
