import type { RunEvent } from '../contract/runs.ts';

/** Hands events of runs to whoever watches them. */
export class RunEvents {
  readonly #watchers = new Map<number, Set<Watcher>>();

  /**
   * Watches a run and its parts. Watching begins with the call, not with the first read, so nothing falls in between.
   *
   * @param first events that the watcher is to see before the new ones
   */
  watch(runId: number, first: readonly RunEvent[] = []): Watcher {
    const watcher = new Watcher(first, () => {
      const watchers = this.#watchers.get(runId);
      watchers?.delete(watcher);
      if (watchers?.size === 0) this.#watchers.delete(runId);
    });
    const watchers = this.#watchers.get(runId) ?? new Set();
    watchers.add(watcher);
    this.#watchers.set(runId, watchers);
    return watcher;
  }

  /** @param runIds the run of the event, and the pipeline it belongs to */
  emit(runIds: readonly number[], event: RunEvent): void {
    for (const runId of runIds) {
      for (const watcher of this.#watchers.get(runId) ?? []) watcher.push(event);
    }
  }

  /** Ends all watching of a run that is over. */
  end(runId: number): void {
    for (const watcher of [...(this.#watchers.get(runId) ?? [])]) watcher.end();
  }
}

/** One reader's events. A slow reader misses outdated progress and nothing else. */
export class Watcher implements AsyncIterable<RunEvent>, Disposable {
  #pending: RunEvent[];
  #ended = false;
  #change = Promise.withResolvers<void>();
  readonly #leave: () => void;

  constructor(first: readonly RunEvent[], leave: () => void) {
    this.#pending = [...first];
    this.#leave = leave;
  }

  push(event: RunEvent): void {
    const last = this.#pending.at(-1);
    const outdated = event.kind === 'progress' && last?.kind === 'progress' && last.runId === event.runId;
    if (outdated) this.#pending.pop();
    this.#pending.push(event);
    this.#wake();
  }

  /** No more events come; those that are there can still be read. */
  end(): void {
    this.#ended = true;
    this.#leave();
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunEvent> {
    try {
      for (;;) {
        const batch = this.#pending;
        this.#pending = [];
        yield* batch;
        if (this.#pending.length > 0) continue;
        if (this.#ended) return;
        await this.#change.promise;
      }
    } finally {
      this.end();
    }
  }

  [Symbol.dispose](): void {
    this.end();
  }

  #wake(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }
}
