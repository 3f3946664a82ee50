import { enableCompileCache } from 'node:module';
import { createConsole, reportError } from './cli/console.ts';
import { readServeOptions } from './serve/options.ts';
import { serveWorkstation } from './serve/serve.ts';

// Halves the time to the engine's first answer: its process and its threads find the same cache by the variable.
const { directory } = enableCompileCache();
if (directory) process.env.NODE_COMPILE_CACHE ??= directory;

/** Serves the workstation to a browser of this machine: `npm run serve -- [--home DIR] [--port N] [--no-open]`. */
const console = createConsole({ json: false, language: process.env.LANG?.startsWith('ru') ? 'ru' : 'en' });
try {
  await serveWorkstation(readServeOptions(process.argv.slice(2)), console);
} catch (error) {
  process.exitCode = reportError(console, error);
  if (process.exitCode === 2) console.note(console.locale.t('cli.serve.usage'));
}
