import { secretParameter } from '../contract/addresses.ts';

const secretKey =
  /^(.*[-_])?(token|password|passwd|passphrase|pwd|secret|cookie|authorization|api[-_]?key|credentials?)s?$/i;
const camelSecret = /(Token|Password|Passphrase|Secret|Cookie|Authorization|ApiKey|APIKey|Credentials?)s?$/;
const mask = '[redacted]';
/** A placeholder, which is no secret, is left to be read. */
const secretValue = new RegExp(
  `([?&;]${secretParameter}=)(?!\\{[A-Z][A-Z0-9_]*\\}(?:[&;#\\s"']|$))[^&\\s"'#]+`,
  'gi',
);

/** Whether a value under this name is taken for a secret. */
export const namesSecret = (name: string): boolean => secretKey.test(name) || camelSecret.test(name);

/**
 * A copy of a value for a log: whatever stands under a key that names a secret is masked at any depth, and secrets
 * inside of texts as in `redactText`. Errors become plain objects with their code, stack and causes.
 */
export function redact(value: unknown): unknown {
  return copy(value, new WeakSet());
}

/**
 * Masks what addresses and headers inside of a text carry: `https://user:password@host`, `?token=...`,
 * `Authorization: Bearer ...`.
 */
export function redactText(text: string): string {
  return (
    text
      // Bounded: without an end to the scheme, a long word would be tried from each of its letters on.
      .replaceAll(/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@?#]*@/gi, `$1${mask}@`)
      .replaceAll(secretValue, `$1${mask}`)
      .replaceAll(/\b(bearer\s+)[\w.~+/=-]{6,}/gi, `$1${mask}`)
      // Encoded credentials hold a capital or a digit; words after "basic" do not.
      .replaceAll(/\b([Bb]asic\s+)(?=[a-z+/]*[A-Z0-9=])[\w+/=]{6,}/g, `$1${mask}`)
  );
}

function copy(value: unknown, seen: WeakSet<object>): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return '[circular]';
  seen.add(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof URL) return redactText(value.href);
  if (value instanceof Error) return copyError(value, seen);
  if (Array.isArray(value)) return value.map((item) => copy(item, seen));
  if (value instanceof Map) return copyEntries(value.entries(), seen);
  if (value instanceof Set) return [...value].map((item) => copy(item, seen));
  if (ArrayBuffer.isView(value)) return `[${value.constructor.name} of ${value.byteLength} bytes]`;
  return copyEntries(Object.entries(value), seen);
}

function copyEntries(entries: Iterable<[unknown, unknown]>, seen: WeakSet<object>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    const name = String(key);
    result[name] = namesSecret(name) ? mask : copy(value, seen);
  }
  return result;
}

function copyError(error: Error, seen: WeakSet<object>): Record<string, unknown> {
  const own = copyEntries(Object.entries(error), seen);
  return {
    name: error.name,
    message: redactText(error.message),
    ...own,
    ...(error.stack ? { stack: redactText(error.stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: copy(error.cause, seen) }),
  };
}
