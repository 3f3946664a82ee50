import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { SecretStore } from '../ports/index.ts';
import { writeFileAtomic } from '../runtime/files.ts';

const fileSchema = z.object({
  schema: z.literal('auspex.secrets/1'),
  /** All base64. */
  salt: z.string(),
  nonce: z.string(),
  tag: z.string(),
  content: z.string(),
});
const secretsSchema = z.record(z.string(), z.string());

const derive = promisify<
  string,
  Uint8Array,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt);
/** 64 MB and some 100 ms a guess. */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 2 ** 20 };

/**
 * Secrets in one file, encrypted with AES-256-GCM under a key that scrypt makes from a passphrase. Every write has a new
 * salt and nonce. A file that was changed by anybody else, or another passphrase, is refused.
 *
 * @throws AppError `CONFIGURATION_INVALID` when a secret is read or written
 */
export function openSecretFile(path: string, passphrase: string): SecretStore {
  if (passphrase === '')
    throw new AppError('CONFIGURATION_INVALID', 'The passphrase of the secrets is empty.');
  let held: Map<string, string> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const load = async (): Promise<Map<string, string>> => (held ??= await readSecrets(path, passphrase));
  /** One change after the other: two at once would each lose the other's. */
  const change = (edit: (secrets: Map<string, string>) => void): Promise<void> => {
    const done = queue.then(async () => {
      const secrets = new Map(await load());
      edit(secrets);
      await writeFileAtomic(path, await seal(secrets, passphrase));
      held = secrets;
    });
    queue = done.catch(() => undefined);
    return done;
  };
  return {
    get: async (name) => (await load()).get(name),
    set: (name, secret) => change((secrets) => void secrets.set(name, secret)),
    remove: (name) => change((secrets) => void secrets.delete(name)),
    names: async () => [...(await load()).keys()].sort(),
  };
}

async function readSecrets(path: string, passphrase: string): Promise<Map<string, string>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return new Map();
  try {
    const { salt, nonce, tag, content } = fileSchema.parse(JSON.parse(text));
    const key = await derive(passphrase, bytes(salt), 32, cost);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(nonce), { authTagLength: 16 });
    decipher.setAuthTag(bytes(tag));
    const plain = Buffer.concat([decipher.update(bytes(content)), decipher.final()]);
    return new Map(Object.entries(secretsSchema.parse(JSON.parse(plain.toString('utf8')))));
  } catch {
    // Without the cause, which could quote what it failed on.
    throw new AppError(
      'SECRETS_LOCKED',
      'The secrets cannot be read: another passphrase, or a damaged file.',
      {
        detail: { path },
      },
    );
  }
}

async function seal(secrets: ReadonlyMap<string, string>, passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, 32, cost), nonce);
  const content = Buffer.concat([
    cipher.update(JSON.stringify(Object.fromEntries(secrets)), 'utf8'),
    cipher.final(),
  ]);
  const text = (of: Buffer): string => of.toString('base64');
  return `${JSON.stringify({
    schema: 'auspex.secrets/1',
    salt: text(salt),
    nonce: text(nonce),
    tag: text(cipher.getAuthTag()),
    content: text(content),
  } satisfies z.infer<typeof fileSchema>)}\n`;
}

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
