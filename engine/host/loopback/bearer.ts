import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Whether a program (no page: a page names its origin) shows the right key. Takes the same time for every wrong one. */
export function bringsKey(request: IncomingMessage, key: string): boolean {
  const { authorization = '', origin } = request.headers;
  if (origin !== undefined || request.headers['sec-fetch-site'] !== undefined) return false;
  const [scheme, given = ''] = authorization.split(' ', 2);
  return scheme?.toLowerCase() === 'bearer' && timingSafeEqual(digestOf(given), digestOf(key));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
