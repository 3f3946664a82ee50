import type { Database } from '../client.ts';

/** A new study. JSON is given as text. */
export interface NewStudy {
  readonly experimentId: number | null;
  readonly name: string;
  readonly family: string;
  readonly championshipId: number | null;
  readonly parameters: string;
  readonly space: string;
  readonly direction: 'minimise' | 'maximise';
  readonly seed: number;
  readonly dataHash: string;
  readonly createdAt: number;
}

export interface TrialRow {
  readonly studyId: number;
  readonly number: number;
  readonly parameters: string;
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  readonly value: number | null;
  readonly errorMessage: string | null;
  /** When it began; kept when the trial is written again. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

/** The writes of tuning studies. */
export interface StudyStorage {
  insert(study: NewStudy): number;
  /** Writes a trial and its losses by step as they are now. */
  putTrial(trial: TrialRow, steps: readonly number[]): void;
  linkTrial(studyId: number, number: number, experimentRunId: number): void;
  end(id: number, state: 'running' | 'done' | 'failed' | 'cancelled', finishedAt: number | null): void;
}

export function studyStorage({ sqlite }: Database): StudyStorage {
  const insert = sqlite.prepare(
    `INSERT INTO study (experiment_id, name, family, championship_id, parameters, space, direction, seed, data_hash, state,
       created_at)
     VALUES (:experimentId, :name, :family, :championshipId, :parameters, :space, :direction, :seed, :dataHash,
       'running', :createdAt)`,
  );
  const putTrial = sqlite.prepare<[TrialRow], { id: number }>(
    `INSERT INTO trial (study_id, number, parameters, state, value, error_message, started_at, finished_at)
     VALUES (:studyId, :number, :parameters, :state, :value, :errorMessage, :startedAt, :finishedAt)
     ON CONFLICT (study_id, number) DO UPDATE SET parameters = excluded.parameters, state = excluded.state,
       value = excluded.value, error_message = excluded.error_message, finished_at = excluded.finished_at
     RETURNING id`,
  );
  const clearSteps = sqlite.prepare('DELETE FROM trial_value WHERE trial_id = ?');
  const putStep = sqlite.prepare('INSERT INTO trial_value (trial_id, step, value) VALUES (?, ?, ?)');
  const link = sqlite.prepare('UPDATE trial SET experiment_run_id = ? WHERE study_id = ? AND number = ?');
  const end = sqlite.prepare('UPDATE study SET state = ?, finished_at = ? WHERE id = ?');
  return {
    insert: (study) => Number(insert.run(study).lastInsertRowid),
    putTrial(trial, steps) {
      const { id } = putTrial.get(trial)!;
      clearSteps.run(id);
      steps.forEach((value, step) => putStep.run(id, step, Number.isNaN(value) ? null : value));
    },
    linkTrial: (studyId, number, experimentRunId) => void link.run(experimentRunId, studyId, number),
    end: (id, state, finishedAt) => void end.run(state, finishedAt, id),
  };
}
