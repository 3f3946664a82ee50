import { AppError } from '../../../contract/errors.ts';

/** Where training is: finished steps of all steps (batches or epochs, the caller's choice). */
export interface ScheduleProgress {
  readonly step: number;
  readonly totalSteps: number;
}

/** A factor of the base learning rate over time. A schedule with `observe` also listens to a measure, once an epoch. */
export interface LearningRateSchedule {
  readonly name: string;
  factor(progress: ScheduleProgress): number;
  observe?(measure: number): void;
  reset?(): void;
}

export interface ScheduleParameters {
  /** The lowest factor; default 0 for cosine, 0.01 for plateau. */
  readonly floor?: number | undefined;
  /** Steps over which the factor climbs from 1/steps to 1 before the rest of the schedule begins; default 0. */
  readonly warmUpSteps?: number | undefined;
  /** Plateau: epochs without improvement before a cut; default 5. */
  readonly patience?: number | undefined;
  /** Plateau: what a cut multiplies by; default 0.5. */
  readonly cut?: number | undefined;
  /** Plateau: an improvement smaller than this does not count; default 1e-4. */
  readonly tolerance?: number | undefined;
}

export const scheduleNames = ['constant', 'cosine', 'plateau'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

function cosine({ floor = 0 }: ScheduleParameters): LearningRateSchedule {
  return {
    name: 'cosine',
    factor: ({ step, totalSteps }) =>
      floor +
      0.5 * (1 - floor) * (1 + Math.cos((Math.PI * Math.min(step, totalSteps)) / Math.max(1, totalSteps))),
  };
}

function plateau(parameters: ScheduleParameters): LearningRateSchedule {
  const { floor = 0.01, patience = 5, cut = 0.5, tolerance = 1e-4 } = parameters;
  let best = Infinity;
  let waited = 0;
  let factor = 1;
  return {
    name: 'plateau',
    factor: () => factor,
    observe(measure) {
      if (measure < best - tolerance) {
        best = measure;
        waited = 0;
      } else if (++waited >= patience) {
        factor = Math.max(floor, factor * cut);
        waited = 0;
      }
    },
    reset() {
      best = Infinity;
      waited = 0;
      factor = 1;
    },
  };
}

/** Linear climb over `warmUpSteps` (Goyal et al. 2017, section 2.2), then the inner schedule over the steps that are left. */
function withWarmUp(inner: LearningRateSchedule, warmUpSteps: number): LearningRateSchedule {
  return {
    ...inner,
    factor: ({ step, totalSteps }) =>
      step < warmUpSteps
        ? (step + 1) / warmUpSteps
        : inner.factor({ step: step - warmUpSteps, totalSteps: Math.max(1, totalSteps - warmUpSteps) }),
  };
}

/**
 * A schedule by name: `constant`; `cosine` (Loshchilov and Hutter 2017, eq. 5, one cycle); `plateau` (cut when the observed
 * measure, lower is better, stops improving). `warmUpSteps` goes before any of them. An unknown name lists the known ones.
 */
export function createSchedule(name: string, parameters: ScheduleParameters = {}): LearningRateSchedule {
  const schedules: Record<ScheduleName, () => LearningRateSchedule> = {
    constant: () => ({ name: 'constant', factor: () => 1 }),
    cosine: () => cosine(parameters),
    plateau: () => plateau(parameters),
  };
  if (!Object.hasOwn(schedules, name)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `unknown schedule ${name}; known: ${scheduleNames.join(', ')}`,
      {
        detail: { name, known: scheduleNames },
      },
    );
  }
  const schedule = schedules[name as ScheduleName]();
  const { warmUpSteps = 0 } = parameters;
  return warmUpSteps > 0 ? withWarmUp(schedule, warmUpSteps) : schedule;
}
