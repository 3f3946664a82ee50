import type { Database } from '../client.ts';

export type TrackingCallKind = 'start' | 'log' | 'artefact' | 'end';

/** A call that an outer tracking server is to get. The payload is JSON text. */
export interface NewTrackingCall {
  readonly experimentRunId: number;
  readonly kind: TrackingCallKind;
  readonly payload: string;
  readonly queuedAt: number;
}

export interface RemoteName {
  readonly address: string;
  readonly kind: 'experiment' | 'run';
  readonly localId: number;
  readonly remoteId: string;
  /** Where the server keeps the artefacts of a run. */
  readonly artefactRoot: string | null;
}

/** The writes of the outbox of an outer tracking server. */
export interface TrackingCallStorage {
  queue(call: NewTrackingCall): void;
  /** Before each try, so that after a crash it is known that the server may have the call. */
  countAttempt(id: number): void;
  /** The call did not get through and stays in its place. */
  keep(id: number, problem: string): void;
  settle(id: number, end: { state: 'sent' | 'refused'; settledAt: number; problem?: string }): void;
  putName(name: RemoteName): void;
}

export function trackingCallStorage({ sqlite }: Database): TrackingCallStorage {
  const queue = sqlite.prepare(
    `INSERT INTO tracking_call (experiment_run_id, kind, payload, queued_at)
     VALUES (:experimentRunId, :kind, :payload, :queuedAt)`,
  );
  const count = sqlite.prepare('UPDATE tracking_call SET attempts = attempts + 1 WHERE id = ?');
  const keep = sqlite.prepare('UPDATE tracking_call SET problem = ? WHERE id = ?');
  const settle = sqlite.prepare(
    'UPDATE tracking_call SET state = :state, settled_at = :settledAt, problem = :problem WHERE id = :id',
  );
  const putName = sqlite.prepare(
    `INSERT INTO tracking_name (address, kind, local_id, remote_id, artefact_root)
     VALUES (:address, :kind, :localId, :remoteId, :artefactRoot)
     ON CONFLICT (address, kind, local_id) DO UPDATE SET remote_id = excluded.remote_id,
       artefact_root = excluded.artefact_root`,
  );
  return {
    queue: (call) => void queue.run(call),
    countAttempt: (id) => void count.run(id),
    keep: (id, problem) => void keep.run(problem, id),
    settle: (
      id,
      { state, settledAt, problem = null }: { state: string; settledAt: number; problem?: string | null },
    ) => void settle.run({ id, state, settledAt, problem }),
    putName: (name) => void putName.run(name),
  };
}
