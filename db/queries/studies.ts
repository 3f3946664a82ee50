import type { Database } from '../client.ts';

export interface StudyRow {
  readonly id: number;
  readonly name: string;
  readonly family: string;
  readonly championshipId: number | null;
  /** JSON text, as `space`. */
  readonly parameters: string;
  readonly space: string;
  readonly direction: 'minimise' | 'maximise';
  readonly seed: number;
  readonly dataHash: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

const statement = `SELECT id, name, family, championship_id AS championshipId, parameters, space, direction, seed,
  data_hash AS dataHash, state, created_at AS createdAt, finished_at AS finishedAt FROM study`;

export function findStudy({ sqlite }: Database, name: string): StudyRow | undefined {
  return sqlite.prepare<[string], StudyRow>(`${statement} WHERE name = ?`).get(name);
}

/** All studies, newest first. */
export function listStudies({ sqlite }: Database): StudyRow[] {
  return sqlite.prepare<[], StudyRow>(`${statement} ORDER BY id DESC`).all();
}

export interface StoredTrial {
  readonly number: number;
  /** JSON text. */
  readonly parameters: string;
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  readonly value: number | null;
  readonly errorMessage: string | null;
  /** Losses by step, in order; NaN where it was none. */
  readonly steps: readonly number[];
}

/** A study's trials by number. */
export function studyTrials({ sqlite }: Database, studyId: number): StoredTrial[] {
  const steps = sqlite
    .prepare<[number], number | null>('SELECT value FROM trial_value WHERE trial_id = ? ORDER BY step')
    .pluck();
  return sqlite
    .prepare<[number], Omit<StoredTrial, 'steps'> & { id: number }>(
      `SELECT id, number, parameters, state, value, error_message AS errorMessage
       FROM trial WHERE study_id = ? ORDER BY number`,
    )
    .all(studyId)
    .map(({ id, ...trial }) => ({ ...trial, steps: steps.all(id).map((value) => value ?? Number.NaN) }));
}
