/**
 * Builds the desktop program into `out/`: the shell, the preload script, the screens, the engine and the icons.
 *
 *     npm run build
 */
import { build as buildShell } from 'electron-vite';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { writeIcons } from './package/icons.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

await buildShell({ root, logLevel: 'warn' });
await build({
  configFile: join(root, 'vite.engine.config.ts'),
  logLevel: 'warn',
});
writeIcons(fileURLToPath(new URL('../out/icons/', import.meta.url)));
process.stdout.write('Built into out/.\n');
