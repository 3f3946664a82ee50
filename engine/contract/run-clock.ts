import type { EngineEvent, RunGlance } from './events.ts';

/** A whole run that is over, and how long it was under way as far as it was heard. */
export interface EndedRun {
  readonly runId: number;
  readonly stage: string;
  readonly state: 'done' | 'failed' | 'cancelled' | 'interrupted';
  readonly durationMs: number;
  readonly errorCode: string | null;
}

/** Tells from the engine's events which runs are over and how long each took; time spent waiting in the queue is not counted. */
export class RunClock {
  readonly #since = new Map<number, number>();

  /** The run that this event ends; undefined for all others. A pipeline stands for its parts. */
  hear(event: EngineEvent, now: number): EndedRun | undefined {
    if (event.kind === 'hello') {
      const known = new Set(event.runs.map(({ runId }) => runId));
      for (const runId of this.#since.keys()) if (!known.has(runId)) this.#since.delete(runId);
      for (const run of event.runs) this.#begin(run, now);
    }
    if (event.kind !== 'run' || event.run.parentId !== null) return undefined;
    const { runId, stage, state, errorCode } = event.run;
    if (state === 'queued') return undefined;
    if (state === 'running') {
      this.#begin(event.run, now);
      return undefined;
    }
    const durationMs = Math.max(0, now - (this.#since.get(runId) ?? now));
    this.#since.delete(runId);
    return { runId, stage, state, durationMs, errorCode };
  }

  #begin({ runId, parentId, state }: RunGlance, now: number): void {
    if (parentId === null && state === 'running' && !this.#since.has(runId)) this.#since.set(runId, now);
  }
}
