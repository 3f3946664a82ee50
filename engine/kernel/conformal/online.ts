import { createScore } from './scores.ts';
import type { ScoreName, ScoreOptions } from './scores.ts';
import type { Taxonomy } from './p-values.ts';
import { credibilityAndConfidence, setAtLevel } from './sets.ts';
import { createWindow } from './window.ts';
import type { Window } from './window.ts';

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
  /**
   * One a class; valid for the basis named. With basis `none` they come from the pooled rows there are: a
   * class never seen has 1.
   */
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
  /**
   * Smoothed p-value of what came, from the same rows as its forecast: independent and uniform while nothing
   * drifts, so food for a test martingale. `tau` uniform in [0, 1). Undefined while there is not enough
   * history. Call before `observe`.
   */
  smoothedPValue(observation: Observation, tau: number): number | undefined;
  /** The results of one day, in any order: they become part of the windows together. */
  observe(day: readonly Observation[]): void;
}

/**
 * Online split conformal prediction for a stream in batches of a day (Vovk 2012 for the label-conditional
 * form): every row is compared with the rows of its own stream that were known before its day, or with those
 * of all streams while its own are too few. A window holds the latest whole days with at least `window` rows,
 * so that the order within a day cannot matter.
 */
export function createOnlineConformal(options: OnlineConformalOptions = {}): OnlineConformal {
  const { classes = 3, window = 1000, pooledWindow = window, minimumPerClass = 50 } = options;
  const { score: scoreName = 'lac', taxonomy = 'label', decay = 1 } = options;
  const score = createScore(scoreName, classes, options);
  const scores = new Float64Array(classes);
  const pooled = createWindow(pooledWindow, { classes, taxonomy, decay });
  const own = new Map<string | number, Window>();

  function windowOf(stream: string | number): { used: Window; basis: Basis } {
    const mine = own.get(stream);
    if (mine?.isEnough(minimumPerClass)) return { used: mine, basis: 'own' };
    return { used: pooled, basis: pooled.isEnough(minimumPerClass) ? 'pooled' : 'none' };
  }

  return {
    forecast(stream, probabilities, u = 0) {
      score(probabilities, 0, scores, 0, u);
      const { used, basis } = windowOf(stream);
      const pValues = used.pValues(scores);
      return {
        pValues,
        basis,
        counts: used.counts.slice(),
        ...credibilityAndConfidence(pValues),
        set: (level) => setAtLevel(pValues, level),
      };
    },
    smoothedPValue({ stream, probabilities, outcome, u }, tau) {
      const { used, basis } = windowOf(stream);
      if (basis === 'none') return undefined;
      score(probabilities, 0, scores, 0, u ?? 0);
      return used.smoothedPValue(scores[outcome]!, outcome, tau);
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
