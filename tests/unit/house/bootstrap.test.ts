import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import type { TemporaryFolder } from '../../fixtures/temporary.ts';

const bootstrap = resolve(import.meta.dirname, '../../../scripts/bootstrap.mjs');
const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } };

/**
 * A stand-in for npm that notes how it was called. It installs package `a` on `ci`, the platform's Node on
 * `install`, and breaks whenever one of its words is named in the file `refuse`.
 */
const npm = `#!${process.execPath}
const fs = require('node:fs');
const path = require('node:path');
const words = process.argv.slice(2);
fs.appendFileSync('calls', words.filter((word) => !word.startsWith('--no-') && !word.startsWith('--log')).join(' ') + '\\n');
const refused = fs.existsSync('refuse') ? fs.readFileSync('refuse', 'utf8').split(' ') : [];
if (words.some((word) => refused.includes(word)) || (refused.includes('scripts') && !words.includes('--ignore-scripts'))) {
  console.error('npm error the registry said no');
  process.exit(1);
}
if (words[0] === 'ci') {
  fs.mkdirSync('node_modules/node', { recursive: true });
  fs.writeFileSync('node_modules/node/package.json', '{"version":"24.0.0"}');
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
}
if (words[0] === 'install') {
  const name = words[1].replace(/@[^@]*$/, '');
  const folder = path.join(words[words.indexOf('--prefix') + 1], 'node_modules', name, 'bin');
  fs.mkdirSync(folder, { recursive: true });
  fs.symlinkSync(process.execPath, path.join(folder, 'node'));
}
`;

/** A checkout with only what the set-up script looks at. */
function checkout(folder: TemporaryFolder): void {
  for (const name of ['scripts', 'bin']) mkdirSync(folder.join(name));
  copyFileSync(bootstrap, folder.join('scripts/bootstrap.mjs'));
  writeFileSync(
    folder.join('scripts/check.ts'),
    'const version: string = process.versions.node; console.log("check", version.split(".")[0], ...process.argv.slice(2)); process.exitCode = 7;',
  );
  writeFileSync(folder.join('package-lock.json'), JSON.stringify(lock));
  writeFileSync(folder.join('bin/npm'), npm);
  chmodSync(folder.join('bin/npm'), 0o755);
}

function install(folder: TemporaryFolder): void {
  mkdirSync(folder.join('node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, folder.join('node_modules/node/bin/node'));
  writeFileSync(folder.join('node_modules/.package-lock.json'), JSON.stringify(lock));
}

function run(
  folder: TemporaryFolder,
  ...words: string[]
): { code: number | null; stdout: string; stderr: string; calls: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [folder.join('scripts/bootstrap.mjs'), ...words],
    {
      cwd: folder.path,
      encoding: 'utf8',
      env: { PATH: [folder.join('bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':') },
    },
  );
  const calls = existsSync(folder.join('calls')) ? readFileSync(folder.join('calls'), 'utf8') : '';
  return { code: status, stdout, stderr, calls };
}

describe.skipIf(process.platform === 'win32')('the set-up script (its stand-in for npm needs POSIX)', () => {
  test('starts at once when everything is installed, without asking npm', () => {
    using folder = temporaryFolder();
    checkout(folder);
    install(folder);
    const { code, stdout, stderr, calls } = run(folder, 'test', 'types', '--x');
    expect({ code, stdout, stderr, calls }).toEqual({
      code: 7,
      stdout: 'check 24 types --x\n',
      stderr: '',
      calls: '',
    });
  });

  test('installs the locked packages when one of them is of another version', () => {
    using folder = temporaryFolder();
    checkout(folder);
    install(folder);
    const stale = { packages: { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } } };
    writeFileSync(folder.join('node_modules/.package-lock.json'), JSON.stringify(stale));
    const { code, calls } = run(folder, 'test');
    expect({ code, calls }).toEqual({ code: 7, calls: 'ci --include=dev --prefer-offline\n' });
  });

  test('does without a package that is optional and was not installed', () => {
    using folder = temporaryFolder();
    checkout(folder);
    install(folder);
    const packages = { ...lock.packages, 'node_modules/b': { version: '2.0.0', optional: true } };
    writeFileSync(folder.join('package-lock.json'), JSON.stringify({ packages }));
    expect(run(folder, 'test').calls).toBe('');
  });

  test('installs without install scripts when they fail', () => {
    using folder = temporaryFolder();
    checkout(folder);
    writeFileSync(folder.join('refuse'), 'scripts');
    const { calls } = run(folder, 'test');
    expect(calls.split('\n').slice(0, 2)).toEqual([
      'ci --include=dev --prefer-offline',
      'ci --include=dev --prefer-offline --ignore-scripts',
    ]);
  });

  test('says in a sentence that the packages could not be installed', () => {
    using folder = temporaryFolder();
    checkout(folder);
    writeFileSync(folder.join('refuse'), 'ci');
    const { code, stdout, stderr } = run(folder, 'test');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('The packages could not be installed.\nnpm error the registry said no\n');
  });

  test('fetches Node as the package of the platform when the install script did not', () => {
    using folder = temporaryFolder();
    checkout(folder);
    install(folder);
    writeFileSync(folder.join('node_modules/node/package.json'), '{"version":"24.0.0"}');
    rmSync(folder.join('node_modules/node/bin/node'));
    // The Node that runs this is of the right line already, so the script is told that it is not.
    const source = readFileSync(bootstrap, 'utf8').replace(
      'process.versions.node.startsWith(`${wantedMajor}.`)',
      'false',
    );
    writeFileSync(folder.join('scripts/bootstrap.mjs'), source);
    const { code, stdout, calls } = run(folder, 'test');
    expect({ code, stdout }).toEqual({ code: 7, stdout: 'check 24\n' });
    expect(calls).toMatch(/^install node(-bin)?-\w+-\w+@24\.0\.0 /);
    expect(existsSync(folder.join('node_modules/.bin/node'))).toBe(true);
  });

  test('switches the hooks on in a checkout, but not over a choice already made and not on a build machine', () => {
    using folder = temporaryFolder();
    checkout(folder);
    const git = (...words: string[]): string =>
      spawnSync('git', words, { cwd: folder.path, encoding: 'utf8' }).stdout.trim();
    const hooks = (env: Record<string, string>): string => {
      spawnSync(process.execPath, [folder.join('scripts/bootstrap.mjs'), 'hooks'], {
        cwd: folder.path,
        env: { PATH: process.env.PATH, ...env },
      });
      return git('config', '--local', 'core.hooksPath');
    };
    expect(hooks({})).toBe('');
    git('init', '--quiet');
    expect(hooks({ CI: 'true' })).toBe('');
    expect(hooks({})).toBe('.githooks');
    git('config', 'core.hooksPath', 'mine');
    expect(hooks({})).toBe('mine');
  });

  test('refuses an unknown command in a sentence', () => {
    using folder = temporaryFolder();
    checkout(folder);
    const { code, stderr } = run(folder, 'dance');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Usage: node scripts/bootstrap.mjs demo|start|serve|test|hooks\n',
    });
  });
});
