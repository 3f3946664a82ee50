import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openSecretFile } from '../../../engine/host/secret-store.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

test('a secret comes back with the passphrase, and the file shows neither it nor its name', async () => {
  using folder = temporaryFolder();
  const path = folder.join('secrets.json');
  const store = openSecretFile(path, 'correct horse');
  await Promise.all([store.set('channel.mine.token', 'T0KEN'), store.set('other', 'S3CRET')]);
  await store.remove('other');
  const text = await readFile(path, 'utf8');
  expect(text).not.toMatch(/T0KEN|channel\.mine/);
  const again = openSecretFile(path, 'correct horse');
  expect(await again.names()).toEqual(['channel.mine.token']);
  expect(await again.get('channel.mine.token')).toBe('T0KEN');
  expect(await again.get('other')).toBeUndefined();
});

test('another passphrase, and a file with one changed byte, are refused in the same words', async () => {
  using folder = temporaryFolder();
  const path = folder.join('secrets.json');
  await openSecretFile(path, 'right').set('name', 'S3CRET');
  const wrong = openSecretFile(path, 'wrong').get('name');
  await expect(wrong).rejects.toMatchObject({
    code: 'SECRETS_LOCKED',
    message: expect.stringContaining('cannot be read') as string,
  });
  const file = JSON.parse(await readFile(path, 'utf8')) as { content: string };
  const content = Buffer.from(file.content, 'base64');
  content[3] = content[3]! ^ 1;
  await writeFile(path, JSON.stringify({ ...file, content: content.toString('base64') }));
  await expect(openSecretFile(path, 'right').get('name')).rejects.toThrow(/cannot be read/);
  expect(() => openSecretFile(path, '')).toThrow(/passphrase/);
});
