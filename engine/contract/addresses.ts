/**
 * Whether an address carries a user name or a password (`https://user:password@host`). What is stored and shown must
 * not. The web's parser takes any number of slashes of both kinds after `http:`, and so does this.
 */
export function hasCredentials(address: string): boolean {
  return /^\s*(https?:[\\/]*|[a-z][a-z0-9+.-]+:\/\/)[^\\/?#]*@/i.test(address);
}
