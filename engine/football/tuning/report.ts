import type { TuneParameters } from '../../contract/stages.ts';
import type { TuningReport, TuningTrial } from '../../contract/tuning.ts';
import { AppError } from '../../contract/errors.ts';
import { parameterImportances } from '../../kernel/modeling/tuning/importance.ts';
import { summarizeStudy, type Study } from '../../kernel/modeling/tuning/study.ts';
import { rankTrials, type Trial } from '../../kernel/modeling/tuning/trial.ts';
import { spaceOf } from './families.ts';
import type { TuningPlan } from './folds.ts';

const leadingTrials = 10;
/** The kernel refuses importances of fewer. */
export const fewestForImportances = 12;

export interface ReportInput {
  readonly id: number;
  readonly plan: TuningPlan;
  readonly parameters: TuneParameters;
  /** Losses of the family as it is, by fold. */
  readonly present: readonly number[];
}

/** What a finished study found. WORKER_FAILED with the first reason where no trial came to an end. */
export function reportStudy(study: Study, { id, plan, parameters, present }: ReportInput): TuningReport {
  const { trials, complete, pruned, failed, best } = summarizeStudy(study);
  if (!best) {
    const reason = study.trials.find((trial) => trial.reason !== undefined)?.reason ?? 'all were pruned';
    throw new AppError('WORKER_FAILED', `None of ${trials} trials was completed: ${reason}`, {
      detail: { trials, reason },
    });
  }
  const { family, championship, sampler, pruner, parallel, seed } = parameters;
  return {
    study: id,
    name: study.name,
    family,
    championship: championship ?? null,
    preset: spaceOf(family, parameters.preset).preset,
    sampler,
    pruner,
    parallel,
    seed,
    folds: plan.folds.map(({ name, train, test }) => ({
      name,
      trainingMatches: train.length,
      matches: test.length,
    })),
    sealed: [...plan.sealed],
    trials: { asked: trials, complete, pruned, failed },
    best: toReport(best),
    present: { logLoss: meanOf(present), folds: [...present] },
    leading: rankTrials(study.trials)
      .filter(({ state }) => state === 'complete')
      .slice(0, leadingTrials)
      .map(toReport),
    importances: complete < fewestForImportances ? null : importancesOf(study),
  };
}

export function importancesOf(study: Pick<Study, 'space' | 'seed' | 'trials'>): TuningReport['importances'] {
  const { parameters, explained, trials } = parameterImportances(study);
  return { parameters: [...parameters], explained, trials };
}

function toReport({ number, state, parameters, steps, value, reason }: Trial): TuningTrial {
  return {
    number,
    state: state as TuningTrial['state'],
    parameters: { ...parameters },
    logLoss: value ?? null,
    folds: steps.map((loss) => (Number.isNaN(loss) ? null : loss)),
    reason: reason ?? null,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
