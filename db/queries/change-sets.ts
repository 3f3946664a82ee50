import type { Database } from '../client.ts';

export interface ChangeSetRow {
  readonly id: number;
  readonly kind: 'import' | 'merge';
  readonly subject: string;
  readonly runId: number | null;
  readonly state: 'open' | 'done' | 'undone';
  readonly madeAt: number;
  readonly undoneAt: number | null;
  /** Matches that came with the set and are still here. */
  readonly newMatches: number;
  /** Rows that were there before and were changed. */
  readonly changedRows: number;
}

/** The newest change sets first. */
export function listChangeSets({ sqlite }: Database, limit: number): ChangeSetRow[] {
  return sqlite
    .prepare<[number], ChangeSetRow>(
      `SELECT s.id, s.kind, s.subject, s.run_id AS runId, s.state, s.made_at AS madeAt, s.undone_at AS undoneAt,
              (SELECT count(*) FROM change c WHERE c.change_set_id = s.id AND c.table_name = 'match'
                 AND c.operation = 'insert') AS newMatches,
              (SELECT count(*) FROM change c WHERE c.change_set_id = s.id AND c.operation <> 'insert') AS changedRows
       FROM change_set s ORDER BY s.id DESC LIMIT ?`,
    )
    .all(limit);
}
