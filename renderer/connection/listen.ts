import type { EngineEvent } from '../../engine/contract/events.ts';
import { api, client } from './client.ts';
import { reconnectDelayMs } from './back-off.ts';
import { queryClient } from './query-client.ts';

const batchMs = 150;

/**
 * Hears the engine for as long as the window is open, over every broken line and every new start, and lets what is shown
 * be asked again when it may have changed.
 */
export async function listen(onEvent: (event: EngineEvent) => void, signal: AbortSignal): Promise<void> {
  let startedAt: number | undefined;
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      for await (const event of await client.system.events(undefined, { signal })) {
        attempt = 0;
        onEvent(event);
        // Whatever happened while nobody listened was missed.
        if (event.kind === 'hello' && startedAt !== undefined) invalidate('data');
        if (event.kind === 'hello') startedAt = event.startedAt;
        if (event.kind === 'changed') invalidate(event.group);
        if (event.kind === 'run' && event.run.phase === null) invalidate('runs');
      }
    } catch {
      // The line broke, which the connection's own state shows, or the engine refuses for now.
    }
    await new Promise((resolve) => setTimeout(resolve, reconnectDelayMs(attempt)));
  }
}

const waiting = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

function invalidate(group: string): void {
  waiting.add(group);
  timer ??= setTimeout(() => {
    timer = undefined;
    const groups = [...waiting];
    waiting.clear();
    const narrow = groups.every((one) => one === 'workspace' || one === 'runs');
    if (!narrow) {
      void queryClient.invalidateQueries();
      return;
    }
    void queryClient.invalidateQueries({ queryKey: api.workspace.key() });
    if (groups.includes('runs')) void queryClient.invalidateQueries({ queryKey: api.runs.key() });
  }, batchMs);
}
