import { doneItems } from '../../db/queries/runs.ts';
import type { Database } from '../../db/client.ts';
import type { EndState, RunStorage } from '../../db/storage/runs.ts';
import type { Instant, JsonValue } from '../contract/domain.ts';
import { fromErrorRecord, toAppError } from '../contract/errors.ts';
import type { ErrorCode, ErrorRecord } from '../contract/errors.ts';
import type { Run, RunLogLine, RunState } from '../contract/runs.ts';
import type { Clock } from '../ports/index.ts';
import type { Log } from './log.ts';
import { redact, redactText } from './redact.ts';
import type { RunEvents } from './run-events.ts';
import type { PhaseProgress, StageContext } from './stage.ts';

/** What is not wrong with one item but with the place where all of them are kept: the run ends, to be resumed. */
const endsRun: readonly ErrorCode[] = [
  'DISK_WRITE_FAILED',
  'DATABASE_CORRUPT',
  'DATABASE_READ_ONLY',
  'DATABASE_BUSY',
];

/** What records of runs are written with. */
export interface RecordTools {
  readonly database: Database;
  readonly storage: RunStorage;
  readonly events: RunEvents;
  readonly clock: Clock;
  readonly log: Log | undefined;
  /** Progress is stored at most this often. */
  readonly storeEveryMs: number;
  /** Progress is sent to watchers at most this often. */
  readonly sendEveryMs: number;
}

/** Everything that is written down about one run while it is under way: state, progress, items and log. */
export class RunRecord {
  readonly run: Run;
  readonly #tools: RecordTools;
  readonly #audience: readonly number[];
  readonly #done: Map<string, string | null>;
  #phase = '';
  #storedAt = -Infinity;
  #sentAt = -Infinity;
  #unstored: PhaseProgress | undefined;
  #heldBack: RunLogLine[] = [];

  constructor(run: Run, tools: RecordTools) {
    this.run = run;
    this.#tools = tools;
    this.#audience = run.parentId === null ? [run.id] : [run.id, run.parentId];
    this.#done = doneItems(tools.database, run.id);
  }

  begin(): void {
    this.#tools.storage.begin(this.run.id, this.#now());
    this.#sendState('running', null);
  }

  end(state: EndState, outcome: { result?: JsonValue; error?: ErrorRecord | undefined } = {}): void {
    const { storage } = this.#tools;
    if (this.#unstored) this.#storeProgress(this.#unstored);
    this.#writeHeldBack();
    storage.end({
      id: this.run.id,
      state,
      finishedAt: this.#now(),
      errorCode: outcome.error?.code ?? null,
      errorMessage: outcome.error ? redactText(outcome.error.message) : null,
      result: outcome.result === undefined ? null : JSON.stringify(outcome.result),
    });
    this.#sendState(state, outcome.error ?? null);
  }

  /** The part of a stage's context that writes to this record. */
  readonly forStage = {
    isDone: (key) => this.#done.has(key),
    resultOf: (key) => {
      const text = this.#done.get(key);
      return text === undefined || text === null ? undefined : (JSON.parse(text) as JsonValue);
    },
    commitItem: (key, durationMs, write) => {
      const { database, storage } = this.#tools;
      try {
        const commit = database.sqlite.transaction(() => {
          const value = write();
          const result = value === undefined ? null : JSON.stringify(value);
          const item = { key, durationMs, errorCode: null, errorMessage: null, result };
          storage.putItem({ runId: this.run.id, state: 'done', ...item });
          return result;
        });
        this.#done.set(key, commit.immediate());
      } catch (error) {
        throw database.explain(error);
      } finally {
        this.#writeHeldBack();
      }
    },
    failItem: (key, durationMs, error) => {
      if (endsRun.includes(error.code)) throw fromErrorRecord(error);
      const message = redactText(error.message);
      const item = { key, durationMs, errorCode: error.code, errorMessage: message, result: null };
      this.#tools.storage.putItem({ runId: this.run.id, state: 'failed', ...item });
      this.#done.delete(key);
      this.forStage.log('error', `${key}: ${message}`, { code: error.code, detail: error.detail });
    },
    progress: (progress) => {
      const now = performance.now();
      const urgent = progress.phase !== this.#phase || progress.done === progress.total;
      this.#phase = progress.phase;
      this.#unstored = progress;
      if (urgent || now - this.#storedAt >= this.#tools.storeEveryMs) this.#storeProgress(progress);
      if (urgent || now - this.#sentAt >= this.#tools.sendEveryMs) {
        this.#sentAt = now;
        const { id: runId, stage } = this.run;
        this.#tools.events.emit(this.#audience, { kind: 'progress', runId, stage, ...progress });
      }
    },
    log: (level, message, options = {}) => {
      const line: RunLogLine = {
        instant: this.#now(),
        level,
        code: options.code ?? null,
        message: redactText(message),
        detail: options.detail ? (redact(options.detail) as RunLogLine['detail']) : null,
      };
      this.#heldBack.push(line);
      // A line written inside of a transaction would vanish with it if that fails, which is just when it is needed.
      if (!this.#tools.database.sqlite.inTransaction) this.#writeHeldBack();
      const { id: runId, stage } = this.run;
      this.#tools.events.emit(this.#audience, { kind: 'log', runId, stage, line });
      const { code, detail } = line;
      this.#tools.log?.[level](line.message, {
        runId,
        stage,
        ...(code && { code }),
        ...(detail && { detail }),
      });
    },
  } satisfies Partial<StageContext>;

  /** Writes an error with its stack and causes to the program's log; the run itself shows the sentence. */
  logFailure(thrown: unknown): void {
    const error = toAppError(thrown);
    this.forStage.log('error', error.message, { code: error.code, detail: error.detail });
    this.#tools.log?.error('run failed', { runId: this.run.id, stage: this.run.stage, error: thrown });
  }

  #now(): Instant {
    return this.#tools.clock.now();
  }

  #storeProgress(progress: PhaseProgress): void {
    this.#storedAt = performance.now();
    this.#unstored = undefined;
    this.#tools.storage.progress(this.run.id, progress);
    this.#writeHeldBack();
  }

  #writeHeldBack(): void {
    if (this.#heldBack.length === 0 || this.#tools.database.sqlite.inTransaction) return;
    const lines = this.#heldBack;
    this.#heldBack = [];
    for (const line of lines) {
      const detail = line.detail === null ? null : JSON.stringify(line.detail);
      this.#tools.storage.log({ ...line, runId: this.run.id, detail });
    }
  }

  #sendState(state: RunState, error: ErrorRecord | null): void {
    this.#tools.events.emit(this.#audience, {
      kind: 'state',
      runId: this.run.id,
      stage: this.run.stage,
      state,
      errorCode: error?.code ?? null,
      errorMessage: error ? redactText(error.message) : null,
    });
  }
}
