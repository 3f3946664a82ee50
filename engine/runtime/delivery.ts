/**
 * Results on their way from parallel work to one reader, in the order of their index or as they come. Giving waits for
 * nothing; `room` makes the givers wait while the reader lags behind.
 */
export class Delivery<Value> implements AsyncIterable<Value> {
  readonly #ordered: boolean;
  readonly #capacity: number;
  readonly #waiting = new Map<number, Value>();
  #taken = 0;
  #read = 0;
  #closed = false;
  #failure: { readonly error: unknown } | undefined;
  #change = Promise.withResolvers<void>();

  /** @param capacity how many items may be taken but not yet read */
  constructor(options: { readonly ordered: boolean; readonly capacity: number }) {
    this.#ordered = options.ordered;
    this.#capacity = options.capacity;
  }

  /** The index of the next item taken for work; counts as waiting until it is read. */
  take(): number {
    return this.#taken++;
  }

  give(index: number, value: Value): void {
    this.#waiting.set(index, value);
    this.#changed();
  }

  /** No more values come; an error is thrown to the reader after those that are there. */
  close(failure?: { readonly error: unknown }): void {
    this.#closed = true;
    this.#failure ??= failure;
    this.#changed();
  }

  /** Resolves when one more item may be taken, or the delivery is closed. */
  async room(): Promise<void> {
    while (!this.#closed && this.#taken - this.#read >= this.#capacity) await this.#change.promise;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
    for (;;) {
      const index = this.#nextIndex();
      if (index !== undefined) {
        const value = this.#waiting.get(index) as Value;
        this.#waiting.delete(index);
        this.#read++;
        this.#changed();
        yield value;
      } else if (this.#closed) {
        if (this.#failure) throw this.#failure.error;
        return;
      } else {
        await this.#change.promise;
      }
    }
  }

  #nextIndex(): number | undefined {
    if (!this.#ordered) return this.#waiting.keys().next().value;
    return this.#waiting.has(this.#read) ? this.#read : undefined;
  }

  #changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }
}
