import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const sources = [
  'renderer/**/*.*',
  'engine/contract/**/*.ts',
  'resources/locales/*.json',
  'vite.config.ts',
  'package-lock.json',
];

/** Builds the screens where they are missing or older than what they are made of; answers their folder. */
export async function buildScreens(onBuild: () => void): Promise<string> {
  const folder = join(project, 'out', 'renderer');
  if (isFresh(join(folder, 'index.html'))) return folder;
  onBuild();
  const { build } = await import('vite');
  await build({ configFile: join(project, 'vite.config.ts'), logLevel: 'warn' });
  return folder;
}

function isFresh(page: string): boolean {
  if (!existsSync(page)) return false;
  const built = statSync(page).mtimeMs;
  return globSync(sources, { cwd: project }).every((path) => statSync(join(project, path)).mtimeMs <= built);
}
