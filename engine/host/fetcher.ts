import { setTimeout as sleep } from 'node:timers/promises';
import { placeholder } from '../contract/addresses.ts';
import { AppError } from '../contract/errors.ts';
import { AddressRefused, guardedFetch } from '../runtime/guarded-fetch.ts';
import { looksOwn, type ResolveName } from '../runtime/network-guard.ts';
import { redactText } from '../runtime/redact.ts';
import type { AbortSignalLike, FetchAnswer, Fetcher, FetchRequest } from '../ports/index.ts';
import { createPoliteQueue } from './polite-queue.ts';

export interface FetcherOptions {
  /** Least time between the beginnings of two requests to one host; default 500. */
  readonly intervalMs?: number;
  /** How long an answer may take, from request to last byte; default 30,000. */
  readonly timeoutMs?: number;
  /** Further tries after a failure that may pass; default 3. */
  readonly retries?: number;
  /** First wait before another try; it doubles each time, with up to half of it at random on top; default 1,000. */
  readonly backOffMs?: number;
  /** Longest wait that a `Retry-After` may ask for; a longer one ends the tries. Default 60,000. */
  readonly longestWaitMs?: number;
  /** Default 32 MB. */
  readonly largestBytes?: number;
  /** Asked before each request; throws where nothing may be sent. Default: everything may. */
  readonly permit?: () => void;
  /** Uniform in [0, 1), for the jitter. */
  readonly random?: () => number;
  /** Where the secrets of addresses are; default the process's environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What names lead to; default the system's answer. */
  readonly resolve?: ResolveName;
}

type Known = Required<Omit<FetcherOptions, 'resolve'>> & {
  readonly resolve?: ResolveName | undefined;
};

const defaults = {
  intervalMs: 500,
  timeoutMs: 30_000,
  retries: 3,
  backOffMs: 1000,
  longestWaitMs: 60_000,
  largestBytes: 32 * 1024 * 1024,
  permit: () => undefined,
  random: Math.random,
  environment: process.env,
} satisfies Known;

/** As many as browsers follow. */
const mostRedirects = 10;

const userAgent = 'Auspex/0.1 (local forecasting workstation)';

/**
 * Fetches over http and https: one request at a time to a host and not faster than the interval, conditional where an
 * etag or date is known, tried again with growing waits on 429, 5xx and broken connections.
 *
 * Errors: `SOURCE_NOT_FOUND` 404 and 410, `SOURCE_REFUSED` 401, 403 and other 4xx, `SOURCE_RATE_LIMITED` 429,
 * `SOURCE_TIMEOUT`, `SOURCE_TOO_LARGE`, `SOURCE_UNREACHABLE` 5xx and no connection, `CANCELLED`, `USAGE` for other
 * kinds of address, `CONFIGURATION_INVALID` for one that must not be called: a link-local one, credentials inside, and
 * the private network where the address that was given does not plainly lie in it (a name or a redirect leads there).
 */
export function createFetcher(options: FetcherOptions = {}): Fetcher {
  const settings = { ...defaults, ...options };
  const queue = createPoliteQueue(settings.intervalMs);
  return {
    async fetch(request) {
      const address = checkAddress(withSecrets(request.address, settings.environment));
      const cancel = new AbortController();
      const onAbort = () => {
        cancel.abort();
      };
      listen(request.signal, onAbort);
      try {
        for (let attempt = 0; ; attempt++) {
          throwIfCancelled(cancel.signal);
          settings.permit();
          const answer = await queue.run(address.host, cancel.signal, () =>
            tryOnce(request, address, { settings, cancel: cancel.signal }),
          );
          if (!(answer instanceof Failure)) return answer;
          const wait = answer.waitMs ?? backOff(attempt, settings);
          if (!answer.mayPass || attempt >= settings.retries || wait > settings.longestWaitMs)
            throw answer.error;
          await sleep(wait, undefined, { signal: cancel.signal });
        }
      } catch (error) {
        throwIfCancelled(cancel.signal);
        throw error;
      } finally {
        request.signal?.removeEventListener('abort', onAbort);
      }
    },
  };
}

/** What stands for a secret is replaced by it here, where the address goes out, and nowhere before. */
function withSecrets(text: string, environment: Known['environment']): string {
  return text.replaceAll(placeholder, (_, name: string) => {
    const variable = `AUSPEX_SOURCE_${name}`;
    const secret = environment[variable];
    if (secret) return encodeURIComponent(secret);
    throw new AppError('CONFIGURATION_INVALID', `The address needs the environment variable ${variable}.`, {
      detail: { key: variable },
    });
  });
}

function checkAddress(text: string): URL {
  const address = URL.parse(text);
  if (address && (address.protocol === 'http:' || address.protocol === 'https:')) return address;
  const shown = redactText(text);
  throw new AppError('USAGE', `'${shown}' is no http or https address.`, { detail: { address: shown } });
}

function listen(signal: AbortSignalLike | undefined, onAbort: () => void): void {
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort);
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('CANCELLED', 'The fetching was cancelled.');
}

function backOff(attempt: number, { backOffMs, random }: Known): number {
  return backOffMs * 2 ** attempt * (1 + random() / 2);
}

/** A try that brought nothing. */
class Failure {
  readonly error: AppError;
  readonly mayPass: boolean;
  /** What the host asked for; undefined to wait as usual. */
  readonly waitMs: number | undefined;

  constructor(error: AppError, mayPass: boolean, waitMs?: number) {
    this.error = error;
    this.mayPass = mayPass;
    this.waitMs = waitMs;
  }
}

async function tryOnce(
  request: FetchRequest,
  address: URL,
  { settings, cancel }: { settings: Known; cancel: AbortSignal },
): Promise<FetchAnswer | Failure> {
  const timeout = AbortSignal.timeout(settings.timeoutMs);
  const where = `${address.origin}${address.pathname}`;
  const detail = { address: where };
  try {
    const response = await follow(address, {
      headers: {
        'user-agent': userAgent,
        accept: '*/*',
        ...(request.etag ? { 'if-none-match': request.etag } : {}),
        ...(request.lastModified ? { 'if-modified-since': request.lastModified } : {}),
      },
      signal: AbortSignal.any([timeout, cancel]),
      resolve: settings.resolve,
    });
    if (response.status === 304) return { kind: 'unchanged' };
    if (!response.ok) {
      await response.body?.cancel();
      return failureOf(response, where);
    }
    return {
      kind: 'content',
      body: await readBody(response, where, settings.largestBytes),
      etag: response.headers.get('etag') ?? undefined,
      lastModified: response.headers.get('last-modified') ?? undefined,
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cancel.aborted) throw new AppError('CANCELLED', 'The fetching was cancelled.');
    if (timeout.aborted) {
      const message = `${where} did not answer in full within ${settings.timeoutMs} ms.`;
      return new Failure(new AppError('SOURCE_TIMEOUT', message, { cause, detail }), true);
    }
    const message = `${where} could not be reached: ${reasonOf(cause)}.`;
    return new Failure(new AppError('SOURCE_UNREACHABLE', message, { cause, detail }), true);
  }
}

/** Goes where redirects lead, each of which is checked as the first address was. */
async function follow(
  first: URL,
  request: {
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
    readonly resolve: ResolveName | undefined;
  },
): Promise<Response> {
  const { headers, signal, resolve } = request;
  const mayBeOwn = looksOwn(first);
  let address = first;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const response = await guardedFetch(address, { headers, signal }, { mayBeOwn, resolve }).catch(
      (error: unknown) => {
        if (!(error instanceof AddressRefused)) throw error;
        const shown = redactText(`${address.origin}${address.pathname}`);
        const { reason } = error;
        throw new AppError('CONFIGURATION_INVALID', `${shown} is not called: ${reason}.`, {
          detail: { address: shown, reason },
        });
      },
    );
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, address);
    if (!next) throw new Error('it leads to what is no address');
    address = next;
  }
  throw new Error(`it leads elsewhere more than ${mostRedirects} times`);
}

function failureOf(response: Response, where: string): Failure {
  const { status } = response;
  const detail = { address: where, status };
  if (status === 404 || status === 410) {
    return new Failure(
      new AppError('SOURCE_NOT_FOUND', `${where} does not exist (${status}).`, { detail }),
      false,
    );
  }
  if (status === 429) {
    const message = `${where} asks for fewer requests (429).`;
    const error = new AppError('SOURCE_RATE_LIMITED', message, { detail });
    return new Failure(error, true, retryAfter(response));
  }
  if (status >= 500) {
    const error = new AppError('SOURCE_UNREACHABLE', `${where} has trouble of its own (${status}).`, {
      detail,
    });
    return new Failure(error, true, retryAfter(response));
  }
  return new Failure(
    new AppError('SOURCE_REFUSED', `${where} refused the request (${status}).`, { detail }),
    false,
  );
}

/** Seconds or a date, as the host writes it. */
function retryAfter(response: Response): number | undefined {
  const text = response.headers.get('retry-after');
  if (text === null) return undefined;
  const seconds = Number(text);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

async function readBody(response: Response, where: string, largest: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError('SOURCE_TOO_LARGE', `${where} is larger than ${largest} bytes and was not read.`, {
      detail: { address: where },
    });
  if (Number(response.headers.get('content-length') ?? 0) > largest) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > largest) throw tooLarge();
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return 'unknown cause';
  return (inner as NodeJS.ErrnoException).code ?? inner.message;
}
