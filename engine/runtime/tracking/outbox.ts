import type { Database } from '../../../db/client.ts';
import { trackingCallStorage, type TrackingCallKind } from '../../../db/storage/tracking-calls.ts';
import type { Clock } from '../../ports/index.ts';

/** One number as an outer server takes it; NaN and infinities as the words that its JSON has for them. */
export interface SentMetric {
  readonly key: string;
  readonly value: number | 'NaN' | 'Infinity' | '-Infinity';
  readonly timestamp: number;
  readonly step: number;
}

export interface SentEntry {
  readonly key: string;
  readonly value: string;
}

/** What a `log` call carries. */
export interface LogPayload {
  readonly params?: readonly SentEntry[];
  readonly metrics?: readonly SentMetric[];
  readonly tags?: readonly SentEntry[];
}

/** What MLflow takes in one `log-batch`; one tag is kept free for the mark of the call. */
const limits = { metrics: 999, params: 100, tags: 99 } as const;

/** Puts what a run logs into the outbox of an outer tracking server, cut into calls that the server takes. */
export interface Outbox {
  start(experimentRunId: number): void;
  log(experimentRunId: number, payload: LogPayload): void;
  artefact(experimentRunId: number, artefactId: number): void;
  end(experimentRunId: number): void;
}

export function createOutbox(database: Database, clock: Clock): Outbox {
  const storage = trackingCallStorage(database);
  const queue = (experimentRunId: number, kind: TrackingCallKind, payload: object) => {
    storage.queue({ experimentRunId, kind, payload: JSON.stringify(payload), queuedAt: clock.now() });
  };
  return {
    start: (experimentRunId) => {
      queue(experimentRunId, 'start', {});
    },
    log(experimentRunId, payload) {
      for (const name of ['params', 'tags', 'metrics'] as const) {
        const entries = payload[name] ?? [];
        for (let from = 0; from < entries.length; from += limits[name]) {
          queue(experimentRunId, 'log', { [name]: entries.slice(from, from + limits[name]) });
        }
      }
    },
    artefact: (experimentRunId, artefactId) => {
      queue(experimentRunId, 'artefact', { artefactId });
    },
    end: (experimentRunId) => {
      queue(experimentRunId, 'end', {});
    },
  };
}
