/** One reader's events. A slow reader misses what newer events make outdated, and nothing else. */
export class EventQueue<Event> implements AsyncIterable<Event>, Disposable {
  #pending: Event[];
  #ended = false;
  #change = Promise.withResolvers<void>();
  readonly #leave: () => void;
  readonly #outdates: (last: Event, next: Event) => boolean;

  constructor(options: {
    /** What the reader sees before anything new. */
    readonly first: readonly Event[];
    /** Does `next` make `last`, which is still unread, not worth reading? */
    readonly outdates: (last: Event, next: Event) => boolean;
    readonly leave: () => void;
  }) {
    this.#pending = [...options.first];
    this.#leave = options.leave;
    this.#outdates = options.outdates;
  }

  push(event: Event): void {
    const last = this.#pending.at(-1);
    if (last !== undefined && this.#outdates(last, event)) this.#pending.pop();
    this.#pending.push(event);
    this.#wake();
  }

  /** No more events come; those that are there can still be read. */
  end(): void {
    this.#ended = true;
    this.#leave();
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event> {
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
