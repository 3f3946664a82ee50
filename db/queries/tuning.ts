import type { Database } from '../client.ts';

export interface StoredStudy {
  readonly id: number;
  readonly dataHash: string;
}

export interface StoredTrial {
  readonly number: number;
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
  readonly state: 'running' | 'complete' | 'pruned' | 'failed';
  readonly value: number | null;
  readonly errorMessage: string | null;
  /** Losses by step, as far as it came; null for what was no number. */
  readonly steps: readonly (number | null)[];
}

export function findStudy({ sqlite }: Database, name: string): StoredStudy | undefined {
  return sqlite
    .prepare<[string], StoredStudy>('SELECT id, data_hash AS dataHash FROM study WHERE name = ?')
    .get(name);
}

/** The best trial of a study and how many it was picked from. */
export interface StudyWinner {
  readonly study: number;
  readonly family: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly trials: number;
  readonly parameters: StoredTrial['parameters'];
}

/** Undefined where there is no such study, or none of its trials came to an end. */
export function studyWinner({ sqlite }: Database, studyId: number): StudyWinner | undefined {
  const row = sqlite
    .prepare<[number], Omit<StudyWinner, 'parameters'> & { parameters: string }>(
      `SELECT s.id AS study, s.family, s.state, t.parameters,
              (SELECT count(*) FROM trial other WHERE other.study_id = s.id) AS trials
       FROM study s JOIN trial t ON t.study_id = s.id AND t.state = 'complete'
       WHERE s.id = ? ORDER BY t.value, t.number LIMIT 1`,
    )
    .get(studyId);
  return row && { ...row, parameters: JSON.parse(row.parameters) as StoredTrial['parameters'] };
}

/** The trials of a study in their order. */
export function readTrials({ sqlite }: Database, studyId: number): StoredTrial[] {
  return sqlite
    .prepare<[number], Omit<StoredTrial, 'parameters' | 'steps'> & { parameters: string; steps: string }>(
      `SELECT t.number, t.parameters, t.state, t.value, t.error_message AS errorMessage,
              (SELECT json_group_array(v.value ORDER BY v.step) FROM trial_value v WHERE v.trial_id = t.id) AS steps
       FROM trial t WHERE t.study_id = ? ORDER BY t.number`,
    )
    .all(studyId)
    .map((row) => ({
      ...row,
      parameters: JSON.parse(row.parameters) as StoredTrial['parameters'],
      steps: JSON.parse(row.steps) as StoredTrial['steps'],
    }));
}
