import { exitCodes } from './console.ts';
import { sentence } from './schedule-lines.ts';
import type { Session } from './session.ts';

/** Whoever sent SIGTERM waits so long at most; what is under way is resumed by the next start in any case. */
const longestEndMs = 4500;

/** Keeps the schedule until the process is told to end, and says a line for each task that begins and ends. */
export async function keepSchedule(session: Session): Promise<number> {
  const { host, console, zone } = session;
  const ending = new AbortController();
  const end = (): void => {
    ending.abort();
    // Not held up by a worker that does not hear: the record of its run is in the database.
    setTimeout(() => process.exit(exitCodes.done), longestEndMs).unref();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // Refuses here, and not in the log alone, if somebody else has the database.
  host.context.schedule();
  const { tasks } = await host.client.schedule.list();
  const count = tasks.filter(({ enabled }) => enabled).length;
  console.line(console.locale.t('cli.schedule.kept', { count, zone }));
  const said = new Set<string>();
  try {
    for await (const event of await host.client.system.events(undefined, { signal: ending.signal })) {
      // Only now, so that nothing is begun before somebody listens.
      if (event.kind === 'hello') host.keepSchedule();
      if (event.kind !== 'changed' || event.group !== 'schedule') continue;
      for (const occasion of (await host.client.schedule.occasions({ limit: 20 })).reverse()) {
        const key = `${occasion.id} ${occasion.attempts} ${occasion.state}`;
        if (said.has(key) || occasion.startedAt < host.context.events.startedAt) continue;
        said.add(key);
        console.line(sentence(occasion, { console, zone }));
      }
    }
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  }
  console.line(console.locale.t('cli.schedule.ended'));
  return exitCodes.done;
}
