import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openVault, secretProtection, type Sealing } from '../../../electron/main/secret-vault.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

/** Seals by turning the letters around, for one user. */
function sealingOf(
  user: string,
  options: { available?: boolean; rotated?: boolean; backend?: string } = {},
): Sealing {
  const { available = true, rotated = false, backend = 'gnome_libsecret' } = options;
  const turn = (text: string): string => [...text].reverse().join('');
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(turn(`${user}:${text}`))),
    decryptStringAsync(sealed) {
      const [owner, ...rest] = turn(sealed.toString()).split(':');
      if (owner !== user) return Promise.reject(new Error(`sealed with ${rest.join(':')}`));
      return Promise.resolve({ result: rest.join(':'), shouldReEncrypt: rotated });
    },
    getSelectedStorageBackend: () => backend as ReturnType<Sealing['getSelectedStorageBackend']>,
  };
}

test('a secret is found again by another start, and its file does not hold it in the open', async () => {
  using folder = temporaryFolder();
  const path = folder.join('secrets.json');
  const vault = openVault(path, sealingOf('ann'));
  await Promise.all([vault.set('b', 'S3CRET-TOKEN'), vault.set('a', 'x'), vault.set('c', 'y')]);
  await vault.remove('c');
  const again = openVault(path, sealingOf('ann'));
  expect([await again.get('b'), await again.get('none'), await again.names()]).toEqual([
    'S3CRET-TOKEN',
    undefined,
    ['a', 'b'],
  ]);
  expect(readFileSync(path, 'utf8')).not.toContain('S3CRET-TOKEN');
});

test('what another user has sealed is refused without quoting it', async () => {
  using folder = temporaryFolder();
  await openVault(folder.join('s'), sealingOf('ann')).set('name', 'S3CRET');
  const refusal = await openVault(folder.join('s'), sealingOf('bob'))
    .get('name')
    .catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'CONFIGURATION_INVALID' });
  expect(String((refusal as Error).stack)).not.toContain('S3CRET');
});

test('where the system offers no place for secrets, keeping one is refused and nothing is written', async () => {
  using folder = temporaryFolder();
  const vault = openVault(folder.join('s'), sealingOf('ann', { available: false }));
  await expect(vault.set('name', 'S3CRET')).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  expect(await vault.names()).toEqual([]);
});

test('a secret whose key was changed is sealed anew when it is read', async () => {
  using folder = temporaryFolder();
  const path = folder.join('s');
  await openVault(path, sealingOf('ann')).set('name', 'value');
  writeFileSync(path, readFileSync(path, 'utf8').replace('}}', ',"other":"eDpubmE="}}'));
  const before = readFileSync(path, 'utf8');
  const vault = openVault(path, sealingOf('ann', { rotated: true }));
  expect(await vault.get('name')).toBe('value');
  expect(await vault.get('other')).toBe('x');
  expect(readFileSync(path, 'utf8').length).toBeGreaterThanOrEqual(before.length);
});

test('a damaged file is refused by name', async () => {
  using folder = temporaryFolder();
  writeFileSync(folder.join('s'), '{"schema":"auspex.desktop-secrets/1","secrets":[');
  await expect(openVault(folder.join('s'), sealingOf('ann')).names()).rejects.toThrow(/damaged/);
});

test.each([
  ['linux', { backend: 'basic_text' }, 'weak'],
  ['linux', { backend: 'kwallet6' }, 'system'],
  ['darwin', { backend: 'basic_text' }, 'system'],
  ['linux', { available: false }, 'none'],
] as const)('on %s with %o secrets are kept by: %s', async (platform, options, protection) => {
  expect(await secretProtection(sealingOf('ann', options), platform)).toBe(protection);
});
