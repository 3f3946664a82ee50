import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { runTool } from './check/run-tool.ts';
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
process.env.AUSPEX_MEASURED_HOME = resolve(values.home);
const { code, output } = await runTool('@playwright/test/cli.js', ['test', '--reporter=line']);
const figures = output.split('\n').flatMap((line) => /MEASURED (.*)$/.exec(line)?.[1] ?? []);
process.stdout.write(`${figures.join('\n')}\n`);
const page = readFileSync(join(screens, 'index.html'), 'utf8');
const first = globSync('assets/*.{js,css}', { cwd: screens }).filter((path) => page.includes(path));
const bytes = first.reduce((sum, path) => sum + gzipSync(readFileSync(join(screens, path))).byteLength, 0);
process.stdout.write(
  `${'first files of the page, gzipped'.padEnd(52)} ${String(Math.round(bytes / 1024)).padStart(8)} KB\n`,
);
if (code !== 0) process.stderr.write(`${output}\n`);
process.exitCode = code;
