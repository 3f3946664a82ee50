import type { TrialParameters } from './space.ts';

export type TrialState = 'running' | 'complete' | 'pruned' | 'failed';

/** One attempt; JSON-safe. Lower values are better. */
export interface Trial {
  readonly number: number;
  readonly parameters: TrialParameters;
  readonly state: TrialState;
  /** Losses by step (fold), in order, as far as they came. */
  readonly steps: readonly number[];
  /** The final loss of a complete trial. */
  readonly value?: number | undefined;
  /** Why it failed. */
  readonly reason?: string | undefined;
}

/** Mean of the first `count` steps: what trials are compared by, since folds differ in difficulty. */
export function runningMean({ steps }: Trial, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += steps[i]!;
  return sum / count;
}

/** Best first: complete trials by value, then pruned ones by how far they came and by their mean so far; others are left out. */
export function rankTrials(trials: readonly Trial[]): Trial[] {
  const key = (trial: Trial) =>
    trial.state === 'complete' ? trial.value! : runningMean(trial, trial.steps.length);
  return trials
    .filter(({ state, steps }) => state === 'complete' || (state === 'pruned' && steps.length > 0))
    .sort((a, b) => {
      if (a.state !== b.state) return a.state === 'complete' ? -1 : 1;
      if (a.state === 'pruned' && a.steps.length !== b.steps.length) return b.steps.length - a.steps.length;
      return key(a) - key(b) || a.number - b.number;
    });
}
