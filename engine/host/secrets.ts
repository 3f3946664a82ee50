import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { Paths, SecretStore } from '../ports/index.ts';
import { openSecretFile } from './secret-store.ts';

/**
 * The secrets where no shell brings a store of its own: a file that opens with the passphrase in AUSPEX_PASSPHRASE, read
 * anew each time. Asking for a secret without it says so.
 */
export function secretsByPassphrase(paths: Paths): SecretStore {
  const passphrase = process.env.AUSPEX_PASSPHRASE;
  if (passphrase) return openSecretFile(join(paths.home, 'secrets.json'), passphrase);
  const refuse = (): Promise<never> =>
    Promise.reject(
      new AppError('SECRETS_LOCKED', 'Secrets need the passphrase in AUSPEX_PASSPHRASE.', {
        detail: { key: 'AUSPEX_PASSPHRASE' },
      }),
    );
  return { get: refuse, set: refuse, remove: refuse, names: refuse };
}
