import { childRuns, findRun, readRun, runLogLines } from '../../db/queries/runs.ts';
import { runStorage } from '../../db/storage/runs.ts';
import type { Database } from '../../db/client.ts';
import type { JsonValue } from '../contract/domain.ts';
import { AppError } from '../contract/errors.ts';
import type { Run, RunEvent, RunState } from '../contract/runs.ts';
import type { RunKind } from '../contract/stages.ts';
import { dayAt } from '../contract/zones.ts';
import type { Clock } from '../ports/index.ts';
import type { Consumer } from './consumer.ts';
import type { Log } from './log.ts';
import { RunEvents } from './run-events.ts';
import { findDefinition, programEnded, RunExecution } from './run-execution.ts';
import type { RecordTools } from './run-record.ts';
import type { RunRegistry } from './stage.ts';

export interface RunServiceOptions {
  /** The writer. */
  readonly database: Database;
  readonly consumer: Consumer;
  /** The kinds of run there are. */
  readonly registry: RunRegistry;
  readonly clock: Clock;
  /** Zone whose calendar says which day "today" is. */
  readonly zone: () => string;
  readonly log?: Log;
  /** Progress is stored at most this often; default 250. */
  readonly storeEveryMs?: number;
  /** Progress is sent to watchers at most this often; default 100. */
  readonly sendEveryMs?: number;
  /** Hears of every run. */
  readonly onEvent?: (event: RunEvent, parentId: number | null) => void;
}

/** A run with its parts, items and log. */
export type RunReport = ReturnType<typeof readRun>;

interface ActiveRun {
  readonly controller: AbortController;
  readonly finished: PromiseWithResolvers<void>;
}

const endStates: readonly RunState[] = ['done', 'failed', 'cancelled', 'interrupted'];

/**
 * Runs stages, one at a time in the order they were asked for, and keeps the record of each in the database. A run's
 * instant and day are fixed when it is asked for. Runs that an ended process left unfinished are found on opening and
 * become `interrupted`; those, failed and cancelled ones can be resumed, with the same instant, day and parameters, and
 * go on behind the items that are done.
 */
export class RunService implements AsyncDisposable {
  readonly #options: RunServiceOptions;
  readonly #tools: RecordTools;
  readonly #execution: RunExecution;
  readonly #events: RunEvents;
  readonly #active = new Map<number, ActiveRun>();
  readonly #queue: number[] = [];
  #working: Promise<void> | undefined;
  #disposed = false;

  constructor(options: RunServiceOptions) {
    this.#options = options;
    this.#events = new RunEvents(options.onEvent);
    this.#tools = {
      database: options.database,
      storage: runStorage(options.database),
      events: this.#events,
      clock: options.clock,
      log: options.log,
      storeEveryMs: options.storeEveryMs ?? 250,
      sendEveryMs: options.sendEveryMs ?? 100,
    };
    const { consumer, registry } = options;
    this.#execution = new RunExecution({ tools: this.#tools, consumer, registry });
    // Whoever has the writer's lock is alone: what still counts as running belongs to a process that is gone.
    const interrupted = this.#tools.storage.interruptUnfinished(options.clock.now());
    if (interrupted > 0) options.log?.warn('runs were interrupted', { count: interrupted });
  }

  /**
   * Puts a run into the queue and returns at once.
   *
   * @throws AppError `USAGE` if there is no such stage, or its parameters are wrong
   */
  start(stage: RunKind, given: unknown = {}): Run {
    this.#refuseWhenDisposed();
    const definition = findDefinition(this.#options.registry, stage);
    const parameters = definition.parse(given);
    const instant = this.#options.clock.now();
    const today = givenDate(parameters) ?? dayAt(instant, this.#options.zone());
    const insert = (kind: RunKind, values: JsonValue, parentId: number | null) =>
      this.#tools.storage.insert({
        parentId,
        stage: kind,
        parameters: JSON.stringify(values),
        instant,
        today,
        startedAt: instant,
      });
    const create = this.#options.database.sqlite.transaction(() => {
      const id = insert(stage, parameters, null);
      if (definition.type !== 'pipeline') return id;
      // All parts exist from the start, with parameters that are known to be good.
      for (const part of definition.plan(parameters)) {
        insert(part.stage, findDefinition(this.#options.registry, part.stage).parse(part.parameters), id);
      }
      return id;
    });
    return this.#enqueue(create.immediate());
  }

  /**
   * Puts an unfinished run into the queue again, or one of whose items some failed: those are tried again. A part of a
   * pipeline stands for its pipeline.
   *
   * @throws AppError `NOT_FOUND`, `RUN_NOT_RESUMABLE`
   */
  resume(runId: number): Run {
    this.#refuseWhenDisposed();
    const run = this.#root(runId);
    const parts = childRuns(this.#options.database, run.id);
    const hasFailures = [run, ...parts].some(({ itemsFailed }) => itemsFailed > 0);
    if ((run.state === 'done' && !hasFailures) || this.#active.has(run.id)) {
      throw new AppError('RUN_NOT_RESUMABLE', `Run ${run.id} is ${run.state}: there is nothing to resume.`, {
        detail: { runId: run.id, state: run.state },
      });
    }
    const requeue = this.#options.database.sqlite.transaction(() => {
      // What was made of a part with failures may change with it, so the parts after it come again too.
      const from = parts.findIndex((part) => part.state !== 'done' || part.itemsFailed > 0);
      for (const one of [run, ...(from < 0 ? [] : parts.slice(from))]) this.#tools.storage.requeue(one.id);
    });
    requeue.immediate();
    return this.#enqueue(run.id);
  }

  /**
   * Asks a run (or the pipeline it belongs to) to stop; `finished` tells when it has. A run that is over stays as it is.
   *
   * @throws AppError `NOT_FOUND`
   */
  cancel(runId: number): Run {
    const run = this.#root(runId);
    const active = this.#active.get(run.id);
    active?.controller.abort(new AppError('CANCELLED', `Run ${run.id} was cancelled.`));
    const waiting = this.#queue.indexOf(run.id);
    if (active && waiting >= 0) {
      this.#queue.splice(waiting, 1);
      const parts = childRuns(this.#options.database, run.id);
      this.#execution.endUnstarted([run, ...parts], active.controller.signal);
      this.#settle(run.id);
    }
    return this.#find(run.id);
  }

  /** The run as it is when it has come to an end, whichever that is. */
  async finished(runId: number): Promise<Run> {
    const run = this.#root(runId);
    await this.#active.get(run.id)?.finished.promise;
    return this.#find(runId);
  }

  /** @throws AppError `NOT_FOUND` */
  show(runId: number): RunReport {
    return readRun(this.#options.database, runId);
  }

  /**
   * What happens in a run and its parts: first its log and states so far, then everything new, until it is over.
   * Watching begins with the call.
   *
   * @throws AppError `NOT_FOUND`
   */
  watch(runId: number): AsyncIterable<RunEvent> & Disposable {
    const run = this.#find(runId);
    const parts = childRuns(this.#options.database, runId).filter((part) => part.state !== 'queued');
    const past = [...parts, run].flatMap((one) => this.#past(one));
    const watcher = this.#events.watch(runId, past);
    if (!this.#active.has(run.parentId ?? run.id)) watcher.end();
    return watcher;
  }

  /** Stops: the run under way becomes `interrupted`, like those in the queue, and can be resumed another time. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    for (const { controller } of this.#active.values()) {
      controller.abort(programEnded());
    }
    await this.#working;
  }

  #enqueue(runId: number): Run {
    const active: ActiveRun = { controller: new AbortController(), finished: Promise.withResolvers() };
    // Nobody need wait for it; those who do still get the failure.
    active.finished.promise.catch(() => undefined);
    this.#active.set(runId, active);
    this.#queue.push(runId);
    for (const { id, parentId, stage, state } of [
      ...childRuns(this.#options.database, runId),
      this.#find(runId),
    ]) {
      if (state !== 'queued') continue;
      const audience = parentId === null ? [id] : [id, parentId];
      const nothing = { errorCode: null, errorMessage: null };
      this.#events.emit(audience, { kind: 'state', runId: id, stage, state: 'queued', ...nothing });
    }
    this.#working ??= this.#work();
    return this.#find(runId);
  }

  async #work(): Promise<void> {
    // The caller gets its answer before the work begins.
    await Promise.resolve();
    for (let runId; (runId = this.#queue.shift()) !== undefined;) {
      const active = this.#active.get(runId)!;
      try {
        const { signal } = active.controller;
        const run = this.#find(runId);
        if (signal.aborted)
          this.#execution.endUnstarted([run, ...childRuns(this.#options.database, runId)], signal);
        else await this.#execution.execute(run, signal);
      } catch (error) {
        // The record itself could not be written (a full disk, say): it is found as interrupted next time.
        this.#options.log?.error('the record of a run could not be written', { runId, error });
        active.finished.reject(error);
      } finally {
        this.#settle(runId);
      }
    }
    this.#working = undefined;
  }

  #settle(runId: number): void {
    this.#active.get(runId)?.finished.resolve();
    this.#active.delete(runId);
    this.#events.end(runId);
  }

  #past(run: Run): RunEvent[] {
    const { id: runId, stage, state, errorCode, errorMessage } = run;
    const lines = runLogLines(this.#options.database, runId);
    const events: RunEvent[] = lines.map((line) => ({ kind: 'log', runId, stage, line }));
    if (run.phase !== null && !endStates.includes(state)) {
      events.push({
        kind: 'progress',
        runId,
        stage,
        phase: run.phase,
        done: run.itemsDone,
        total: run.itemsTotal,
      });
    }
    return [...events, { kind: 'state', runId, stage, state, errorCode, errorMessage }];
  }

  #find(runId: number): Run {
    const run = findRun(this.#options.database, runId);
    if (!run) throw new AppError('NOT_FOUND', `There is no run ${runId}.`, { detail: { runId } });
    return run;
  }

  #root(runId: number): Run {
    const run = this.#find(runId);
    return run.parentId === null ? run : this.#find(run.parentId);
  }

  #refuseWhenDisposed(): void {
    if (this.#disposed) throw new AppError('INTERNAL', 'The program is ending; it takes no more runs.');
  }
}

/** Which day is today may be given with any kind of run. */
function givenDate(parameters: JsonValue): string | undefined {
  const date = (parameters as { date?: JsonValue } | null)?.date;
  return typeof date === 'string' ? date : undefined;
}
