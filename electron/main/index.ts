import { app } from 'electron';
import { join } from 'node:path';
import { registerAppScheme } from './app-protocol.ts';
import { guardNavigation } from './navigation-guard.ts';
import { filesOf, homeOf } from './open-files.ts';
import { runShell, type Shell } from './shell.ts';

// Everything that must be said before the program is ready is said here; the rest is in shell.ts.

const words = process.argv.slice(app.isPackaged ? 1 : 2);
const home = homeOf(words, process.cwd());
// The shell's own state goes with the home, so that two homes are two programs.
if (home !== undefined) app.setPath('userData', join(home, 'desktop'));
// What the page cannot do without a sandbox it shall not do.
app.enableSandbox();
registerAppScheme();
guardNavigation(app);

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  let shell: Shell | undefined;
  const early = [...filesOf(words, process.cwd())];
  const open = (files: readonly string[]): void => {
    if (shell) shell.openFiles(files);
    else early.push(...files);
  };
  app.on('second-instance', (_event, theirs, folder) => {
    shell?.focus();
    open(filesOf(theirs.slice(1), folder));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  void app.whenReady().then(async () => {
    shell = await runShell({ home });
    if (early.length > 0) shell.openFiles(early.splice(0));
  });
}
