import { setMaxListeners } from 'node:events';

/** The cancelling of one `Consumer.run`: flag first, threads after the grace time. */
export class ActiveWork {
  readonly flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #kill = new AbortController();
  readonly #waiting = new Set<() => void>();
  readonly #settled = Promise.withResolvers<undefined>();
  readonly #graceMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(graceMs: number) {
    this.#graceMs = graceMs;
    setMaxListeners(0, this.#kill.signal);
  }

  get kill(): AbortSignal {
    return this.#kill.signal;
  }

  get isCancelled(): boolean {
    return Atomics.load(this.flag, 0) !== 0;
  }

  get settled(): Promise<undefined> {
    return this.#settled.promise;
  }

  cancel(): void {
    if (this.isCancelled) return;
    Atomics.store(this.flag, 0, 1);
    for (const stopWaiting of this.#waiting) stopWaiting();
    this.#timer = setTimeout(() => {
      this.#kill.abort();
    }, this.#graceMs);
  }

  /**
   * Waits for a promise, or gives undefined as soon as the work is cancelled. (`Promise.race` with one long-lived promise
   * would keep something in memory for every item.)
   */
  async orCancelled<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    if (this.isCancelled) return undefined;
    const outcome = Promise.withResolvers<Value | undefined>();
    const stopWaiting = () => {
      outcome.resolve(undefined);
    };
    this.#waiting.add(stopWaiting);
    promise.then(outcome.resolve, outcome.reject);
    try {
      return await outcome.promise;
    } finally {
      this.#waiting.delete(stopWaiting);
    }
  }

  settle(): void {
    clearTimeout(this.#timer);
    // Nothing is left to stop; a later `cancel` must not start the timer again.
    Atomics.store(this.flag, 0, 1);
    this.#settled.resolve(undefined);
  }
}
