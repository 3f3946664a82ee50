import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../..', import.meta.url));

/** Whether a built file is there and none of its sources, given as patterns in the project, is younger. */
export function isFresh(built: string, sources: readonly string[]): boolean {
  if (!existsSync(built)) return false;
  const { mtimeMs } = statSync(built);
  return globSync(sources, { cwd: project }).every(
    (path) => statSync(join(project, path)).mtimeMs <= mtimeMs,
  );
}
