/** How the engine is started again after it ended by itself. */
export interface NextStart {
  readonly waitMs: number;
  /** Without the schedule, so that whatever it would start cannot end the engine again. */
  readonly safeMode: boolean;
  /** Bad starts in a row. */
  readonly attempt: number;
}

const firstWaitMs = 500;
const longestWaitMs = 30_000;
const healthyAfterMs = 60_000;

/**
 * Half a second, then twice as long each time, at most half a minute; from the beginning once an engine has run for a
 * minute. Two ends within a minute call for safe mode, which stays until the program ends or the analyst leaves it.
 */
export class RestartPolicy {
  #attempt = 0;
  #lastEnd: number | undefined;
  #safeMode = false;

  /** @param startedAt When the engine that has ended was started. */
  ended(now: number, startedAt: number): NextStart {
    if (now - startedAt >= healthyAfterMs) this.#attempt = 0;
    if (this.#lastEnd !== undefined && now - this.#lastEnd < healthyAfterMs) this.#safeMode = true;
    this.#lastEnd = now;
    this.#attempt++;
    const waitMs = Math.min(firstWaitMs * 2 ** (this.#attempt - 1), longestWaitMs);
    return { waitMs, safeMode: this.#safeMode, attempt: this.#attempt };
  }

  get safeMode(): boolean {
    return this.#safeMode;
  }

  /** The analyst wants the schedule back. */
  leaveSafeMode(): void {
    this.#safeMode = false;
    this.#attempt = 0;
    this.#lastEnd = undefined;
  }
}
