import type { Database } from '../client.ts';

export interface AnalysisRow {
  readonly kind: string;
  readonly question: string;
  readonly dataAt: number;
  readonly madeAt: number;
  readonly durationMs: number;
  readonly answer: string;
}

/** So many answers of a kind stay; the oldest go first. */
const keptOfKind = 60;

/** Keeps an answer in place of an earlier one to the same question. */
export function putAnalysis({ sqlite }: Database, row: AnalysisRow): void {
  const write = sqlite.transaction(() => {
    sqlite
      .prepare(
        `INSERT INTO analysis (kind, question, data_at, made_at, duration_ms, answer)
         VALUES (:kind, :question, :dataAt, :madeAt, :durationMs, :answer)
         ON CONFLICT (kind, question) DO UPDATE SET data_at = excluded.data_at, made_at = excluded.made_at,
           duration_ms = excluded.duration_ms, answer = excluded.answer`,
      )
      .run(row);
    sqlite
      .prepare(
        `DELETE FROM analysis WHERE kind = :kind AND question IN
           (SELECT question FROM analysis WHERE kind = :kind ORDER BY made_at DESC LIMIT -1 OFFSET ${keptOfKind})`,
      )
      .run({ kind: row.kind });
  });
  write.immediate();
}
