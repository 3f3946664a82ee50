import type { Language } from '../../engine/contract/domain.ts';
import { createEngineHost, type EngineHost } from '../../engine/host/engine-host.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import type { Paths } from '../../engine/ports/index.ts';
import { workingFolder } from './working-folder.ts';
import { createConsole, exitCodes, reportError, type Console } from './console.ts';

export interface GlobalOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly lang?: Language;
}

/** What a command works with. */
export interface Session {
  readonly host: EngineHost;
  readonly paths: Paths;
  readonly console: Console;
  readonly zone: string;
}

/** A command's work; answers its exit code, `done` when it answers nothing. */
export type Work = (session: Session) => Promise<number | undefined>;

/** Makes a command's work into what commander calls. */
export type Act = (work: Work) => () => Promise<void>;

/** Opens the engine for one command, and words whatever goes wrong. */
export async function inSession(options: GlobalOptions, work: Work): Promise<number> {
  let console = createConsole({ json: options.json === true, language: options.lang ?? 'en' });
  try {
    const paths = resolvePaths({ home: options.home, workingFolder });
    await using host = createEngineHost({ paths });
    const settings = new Map((await host.client.settings.list()).map(({ key, value }) => [key, value]));
    if (!options.lang) {
      console = createConsole({ json: console.json, language: settings.get('language') as Language });
    }
    return (await work({ host, paths, console, zone: String(settings.get('zone')) })) ?? exitCodes.done;
  } catch (error) {
    return reportError(console, error);
  }
}
