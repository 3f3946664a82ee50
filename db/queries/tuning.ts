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
