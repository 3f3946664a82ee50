import type { EngineEvent, RunGlance } from '../contract/events.ts';
import type { RunEvent } from '../contract/runs.ts';
import { EventQueue } from './event-queue.ts';

const overStates = new Set(['done', 'failed', 'cancelled', 'interrupted']);

/** Tells every screen that listens what happens. It lives as long as the engine, also while the database is closed. */
export class EngineEvents {
  readonly #listeners = new Set<EventQueue<EngineEvent>>();
  readonly #runs = new Map<number, RunGlance>();
  readonly #hello: { readonly startedAt: number; readonly version: string };

  constructor(hello: { readonly startedAt: number; readonly version: string }) {
    this.#hello = hello;
  }

  get startedAt(): number {
    return this.#hello.startedAt;
  }

  /** First how things stand, then everything new. */
  listen(): EventQueue<EngineEvent> {
    const runs = [...this.#runs.values()].sort(
      (a, b) => Number(b.state === 'running') - Number(a.state === 'running') || a.runId - b.runId,
    );
    const listener = new EventQueue<EngineEvent>({
      first: [{ kind: 'hello', ...this.#hello, runs }],
      outdates: (last, next) =>
        last.kind === 'run' &&
        next.kind === 'run' &&
        last.run.runId === next.run.runId &&
        last.run.state === next.run.state,
      leave: () => void this.#listeners.delete(listener),
    });
    this.#listeners.add(listener);
    return listener;
  }

  emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener.push(event);
  }

  /** Takes an event of a run over; log lines are for who watches that run. */
  onRunEvent(event: RunEvent, parentId: number | null): void {
    if (event.kind === 'log') return;
    const { runId, stage } = event;
    const before = this.#runs.get(runId);
    const run: RunGlance = {
      runId,
      parentId: parentId ?? before?.parentId ?? null,
      stage,
      state: event.kind === 'state' ? event.state : (before?.state ?? 'running'),
      phase: event.kind === 'progress' ? event.phase : (before?.phase ?? null),
      done: event.kind === 'progress' ? event.done : (before?.done ?? 0),
      total: event.kind === 'progress' ? event.total : (before?.total ?? 0),
      errorCode: event.kind === 'state' ? event.errorCode : null,
    };
    const isOver = overStates.has(run.state);
    if (isOver) this.#runs.delete(runId);
    else this.#runs.set(runId, run);
    this.emit({ kind: 'run', run });
    if (isOver) this.emit({ kind: 'changed', group: 'data' });
  }

  /** Ends all listening. */
  end(): void {
    for (const listener of [...this.#listeners]) listener.end();
  }
}
