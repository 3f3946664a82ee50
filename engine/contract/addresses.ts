/**
 * Whether an address carries a user name or a password (`https://user:password@host`). What is stored and shown must
 * not. The web's parser takes any number of slashes of both kinds after `http:`, and so does this.
 */
export function hasCredentials(address: string): boolean {
  return /^\s*(https?:[\\/]*|[a-z][a-z0-9+.-]+:\/\/)[^\\/?#]*@/i.test(address);
}

/** Names of query parameters whose values are taken for secrets, as a part of a regular expression. */
export const secretParameter =
  '(?:[\\w-]*[-_])?(?:access|auth|token|password|passwd|passphrase|pwd|secret|api[-_]?key|key|signature|sig)';

/** `{NAME}` in an address stands for the environment variable `AUSPEX_SOURCE_NAME`, put in when the address is called. */
export const placeholder = /\{([A-Z][A-Z0-9_]{0,40})\}/g;

/** Whether an address shows a secret in its query (`?token=...`) rather than a placeholder for one. */
export function showsSecret(address: string): boolean {
  const values = address.matchAll(new RegExp(`[?&;]${secretParameter}=([^&;#]*)`, 'gi'));
  return [...values].some(([, value = '']) => value.replaceAll(placeholder, '') !== '');
}

/** Why an address may not be stored as it is; undefined if it may. */
export function unfitToStore(address: string): string | undefined {
  if (hasCredentials(address)) return 'expected an address without a user name and password';
  if (showsSecret(address))
    return 'expected {NAME} in place of a secret, which is read from the environment variable AUSPEX_SOURCE_NAME';
  return undefined;
}
