import type { Database } from '../../../db/client.ts';
import { findStudy, studyTrials, type StoredTrial } from '../../../db/queries/studies.ts';
import { studyStorage } from '../../../db/storage/studies.ts';
import { AppError } from '../../contract/errors.ts';
import type { Clock } from '../../ports/index.ts';

/** The shape of the kernel's study (engine/kernel/modeling/tuning): what decides its course, and its trials. */
export interface StudyLike {
  readonly name: string;
  readonly space: unknown;
  readonly seed: number;
  readonly trials: readonly TrialLike[];
}

export interface TrialLike {
  readonly number: number;
  readonly parameters: object;
  readonly state: StoredTrial['state'];
  readonly steps: readonly number[];
  readonly value?: number | undefined;
  readonly reason?: string | undefined;
}

/** What a study is about, beside its course. */
export interface StudySubject {
  readonly family: string;
  readonly championshipId: number | null;
  /** Hash of the data that every trial is judged on. */
  readonly dataHash: string;
}

export interface KeptStudy<Study extends StudyLike> {
  /** As it was last kept, or as it was given where it is new. */
  readonly study: Study;
  /** Writes what has changed since; give it to `runStudy` as `save`. */
  save(study: Study): void;
  /** Names the experiment run that holds a trial's details. */
  linkTrial(number: number, experimentRunId: number): void;
  end(state: 'done' | 'failed' | 'cancelled'): void;
}

/**
 * Opens the study of a name: a new one is stored, a known one comes back with its trials, so that a killed study goes on
 * where it was.
 *
 * @throws AppError `CONFIGURATION_INVALID` when a study of that name searched another space, by other rules or on other data
 */
export function openStudy<Study extends StudyLike>(
  database: Database,
  given: Study,
  options: { readonly subject: StudySubject; readonly clock: Clock },
): KeptStudy<Study> {
  const { subject, clock } = options;
  const storage = studyStorage(database);
  const { name, space, seed, trials: _, ...rules } = given;
  const row = { name, seed, space: JSON.stringify(space), parameters: JSON.stringify(rules), ...subject };
  const known = findStudy(database, name);
  if (known) requireSame(known, row);
  const id =
    known?.id ??
    storage.insert({ ...row, experimentId: null, direction: 'minimise', createdAt: clock.now() });
  const study = known ? { ...given, trials: studyTrials(database, id).map(toTrial) } : given;
  if (known) storage.end(id, 'running', null);
  let kept = new Map<number, TrialLike>(known ? study.trials.map((trial) => [trial.number, trial]) : []);
  return {
    study,
    save(next) {
      const changed = next.trials.filter((trial) => kept.get(trial.number) !== trial);
      database.sqlite.transaction(() => {
        for (const trial of changed) {
          const { number, state, value, reason, steps } = trial;
          const finishedAt = state === 'running' ? null : clock.now();
          const parameters = JSON.stringify(trial.parameters);
          const result = {
            value: value ?? null,
            errorMessage: reason ?? null,
            startedAt: clock.now(),
            finishedAt,
          };
          storage.putTrial({ studyId: id, number, parameters, state, ...result }, steps);
        }
      })();
      kept = new Map(next.trials.map((trial) => [trial.number, trial]));
    },
    linkTrial(number, experimentRunId) {
      storage.linkTrial(id, number, experimentRunId);
    },
    end(state) {
      storage.end(id, state, clock.now());
    },
  };
}

function toTrial({ number, parameters, state, value, errorMessage, steps }: StoredTrial): TrialLike {
  return {
    number,
    parameters: JSON.parse(parameters) as object,
    state,
    steps,
    ...(value !== null && { value }),
    ...(errorMessage !== null && { reason: errorMessage }),
  };
}

type Identity = StudySubject & {
  readonly name: string;
  readonly space: string;
  readonly parameters: string;
  readonly seed: number;
};

function requireSame(known: Identity, given: Identity): void {
  const keys = ['family', 'championshipId', 'space', 'parameters', 'seed', 'dataHash'] as const;
  const comparable = (study: Identity) => ({ ...study, parameters: withoutLength(study.parameters) });
  const [before, now] = [comparable(known), comparable(given)];
  const differing = keys.filter((key) => before[key] !== now[key]);
  if (differing.length === 0) return;
  throw new AppError(
    'CONFIGURATION_INVALID',
    `A study called ${given.name} was begun with another ${differing.join(', ')}; give this one a name of its own.`,
    { detail: { study: given.name, differing } },
  );
}

/** A study may go on for longer than was planned: each trial depends on its number and those before it alone. */
function withoutLength(parameters: string): string {
  return JSON.stringify({ ...(JSON.parse(parameters) as object), maximumTrials: undefined });
}
