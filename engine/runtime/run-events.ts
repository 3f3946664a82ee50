import type { RunEvent } from '../contract/runs.ts';
import { EventQueue } from './event-queue.ts';

/** Hands events of runs to whoever watches them. */
export class RunEvents {
  readonly #watchers = new Map<number, Set<EventQueue<RunEvent>>>();
  readonly #onEvent: ((event: RunEvent, parentId: number | null) => void) | undefined;

  /** @param onEvent hears everything, whoever watches */
  constructor(onEvent?: (event: RunEvent, parentId: number | null) => void) {
    this.#onEvent = onEvent;
  }

  /**
   * Watches a run and its parts. Watching begins with the call, not with the first read, so nothing falls in between.
   *
   * @param first events that the watcher is to see before the new ones
   */
  watch(runId: number, first: readonly RunEvent[] = []): EventQueue<RunEvent> {
    const watcher = new EventQueue<RunEvent>({
      first,
      outdates: (last, next) =>
        next.kind === 'progress' && last.kind === 'progress' && last.runId === next.runId,
      leave: () => {
        const watchers = this.#watchers.get(runId);
        watchers?.delete(watcher);
        if (watchers?.size === 0) this.#watchers.delete(runId);
      },
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
    this.#onEvent?.(event, runIds[1] ?? null);
  }

  /** Ends all watching of a run that is over. */
  end(runId: number): void {
    for (const watcher of [...(this.#watchers.get(runId) ?? [])]) watcher.end();
  }
}
