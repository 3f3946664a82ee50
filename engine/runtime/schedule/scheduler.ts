import { findOccasion, occasionAt } from '../../../db/queries/schedule.ts';
import { scheduleStorage, type ScheduleStorage } from '../../../db/storage/schedule.ts';
import type { Database } from '../../../db/client.ts';
import { AppError, toAppError } from '../../contract/errors.ts';
import type { ScheduleOccasion } from '../../contract/schedule.ts';
import type { Clock } from '../../ports/index.ts';
import type { Log } from '../log.ts';
import { planSchedule, type DueTask, type Plan } from './planner.ts';
import { findTask, readTasks, type BookedTask } from './task-book.ts';

/** What a task's work gets to know. */
export interface TaskContext {
  readonly task: BookedTask;
  readonly occasion: ScheduleOccasion;
  readonly signal: AbortSignal;
  /** Keeps what has been done of the occasion, so that an interrupted one goes on behind it. */
  note(steps: ScheduleOccasion['steps']): void;
}

/** Work that belongs to no task and is due at an instant of its own: letters that are tried again. */
export interface BackgroundWork {
  /** Undefined where nothing waits. */
  dueAt(): number | undefined;
  perform(signal: AbortSignal): Promise<void>;
}

/** Calls back after a time, unless the function that comes back is called before. */
export type Timer = (waitMs: number, act: () => void) => () => void;

export interface SchedulerOptions {
  /** The writer. */
  readonly database: Database;
  readonly clock: Clock;
  readonly zone: () => string;
  readonly quietHours: () => string;
  /** Whether nothing may be started because of the battery. */
  readonly pausedByBattery: () => boolean;
  readonly perform: (context: TaskContext) => Promise<void>;
  readonly background?: BackgroundWork;
  readonly timer?: Timer;
  /** Something about the schedule is different now. */
  readonly onChange?: () => void;
  readonly onFailure?: (occasion: ScheduleOccasion) => void;
  readonly log?: Log;
}

/** However far the next occasion is: a machine that slept, or whose clock was set, is noticed within this time. */
const longestWaitMs = 30_000;

/**
 * Starts what is due, one task at a time. It holds no state of its own: what is owed follows from the database and the
 * clock, so a crash, a sleep or a second process changes nothing about what is done and how often.
 */
export class Scheduler implements AsyncDisposable {
  readonly #options: SchedulerOptions;
  readonly #storage: ScheduleStorage;
  readonly #timer: Timer;
  readonly #ending = new AbortController();
  readonly #active = new Map<number, { controller: AbortController; finished: Promise<void> }>();
  /** One task after the other, those started by hand among them. */
  #lane: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | undefined;
  #isKept = false;
  #isWorking = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#storage = scheduleStorage(options.database);
    this.#timer = options.timer ?? systemTimer;
    const interrupted = this.#storage.interruptUnfinished(options.clock.now());
    if (interrupted > 0)
      options.log?.warn('occasions of the schedule were interrupted', { count: interrupted });
  }

  /** Begins to keep the schedule. */
  start(): void {
    this.#isKept = true;
    this.look();
  }

  get isKept(): boolean {
    return this.#isKept;
  }

  /** What the schedule owes now. */
  plan(): Plan {
    const { clock, zone, quietHours, pausedByBattery, database } = this.#options;
    return planSchedule(readTasks(database), {
      now: clock.now(),
      zone: zone(),
      quietHours: quietHours(),
      pausedByBattery: pausedByBattery(),
    });
  }

  /** Looks at once whether something is due: after a change, after sleep. */
  look(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (!this.#isKept || this.#isWorking || this.#ending.signal.aborted) return;
    this.#isWorking = true;
    this.#lane = this.#lane
      .then(() => this.#work())
      .catch((error: unknown) => {
        // The database itself refuses: the next look finds the same occasions due.
        this.#options.log?.error('the schedule could not be worked through', { error });
      })
      .finally(() => {
        this.#isWorking = false;
        this.#wait();
      });
  }

  /**
   * Starts a task by hand, behind what is under way; one that is under way already is answered as it is.
   *
   * @throws AppError `NOT_FOUND`
   */
  runNow(name: string): ScheduleOccasion {
    const { database, clock } = this.#options;
    const task = findTask(database, name);
    if (task.last?.state === 'running') return task.last;
    const now = clock.now();
    const id = this.#storage.begin({
      ...{ task: task.name, kind: task.kind, dueAt: now, byHand: true, missed: 0, startedAt: now },
    });
    if (id === undefined) return occasionAt(database, { task: name, dueAt: now })!;
    const finished = this.#lane.then(() => this.#carryOut(id, task));
    this.#lane = finished;
    return this.#find(id);
  }

  /** Stops an occasion that is under way. */
  cancel(id: number): ScheduleOccasion {
    this.#active
      .get(id)
      ?.controller.abort(new AppError('CANCELLED', `Occasion ${id} of the schedule was cancelled.`));
    return this.#find(id);
  }

  /** The occasion when it is over. */
  async finished(id: number): Promise<ScheduleOccasion> {
    while (this.#find(id).state === 'running' && !this.#ending.signal.aborted) {
      await (this.#active.get(id)?.finished ?? this.#lane);
    }
    return this.#find(id);
  }

  /** Done when nothing is due any more and nothing is under way. */
  async idle(): Promise<void> {
    let lane;
    do {
      lane = this.#lane;
      await lane;
    } while (lane !== this.#lane);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isKept = false;
    this.#cancelTimer?.();
    this.#ending.abort(new AppError('CANCELLED', 'The program ended.', { detail: { shutdown: true } }));
    await this.#lane;
  }

  async #work(): Promise<void> {
    const { background, clock } = this.#options;
    while (!this.#ending.signal.aborted) {
      const { due, hold } = this.plan();
      const [first] = due;
      if (first !== undefined && hold === undefined) {
        await this.#startDue(first);
        continue;
      }
      const waiting = background?.dueAt();
      if (waiting === undefined || waiting > clock.now()) return;
      await background!.perform(this.#ending.signal).catch((error: unknown) => {
        this.#options.log?.warn('what waited could not be sent', { error });
      });
      // Whatever came of it, it is not tried again before the next look.
      return;
    }
  }

  async #startDue({ name, kind, dueAt, missed }: DueTask): Promise<void> {
    const { database, clock } = this.#options;
    const startedAt = clock.now();
    const id = this.#storage.begin({ task: name, kind, dueAt, byHand: false, missed, startedAt });
    if (id !== undefined) await this.#carryOut(id, findTask(database, name));
  }

  async #carryOut(id: number, task: BookedTask): Promise<void> {
    const { onChange, onFailure, perform, log } = this.#options;
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, this.#ending.signal]);
    const over = Promise.withResolvers<void>();
    this.#active.set(id, { controller, finished: over.promise });
    onChange?.();
    try {
      signal.throwIfAborted();
      const note = (steps: ScheduleOccasion['steps']): void => {
        this.#storage.noteSteps(id, JSON.stringify(steps));
      };
      await perform({ task, occasion: this.#find(id), signal, note });
      signal.throwIfAborted();
      this.#end(id, 'done');
      log?.info('a task of the schedule is done', { task: task.name });
    } catch (thrown) {
      if (this.#ending.signal.aborted) {
        // Left as running: the next process finds it interrupted and goes on with it, however often it is asked to end.
        this.#storage.forgetAttempt(id);
        return;
      }
      const error = signal.aborted ? toAppError(signal.reason) : toAppError(thrown);
      this.#end(id, signal.aborted ? 'cancelled' : 'failed', error);
      if (signal.aborted) return;
      log?.error('a task of the schedule failed', { task: task.name, error });
      onFailure?.(this.#find(id));
    } finally {
      this.#active.delete(id);
      over.resolve();
      onChange?.();
    }
  }

  #end(id: number, state: 'done' | 'failed' | 'cancelled', error?: AppError): void {
    this.#storage.end({
      id,
      state,
      finishedAt: this.#options.clock.now(),
      errorCode: error?.code ?? null,
      errorMessage: error?.message ?? null,
    });
  }

  /** When there is something to be looked at again. */
  #nextInstant(): number {
    const { background, clock, log } = this.#options;
    try {
      const waiting = background?.dueAt() ?? Infinity;
      // What is overdue could not be sent just now; it is tried again after the longest wait.
      return Math.min(this.plan().wakeAt ?? Infinity, waiting > clock.now() ? waiting : Infinity);
    } catch (error) {
      log?.error('the schedule could not be read', { error });
      return Infinity;
    }
  }

  #find(id: number): ScheduleOccasion {
    const occasion = findOccasion(this.#options.database, id);
    if (occasion) return occasion;
    throw new AppError('NOT_FOUND', `There is no occasion ${id} of the schedule.`, { detail: { id } });
  }

  #wait(): void {
    if (!this.#isKept || this.#ending.signal.aborted) return;
    const waitMs = Math.min(Math.max(this.#nextInstant() - this.#options.clock.now(), 1000), longestWaitMs);
    this.#cancelTimer = this.#timer(waitMs, () => {
      this.look();
    });
  }
}

const systemTimer: Timer = (waitMs, act) => {
  const timer = setTimeout(act, waitMs);
  return () => {
    clearTimeout(timer);
  };
};
