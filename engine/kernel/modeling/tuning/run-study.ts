import { AppError, toAppError } from '../../../contract/errors.ts';
import type { CancelSignal } from '../../../contract/domain.ts';
import { ask, report, resume, tell } from './study.ts';
import type { Study } from './study.ts';
import type { TrialParameters } from './space.ts';
import type { Trial } from './trial.ts';

/** Thrown into an objective by `step` when its trial is pruned; let it pass. */
class Pruned extends Error {}

export interface ObjectiveContext {
  readonly number: number;
  readonly signal: CancelSignal | undefined;
  /** Reports the loss of one more fold. Does not return when the trial is pruned. */
  step(loss: number): void;
}

/** Evaluates one set of parameters, fold by fold; answers the final loss, or nothing for the mean of its steps. */
export type Objective = (parameters: TrialParameters, context: ObjectiveContext) => Promise<number | void>;

export interface RunStudyOptions {
  /** Keeps the study after every change; what it last kept is enough to resume. */
  readonly save?: ((study: Study) => void | Promise<void>) | undefined;
  readonly signal?: CancelSignal | undefined;
}

/**
 * Runs a study to its end, as many trials at once as it allows, and answers it. A trial that throws is a failed trial. Throws
 * CANCELLED when the signal says so; trials running then are still `running` in what was saved, and a resumed study repeats them.
 */
export async function runStudy(
  start: Study,
  objective: Objective,
  options: RunStudyOptions = {},
): Promise<Study> {
  const { save, signal } = options;
  let stopping = false;
  const resumed = resume(start);
  let study = resumed.study;
  const keep = async (next: Study): Promise<void> => {
    study = next;
    await save?.(study);
  };

  async function runTrial({ number, parameters }: Trial): Promise<void> {
    const step = (loss: number): void => {
      if (stopping || signal?.aborted) throw new AppError('CANCELLED', 'tuning was cancelled');
      const reported = report(study, number, loss);
      study = reported.study;
      if (reported.prune) throw new Pruned();
    };
    try {
      const value = await objective(parameters, { number, signal, step });
      await keep(tell(study, number, { kind: 'complete', ...(typeof value === 'number' && { value }) }));
    } catch (thrown) {
      if (thrown instanceof Pruned) return keep(study);
      const error = toAppError(thrown);
      if (error.code === 'CANCELLED') throw error;
      await keep(tell(study, number, { kind: 'failed', reason: error.message }));
    }
  }

  const running = new Map<number, Promise<void>>();
  const begin = (trial: Trial): void => {
    const ended = runTrial(trial).finally(() => running.delete(trial.number));
    running.set(trial.number, ended);
    // Kept for `Promise.race`; without this a second failure in one turn would count as unhandled.
    ended.catch(() => {});
  };
  resumed.again.forEach(begin);
  try {
    for (;;) {
      if (signal?.aborted) throw new AppError('CANCELLED', 'tuning was cancelled');
      const asked = running.size < (study.parallel ?? 1) ? ask(study) : { kind: 'wait' as const };
      if (asked.kind === 'trial') {
        await keep(asked.study);
        begin(asked.trial);
      } else if (running.size > 0) {
        await Promise.race(running.values());
      } else {
        return study;
      }
    }
  } finally {
    // Whoever called must not find trials at work after the study has ended.
    stopping = true;
    await Promise.allSettled(running.values());
  }
}
