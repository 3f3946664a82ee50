import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { createEngineHost } from '../engine/host/engine-host.ts';
import { startLoopbackHost } from '../engine/host/loopback/loopback-host.ts';
import { resolvePaths } from '../engine/host/paths.ts';
import { buildScreens } from './serve/screens.ts';

/**
 * Serves the workstation to a browser of this machine: `npm run serve -- [--home DIR] [--port N] [--no-open]`.
 */
const { values } = parseArgs({
  options: {
    home: { type: 'string' },
    port: { type: 'string', default: '0' },
    open: { type: 'boolean', default: true },
    screens: { type: 'string' },
  },
  allowNegative: true,
});

const screens = values.screens ?? (await buildScreens());
const paths = resolvePaths({ home: values.home, workingFolder: process.env.INIT_CWD ?? process.cwd() });
const engine = createEngineHost({ paths });
const host = await startLoopbackHost({ engine, screens, port: Number(values.port) });
const address = host.issueAddress();
process.stdout.write(`${address}\n`);
if (values.open) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void host[Symbol.asyncDispose]().then(() => engine[Symbol.asyncDispose]());
  });
}
