import type { EngineEvent, RunGlance } from '../../engine/contract/events.ts';
import type { FromEngine } from '../../engine/contract/engine-process.ts';
import type { ErrorCode } from '../../engine/contract/errors.ts';
import { RunClock } from '../../engine/contract/run-clock.ts';

/** Turns what the engine tells the screens into what the shell must know: how much work there is, what is over, what alarms. */
export class WorkReport {
  readonly #tell: (message: FromEngine) => void;
  readonly #now: () => number;
  readonly #sentence: (code: ErrorCode) => string;
  readonly #clock = new RunClock();
  readonly #runs = new Map<number, RunGlance>();

  /** @param sentence words an error for the analyst */
  constructor(tell: (message: FromEngine) => void, now: () => number, sentence: (code: ErrorCode) => string) {
    this.#tell = tell;
    this.#now = now;
    this.#sentence = sentence;
  }

  hear(event: EngineEvent): void {
    const ended = this.#clock.hear(event, this.#now());
    if (event.kind === 'hello') {
      this.#runs.clear();
      for (const run of event.runs) this.#note(run);
      this.#sum();
    } else if (event.kind === 'run') {
      this.#note(event.run);
      if (ended) {
        const errorCode = ended.errorCode as ErrorCode | null;
        const errorText = errorCode && this.#sentence(errorCode);
        this.#tell({ kind: 'run-ended', ...ended, errorCode, errorText });
      }
      this.#sum();
    } else if (event.kind === 'alert') {
      this.#tell({ kind: 'alert', title: event.title, address: event.address });
    }
  }

  #note(run: RunGlance): void {
    // A pipeline stands for its parts.
    if (run.parentId !== null) return;
    if (run.state === 'queued' || run.state === 'running') this.#runs.set(run.runId, run);
    else this.#runs.delete(run.runId);
  }

  #sum(): void {
    const runs = [...this.#runs.values()];
    const running = runs.filter(({ state }) => state === 'running');
    const [first] = running;
    const fraction = first && first.total > 0 ? Math.min(1, first.done / first.total) : null;
    this.#tell({ kind: 'work', running: running.length, queued: runs.length - running.length, fraction });
  }
}
