import type { EngineEvent, RunGlance } from '../../engine/contract/events.ts';
import type { FromEngine } from '../../engine/contract/engine-process.ts';
import type { ErrorCode } from '../../engine/contract/errors.ts';

/** Turns what the engine tells the screens into what the shell must know: how much work there is, and what is over. */
export class WorkReport {
  readonly #tell: (message: FromEngine) => void;
  readonly #now: () => number;
  readonly #runs = new Map<number, { glance: RunGlance; since: number }>();

  constructor(tell: (message: FromEngine) => void, now: () => number) {
    this.#tell = tell;
    this.#now = now;
  }

  hear(event: EngineEvent): void {
    if (event.kind === 'hello') {
      this.#runs.clear();
      for (const run of event.runs) this.#note(run);
      this.#sum();
    } else if (event.kind === 'run') {
      this.#note(event.run);
      this.#sum();
    }
  }

  #note(glance: RunGlance): void {
    // A pipeline stands for its parts.
    if (glance.parentId !== null) return;
    const { runId, stage, state } = glance;
    const since = this.#runs.get(runId)?.since ?? this.#now();
    if (state === 'queued' || state === 'running') {
      this.#runs.set(runId, { glance, since });
      return;
    }
    this.#runs.delete(runId);
    const durationMs = Math.max(0, this.#now() - since);
    const errorCode = glance.errorCode as ErrorCode | null;
    this.#tell({ kind: 'run-ended', runId, stage, state, durationMs, errorCode });
  }

  #sum(): void {
    const runs = [...this.#runs.values()].map(({ glance }) => glance);
    const running = runs.filter(({ state }) => state === 'running');
    const [first] = running;
    const fraction = first && first.total > 0 ? Math.min(1, first.done / first.total) : null;
    this.#tell({ kind: 'work', running: running.length, queued: runs.length - running.length, fraction });
  }
}
