import type { Database } from '../client.ts';

/** A stored answer as JSON text. */
export interface StoredAnalysis {
  readonly dataAt: number;
  readonly madeAt: number;
  readonly durationMs: number;
  readonly answer: string;
}

export function findAnalysis(
  { sqlite }: Database,
  kind: string,
  question: string,
): StoredAnalysis | undefined {
  return sqlite
    .prepare<[string, string], StoredAnalysis>(
      `SELECT data_at AS dataAt, made_at AS madeAt, duration_ms AS durationMs, answer
       FROM analysis WHERE kind = ? AND question = ?`,
    )
    .get(kind, question);
}

/** Stages that change what analyses rest on; the others only read. */
const writingStages = "('getting', 'calculation', 'processing', 'forecast', 'pipeline')";

/** The last instant at which a run may have changed matches, features, models or forecasts; 0 before the first run. */
export function dataInstant({ sqlite }: Database): number {
  return sqlite
    .prepare<[], number>(`SELECT coalesce(max(finished_at), 0) FROM run WHERE stage IN ${writingStages}`)
    .pluck()
    .get()!;
}
