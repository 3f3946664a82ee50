import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { root } from './check/run-tool.ts';
import { buildScreens } from './serve/screens.ts';

/** How fast the screens are, from the browser's own trace: `node scripts/measure-screens.ts --home DIR`. */
const { values } = parseArgs({ options: { home: { type: 'string' } } });
if (values.home === undefined) {
  process.stderr.write('Usage: node scripts/measure-screens.ts --home FOLDER\n');
  process.exit(2);
}
const screens = await buildScreens(() => {
  process.stderr.write('Building the screens ...\n');
});
const child = spawn(
  process.execPath,
  [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=line'],
  {
    cwd: root,
    env: {
      ...process.env,
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      AUSPEX_MEASURED_HOME: resolve(values.home),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  },
);
const ended = once(child, 'close') as Promise<[code: number | null]>;
/** What was said beside the figures, for when it fails. */
const said: string[] = [];
for (const stream of [child.stdout, child.stderr]) {
  createInterface(stream).on('line', (line) => {
    const figure = /MEASURED (.*)$/.exec(line)?.[1];
    if (figure === undefined) said.push(line);
    else process.stdout.write(`${figure}\n`);
  });
}
const [code] = await ended;
const page = readFileSync(join(screens, 'index.html'), 'utf8');
const first = globSync('assets/*.{js,css}', { cwd: screens }).filter((path) => page.includes(path));
const bytes = first.reduce((sum, path) => sum + gzipSync(readFileSync(join(screens, path))).byteLength, 0);
process.stdout.write(
  `${'first files of the page, gzipped'.padEnd(58)} ${String(Math.round(bytes / 1024)).padStart(8)} KB\n`,
);
if (code !== 0) process.stderr.write(`${said.join('\n')}\n`);
process.exitCode = code ?? 1;
