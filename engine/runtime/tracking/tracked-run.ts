import { createHash } from 'node:crypto';
import type { Database } from '../../../db/client.ts';
import type { TrackingStorage } from '../../../db/storage/tracking.ts';
import type { JsonValue } from '../../contract/domain.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import type { ExperimentRunState } from '../../contract/tracking.ts';
import type { Clock } from '../../ports/index.ts';
import { redact, redactText } from '../redact.ts';
import type { Outbox, SentMetric } from './outbox.ts';

/** One number of one step; what the kernel's experiment logger hands over. */
export interface LoggedPoint {
  readonly name: string;
  readonly step: number;
  readonly value: number;
}

/** A document of a run: its content, or the path of a file with its content's hash and size. */
export type ArtefactGiven = { readonly name: string; readonly kind: string } & (
  | { readonly content: string | Uint8Array }
  | { readonly path: string; readonly sha256: string; readonly bytes: number }
);

export interface TrackedRunParts {
  readonly id: number;
  readonly database: Database;
  readonly storage: TrackingStorage;
  readonly clock: Clock;
  readonly outbox: Outbox | undefined;
  readonly parameters: Readonly<Record<string, JsonValue | undefined>>;
}

/** So many points are written in one transaction. */
const batchSize = 500;
/** Points wait no longer than this for company. */
const batchMs = 1000;

/** A run that is under way. Metrics are written in batches; everything else at once. */
export class TrackedRun implements Disposable {
  readonly id: number;
  readonly #parts: TrackedRunParts;
  #parameters: Readonly<Record<string, JsonValue | undefined>>;
  #waiting: { point: LoggedPoint; instant: number }[] = [];
  #waitingSince = 0;
  #ended = false;

  constructor(parts: TrackedRunParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#parameters = parts.parameters;
  }

  /** Adds parameters; a name logged before takes the new value here (an MLflow server keeps the first). Secrets are masked. */
  logParameters(parameters: Readonly<Record<string, JsonValue | undefined>>): void {
    const given = redact(parameters) as Record<string, JsonValue | undefined>;
    const entries = Object.entries(given).filter(([, value]) => value !== undefined);
    if (entries.length === 0) return;
    this.#parameters = { ...this.#parameters, ...given };
    this.#write(({ storage, outbox }) => {
      storage.setParameters(this.id, JSON.stringify(this.#parameters));
      outbox?.log(this.id, { params: entries.map(([key, value]) => ({ key, value: textOf(value!) })) });
    });
  }

  logMetric(name: string, value: number, step = 0): void {
    this.logMetrics([{ name, step, value }]);
  }

  /** Takes the points of an epoch or of a whole training, in any order. */
  logMetrics(points: readonly LoggedPoint[]): void {
    const instant = this.#parts.clock.now();
    if (this.#waiting.length === 0) this.#waitingSince = instant;
    for (const point of points) this.#waiting.push({ point, instant });
    if (this.#waiting.length >= batchSize || instant - this.#waitingSince >= batchMs) this.flush();
  }

  setTags(tags: Readonly<Record<string, string>>): void {
    const entries = Object.entries(tags).map(([key, value]) => ({ key, value: redactText(value) }));
    if (entries.length === 0) return;
    this.#write(({ storage, outbox }) => {
      for (const entry of entries) storage.putTag({ experimentRunId: this.id, ...entry });
      outbox?.log(this.id, { tags: entries });
    });
  }

  /** Keeps a document with the run; a second one of the same name takes the place of the first. Answers its id. */
  logArtefact(artefact: ArtefactGiven): number {
    const { name, kind } = artefact;
    return this.#write(({ storage, outbox, clock }) => {
      const stored = { experimentRunId: this.id, name, kind, createdAt: clock.now() };
      let id: number;
      if ('path' in artefact) {
        const { path, sha256, bytes } = artefact;
        id = storage.putArtefact({ ...stored, content: null, path, sha256, bytes });
      } else {
        const content = Buffer.from(artefact.content);
        const sha256 = createHash('sha256').update(content).digest('hex');
        id = storage.putArtefact({ ...stored, content, path: null, sha256, bytes: content.length });
      }
      outbox?.artefact(this.id, id);
      return id;
    });
  }

  /** Writes the points that still wait for company. */
  flush(): void {
    if (this.#waiting.length > 0) this.#write(() => undefined);
  }

  /** The run is over; what is logged afterwards is an error. */
  end(state: Exclude<ExperimentRunState, 'running'> = 'done', error?: ErrorRecord): void {
    this.#write(({ storage, outbox, clock }) => {
      storage.endRun({
        id: this.id,
        state,
        finishedAt: clock.now(),
        errorCode: error?.code ?? null,
        errorMessage: error ? redactText(error.message) : null,
      });
      outbox?.end(this.id);
    });
    this.#ended = true;
  }

  /** A run that nobody ended was left by an error. */
  [Symbol.dispose](): void {
    if (!this.#ended) this.end('failed');
  }

  #write<Value>(work: (parts: TrackedRunParts) => Value): Value {
    if (this.#ended) throw new Error(`Experiment run ${this.id} is over; nothing more can be logged.`);
    const { database, storage, outbox } = this.#parts;
    const waiting = this.#waiting;
    this.#waiting = [];
    const write = database.sqlite.transaction(() => {
      for (const { point, instant } of waiting) {
        const { name: key, step, value } = point;
        const held = Number.isNaN(value) ? null : value;
        storage.putMetric({ experimentRunId: this.id, key, step, value: held, instant });
      }
      if (waiting.length > 0) outbox?.log(this.id, { metrics: waiting.map(toSent) });
      return work(this.#parts);
    });
    try {
      return write();
    } catch (error) {
      this.#waiting = [...waiting, ...this.#waiting];
      throw error;
    }
  }
}

function toSent({ point, instant }: { point: LoggedPoint; instant: number }): SentMetric {
  const { name, step, value } = point;
  const sent = Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity');
  return { key: name, value: sent, timestamp: instant, step };
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
