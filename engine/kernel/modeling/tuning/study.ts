import { AppError } from '../../../contract/errors.ts';
import { createRandom } from '../../math/random.ts';
import { shouldPrune } from './pruners.ts';
import type { PrunerSpec } from './pruners.ts';
import { suggest } from './samplers.ts';
import type { SamplerSpec } from './samplers.ts';
import { requireSpace } from './space.ts';
import type { SearchSpace } from './space.ts';
import { rankTrials, runningMean } from './trial.ts';
import type { Trial } from './trial.ts';

export interface StudySpec {
  readonly name: string;
  readonly space: SearchSpace;
  readonly sampler: SamplerSpec;
  readonly pruner: PrunerSpec;
  readonly seed: number;
  /** Trials in all. */
  readonly maximumTrials: number;
  /**
   * Trials that may run at once; default 1. A trial knows only those of earlier batches of this size, so the order in which
   * parallel trials end changes nothing.
   */
  readonly parallel?: number;
  /** Steps of a whole trial, where that is known: one that has come to the last is not pruned any more, for nothing is saved. */
  readonly steps?: number;
}

/** A study as plain data: whatever happened to it is in here, and the same data lead to the same next trial. Lower is better. */
export interface Study extends StudySpec {
  readonly format: 1;
  readonly trials: readonly Trial[];
}

/** A study without trials. Throws CONFIGURATION_INVALID for a space that makes no sense. */
export function createStudy(spec: StudySpec): Study {
  requireSpace(spec.space);
  if (!(Number.isInteger(spec.maximumTrials) && spec.maximumTrials > 0)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `maximumTrials: expected 1 or more, got ${spec.maximumTrials}`,
    );
  }
  return { ...spec, format: 1, trials: [] };
}

export type Asked =
  | { readonly kind: 'trial'; readonly study: Study; readonly trial: Trial }
  /** Trials of the batch before are still running. */
  | { readonly kind: 'wait' }
  /** All trials were asked for, or a grid is used up. */
  | { readonly kind: 'finished' };

/** The next trial, now running. */
export function ask(study: Study): Asked {
  const { trials, maximumTrials, seed } = study;
  const number = trials.length;
  if (number >= maximumTrials) return { kind: 'finished' };
  const known = trials.slice(0, batchStart(study, number));
  if (known.some(({ state }) => state === 'running')) return { kind: 'wait' };
  const random = createRandom(seed).split(number);
  const parameters = suggest(study.sampler, { space: study.space, known, number, random });
  if (!parameters) return { kind: 'finished' };
  const trial: Trial = { number, parameters, state: 'running', steps: [] };
  return { kind: 'trial', study: { ...study, trials: [...trials, trial] }, trial };
}

/** Records a trial's loss of one more step (fold) and answers whether to end it now; if so it is `pruned`. */
export function report(
  study: Study,
  number: number,
  loss: number,
): { readonly study: Study; readonly prune: boolean } {
  const trial = runningTrial(study, number);
  const stepped: Trial = { ...trial, steps: [...trial.steps, loss] };
  const earlier = study.trials.slice(0, batchStart(study, number));
  const goesOn = stepped.steps.length < (study.steps ?? Infinity);
  const prune = goesOn && shouldPrune(study.pruner, stepped, earlier);
  return { study: withTrial(study, prune ? { ...stepped, state: 'pruned' } : stepped), prune };
}

export type Outcome =
  | { readonly kind: 'complete'; readonly value?: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** Ends a trial. Without a value its loss is the mean of its steps; a loss that is no number is a failure. */
export function tell(study: Study, number: number, outcome: Outcome): Study {
  const trial = runningTrial(study, number);
  if (outcome.kind === 'failed')
    return withTrial(study, { ...trial, state: 'failed', reason: outcome.reason });
  const value = outcome.value ?? runningMean(trial, trial.steps.length);
  return withTrial(
    study,
    Number.isNaN(value)
      ? { ...trial, state: 'failed', reason: 'its loss is not a number' }
      : { ...trial, state: 'complete', value },
  );
}

/** After a kill: trials that were running begin again, with the same numbers and parameters and without their steps. */
export function resume(study: Study): { readonly study: Study; readonly again: readonly Trial[] } {
  const trials = study.trials.map((trial) => (trial.state === 'running' ? { ...trial, steps: [] } : trial));
  return { study: { ...study, trials }, again: trials.filter(({ state }) => state === 'running') };
}

export interface StudySummary {
  /** All trials asked for: the number of attempts among which the best was picked, to be shown beside it. */
  readonly trials: number;
  readonly complete: number;
  readonly pruned: number;
  readonly failed: number;
  readonly running: number;
  readonly best: Trial | undefined;
}

export function summarizeStudy({ trials }: Study): StudySummary {
  const count = (state: Trial['state']) => trials.filter((trial) => trial.state === state).length;
  const [best] = rankTrials(trials);
  return {
    trials: trials.length,
    complete: count('complete'),
    pruned: count('pruned'),
    failed: count('failed'),
    running: count('running'),
    best: best?.state === 'complete' ? best : undefined,
  };
}

function batchStart({ parallel = 1 }: Study, number: number): number {
  return number - (number % parallel);
}

function runningTrial({ trials }: Study, number: number): Trial {
  const trial = trials[number];
  if (trial?.state === 'running') return trial;
  throw new AppError('USAGE', `trial ${number} is ${trial ? trial.state : 'not asked for'}, not running`, {
    detail: { number },
  });
}

function withTrial(study: Study, trial: Trial): Study {
  return { ...study, trials: study.trials.map((other) => (other.number === trial.number ? trial : other)) };
}
