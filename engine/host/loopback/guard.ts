import type { IncomingHttpHeaders } from 'node:http';

/** What a request is refused with before anybody looks at what it wants. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 421;
  readonly reason: string;
}

const names = ['127.0.0.1', 'localhost'] as const;

/**
 * Refuses what cannot come from this machine's own browser tab. A name of somebody else's that points here (DNS
 * rebinding) shows in `Host`; a page of another site that calls here shows in `Origin` and `Sec-Fetch-Site`.
 */
export function checkOrigin(headers: IncomingHttpHeaders, port: number): Refusal | undefined {
  const host = names.map((name) => `${name}:${port}`).find((name) => name === headers.host);
  if (host === undefined) return { status: 421, reason: 'This host answers to its own address alone.' };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return foreign;
  const site = headers['sec-fetch-site'];
  const isNavigation = headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) return foreign;
  return undefined;
}

/** A WebSocket is no subject to the browser's same-origin rule, so here the origin must be named. */
export function checkUpgrade(headers: IncomingHttpHeaders, port: number): Refusal | undefined {
  return checkOrigin(headers, port) ?? (headers.origin === undefined ? foreign : undefined);
}

const foreign: Refusal = { status: 403, reason: 'Pages of other sites may not call this host.' };
