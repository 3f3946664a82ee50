import { spawnSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import type { TemporaryFolder } from '../../fixtures/temporary.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Stages one file in a repository of its own and runs the hook there. */
function commitOf(folder: TemporaryFolder, text: string): { code: number | null; stderr: string } {
  // A hook's environment names the repository it runs in; this one must not reach the one that is being tested.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const run = (command: string, ...words: string[]) =>
    spawnSync(command, words, { cwd: folder.path, env, encoding: 'utf8' });
  run('git', 'init', '--quiet');
  writeFileSync(folder.join('.gitignore'), 'node_modules\n');
  writeFileSync(folder.join('a.json'), text);
  run('git', 'add', 'a.json');
  const { status, stderr } = run('sh', resolve(root, '.githooks/pre-commit'));
  return { code: status, stderr };
}

describe.skipIf(process.platform === 'win32')('the hook before a commit (tried with a POSIX shell)', () => {
  test('stands aside with a sentence when nothing is installed', () => {
    using folder = temporaryFolder();
    const { code, stderr } = commitOf(folder, '{"a":1}');
    expect(code).toBe(0);
    expect(stderr).toContain('Staged files were not checked: nothing is installed yet');
  });

  test('refuses a staged file that is not formatted and lets a formatted one through', () => {
    using folder = temporaryFolder();
    symlinkSync(resolve(root, 'node_modules'), folder.join('node_modules'));
    const refused = commitOf(folder, '{"a":1}');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('a.json');
    expect(commitOf(folder, '{ "a": 1 }\n')).toEqual({ code: 0, stderr: '' });
  });
});
