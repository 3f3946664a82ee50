/** What to do about a page that ended by itself. */
export type PageRecovery =
  | { readonly act: 'reload'; readonly waitMs: number }
  /** It keeps ending: the analyst decides. */
  | { readonly act: 'ask'; readonly times: number };

const withinMs = 60_000;
const mostTimes = 3;

/** Reloads a page at once, then after one second, then after two; the fourth time within a minute it asks. */
export class PageRecoveryPolicy {
  #ends: number[] = [];

  ended(now: number): PageRecovery {
    this.#ends = [...this.#ends.filter((instant) => now - instant < withinMs), now];
    const times = this.#ends.length;
    if (times > mostTimes) return { act: 'ask', times };
    return { act: 'reload', waitMs: (times - 1) * 1000 };
  }

  /** The analyst wants to try once more. */
  forget(): void {
    this.#ends = [];
  }
}
