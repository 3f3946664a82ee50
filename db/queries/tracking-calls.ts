import type { Database } from '../client.ts';
import type { RemoteName, TrackingCallKind } from '../storage/tracking-calls.ts';

export interface TrackingCall {
  readonly id: number;
  readonly experimentRunId: number;
  readonly kind: TrackingCallKind;
  /** JSON text. */
  readonly payload: string;
  /** Tries so far; above 0 the server may have the call already. */
  readonly attempts: number;
}

/** The oldest call that is still to be sent. */
export function nextTrackingCall({ sqlite }: Database): TrackingCall | undefined {
  return sqlite
    .prepare<[], TrackingCall>(
      `SELECT id, experiment_run_id AS experimentRunId, kind, payload, attempts
       FROM tracking_call WHERE state = 'pending' ORDER BY id LIMIT 1`,
    )
    .get();
}

export interface TrackingCallCounts {
  readonly pending: number;
  readonly sent: number;
  readonly refused: number;
  /** Why the oldest waiting call, or else the newest refused one, did not get through. */
  readonly problem: string | null;
}

export function countTrackingCalls({ sqlite }: Database): TrackingCallCounts {
  const rows = sqlite
    .prepare<[], { state: string; n: number }>(
      'SELECT state, count(*) AS n FROM tracking_call GROUP BY state',
    )
    .all();
  const count = (state: string) => rows.find((row) => row.state === state)?.n ?? 0;
  const problem = sqlite
    .prepare<[], { problem: string | null }>(
      `SELECT coalesce(
         (SELECT problem FROM tracking_call WHERE state = 'pending' ORDER BY id LIMIT 1),
         (SELECT problem FROM tracking_call WHERE state = 'refused' ORDER BY id DESC LIMIT 1)) AS problem`,
    )
    .get();
  return {
    pending: count('pending'),
    sent: count('sent'),
    refused: count('refused'),
    problem: problem?.problem ?? null,
  };
}

/** What the server at an address calls one of our experiments or runs. */
export function remoteName(
  { sqlite }: Database,
  where: Pick<RemoteName, 'address' | 'kind' | 'localId'>,
): Pick<RemoteName, 'remoteId' | 'artefactRoot'> | undefined {
  return sqlite
    .prepare<[typeof where], Pick<RemoteName, 'remoteId' | 'artefactRoot'>>(
      `SELECT remote_id AS remoteId, artefact_root AS artefactRoot FROM tracking_name
       WHERE address = :address AND kind = :kind AND local_id = :localId`,
    )
    .get(where);
}
