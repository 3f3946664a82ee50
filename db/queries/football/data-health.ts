import type { RunState } from '../../../engine/contract/runs.ts';
import type { Database } from '../../client.ts';

/** Reads behind the health of sources. */

export interface FilesOfSource {
  readonly source: string;
  readonly files: number;
  readonly rows: number;
  readonly refused: number;
  readonly warnings: number;
  readonly conflicts: number;
  readonly lastReadAt: number;
}

/** What is known of the files of each source, by the name it keeps them under. */
export function readFilesOfSources({ sqlite }: Database): FilesOfSource[] {
  return sqlite
    .prepare<[], FilesOfSource>(
      `SELECT source, count(*) AS files, sum(report ->> 'rowsRead') AS rows, sum(report ->> 'refusedCount') AS refused,
              sum(report ->> 'warningCount') AS warnings, sum(json_array_length(report, '$.conflicts')) AS conflicts,
              max(read_at) AS lastReadAt
       FROM source_file GROUP BY source`,
    )
    .all();
}

export interface GettingRun {
  readonly runId: number;
  readonly state: RunState;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly parameters: string;
}

/** The newest runs that read a source, alone or as a part of a pipeline; those of imports are not among them. */
export function readGettingRuns({ sqlite }: Database, limit: number): GettingRun[] {
  return sqlite
    .prepare<[number], GettingRun>(
      `SELECT id AS runId, state, started_at AS startedAt, finished_at AS finishedAt, error_code AS errorCode,
              error_message AS errorMessage, parameters
       FROM run WHERE stage = 'getting' AND parameters ->> 'changeSet' IS NULL ORDER BY id DESC LIMIT ?`,
    )
    .all(limit);
}

/** How long the last calls to a server took, in milliseconds. */
export function readLatencies({ sqlite }: Database, host: string, limit: number): number[] {
  return sqlite
    .prepare<[string, number], number>(
      'SELECT duration_ms FROM outgoing_call WHERE host = ? ORDER BY instant DESC LIMIT ?',
    )
    .pluck()
    .all(host, limit);
}

/** How many names of each source wait for an answer. */
export function countUnresolved({ sqlite }: Database): ReadonlyMap<string, number> {
  const rows = sqlite
    .prepare<[], { source: string; n: number }>(
      'SELECT source, count(*) AS n FROM team_unresolved GROUP BY source',
    )
    .all();
  return new Map(rows.map(({ source, n }) => [source, n]));
}
