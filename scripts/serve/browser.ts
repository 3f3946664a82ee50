import { spawn } from 'node:child_process';

/** Opens an address in the user's own browser, if the system knows how; the address was printed in any case. */
export function openInBrowser(address: string): void {
  const [program, ...options] = openers[process.platform] ?? ['xdg-open'];
  spawn(program!, [...options, address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
