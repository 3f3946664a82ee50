import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import type { Paths } from '../ports/index.ts';

export interface PathsRequest {
  /** `--home`; goes before everything else. */
  readonly home?: string | undefined;
  /** Default the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Default this machine's. */
  readonly platform?: NodeJS.Platform;
  /** The user's own folder; default this machine's. */
  readonly userFolder?: string;
  /** What relative paths start from; default the process's. */
  readonly workingFolder?: string;
}

/**
 * Where things live: `home` if given, else `AUSPEX_HOME`, else the platform's place for application data (Linux
 * `$XDG_DATA_HOME/auspex` or `~/.local/share/auspex`, macOS `~/Library/Application Support/Auspex`, Windows
 * `%APPDATA%\Auspex`). Nothing is created here.
 */
export function resolvePaths(request: PathsRequest = {}): Paths {
  const platform = request.platform ?? process.platform;
  const path = platform === 'win32' ? win32 : posix;
  const environment = request.environment ?? process.env;
  const given = nonEmpty(request.home) ?? nonEmpty(environment.AUSPEX_HOME);
  const user = request.userFolder ?? homedir();
  const home = given
    ? path.resolve(request.workingFolder ?? process.cwd(), given)
    : applicationFolder(platform, environment, user);
  return {
    home,
    database: path.join(home, 'auspex.sqlite'),
    documents: path.join(home, 'documents'),
    backups: path.join(home, 'backups'),
    logs: path.join(home, 'logs'),
  };
}

function applicationFolder(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  user: string,
): string {
  if (platform === 'win32') {
    return win32.join(nonEmpty(environment.APPDATA) ?? win32.join(user, 'AppData', 'Roaming'), 'Auspex');
  }
  if (platform === 'darwin') return posix.join(user, 'Library', 'Application Support', 'Auspex');
  const data = nonEmpty(environment.XDG_DATA_HOME);
  // The specification says that a relative path here is to be ignored.
  return posix.join(data && posix.isAbsolute(data) ? data : posix.join(user, '.local', 'share'), 'auspex');
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
