import type { Database } from '../client.ts';

/** A new study, running. JSON is given as text. */
export interface NewStudy {
  readonly name: string;
  readonly experimentId: number | null;
  readonly family: string;
  readonly championshipId: number | null;
  readonly parameters: string;
  readonly space: string;
  readonly seed: number;
  readonly dataHash: string;
  readonly createdAt: number;
}

export interface TrialRecord {
  readonly studyId: number;
  readonly number: number;
  readonly experimentRunId: number | null;
  readonly parameters: string;
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  readonly value: number | null;
  readonly errorMessage: string | null;
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

/** The writes of tuning. Losses are minimised. */
export interface TuningStorage {
  insertStudy(study: NewStudy): number;
  setStudyState(study: {
    readonly id: number;
    readonly state: 'running' | 'done' | 'failed' | 'cancelled';
    readonly finishedAt: number | null;
  }): void;
  /** Adds a trial, or takes the place of what was known of it. */
  putTrial(trial: TrialRecord): void;
  /** The loss of one step; null for what is no number. The trial must be there. */
  putStep(step: {
    readonly studyId: number;
    readonly number: number;
    readonly step: number;
    readonly value: number | null;
  }): void;
}

export function tuningStorage({ sqlite }: Database): TuningStorage {
  const insertStudy = sqlite.prepare(
    `INSERT INTO study (name, experiment_id, family, championship_id, parameters, space, direction, seed, data_hash, state,
       created_at)
     VALUES (:name, :experimentId, :family, :championshipId, :parameters, :space, 'minimise', :seed, :dataHash, 'running',
       :createdAt)`,
  );
  const setState = sqlite.prepare(
    'UPDATE study SET state = :state, finished_at = :finishedAt WHERE id = :id',
  );
  const putTrial = sqlite.prepare(
    `INSERT INTO trial (study_id, number, experiment_run_id, parameters, state, value, error_message, started_at, finished_at)
     VALUES (:studyId, :number, :experimentRunId, :parameters, :state, :value, :errorMessage, :startedAt, :finishedAt)
     ON CONFLICT (study_id, number) DO UPDATE SET experiment_run_id = excluded.experiment_run_id, state = excluded.state,
       value = excluded.value, error_message = excluded.error_message, finished_at = excluded.finished_at`,
  );
  const putStep = sqlite.prepare(
    `INSERT INTO trial_value (trial_id, step, value)
     VALUES ((SELECT id FROM trial WHERE study_id = :studyId AND number = :number), :step, :value)
     ON CONFLICT (trial_id, step) DO UPDATE SET value = excluded.value`,
  );
  return {
    insertStudy: (study) => Number(insertStudy.run(study).lastInsertRowid),
    setStudyState: (study) => void setState.run(study),
    putTrial: (trial) => void putTrial.run(trial),
    putStep: (step) => void putStep.run(step),
  };
}
