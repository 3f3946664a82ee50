import type { Day, Instant } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** What the first screen looks through for things that need a look. */

export interface StageRun {
  readonly id: number;
  readonly stage: string;
  readonly state: string;
  readonly itemsFailed: number;
  readonly finishedAt: Instant | null;
  readonly errorCode: string | null;
}

/** The newest run of each kind that has come to an end; parts of a pipeline count by themselves. */
export function readLastRuns({ sqlite }: Database): StageRun[] {
  return sqlite
    .prepare<[], StageRun>(
      `SELECT id, stage, state, items_failed AS itemsFailed, finished_at AS finishedAt, error_code AS errorCode
       FROM run WHERE id IN (SELECT max(id) FROM run WHERE state NOT IN ('queued', 'running') GROUP BY stage)
       ORDER BY id DESC`,
    )
    .all();
}

/** When each source was last read, the longest ago first. */
export function readSourceAges({ sqlite }: Database): { source: string; readAt: Instant }[] {
  return sqlite
    .prepare<[], { source: string; readAt: Instant }>(
      'SELECT source, max(read_at) AS readAt FROM source_file GROUP BY source ORDER BY readAt',
    )
    .all();
}

/** Matches due from a day on, within some days, that have no forecast. */
export function countUnforecast(
  { sqlite }: Database,
  span: { readonly from: Day; readonly until: Day },
): number {
  return sqlite
    .prepare<[typeof span], number>(
      `SELECT count(*) FROM match WHERE match_day BETWEEN @from AND @until AND status = 'scheduled'
         AND NOT EXISTS (SELECT 1 FROM outcome WHERE outcome.match_id = match.id)`,
    )
    .pluck()
    .get(span)!;
}

export function countUnresolvedNames({ sqlite }: Database): number {
  return sqlite.prepare<[], number>('SELECT count(*) FROM team_unresolved').pluck().get()!;
}

/** Deliveries that were given up or whose arrival nobody knows, by channel. */
export function readStuckDeliveries({ sqlite }: Database): { channel: string; count: number }[] {
  return sqlite
    .prepare<[], { channel: string; count: number }>(
      `SELECT channel, count(*) AS count FROM outbox WHERE state IN ('dead', 'uncertain') GROUP BY channel ORDER BY channel`,
    )
    .all();
}
