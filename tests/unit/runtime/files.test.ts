import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { removeLeftovers, safeJoin, writeFileAtomic } from '../../../engine/runtime/files.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

describe('safeJoin', () => {
  test('joins names and relative paths below the folder', () => {
    expect(safeJoin('/home/a', 'forecast/2026-11-20', 'quality.en.html')).toBe(
      join('/home/a', 'forecast', '2026-11-20', 'quality.en.html'),
    );
    expect(safeJoin('/home/a', 'Пьяница (Ж).csv')).toBe('/home/a/Пьяница (Ж).csv');
  });

  test.each([
    ...['..', '../b', 'a/../../b', '/etc/passwd', 'a//b', '', '.', 'a/.', 'C:\\Windows', '..\\b', 'a\\b'],
    ...['nul', 'CON.txt', 'com1', 'name.', 'name ', 'a:b', 'a?b', 'a\u0000b', 'line\nbreak'],
  ])('refuses %j', (name) => {
    expect(() => safeJoin('/home/a', name)).toThrow(code('CONFIGURATION_INVALID'));
  });
});

describe('writeFileAtomic', () => {
  test('makes the folder, writes texts and bytes, replaces what was there, and leaves nothing else', async () => {
    using folder = temporaryFolder();
    const path = folder.join('deep', 'file.txt');
    await writeFileAtomic(path, 'Привет');
    expect(readFileSync(path, 'utf8')).toBe('Привет');
    await writeFileAtomic(path, Uint8Array.of(1, 2, 3));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    expect(readdirSync(folder.join('deep'))).toEqual(['file.txt']);
  });

  test('that fails says so and leaves what was there, and nothing else', async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.join('taken', 'inside'), { recursive: true });
    await expect(writeFileAtomic(folder.join('taken'), 'x')).rejects.toThrow(code('DISK_WRITE_FAILED'));
    expect(readdirSync(folder.path)).toEqual(['taken']);
  });

  test('by many at once leaves one whole content', async () => {
    using folder = temporaryFolder();
    const path = folder.join('file.txt');
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
    await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
    expect(contents).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(folder.path)).toEqual(['file.txt']);
  });
});

test('removing leftovers takes what a killed write left behind, at any depth, and nothing else', async () => {
  using folder = temporaryFolder();
  mkdirSync(folder.join('deep', 'er'), { recursive: true });
  const kept = ['whole.html', '.hidden', 'name.part', '.name.0123.part'];
  for (const name of [...kept, '.whole.html.0123456789ab.part'])
    writeFileSync(folder.join('deep', 'er', name), 'x');
  await removeLeftovers(folder.path);
  expect(readdirSync(folder.join('deep', 'er')).sort()).toEqual([...kept].sort());
  await expect(removeLeftovers(folder.join('missing'))).resolves.toBeUndefined();
});
