import type { JsonValue } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { Database } from '../../../db/client.ts';
import { findStudy, readTrials } from '../../../db/queries/tuning.ts';
import { trackingStorage } from '../../../db/storage/tracking.ts';
import { tuningStorage } from '../../../db/storage/tuning.ts';
import { createStudy, type Study, type StudySpec } from '../../kernel/modeling/tuning/study.ts';
import type { Trial } from '../../kernel/modeling/tuning/trial.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { createTracker } from '../../runtime/tracking/tracker.ts';

export interface StudyIdentity {
  readonly spec: StudySpec;
  readonly experiment: string;
  readonly family: string;
  readonly championshipId: number | null;
  /** Hash of everything that a trial's loss depends on beside its parameters. */
  readonly dataHash: string;
  /** Whatever else is worth keeping with the study. */
  readonly notes: Readonly<Record<string, JsonValue>>;
}

/** A study's rows in the database. */
export interface StudyRecord {
  readonly id: number;
  /** As it was left, without trials when it is new. */
  readonly study: Study;
  /** Writes the trials that changed since the last time; an ended one is tracked as an experiment run as well. */
  save(study: Study): void;
  /** Writes the loss of one fold of a trial; inside of the caller's transaction. */
  saveStep(number: number, step: number, loss: number): void;
  end(state: 'done' | 'failed' | 'cancelled'): void;
}

/**
 * Opens the study of this name, or makes it. RUN_NOT_RESUMABLE where the data have changed since it began: its losses and
 * those to come would not be of the same matches.
 */
export function openStudy(
  context: Pick<StageContext, 'database' | 'instant' | 'runId'>,
  identity: StudyIdentity,
): StudyRecord {
  const { database, instant, runId } = context;
  const { spec, experiment, family, championshipId, dataHash } = identity;
  const storage = tuningStorage(database);
  const tracker = createTracker(database, { now: () => instant });
  const known = findStudy(database, spec.name);
  if (known && known.dataHash !== dataHash) {
    throw new AppError(
      'RUN_NOT_RESUMABLE',
      `The matches or features have changed since study ${known.id} began; start a new one.`,
      { detail: { runId, state: 'interrupted' } },
    );
  }
  const { sampler, pruner, maximumTrials, parallel } = spec;
  const id =
    known?.id ??
    storage.insertStudy({
      name: spec.name,
      experimentId: trackingStorage(database).experimentId(experiment, instant),
      family,
      championshipId,
      parameters: JSON.stringify({ ...identity.notes, sampler, pruner, maximumTrials, parallel }),
      space: JSON.stringify(spec.space),
      seed: spec.seed,
      dataHash,
      createdAt: instant,
    });
  if (known) storage.setStudyState({ id, state: 'running', finishedAt: null });
  const study: Study = { ...createStudy(spec), trials: trialsOf(database, id) };
  let saved: readonly Trial[] = study.trials;

  const track = ({ number, parameters, state, steps, value, reason }: Trial): number => {
    const run = tracker.startRun({
      experiment,
      name: `study ${id}, trial ${number}`,
      runId,
      family,
      championshipId,
      parameters,
      dataHash,
      seed: spec.seed,
      tags: { study: String(id), trial: String(number), state },
    });
    run.logMetrics(steps.map((loss, step) => ({ name: 'foldLogLoss', step, value: loss })));
    if (value !== undefined) run.logMetric('logLoss', value);
    const error = { code: 'WORKER_FAILED' as const, message: reason ?? '', detail: {} };
    if (state === 'failed') run.end('failed', error);
    else run.end('done');
    return run.id;
  };

  const put = (trial: Trial): void => {
    const isOver = trial.state !== 'running';
    storage.putTrial({
      studyId: id,
      number: trial.number,
      experimentRunId: isOver ? track(trial) : null,
      parameters: JSON.stringify(trial.parameters),
      state: trial.state,
      value: trial.value ?? null,
      errorMessage: trial.reason ?? null,
      startedAt: instant,
      finishedAt: isOver ? instant : null,
    });
  };

  return {
    id,
    study,
    save: (next) => {
      const changed = next.trials.filter((trial) => trial !== saved[trial.number]);
      database.sqlite.transaction(() => changed.forEach(put)).immediate();
      saved = next.trials;
    },
    saveStep: (number, step, loss) =>
      storage.putStep({ studyId: id, number, step, value: Number.isNaN(loss) ? null : loss }),
    end: (state) => storage.setStudyState({ id, state, finishedAt: instant }),
  };
}

function trialsOf(database: Database, studyId: number): Trial[] {
  return readTrials(database, studyId).map(({ number, parameters, state, steps, value, errorMessage }) => ({
    number,
    parameters,
    state,
    steps: steps.map((loss) => loss ?? NaN),
    ...(value !== null && { value }),
    ...(errorMessage !== null && { reason: errorMessage }),
  }));
}
