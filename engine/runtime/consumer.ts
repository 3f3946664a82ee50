import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { AppError, toAppError, toErrorRecord } from '../contract/errors.ts';
import type { ErrorRecord } from '../contract/errors.ts';
import { Transfer } from '../contract/work.ts';
import type { WorkAnswer, WorkMessage, WorkerPost } from '../contract/work.ts';
import { ActiveWork } from './active-work.ts';
import { Delivery } from './delivery.ts';
import { Slots } from './slots.ts';

export interface WorkProgress {
  readonly index: number;
  readonly done: number;
  /** 0 when unknown. */
  readonly total: number;
}

export interface Work<Item, Task> {
  /** The worker file: `new URL('../../workers/getting.ts', import.meta.url)`. */
  readonly worker: URL;
  /** The name under which the file exports what `serve` made. */
  readonly handler: string;
  /** Read only as fast as the work goes; may be endless. */
  readonly items: Iterable<Item> | AsyncIterable<Item>;
  /** What is sent to the worker for an item; runs just before it is sent. `transfer(task, buffers)` moves buffers. */
  toTask(item: Item): Task | Transfer<Task> | Promise<Task | Transfer<Task>>;
  /** Default `input`: results come in the order of their items. */
  readonly order?: 'input' | 'completion';
  /** Items worked on at the same time; default and most: the consumer's threads. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** How far items are, some twenty times a second at most; a finished item's result may overtake its last step. */
  onProgress?(progress: WorkProgress): void;
}

export type ItemResult<Item, Result> = {
  readonly index: number;
  readonly item: Item;
  /** Time in the worker. */
  readonly durationMs: number;
} & (
  | { readonly status: 'done'; readonly value: Result }
  | { readonly status: 'failed'; readonly error: ErrorRecord; readonly stack?: string }
  | { readonly status: 'cancelled' }
);

export interface ConsumerOptions {
  /** Worker threads; default: all cores but one, and both of two. They start when they are needed. */
  readonly threads?: number;
  /** How long cancelled work may take to stop by itself before its thread is killed; default 200. */
  readonly graceMs?: number;
  /** With more memory held by the process, in MB, threads that are out of work end at once; default 1000. */
  readonly restAboveMb?: number;
  /** Memory of one thread in MB; default Node's own. A task that needs more fails alone. */
  readonly threadMemoryMb?: number;
  /** Told of a thread that broke while it had no work; default a process warning. */
  readonly onThreadError?: (error: unknown) => void;
}

/** Any long time: the timer only keeps the process alive. */
const longWaitMs = 60_000;

/** How many results may wait for their reader, per thread. */
const windowPerThread = 4;

/**
 * Room for young objects in a thread. What Node gives by itself lets a thread grow by a hundred megabytes more before it
 * tidies up; on 98,056 matches this much takes a quarter off the engine's memory and costs no time that shows.
 */
const youngMemoryMb = 24;

/**
 * The one way to run work in parallel. Items go in, results come out, each with its item; a failing item, even one that
 * kills its thread, is a `failed` result and stops nothing else. Cancelling (by signal, or by leaving the loop) first
 * raises a flag that workers read and kills their threads after `graceMs`; items already taken come out as `cancelled`,
 * the rest is not taken at all.
 */
export class Consumer implements AsyncDisposable {
  readonly threads: number;
  readonly #graceMs: number;
  readonly #restAboveMb: number;
  readonly #openPool: () => Piscina;
  #pool: Piscina;
  readonly #slots: Slots;
  readonly #active = new Set<ActiveWork>();
  readonly #listeners = new Map<number, Listener>();
  #nextId = 0;
  #disposed = false;

  constructor(options: ConsumerOptions = {}) {
    this.threads = options.threads ?? defaultThreads();
    this.#graceMs = options.graceMs ?? 200;
    this.#slots = new Slots(this.threads);
    this.#restAboveMb = options.restAboveMb ?? 1000;
    this.#openPool = () => {
      const pool = new Piscina({
        minThreads: 0,
        maxThreads: this.threads,
        idleTimeout: 30_000,
        resourceLimits: {
          maxYoungGenerationSizeMb: youngMemoryMb,
          ...(options.threadMemoryMb === undefined ? {} : { maxOldGenerationSizeMb: options.threadMemoryMb }),
        },
      });
      pool.on('message', (post: WorkerPost) => {
        const listener = this.#listeners.get(post.id);
        if (post.kind === 'auspex-progress') listener?.progress(post.done, post.total);
        else listener?.last.resolve(post.kind === 'auspex-moved' ? post.value : undefined);
      });
      pool.on('error', options.onThreadError ?? warn);
      return pool;
    };
    this.#pool = this.#openPool();
  }

  /**
   * Runs a handler over items. Leaving the loop early cancels what is under way.
   *
   * @throws what `items` throws while it is read; an item's own failure is a result, not a throw
   */
  async *run<Item, Task, Result>(work: Work<Item, Task>): AsyncGenerator<ItemResult<Item, Result>> {
    if (this.#disposed) throw new AppError('INTERNAL', 'The consumer has been disposed.');
    const concurrency = Math.max(1, Math.min(work.concurrency ?? this.threads, this.threads));
    const delivery = new Delivery<ItemResult<Item, Result>>({
      ordered: work.order !== 'completion',
      capacity: concurrency * windowPerThread,
    });
    const active = new ActiveWork(this.#graceMs);
    const source = each(work.items);
    const lane = async (): Promise<void> => {
      for (;;) {
        await active.orCancelled(delivery.room());
        if (active.isCancelled) return;
        const next = await active.orCancelled(source.next());
        if (!next || next.done) return;
        const index = delivery.take();
        delivery.give(index, await this.#execute(work, { index, item: next.value, active }));
      }
    };
    const onAbort = () => {
      active.cancel();
    };
    work.signal?.addEventListener('abort', onAbort);
    if (work.signal?.aborted) active.cancel();
    this.#active.add(active);
    const lanes = Promise.allSettled(Array.from({ length: concurrency }, lane)).then((settled) => {
      const failure = settled.find((one) => one.status === 'rejected');
      delivery.close(failure && { error: failure.reason as unknown });
      this.#active.delete(active);
      active.settle();
      this.#rest();
    });
    try {
      yield* delivery;
    } finally {
      active.cancel();
      delivery.close();
      await lanes;
      work.signal?.removeEventListener('abort', onAbort);
      // A source that is waiting for something would make us wait with it: it is told, and left to end by itself.
      source.return(undefined).catch(warn);
    }
  }

  /** Cancels everything under way, ends all threads. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await Promise.all(
      [...this.#active].map((active) => {
        active.cancel();
        return active.settled;
      }),
    );
    await this.#pool.destroy();
  }

  /**
   * A thread keeps what its last work left behind until it needs the room itself: in a large engine threads without work
   * end instead, and new ones start with the next work.
   */
  #rest(): void {
    if (this.#disposed || this.#active.size > 0) return;
    if (process.memoryUsage.rss() <= this.#restAboveMb * 1e6) return;
    const tired = this.#pool;
    this.#pool = this.#openPool();
    tired.destroy().catch(warn);
  }

  async #execute<Item, Task, Result>(
    work: Work<Item, Task>,
    { index, item, active }: { index: number; item: Item; active: ActiveWork },
  ): Promise<ItemResult<Item, Result>> {
    const started = performance.now();
    const base = () => ({ index, item, durationMs: performance.now() - started });
    const id = this.#nextId++;
    let slot: Disposable | undefined;
    let sent = false;
    // A thread that has answered no longer keeps the process alive, but what it moved may still be on its way.
    const alive = setInterval(() => undefined, longWaitMs);
    try {
      const task = await work.toTask(item);
      const acquiring = this.#slots.acquire();
      slot = await active.orCancelled(acquiring);
      if (!slot || active.isCancelled) {
        void acquiring.then((late) => {
          late[Symbol.dispose]();
        });
        return { ...base(), status: 'cancelled' };
      }
      const listener: Listener = {
        last: Promise.withResolvers(),
        progress: (done, total) => work.onProgress?.({ index, done, total }),
      };
      this.#listeners.set(id, listener);
      const moves = task instanceof Transfer;
      const message: WorkMessage<Task> = {
        id,
        task: moves ? task.value : task,
        cancelFlag: active.flag,
        reports: work.onProgress !== undefined,
      };
      sent = true;
      const { trailing, ...answer } = (await this.#pool.run(message, {
        filename: work.worker.href,
        name: work.handler,
        signal: active.kill,
        ...(moves ? { transferList: [...task.buffers] } : {}),
      })) as WorkAnswer<Result>;
      if (answer.status !== 'moved' && !trailing) return { ...answer, index, item };
      const killed = new Promise<never>((_, reject) => {
        const lose = () => {
          reject(new AppError('CANCELLED', 'The thread was stopped before its result arrived.'));
        };
        if (active.kill.aborted) lose();
        else active.kill.addEventListener('abort', lose, { once: true });
      });
      const value = (await Promise.race([listener.last.promise, killed])) as Result;
      if (answer.status !== 'moved') return { ...answer, index, item };
      return { index, item, durationMs: answer.durationMs, status: 'done', value };
    } catch (error) {
      if (active.kill.aborted) return { ...base(), status: 'cancelled' };
      const stack = error instanceof Error && error.stack ? { stack: error.stack } : {};
      return {
        ...base(),
        status: 'failed',
        error: toErrorRecord(sent ? explain(error, work) : error),
        ...stack,
      };
    } finally {
      clearInterval(alive);
      this.#listeners.delete(id);
      slot?.[Symbol.dispose]();
    }
  }
}

interface Listener {
  /** Settled by the item's last post, with the value that was moved, if one was. */
  readonly last: PromiseWithResolvers<unknown>;
  progress(done: number, total: number): void;
}

/** One reader at a time, whatever the source: an async generator queues its callers. */
async function* each<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item, undefined> {
  yield* items;
}

function explain(thrown: unknown, work: { worker: URL; handler: string }): AppError {
  if (thrown instanceof AppError) return thrown;
  // An error that cannot be copied loses its words on the way, such as that of a result that cannot be copied.
  const message =
    toAppError(thrown).message || 'the thread broke off (does its result hold something uncopiable?)';
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  const died = code === 'ERR_WORKER_OUT_OF_MEMORY' || /worker exited|terminating worker/i.test(message);
  const where = { worker: work.worker.pathname.split('/').at(-1) ?? '', handler: work.handler };
  return new AppError(
    died ? 'WORKER_KILLED' : 'WORKER_FAILED',
    `${where.handler} in ${where.worker}: ${message}`,
    {
      detail: { ...where, reason: message },
      cause: thrown,
    },
  );
}

function defaultThreads(): number {
  const cores = availableParallelism();
  return cores <= 2 ? cores : cores - 1;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
