/** Places that at most `count` holders have at a time; the others wait in the order they came. */
export class Slots {
  #free: number;
  readonly #queue: PromiseWithResolvers<void>[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves with a place; disposing it gives it back (once). */
  async acquire(): Promise<Disposable> {
    if (this.#free > 0) {
      this.#free--;
    } else {
      const turn = Promise.withResolvers<void>();
      this.#queue.push(turn);
      await turn.promise;
    }
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        const next = this.#queue.shift();
        if (next) next.resolve();
        else this.#free++;
      },
    };
  }
}
