import type { SafeStorage } from 'electron';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../engine/contract/errors.ts';
import type { SecretProtection } from '../../engine/contract/desktop.ts';
import type { SecretStore } from '../../engine/ports/index.ts';
import { writeWhole } from './write-file.ts';

const fileSchema = z.object({
  schema: z.literal('auspex.desktop-secrets/1'),
  /** Each sealed by the system for this user on this machine; base64. */
  secrets: z.record(z.string(), z.string()),
});

export type Sealing = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/**
 * Secrets sealed by the operating system (Keychain, DPAPI, libsecret, KWallet), one file beside the shell's own state.
 * What another user or another machine has sealed cannot be read, and says so.
 */
export function openVault(path: string, sealing: Sealing): SecretStore {
  let held: Promise<Map<string, string>> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const load = (): Promise<Map<string, string>> => (held ??= read(path));
  /** One change after the other: two at once would each lose the other's. */
  const change = (edit: (secrets: Map<string, string>) => Promise<void> | void): Promise<void> => {
    const done = queue.then(async () => {
      const secrets = new Map(await load());
      await edit(secrets);
      const content: z.infer<typeof fileSchema> = {
        schema: 'auspex.desktop-secrets/1',
        secrets: Object.fromEntries(secrets),
      };
      await writeWhole(path, `${JSON.stringify(content)}\n`);
      held = Promise.resolve(secrets);
    });
    queue = done.catch(() => undefined);
    return done;
  };
  const seal = async (secret: string): Promise<string> => {
    await requireSealing(sealing);
    return (await sealing.encryptStringAsync(secret)).toString('base64');
  };
  return {
    async get(name) {
      const sealed = (await load()).get(name);
      if (sealed === undefined) return undefined;
      await requireSealing(sealing);
      const opened = await sealing.decryptStringAsync(Buffer.from(sealed, 'base64')).catch(() => {
        // Without the cause, which could quote what it failed on.
        throw new AppError(
          'CONFIGURATION_INVALID',
          `The secret ${name} was sealed for another user or machine.`,
          {
            detail: { name },
          },
        );
      });
      if (opened.shouldReEncrypt) {
        await change(async (secrets) => void secrets.set(name, await seal(opened.result)));
      }
      return opened.result;
    },
    set: (name, secret) => change(async (secrets) => void secrets.set(name, await seal(secret))),
    remove: (name) => change((secrets) => void secrets.delete(name)),
    names: async () => [...(await load()).keys()].sort(),
  };
}

/** How well secrets are kept here. Without a password store Linux seals them by a word that everybody knows. */
export async function secretProtection(
  sealing: Sealing,
  platform: NodeJS.Platform = process.platform,
): Promise<SecretProtection> {
  if (!(await sealing.isAsyncEncryptionAvailable())) return 'none';
  return platform === 'linux' && sealing.getSelectedStorageBackend() === 'basic_text' ? 'weak' : 'system';
}

async function requireSealing(sealing: Sealing): Promise<void> {
  if (await sealing.isAsyncEncryptionAvailable()) return;
  throw new AppError('CONFIGURATION_INVALID', 'This system offers no place for secrets.', {
    detail: { key: 'safeStorage' },
  });
}

async function read(path: string): Promise<Map<string, string>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return new Map();
  try {
    return new Map(Object.entries(fileSchema.parse(JSON.parse(text)).secrets));
  } catch {
    throw new AppError('CONFIGURATION_INVALID', 'The file of secrets is damaged.', { detail: { path } });
  }
}
