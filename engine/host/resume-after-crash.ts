import { unfinishedRuns } from '../../db/queries/runs.ts';
import type { Run } from '../contract/runs.ts';
import type { EngineContext } from './engine-host.ts';

/**
 * Goes on with the runs that were under way when the engine before this one was cut off, in their order. For a shell
 * that has just started the engine again; a person who starts the program is asked instead.
 */
export function resumeAfterCrash(context: EngineContext): readonly Run[] {
  const unfinished = unfinishedRuns(context.reader());
  // Opening the runs marks what is unfinished as interrupted.
  return unfinished.map(({ id }) => context.runs().resume(id));
}
