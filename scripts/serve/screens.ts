import { join } from 'node:path';
import { isFresh, project } from './fresh.ts';

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
  if (isFresh(join(folder, 'index.html'), sources)) return folder;
  onBuild();
  const { build } = await import('vite');
  await build({ configFile: join(project, 'vite.config.ts'), logLevel: 'error' });
  return folder;
}
