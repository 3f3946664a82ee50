import { AppError } from '../../../contract/errors.ts';
import { median } from '../../math/summary.ts';
import { runningMean } from './trial.ts';
import type { Trial } from './trial.ts';

export type PrunerSpec =
  | { readonly name: 'none' }
  /** Ends a trial whose mean so far is worse than the median of the others' at the same step. */
  | {
      readonly name: 'median';
      /** Finished trials before anything is pruned; default 5. */
      readonly startTrials?: number;
      /** Steps that no trial is pruned at; default 1. */
      readonly warmUpSteps?: number;
    }
  /** Successive halving: at steps first x factor^k only the best 1/factor go on. */
  | {
      readonly name: 'successive-halving';
      /** Default 1. */
      readonly firstSteps?: number;
      /** Default 3. */
      readonly factor?: number;
    };

const prunerNames = ['none', 'median', 'successive-halving'] as const;

/** Whether the trial should end after its latest step, judged beside the given other trials. */
export function shouldPrune(pruner: PrunerSpec, trial: Trial, others: readonly Trial[]): boolean {
  const step = trial.steps.length;
  if (step === 0) return false;
  const mine = runningMean(trial, step);
  // Not a number is worse than anything.
  if (Number.isNaN(mine)) return pruner.name !== 'none';
  const reached = others.filter(({ state, steps }) => state !== 'failed' && steps.length >= step);
  const means = reached.map((other) => runningMean(other, step)).filter((value) => !Number.isNaN(value));
  switch (pruner.name) {
    case 'none':
      return false;
    case 'median': {
      const { startTrials = 5, warmUpSteps = 1 } = pruner;
      if (step <= warmUpSteps || means.length < startTrials) return false;
      return mine > median(means);
    }
    case 'successive-halving': {
      // Asynchronous form (Li et al. 2020, algorithm 2): a trial is judged against those that reached the rung before it.
      const { firstSteps = 1, factor = 3 } = pruner;
      if (!isRung(step, firstSteps, factor)) return false;
      const places = Math.max(1, Math.floor((means.length + 1) / factor));
      return means.filter((value) => value < mine).length >= places;
    }
    default: {
      const { name } = pruner as { name: string };
      throw new AppError(
        'CONFIGURATION_INVALID',
        `unknown pruner ${name}; known: ${prunerNames.join(', ')}`,
        {
          detail: { name, known: prunerNames },
        },
      );
    }
  }
}

function isRung(step: number, first: number, factor: number): boolean {
  let rung = first;
  while (rung < step) rung *= factor;
  return rung === step;
}
