import { shell } from 'electron';

/**
 * Hosts that a link may lead to, with all below them: where the sources and the project itself are at home. The list is
 * closed, because what a link says may come from a downloaded file.
 */
const knownHosts = [
  'github.com',
  'football-data.co.uk',
  'openfootball.github.io',
  'electronjs.org',
  'core.telegram.org',
  'mlflow.org',
];

/** Opens an address in the analyst's browser if it is https and its host is known; says whether it did. */
export async function openOutside(address: string): Promise<boolean> {
  if (!mayOpenOutside(address)) return false;
  // As it was understood here: a browser might read the same characters in another way.
  await shell.openExternal(new URL(address).href, { activate: true });
  return true;
}

export function mayOpenOutside(address: string): boolean {
  if (/[\s\\]/.test(address)) return false;
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '')
    return false;
  return knownHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}
