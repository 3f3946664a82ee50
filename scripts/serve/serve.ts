import { randomSecret } from '../../engine/host/loopback/sessions.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import type { Console } from '../cli/console.ts';
import { workingFolder } from '../cli/working-folder.ts';
import { openInBrowser } from './browser.ts';
import type { ServeOptions } from './options.ts';
import { askRunning, recordRunning } from './running.ts';
import { buildScreens } from './screens.ts';
import { superviseEngine } from './supervisor.ts';

/**
 * Serves the workstation until a signal ends it. The address is the first line of standard output; what is said about
 * it goes to standard error. Where the home is served already, that program gives a further address.
 */
export async function serveWorkstation(options: ServeOptions, console: Console): Promise<void> {
  const { t } = console.locale;
  const { home } = resolvePaths({ home: options.home, workingFolder });
  const running = await askRunning(home);
  if (running !== undefined) {
    console.note(t('cli.serve.running'));
    present(running, options);
    return;
  }
  const screens =
    options.screens ??
    (await buildScreens(() => {
      console.note(t('cli.serve.building'));
    }));
  await using resources = new AsyncDisposableStack();
  const controlKey = randomSecret();
  const supervisor = resources.use(
    await superviseEngine({
      start: { home, screens, port: options.port, controlKey },
      onCrash: ({ exit, waitMs }) => {
        console.note(t('cli.serve.crash', { exit, seconds: console.locale.number(waitMs / 1000, 1) }));
      },
      onBack: () => {
        console.note(t('cli.serve.back'));
      },
    }),
  );
  resources.use(await recordRunning(home, { port: supervisor.port, key: controlKey }));
  present(supervisor.address, options);
  console.note(t('cli.serve.once'));
  await new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        end();
      });
    }
  });
}

function present(address: string, options: ServeOptions): void {
  process.stdout.write(`${address}\n`);
  if (options.opens) openInBrowser(address);
}
