import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Console } from '../cli/console.ts';
import { isFresh, project } from './fresh.ts';

const sources = [
  '{electron,engine,db,renderer}/**/*.*',
  'resources/**/*.json',
  '*.config.ts',
  'package-lock.json',
];

/** Runs the desktop program until it is closed, built first where it has to be; answers its exit code. */
export async function runDesktop(
  binary: string,
  options: readonly string[],
  console: Console,
): Promise<number> {
  if (!isFresh(join(project, 'out', 'main', 'index.js'), sources)) {
    console.note(console.locale.t('cli.serve.building'));
    const code = await run(process.execPath, [join(project, 'scripts', 'build.ts')]);
    if (code !== 0) return code;
  }
  console.note(console.locale.t('cli.serve.desktop'));
  return run(binary, [project, ...options]);
}

function run(program: string, options: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { cwd: project, stdio: 'inherit' });
    // The terminal interrupts the child too, which ends in its own way.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('error', reject).on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}
