import { enableCompileCache } from 'node:module';
import { createConsole, reportError } from './cli/console.ts';
import { electronBinary } from './package/electron-binary.ts';
import { runDesktop } from './serve/desktop.ts';
import { readServeOptions } from './serve/options.ts';
import { serveWorkstation } from './serve/serve.ts';

// Halves the time to the engine's first answer: its process and its threads find the same cache by the variable.
const { directory } = enableCompileCache();
if (directory) process.env.NODE_COMPILE_CACHE ??= directory;

/** Opens the workstation: as the desktop program where Electron is installed, else in the browser. */
const console = createConsole({ json: false, language: process.env.LANG?.startsWith('ru') ? 'ru' : 'en' });
try {
  const given = process.argv.slice(2);
  const options = readServeOptions(given);
  const binary = electronBinary();
  if (binary === undefined) {
    console.note(console.locale.t('cli.serve.no-electron'));
    await serveWorkstation(options, console);
  } else {
    const home = options.home === undefined ? [] : ['--home', options.home];
    process.exitCode = await runDesktop(binary, home, console);
  }
} catch (error) {
  process.exitCode = reportError(console, error);
  if (process.exitCode === 2) console.note(console.locale.t('cli.serve.usage'));
}
